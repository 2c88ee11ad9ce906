using Interclustering.Files;
using Interclustering.Node.Workspace;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Files;

/// <summary>Shows members what is attached here, also what is not public, or not yet.</summary>
internal static class OwnFiles
{
    public static void MapOwnFiles(this IEndpointRouteBuilder workspace) => workspace.MapGet("/fichiers/{sha256}/{name}", ShowAsync)
        .WithMetadata(new NeedsRole(StaffRoles.Reader));

    private static async Task<IResult> ShowAsync(
        string sha256, string name, HttpContext http, NodeInstance node, NodeContext db, CancellationToken cancellation)
    {
        var row = await db.Files.AsNoTracking().FirstOrDefaultAsync(file => file.Sha256 == sha256, cancellation);
        var kind = FileKind.All.FirstOrDefault(each => each.MediaType == row?.MediaType);
        return node.Files.Find(sha256) is { } path && kind is not null && PublishedFiles.IsName(name)
            ? ServedFile.Of(http, path, kind, name)
            : WorkspacePage.Missing(http, node, T["Introuvable"], T["Ce fichier n’est plus gardé ici."]);
    }
}
