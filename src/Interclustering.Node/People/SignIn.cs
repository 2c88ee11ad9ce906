using Interclustering.Node.Audit;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Node.People;

/// <summary>Signing in to one cluster's workspace, and out of it.</summary>
internal static class SignIn
{
    private static readonly StaffMember Nobody = new();
    private static readonly string NobodysPassword = new PasswordHasher<StaffMember>().HashPassword(Nobody, Guid.NewGuid().ToString());

    public static void MapSignIn(this RouteGroupBuilder group)
    {
        group.MapGet("/connexion", (HttpContext http, NodeInstance node, string? retour) => Page(http, node, new() { Back = retour ?? "" }));
        group.MapPost("/connexion", EnterAsync).WithMetadata(new ShowsFormAgain());
        group.MapPasskeySignIn();
    }

    public static void MapSignOut(this RouteGroupBuilder workspace) => workspace.MapPost("/deconnexion", LeaveAsync).WithMetadata(new NeedsRole(StaffRoles.Reader));

    /// <summary>An address of this cluster's workspace, and nothing else: a link can't lead elsewhere after signing in.</summary>
    public static string SafeReturn(string? address, string code)
    {
        var home = $"/espace/{code}";
        address = address?.StartsWith(Language.EnglishPrefix + "/", StringComparison.Ordinal) == true ? address[Language.EnglishPrefix.Length..] : address;
        return address is not null && (address == home || address.StartsWith(home + "/", StringComparison.Ordinal) || address.StartsWith(home + "?", StringComparison.Ordinal))
            && !address.Contains("..", StringComparison.Ordinal) && !address.Contains('\\', StringComparison.Ordinal) && !address.Any(char.IsControl)
            ? address
            : home;
    }

    /// <summary>Asks to sign in; a form that was sent after the session's end is kept for afterwards.</summary>
    public static async Task AskAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        var http = context.HttpContext;
        if (!HttpMethods.IsPost(http.Request.Method))
        {
            context.Response.Redirect(context.RedirectUri);
            return;
        }

        var node = http.RequestServices.GetRequiredService<NodeInstance>();
        if (http.GetEndpoint()?.Metadata.GetMetadata<ShowsFormAgain>() is null)
        {
            context.Response.Redirect(Language.To($"/espace/{node.Code}/connexion"));
            return;
        }

        var kept = await KeptForm.TakeAsync(http.Request);
        context.Response.Headers.CacheControl = "no-cache, no-store";
        await Page(http, node, new()
        {
            Back = http.Request.Path,
            Kept = kept,
            Notice = kept is null
                ? T["Votre session était terminée, et ce texte est trop long pour être gardé ici. Revenez en arrière, copiez-le, puis connectez-vous."]
                : T["Votre session était terminée. Connectez-vous : ce que vous aviez écrit est gardé, et vous le retrouverez juste après."],
        }, StatusCodes.Status401Unauthorized).ExecuteAsync(http);
    }

    private static async Task<IResult> EnterAsync(HttpContext http, NodeInstance node, NodeContext db, UserManager<StaffMember> people, SignInRate rate)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var entry = new SignInEntry { Email = form["email"].ToString().Trim(), Back = form["retour"].ToString(), Kept = KeptForm.In(form) };
        if (StaleForm.In(http) is not null)
        {
            entry = entry with { Notice = T["Cette page était ouverte depuis trop longtemps. Entrez à nouveau votre mot de passe."] };
            return Page(http, node, entry, StatusCodes.Status400BadRequest);
        }

        if (!rate.Allows(http))
        {
            return Page(http, node, entry with { Error = T["Trop d’essais depuis ici : attendez quelques minutes."] }, StatusCodes.Status429TooManyRequests);
        }

        var member = await people.FindByEmailAsync(entry.Email);
        // An unknown address costs the same work as a known one: neither the time taken nor the words tell who has an account.
        var right = people.PasswordHasher.VerifyHashedPassword(member ?? Nobody, member?.PasswordHash ?? NobodysPassword, form["password"].ToString())
            != PasswordVerificationResult.Failed;
        if (member is null || await people.IsLockedOutAsync(member))
        {
            return Refused(http, node, entry);
        }

        if (!right)
        {
            await people.AccessFailedAsync(member);
            if (await people.IsLockedOutAsync(member))
            {
                StaffLetters.Locked(node, member.Name).Queue(db, entry.Email, http.Now());
            }

            db.Note(member.Id, AuditedActions.SignInRefused, entry.Email, http.Now());
            await db.SaveChangesAsync(http.RequestAborted);
            return Refused(http, node, entry);
        }

        member.LastSignInAt = http.Now();
        db.Note(member.Id, AuditedActions.SignedIn, "", http.Now());
        await people.ResetAccessFailedCountAsync(member);
        // Which saves only where there were failures.
        await db.SaveChangesAsync(http.RequestAborted);
        await http.SignInAsync(node.Scheme, WorkspaceCookie.PrincipalOf(member, node));
        // 307 sends the kept form on to its own page, which shows it again: the token in it belongs to nobody who is signed in.
        return Results.LocalRedirect(Language.To(SafeReturn(entry.Back, node.Code)), permanent: false, preserveMethod: entry.Kept is not null);
    }

    private static async Task<IResult> LeaveAsync(HttpContext http, NodeInstance node, NodeContext db)
    {
        await http.NoteAsync(db, AuditedActions.SignedOut, "", http.RequestAborted);
        await http.SignOutAsync(node.Scheme);
        return Results.LocalRedirect(Language.To($"/espace/{node.Code}/connexion"));
    }

    private static IResult Refused(HttpContext http, NodeInstance node, SignInEntry entry)
    {
        var error = T["Adresse ou mot de passe inconnu ici, ou trop d’essais : après {0} mots de passe faux, un compte est bloqué {1} minutes. Vérifiez l’espace choisi : chaque cluster a ses propres comptes.", StaffAccounts.MostFailures, StaffAccounts.LockoutMinutes];
        return Page(http, node, entry with { Error = error }, StatusCodes.Status422UnprocessableEntity);
    }

    public static IResult Page(HttpContext http, NodeInstance node, SignInEntry entry, int status = StatusCodes.Status200OK) =>
        WorkspacePage.Of<SignInPage>(http, node, T["Connexion"], new() { [nameof(SignInPage.Entry)] = entry }, status);
}
