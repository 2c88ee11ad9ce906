using Interclustering.Contracts;
using Interclustering.Node.Workspace;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Publishing.Editor;

/// <summary>Finds a publication of this cluster, for the pages about it.</summary>
internal static class OwnPublications
{
    public static Task<WorkingCopy?> FindAsync(NodeContext db, string id, CancellationToken cancellation) =>
        db.WorkingCopies.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Subject == id && Kinds.Items.Contains(row.Kind), cancellation);

    public static IResult Missing(HttpContext http, NodeInstance node) => WorkspacePage.Missing(
        http, node, T["Introuvable"], T[
            "Aucune publication de votre cluster n’a cette adresse. C’était peut-être un brouillon, supprimé depuis."]);

    public static Task<WorkingCopy?> FindAsync(NodeContext db, string kind, string? id, CancellationToken cancellation) =>
        db.WorkingCopies.AsNoTracking().FirstOrDefaultAsync(row => row.Subject == id && row.Kind == kind, cancellation);
}
