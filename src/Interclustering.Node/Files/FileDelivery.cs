using Interclustering.Contracts;
using Interclustering.Files;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Ui.Words;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Files;

/// <summary>How far a file of a publication has come.</summary>
/// <param name="File">As the publication names it.</param>
/// <param name="Pushed">Whether it goes to the hub at all: only files of what is public do.</param>
/// <param name="ArrivedAt">UTC; since when the hub has it.</param>
/// <param name="Refusal">Why the hub refuses it.</param>
public sealed record FileDelivery(Attachment File, bool Pushed, DateTime? ArrivedAt, string? Refusal)
{
    /// <summary>The mark beside it: done, wait or aside.</summary>
    public string Mark => Pushed && Refusal is not null ? "aside" : Pushed && ArrivedAt is not null ? "done" : "wait";

    public string InWords(DateTime nowUtc) => this switch
    {
        { Pushed: false } => T["gardé ici : il n’est pas envoyé au site national"],
        { Refusal: FileRefusals.TooLarge } => T["refusé par le site national : il est trop lourd pour lui"],
        { Refusal: not null } => T["refusé par le site national ({0}) : joignez-le à nouveau, ou en PDF", Refusal],
        { ArrivedAt: { } since } => T["sur le site national depuis {0}", Moments.At(since, nowUtc)],
        _ => T["pas encore sur le site national : l’envoi se fera automatiquement"],
    };

    public static async Task<ILookup<string, FileDelivery>> OfAsync(
        NodeContext db, IReadOnlyList<WorkingCopy> copies, CancellationToken cancellation)
    {
        var named = copies.Select(copy => (Copy: copy, Named: PublishedFiles.Of(copy.Kind, copy.Data)))
            .SelectMany(pair => pair.Named.Files.Select(file => (pair.Copy, pair.Named.Visibility, File: file))).ToList();
        var hashes = named.Select(each => each.File.Sha256).Distinct().ToList();
        var rows = hashes.Count == 0 ? []
            : await db.Files.AsNoTracking().Where(row => hashes.Contains(row.Sha256)).ToDictionaryAsync(row => row.Sha256, cancellation);
        return named.ToLookup(each => each.Copy.Subject, each =>
        {
            var row = rows.GetValueOrDefault(each.File.Sha256);
            var pushed = each.Visibility == Visibility.Public && each.Copy.State == PublicationState.Published;
            return new FileDelivery(each.File, pushed, row?.ArrivedAt, row?.Refusal);
        });
    }
}
