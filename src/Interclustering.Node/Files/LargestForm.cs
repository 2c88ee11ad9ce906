using Interclustering.Node.Workspace;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Node.Files;

/// <summary>
/// How large a form may be, in bytes. Files that are too large, within this, are told so one by one, and the rest of the form is kept.
/// </summary>
internal sealed class LargestForm(long bytes) : IRequestSizeLimitMetadata
{
    private const long Mebibyte = 1024 * 1024;

    public const long OfText = 30 * Mebibyte;
    public const long WithFiles = 600 * Mebibyte;

    public long? MaxRequestBodySize => bytes;

    public static bool IsExceeded(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<LargestForm>()?.MaxRequestBodySize is { } most && http.Request.ContentLength > most;

    /// <summary>
    /// Says so on a page. What was sent is read to its end and thrown away: a browser that is cut short while it sends shows no answer.
    /// </summary>
    public static async Task<IResult> RefuseAsync(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
        var most = http.GetEndpoint()!.Metadata.GetMetadata<LargestForm>()!.MaxRequestBodySize / Mebibyte;
        return WorkspacePage.Of<MissingPage>(http, http.RequestServices.GetRequiredService<NodeInstance>(), T["Trop lourd"], new()
        {
            [nameof(MissingPage.Title)] = T["Trop lourd"],
            [nameof(MissingPage.Sentence)] = T[
                "Cet envoi pèse plus de {0} Mo, fichiers compris : il n’a pas été enregistré. Ce qui était déjà enregistré ou publié n’a "
                    + "pas changé, et le texte gardé pendant que vous écriviez vous attend dans le formulaire. Joignez moins de fichiers "
                    + "à la fois, et enregistrez entre deux.", most],
            [nameof(MissingPage.Back)] = Language.To(http.Request.Path),
            [nameof(MissingPage.Label)] = T["Revenir au formulaire"],
        }, StatusCodes.Status413PayloadTooLarge);
    }
}
