using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;
using Interclustering.Hub.Items;
using Interclustering.Hub.Operators;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Hub.FederationStatus;

/// <summary>
/// What was set aside, with its reason and its content: for operators, because content may be for members or for the teams only.
/// </summary>
internal static class QuarantinePages
{
    private const int PageSize = 50;

    public static void MapQuarantine(this RouteGroupBuilder operators) => operators.MapGet("/quarantaine", ShowAsync);

    private static async Task<IResult> ShowAsync(
        HttpContext http, HubContext db, FederationDirectory directory, int? page, CancellationToken cancellation)
    {
        var current = Math.Clamp(page ?? 1, 1, 100_000);
        var found = await (
            from row in db.Set<QuarantineRow>().AsNoTracking()
            join kept in db.Set<ReplicaEntry>() on new { row.Journal, row.Epoch, row.Sequence } equals new
            {
                kept.Journal,
                kept.Epoch,
                kept.Sequence
            } into entries
            from entry in entries.DefaultIfEmpty()
            orderby row.At descending, row.Journal, row.Sequence descending
            select new { Row = row, entry.Text }).Skip((current - 1) * PageSize).Take(PageSize + 1).ToListAsync(cancellation);
        return Pages.Of<QuarantinePage>(T["Mis de côté"], null, new()
        {
            [nameof(QuarantinePage.Entries)] = found.Take(PageSize).Select(one => Read(one.Row, one.Text, directory)).ToList(),
            [nameof(QuarantinePage.Session)] = OperatorSession.Of(http),
            [nameof(QuarantinePage.Current)] = current,
            [nameof(QuarantinePage.More)] = found.Count > PageSize,
        });
    }

    private static SetAside Read(QuarantineRow row, string? text, FederationDirectory directory)
    {
        var entry = text is null ? null : EntryChain.Read(text);
        return new SetAside(
            row, directory.Find(row.Journal)?.Name ?? row.Journal, entry is null ? "" : Kinds.KindOf(entry.Type),
            entry?.Data is null ? null : JsonSerializer.Serialize(entry, ContractJson.Indented));
    }
}

/// <summary>An entry that was set aside.</summary>
/// <param name="Row">Where it stands, and why.</param>
/// <param name="Sender">Name of the cluster whose journal it stands in.</param>
/// <param name="Kind">Empty when the entry is gone.</param>
/// <param name="Content">The entry, indented; null when its content was erased since.</param>
public sealed record SetAside(QuarantineRow Row, string Sender, string Kind, string? Content)
{
    public string KindInWords => Kind switch
    {
        "" => T["Publication"],
        Kinds.Person => T["Personne"],
        Kinds.Withdrawn => T["Retrait"],
        _ => Vocabulary.Label(Kind),
    };

    public string ReasonInWords => Row.Reason switch
    {
        "foreign" => T["Elle parle d’une publication qui n’appartient pas à ce cluster."],
        "unreadable" => T["Son contenu n’a pas la forme attendue."],
        "invalid" => T["Il y manque quelque chose, ou une date ou une adresse n’est pas correcte."],
        "future" => T["Elle vient d’une version plus récente du logiciel : après la mise à jour de ce site, réexaminez-la."],
        "left" => T["Elle a été écrite après le départ de ce cluster : s’il revient, réexaminez-la."],
        var reason => reason,
    };
}
