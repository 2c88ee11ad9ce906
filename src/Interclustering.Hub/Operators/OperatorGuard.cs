using System.Security.Claims;
using Interclustering.Hub.Items;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Hub.Operators;

/// <summary>
/// For pages that show operators more than others: finds out who is signed in, without asking to sign in; keeps the page out of every
/// cache; and refuses a form that did not come from our own page.
/// </summary>
internal sealed class OperatorGuard(IAntiforgery antiforgery) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers.CacheControl = "no-cache, no-store";
        http.User = (await http.AuthenticateAsync(OperatorRealm.OperatorScheme)).Principal ?? new ClaimsPrincipal(new ClaimsIdentity());
        return !HttpMethods.IsPost(http.Request.Method) || await antiforgery.IsRequestValidAsync(http)
            ? await next(context)
            : Pages.Of<MissingPage>(
                T["Page périmée"], null,
                new()
                {
                    [nameof(MissingPage.Title)] = T["Page périmée"],
                    [nameof(MissingPage.Sentence)] =
                        T["Cette page n’était plus à jour : rien n’a été fait. Revenez à l’état de la fédération et recommencez."],
                    [nameof(MissingPage.Back)] = "/etat",
                    [nameof(MissingPage.Label)] = T["Voir l’état de la fédération"],
                }, StatusCodes.Status400BadRequest);
    }
}
