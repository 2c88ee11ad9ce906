using System.Globalization;
using Interclustering.Accounts.SignIn;
using Interclustering.Node.Workspace;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Node.Team;

/// <summary>« Mot de passe oublié » : the same answer for every address; the mail tells its owner.</summary>
internal static class ForgottenPages
{
    public const string Path = "/mot-de-passe-oublie";

    public static void MapForgotten(this RouteGroupBuilder group)
    {
        group.MapGet(Path, (HttpContext http, NodeInstance node) => Show(http, node, asked: false));
        group.MapPost(Path, AskAsync);
    }

    private static async Task<IResult> AskAsync(
        HttpContext http, NodeInstance node, PublicAddress address, SignInRate rate, PasswordRequests requests)
    {
        var email = (await http.Request.ReadFormAsync(http.RequestAborted))["email"].ToString().Trim();
        if (rate.Allows(http))
        {
            requests.Add(new PasswordRequest(node, email, address.To(http, node, "/mot-de-passe/"), CultureInfo.CurrentUICulture));
        }

        return Show(http, node, asked: true);
    }

    private static IResult Show(HttpContext http, NodeInstance node, bool asked) =>
        WorkspacePage.Of<ForgottenPage>(http, node, T["Mot de passe oublié"], new() { [nameof(ForgottenPage.Asked)] = asked });
}
