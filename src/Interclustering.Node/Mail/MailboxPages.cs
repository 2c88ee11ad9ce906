using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using MimeKit;

namespace Interclustering.Node.Mail;

/// <summary>
/// « Boîte aux lettres »: the mail that an embedded installation would send, for its visitors. Its links let in, so it answers on this
/// machine only, and is never mapped where mail really leaves.
/// </summary>
public static class MailboxPages
{
    private const int MostShown = 50;

    public static void MapMailbox(this IEndpointRouteBuilder endpoints, FileTransport transport) =>
        endpoints.MapGet("/boite-aux-lettres", async (HttpContext http, CancellationToken cancellation) =>
            await ShowAsync(http, transport, cancellation)).ExcludeFromDescription();

    private static async Task<Results<RazorComponentResult<SiteDocument>, NotFound>> ShowAsync(
        HttpContext http, FileTransport transport, CancellationToken cancellation)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (!OwnMachine.Asks(http))
        {
            return TypedResults.NotFound();
        }

        var letters = new List<MimeMessage>();
        foreach (var file in Files(transport.Folder))
        {
            letters.Add(await MimeMessage.LoadAsync(file, cancellation));
        }

        return new RazorComponentResult<SiteDocument>(new Dictionary<string, object?>
        {
            [nameof(SiteDocument.Title)] = T["Boîte aux lettres"],
            [nameof(SiteDocument.Page)] = typeof(MailboxPage),
            [nameof(SiteDocument.Parameters)] = new Dictionary<string, object?> { [nameof(MailboxPage.Letters)] = letters },
        });
    }

    private static IEnumerable<string> Files(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*.eml").OrderDescending(StringComparer.Ordinal).Take(MostShown)
        : [];
}
