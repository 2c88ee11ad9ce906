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
    // The largest revision that the schema allows.
    private const long MaxRevision = int.MaxValue;

    public async Task<IReadOnlyList<QuarantineRow>> ApplyAsync(
        DbContext db, Participant participant, string journal, IReadOnlyList<JournalEntry> entries, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(participant);
        var now = participant.Clock.GetUtcNow().UtcDateTime;
        var left = participant.Directory.Find(journal)?.Left;
        var results = entries.Select(entry => (Entry: entry, Rejection: EntryValidator.Validate(entry, journal, now, left))).ToList();
        var subjects = results.Where(result => result.Rejection is null && Kinds.KindOf(result.Entry.Type) is Kinds.JointWebinarFact
            or Kinds.Withdrawn)
            .Select(result => result.Entry.Subject).Distinct().ToList();
        var concerned = subjects.Count == 0 ? [] : await RuleDossiers.ConcernedAsync(db, subjects, cancellation);
        var rows = await participant.Journal.AppendUnfoldedAsync(
            db, results.ConvertAll(result => Wrap(result.Entry, result.Rejection)), cancellation);
        var changes = results.Zip(rows)
            .Where(pair => pair.First.Rejection is null && pair.First.Entry.Data is not null)
            .Select(pair => FoldedState.RowOf(pair.First.Entry, journal, pair.Second.Sequence, pair.Second.Time));
        await FoldedState.ApplyAsync(db, [.. changes], cancellation);
        if (subjects.Count > 0)
        {
            await RuleDossiers.RuleAsync(db, participant.Journal,
                [.. concerned, .. await RuleDossiers.ConcernedAsync(db, subjects, cancellation)], cancellation);
        }

        return
        [
            .. results.Where(result => result.Rejection is not null)
                .Select(result => RowOf(result.Entry, result.Rejection!, journal, now)),
        ];
    }

    public async Task<QuarantineRow> SetAsideAsync(
        DbContext db, Participant participant, string journal, JournalEntry entry, string reason, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(participant);
        var rejection = new Rejection("unreadable", reason);
        await participant.Journal.AppendUnfoldedAsync(db, [Wrap(entry, rejection, withData: false)], cancellation);
        return RowOf(entry, rejection, journal, participant.Clock.GetUtcNow().UtcDateTime);
    }

    private static QuarantineRow RowOf(JournalEntry entry, Rejection rejection, string journal, DateTime at) => new()
    {
        Journal = journal,
        Epoch = Storable.Key(entry.Epoch),
        Sequence = entry.Sequence,
        Subject = Storable.Key(entry.Subject),
        Reason = rejection.Reason,
        Detail = Storable.Detail(rejection.Detail),
        At = at,
    };

    /// <summary>Nothing to undo: the owner journals again what counts.</summary>
    public Task RewindAsync(DbContext db, string journal, IReadOnlyList<string> subjects, CancellationToken cancellation) =>
        Task.CompletedTask;

    public Task RestoreAsync(DbContext db, Participant participant, RecoveryPlan plan, CancellationToken cancellation) =>
        RestoreHub.RunAsync(db, participant, plan, cancellation);

    /// <summary>
    /// What the hub journals of a cluster's entry: accepted without a rejection, else quarantined, and then valid whatever the entry is.
    /// </summary>
    internal static JournalDraft Wrap(JournalEntry entry, Rejection? rejection, bool withData = true)
    {
        var origin = rejection is null ? entry : Storable.Wrapped(entry, withData);
        // The origin's text goes in as it is: it is canonical already, and most of the work.
        var wrapping = new StringBuilder($$"""{"nonce":"{{Nonce.Create()}}","origin":""").Append(EntryChain.TextOf(origin));
        if (rejection is not null)
        {
            wrapping.Append(",\"reason\":").Append(JsonSerializer.Serialize(rejection.Reason))
                .Append(",\"detail\":").Append(JsonSerializer.Serialize(Storable.Detail(rejection.Detail)));
        }

        var trace = ActivityContext.TryParse(entry.Traceparent, null, out _) ? entry.Traceparent : Activity.Current?.Id;
        return rejection is null
            ? new JournalDraft(Kinds.Accepted, entry.Subject, entry.Revision, wrapping.Append('}').ToString(), trace)
            : new JournalDraft(
                Kinds.Quarantined, EntryCheck.IsSubject(entry.Subject) ? entry.Subject : Subjects.Mint(FederationDirectory.HubCode),
                Math.Clamp(entry.Revision, 1, MaxRevision), wrapping.Append('}').ToString(), trace);
    }
}
