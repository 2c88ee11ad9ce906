using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Interclustering.Content;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Replicas;
using Interclustering.Hub.JointWebinars;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Hub.Ingest;

/// <summary>
/// What the hub does with a cluster's entries: journals each one, whole, as accepted or quarantined, and folds the accepted ones into the
/// publications. Everything that people see is derived from these two.
/// </summary>
public sealed class AcceptPublications : IApplyEntries
{
    // The largest integer of a canonical form.
    private const long MaxRevision = int.MaxValue;

    public async Task<IReadOnlyList<QuarantineRow>> ApplyAsync(
        DbContext db, Participant participant, string journal, IReadOnlyList<JournalEntry> entries, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(participant);
        var now = participant.Clock.GetUtcNow().UtcDateTime;
        var judged = entries.Select(entry => (Entry: entry, Verdict: ReadEntry.Judge(entry, journal, now))).ToList();
        var subjects = judged.Where(judgement => judgement.Verdict is null && Kinds.KindOf(judgement.Entry.Type) is Kinds.JointWebinarFact
            or Kinds.Withdrawn)
            .Select(judgement => judgement.Entry.Subject).Distinct().ToList();
        var concerned = subjects.Count == 0 ? [] : await RuleDossiers.ConcernedAsync(db, subjects, cancellation);
        var rows = await participant.Journal.AppendEntriesAsync(
            db, judged.ConvertAll(judgement => Wrap(judgement.Entry, judgement.Verdict)), cancellation);
        var changes = judged.Zip(rows)
            .Where(pair => pair.First.Verdict is null && pair.First.Entry.Data is not null)
            .Select(pair => FoldedState.RowOf(pair.First.Entry, journal, pair.Second.Sequence, pair.Second.Time));
        await FoldedState.ApplyAsync(db, [.. changes], cancellation);
        if (subjects.Count > 0)
        {
            await RuleDossiers.RuleAsync(db, participant.Journal,
                [.. concerned, .. await RuleDossiers.ConcernedAsync(db, subjects, cancellation)], cancellation);
        }

        return
        [
            .. judged.Where(judgement => judgement.Verdict is not null)
                .Select(judgement => RowOf(judgement.Entry, judgement.Verdict!, journal, now)),
        ];
    }

    public async Task<QuarantineRow> SetAsideAsync(
        DbContext db, Participant participant, string journal, JournalEntry entry, string reason, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(participant);
        var verdict = new Verdict("unreadable", reason);
        await participant.Journal.AppendEntriesAsync(db, [Wrap(entry, verdict, withData: false)], cancellation);
        return RowOf(entry, verdict, journal, participant.Clock.GetUtcNow().UtcDateTime);
    }

    private static QuarantineRow RowOf(JournalEntry entry, Verdict verdict, string journal, DateTime at) => new()
    {
        Journal = journal,
        Epoch = Storable.Key(entry.Epoch),
        Sequence = entry.Sequence,
        Subject = Storable.Key(entry.Subject),
        Reason = verdict.Reason,
        Detail = Storable.Detail(verdict.Detail),
        At = at,
    };

    /// <summary>What the hub derives is folded from what clusters' owners say: they journal again what no longer counts.</summary>
    public Task RewindAsync(DbContext db, string journal, IReadOnlyList<string> subjects, CancellationToken cancellation) =>
        Task.CompletedTask;

    public Task RestoreAsync(DbContext db, Participant participant, RecoveryPlan plan, CancellationToken cancellation) =>
        RestoreHub.RunAsync(db, participant, plan, cancellation);

    /// <summary>
    /// What the hub journals of a cluster's entry: accepted without a verdict, else quarantined, and then valid whatever the entry is.
    /// </summary>
    internal static JournalDraft Wrap(JournalEntry entry, Verdict? verdict, bool withData = true)
    {
        var origin = verdict is null ? entry : Storable.Wrapped(entry, withData);
        // The origin's text goes in as it is: it is canonical already, and most of the work.
        var wrapping = new StringBuilder($$"""{"nonce":"{{Nonce.Create()}}","origin":""").Append(EntryChain.TextOf(origin));
        if (verdict is not null)
        {
            wrapping.Append(",\"reason\":").Append(JsonSerializer.Serialize(verdict.Reason))
                .Append(",\"detail\":").Append(JsonSerializer.Serialize(Storable.Detail(verdict.Detail)));
        }

        var trace = ActivityContext.TryParse(entry.Traceparent, null, out _) ? entry.Traceparent : Activity.Current?.Id;
        return verdict is null
            ? new JournalDraft(Kinds.Accepted, entry.Subject, entry.Revision, wrapping.Append('}').ToString(), trace)
            : new JournalDraft(
                Kinds.Quarantined, EntryCheck.IsSubject(entry.Subject) ? entry.Subject : Subjects.Mint(FederationDirectory.HubCode),
                Math.Clamp(entry.Revision, 1, MaxRevision), wrapping.Append('}').ToString(), trace);
    }
}
