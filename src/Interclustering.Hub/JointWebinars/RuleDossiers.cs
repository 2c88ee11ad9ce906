using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;
using Interclustering.JointWebinars;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Hub.JointWebinars;

/// <summary>
/// The hub's authority over joint webinars: whenever facts were accepted, the dossiers that they are about are folded anew, in the order of
/// the hub's journal, and what has come of them is journaled where it differs from what was said last. In the transaction of the facts, so
/// that the two are never apart.
/// </summary>
internal static class RuleDossiers
{
    /// <summary>Of a dossier whose proposal was erased.</summary>
    private static JointWebinar Gone { get; } = new() { Nonce = "", State = JointWebinarStates.Cancelled, Participants = [], Counted = 0 };

    /// <summary>
    /// Dossiers that these subjects are facts about, as the database has them: to be asked before a withdrawal takes a fact away, and after
    /// new ones.
    /// </summary>
    public static async Task<IReadOnlyList<string>> ConcernedAsync(
        DbContext db, IReadOnlyList<string> subjects, CancellationToken cancellation)
    {
        var rows = await db.Set<PublicationRow>().AsNoTracking()
            .Where(row => row.Kind == Kinds.JointWebinarFact && row.Data != null && subjects.Contains(row.Subject))
                .ToListAsync(cancellation);
        return [.. rows.Select(row => RecordedFact.Read(row.Subject, row.Cluster, row.PublishedAt, row.Position, row.Data!)?.Fact.Dossier)
            .OfType<string>().Distinct()];
    }

    /// <summary>Every dossier, after the hub's database was given back.</summary>
    public static async Task<IReadOnlyList<string>> AllAsync(DbContext db, CancellationToken cancellation) =>
        [.. (await DossierFacts.ReadAsync(db, null, cancellation)).Select(facts => facts.Key)];

    /// <summary>Folds, and journals what differs, in the open transaction of <paramref name="db"/>.</summary>
    public static async Task RuleAsync(DbContext db, Journal journal, IReadOnlyList<string> dossiers, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(dossiers);
        var drafts = new List<JournalDraft>();
        IReadOnlyList<string> ids = [.. dossiers.Distinct().Order(StringComparer.Ordinal)];
        if (ids.Count == 0)
        {
            return;
        }

        var facts = await DossierFacts.ReadAsync(db, ids, cancellation);
        foreach (var id in ids)
        {
            var last = await db.Set<PublicationRow>().AsNoTracking()
                .SingleOrDefaultAsync(row => row.Journal == FederationDirectory.HubCode && row.Subject == id, cancellation);
            if ((DossierFold.Of(id, facts[id])?.Ruling() ?? (last is null ? null : Gone)) is { } ruling
                && Text(ruling) != (last?.Data is { } said
                ? Text(JsonSerializer.Deserialize<JointWebinar>(said, ContractJson.Options)! with { Nonce = "" }) : null))
            {
                drafts.Add(
                    new JournalDraft(Kinds.JointWebinar, id, (last?.Revision ?? 0) + 1, Text(ruling with { Nonce = Nonce.Create() })));
            }
        }

        if (drafts.Count > 0)
        {
            var rows = await journal.AppendUnfoldedAsync(db, drafts, cancellation);
            await FoldedState.ApplyAsync(db, [.. rows.Select(row => FoldedState.RulingRowOf(EntryChain.Read(row.Text)))], cancellation);
        }
    }

    private static string Text(JointWebinar ruling) => JsonSerializer.Serialize(ruling, ContractJson.Options);
}
