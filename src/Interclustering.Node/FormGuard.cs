using Interclustering.Accounts.SignIn;
using Interclustering.Node.Files;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Workspace;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Node;

/// <summary>
/// Refuses a form that did not come from our own page, kindly: nothing is carried out, and nothing that was typed is lost.
/// </summary>
public sealed class FormGuard(IAntiforgery antiforgery) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        var http = context.HttpContext;
        http.Response.Headers.CacheControl = "no-cache, no-store";
        if (LargestForm.IsExceeded(http))
        {
            return await LargestForm.RefuseAsync(http);
        }

        if (!HttpMethods.IsPost(http.Request.Method) || await antiforgery.IsRequestValidAsync(http))
        {
            return await TakeAsync(http, context, next);
        }

        if (http.GetEndpoint()?.Metadata.GetMetadata<ShowsFormAgain>() is null)
        {
            return WorkspacePage.Missing(
                http, http.RequestServices.GetRequiredService<NodeInstance>(), T["Page périmée"],
                T["Cette page n’était plus à jour : rien n’a été fait. Revenez à vos publications et recommencez."],
                    StatusCodes.Status400BadRequest);
        }

        var kept = http.Request.HasFormContentType && KeptForm.In(await http.Request.ReadFormAsync(http.RequestAborted)) is not null;
        http.Features.Set(new StaleForm(kept
            ? T["Vous êtes de nouveau dans votre espace. Voici ce que vous aviez écrit : rien n’a encore été envoyé. Vérifiez, puis "
                + "envoyez."]
            : T["Cette page était ouverte depuis trop longtemps. Voici ce que vous aviez écrit : rien n’a encore été envoyé. Vérifiez, "
                + "puis envoyez à nouveau."]));
        return await TakeAsync(http, context, next);
    }

    /// <summary>What no page has said beside its field ends here, before anything was journaled.</summary>
    private static async Task<object?> TakeAsync(HttpContext http, EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (ContentRefusedException refused)
        {
            return WorkspacePage.Missing(
                http, http.RequestServices.GetRequiredService<NodeInstance>(), T["Cela ne peut pas être publié"],
                string.Join(' ', refused.Problems.Take(3).Select(ContentWords.InWords)
                    .Append(T["Rien n’a été fait : revenez en arrière et corrigez."])),
                StatusCodes.Status422UnprocessableEntity);
        }
    }
}
