using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Hub.Operators;

/// <summary>Signing in as an operator, and out again.</summary>
internal static class SignIn
{
    public const string Path = "/etat/connexion";
    private const string Home = "/etat";
    private static readonly string[] Places = [Home, "/etat/quarantaine"];
    private static readonly Operator Nobody = new();
    private static readonly string NobodysPassword = new PasswordHasher<Operator>().HashPassword(Nobody, Guid.NewGuid().ToString());

    public static void MapSignIn(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(Path, (HttpContext http, string? retour) => Page(http, new() { Back = retour ?? "" })).ExcludeFromDescription();
        endpoints.MapPost(Path, EnterAsync).ExcludeFromDescription();
    }

    public static void MapSignOut(this RouteGroupBuilder pages) => pages.MapPost("/deconnexion", (Delegate)LeaveAsync);

    /// <summary>One of the pages that ask to sign in, and nothing else: a link can't lead elsewhere afterwards.</summary>
    private static string SafeReturn(string address)
    {
        address = address.StartsWith(Language.EnglishPrefix + "/", StringComparison.Ordinal) ? address[Language.EnglishPrefix.Length..] : address;
        return Places.Contains(address.Split('?')[0]) && !address.Any(char.IsControl) ? address : Home;
    }

    private static async Task<IResult> EnterAsync(HttpContext http, IAntiforgery antiforgery, UserManager<Operator> people)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var entry = new SignInEntry { Email = form["email"].ToString().Trim(), Back = form["retour"].ToString() };
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return Page(
                http, entry with { Notice = T["Cette page était ouverte depuis trop longtemps. Entrez à nouveau votre mot de passe."] },
                StatusCodes.Status400BadRequest);
        }

        var person = await people.FindByEmailAsync(entry.Email);
        // An unknown address costs the same work as a known one: the time taken does not tell who has an account.
        var right = people.PasswordHasher.VerifyHashedPassword(person ?? Nobody, person?.PasswordHash ?? NobodysPassword, form["password"].ToString())
            != PasswordVerificationResult.Failed;
        if (person is null)
        {
            return Refused(http, entry, locked: false);
        }

        if (await people.IsLockedOutAsync(person))
        {
            return Refused(http, entry, locked: true);
        }

        if (!right)
        {
            await people.AccessFailedAsync(person);
            return Refused(http, entry, await people.IsLockedOutAsync(person));
        }

        await people.ResetAccessFailedCountAsync(person);
        await http.SignInAsync(OperatorCookie.Scheme, OperatorCookie.PrincipalOf(person));
        return Results.LocalRedirect(Language.To(SafeReturn(entry.Back)));
    }

    private static async Task<IResult> LeaveAsync(HttpContext http)
    {
        await http.SignOutAsync(OperatorCookie.Scheme);
        return Results.LocalRedirect(Language.To(Home));
    }

    private static IResult Refused(HttpContext http, SignInEntry entry, bool locked)
    {
        var error = locked
            ? T["Trop d’essais : ce compte est bloqué pendant {0} minutes. Réessayez ensuite, ou redonnez-lui un mot de passe sur le serveur.", OperatorAccounts.LockoutMinutes]
            : T["Adresse ou mot de passe inconnu ici. Les comptes des clusters n’ouvrent pas cette page : le site national a les siens."];
        return Page(http, entry with { Error = error }, StatusCodes.Status422UnprocessableEntity);
    }

    private static IResult Page(HttpContext http, SignInEntry entry, int status = StatusCodes.Status200OK) => Pages.Of<SignInPage>(
        T["Connexion"], null, new() { [nameof(SignInPage.Entry)] = entry, [nameof(SignInPage.Token)] = FormToken.Of(http) }, status);
}

/// <summary>What the sign-in page shows and carries.</summary>
public sealed record SignInEntry
{
    public string Email { get; init; } = "";

    /// <summary>Where to go afterwards.</summary>
    public string Back { get; init; } = "";
    public string? Error { get; init; }
    public string? Notice { get; init; }
}
