using System.Text;
using Interclustering.Federation;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Node.Publishing.Sharing;

/// <summary>The QR code of a publication, to be kept and printed.</summary>
internal static class SharingPages
{
    public static void MapSharing(this RouteGroupBuilder group) => group.MapGet("/publications/{id}/qr.svg", CodeAsync);

    /// <inheritdoc cref="SharingKit.Of"/>
    public static SharingKit? KitOf(HttpContext http, WorkingCopy copy)
    {
        var services = http.RequestServices;
        var site = services.GetRequiredService<PublicAddress>().OriginOf(http, services.GetRequiredService<NationalSite>());
        var today = ParisDay.Today(services.GetRequiredService<TimeProvider>());
        // What can't be put into words is not handed on; its page shows the rest.
        return FaultIsolation.Shared.Each([copy], one => (one.Subject, one.Version), one => SharingKit.Of(one, site, today)) is [var kit]
            ? kit : null;
    }

    private static async Task<IResult> CodeAsync(
        HttpContext http, NodeInstance node, NodeContext db, string id, CancellationToken cancellation) =>
        await OwnPublications.FindAsync(db, id, cancellation) is { } copy && KitOf(http, copy) is { } kit
            ? Results.File(Encoding.UTF8.GetBytes(QrCode.SvgOf(kit.Link)), "image/svg+xml", $"qr-{copy.Subject}.svg")
            : OwnPublications.Missing(http, node);
}
