using System.Security.Claims;
using Interclustering.Accounts;
using Interclustering.Accounts.Sessions;
using Interclustering.Accounts.SignIn;
using Interclustering.Node.Audit;
using Interclustering.Node.Mail;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Node.Team;

/// <summary>The realm of one cluster's workspace.</summary>
internal sealed class WorkspaceRealm(NodeInstance node, NodeContext db, AccountSettings settings, DemonstrationMode mode)
    : Realm<StaffMember>(db, mode)
{
    /// <summary>A member's own data, as a file.</summary>
    public const string DataPath = "/compte/donnees";

    public override string Base => $"/espace/{node.Code}";

    public override string Home => Base;

    public override string Outside => Base + AccountPaths.SignIn;

    public override string Scheme => node.Scheme;

    public override string Code => node.Code;

    public override string Name => node.Cluster.Name;

    public override string Introduction => T["Espace de l’équipe de {0}.", node.Cluster.Name];

    public override string? Forgotten => ForgottenPages.Path;

    public override string RefusalHint => T["Vérifiez l’espace choisi : chaque cluster a ses propres comptes."];

    public override IReadOnlyList<string> Guessable => [node.Cluster.Name];

    public override IReadOnlyList<(string Path, string Label, string Why)> OwnPages =>
    [
        ("/mon-calendrier", T["Mon calendrier privé"],
            T["Une adresse à donner à votre agenda, qui montre l’activité de votre cluster."]),
        (OwnMailPages.Path, T["Mes mails"], T["Ce que vous recevez tout de suite, dans le résumé de 8 h, ou jamais."]),
        (DataPath, T["Télécharger mes données"], T["Un fichier avec tout ce que cet espace garde de vous, sans vos secrets."]),
    ];

    public override string AccountLine(StaffMember account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return T["{0}, dans l’espace de {1}, en {2}.", account.Email, node.Cluster.Name, StaffRoles.InWords(account.Role)];
    }

    public override bool Administers(StaffMember account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return account.Role == StaffRoles.Administrator;
    }

    public override bool NeedsSecondFactor(StaffMember account) => settings.SecondFactor && Administers(account);

    public override ClaimsPrincipal PrincipalOf(StaffMember account, Guid session)
    {
        ArgumentNullException.ThrowIfNull(account);
        return new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, $"{node.Code}/{account.Id}"),
            new Claim(ClaimTypes.Name, account.Name),
            new Claim(ClaimTypes.Role, account.Role),
            .. SessionCookie.ClaimsOf(account, session),
        ], node.Scheme));
    }

    public override void Note(string account, string action, string what, DateTime now) => db.Note(account, action, what, now);

    public override void Tell(StaffMember account, AccountNews news, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(account);
        StaffMails.Of(node, account.Name, news).Queue(db, account.Email ?? "", now);
    }

    public override string SafeReturn(string? address) => SafeReturn(address, node.Code);

    public override IResult Page<TPage>(HttpContext http, string title, Dictionary<string, object?> parameters, int status) =>
        WorkspacePage.Of<TPage>(http, node, title, parameters, status);

    /// <summary>An address of this cluster's workspace, and nothing else: a link can't lead elsewhere after signing in.</summary>
    public static string SafeReturn(string? address, string code)
    {
        var home = $"/espace/{code}";
        address = address?.StartsWith(Language.EnglishPrefix + "/", StringComparison.Ordinal) == true
            ? address[Language.EnglishPrefix.Length..] : address;
        return address is not null && (address == home || address.StartsWith(home + "/", StringComparison.Ordinal)
            || address.StartsWith(home + "?", StringComparison.Ordinal))
            && !address.Contains("..", StringComparison.Ordinal) && !address.Contains('\\', StringComparison.Ordinal)
                && !address.Any(char.IsControl)
            ? address
            : home;
    }

    public static void Configure(CookieAuthenticationOptions options, string code)
    {
        SessionCookie.Configure<StaffMember>(options, $"ic-{code}");
        options.LoginPath = $"/espace/{code}{AccountPaths.SignIn}";
        options.LogoutPath = $"/espace/{code}{AccountPaths.SignOut}";
        options.Events.OnRedirectToLogin = AskAsync;
    }

    /// <summary>Asks to sign in; a form that was sent after the session's end is kept for afterwards.</summary>
    private static async Task AskAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        var http = context.HttpContext;
        if (!HttpMethods.IsPost(http.Request.Method))
        {
            context.Response.Redirect(context.RedirectUri);
            return;
        }

        var realm = http.RequestServices.GetRequiredService<Realm<StaffMember>>();
        if (http.GetEndpoint()?.Metadata.GetMetadata<ShowsFormAgain>() is null)
        {
            context.Response.Redirect(Language.To(realm.Outside));
            return;
        }

        var kept = await KeptForm.TakeAsync(http.Request);
        await realm.ShowSignIn(http, new()
        {
            Back = http.Request.Path,
            Kept = kept,
            Notice = kept is null
                ? T["Votre session était terminée, et ce texte est trop long pour être gardé ici. Revenez en arrière, copiez-le, puis "
                    + "connectez-vous."]
                : T["Votre session était terminée. Connectez-vous : ce que vous aviez écrit est gardé, "
                    + "et vous le retrouverez juste après."],
        }, StatusCodes.Status401Unauthorized).ExecuteAsync(http);
    }
}
