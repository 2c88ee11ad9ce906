using System.Text.Json;
using System.Text.Json.Nodes;
using Interclustering.Contracts;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Replicas;
using Microsoft.EntityFrameworkCore;
using Participant = Interclustering.Federation.Participant;

namespace Interclustering.Node.Publishing.Editor;

/// <summary>
/// A cluster's publications and working copies from its own journal, after entries of it came back. What was edited here meanwhile is
/// journaled again with a revision above both, so that it wins; the other text stays in the journal before it. What was published again
/// here under the same key of a source is joined with what came back, which keeps its id: its address is known.
/// </summary>
internal static class RestoreNode
{
    public static async Task RunAsync(NodeContext db, Participant participant, RecoveryPlan plan, CancellationToken cancellation)
    {
        var subjects = plan.Diverging.Concat(plan.Disowned).Where(entry => Kinds.KindOf(entry.Type) != Kinds.JournalOpened)
            .Select(entry => entry.Subject).ToHashSet();
        var here = await db.Publications.AsNoTracking().Where(row => row.Journal == participant.Code && subjects.Contains(row.Subject))
            .ToDictionaryAsync(row => row.Subject, cancellation);
        await FoldedState.ApplyAsync(
            db, [.. plan.Returned.Where(entry => entry.Data is not null)
                .Select(entry => FoldedState.RowOf(entry, participant.Code, entry.Sequence, null))], cancellation);
        var joined = new Dictionary<string, WorkingCopy>();
        // Who edited here meanwhile has the last word: that copy stays as it is.
        foreach (var entry in plan.Returned.GroupBy(entry => entry.Subject).Select(entries => entries.MaxBy(entry => entry.Revision)!)
            .Where(entry => !subjects.Contains(entry.Subject)))
        {
            if (await CopyAsync(db, entry, subjects, cancellation) is { } twin)
            {
                joined.Add(entry.Subject, twin);
            }
        }

        await db.SaveChangesAsync(cancellation);
        var elsewhere = plan.Returned.Concat(plan.Disowned).GroupBy(entry => entry.Subject)
            .ToDictionary(entries => entries.Key, entries => entries.Max(entry => entry.Revision));
        var drafts = new List<JournalDraft>();
        foreach (var subject in subjects.Union(joined.Keys).Order(StringComparer.Ordinal))
        {
            var revision = Math.Max(here.GetValueOrDefault(subject)?.Revision ?? 0, elsewhere.GetValueOrDefault(subject)) + 1;
            drafts.Add(joined.Values.Any(twin => twin.Subject == subject) ? Withdrawn(subject, revision)
                : joined.ContainsKey(subject) ? OfCopy((await db.WorkingCopies.FindAsync([subject], cancellation))!, revision)
                : Again(subject, here.GetValueOrDefault(subject), revision));
        }

        foreach (var row in await participant.Journal.AppendAsync(db, drafts, cancellation))
        {
            if (await db.WorkingCopies.FindAsync([row.Subject], cancellation) is { } copy)
            {
                (copy.Revision, copy.Sequence) = (row.Revision, row.Sequence);
            }
        }

        await db.SaveChangesAsync(cancellation);
    }

    private static JournalDraft Withdrawn(string subject, long revision) =>
        new(Kinds.Withdrawn, subject, revision, PublicationText.WithNonce(new Withdrawal { Nonce = "" }));

    private static JournalDraft OfCopy(WorkingCopy copy, long revision) => copy.State == PublicationState.Published
        ? new JournalDraft(copy.Kind, copy.Subject, revision, PublicationText.WithNonce(PublicationText.Read(copy.Kind, copy.Data)))
        : Withdrawn(copy.Subject, revision);

    /// <summary>What this database last said of the subject; a withdrawal of what it never said.</summary>
    private static JournalDraft Again(string subject, PublicationRow? here, long revision)
    {
        if (here?.Data is not { } data)
        {
            return Withdrawn(subject, revision);
        }

        var text = JsonNode.Parse(data)!.AsObject();
        text["nonce"] = Nonce.Create();
        return new JournalDraft(here.Kind, subject, revision, text.ToJsonString(ContractJson.Options));
    }

    /// <summary>The working copy of what came back.</summary>
    /// <returns>The copy that was made here meanwhile for the same key of a source; its text is taken over.</returns>
    private static async Task<WorkingCopy?> CopyAsync(
        NodeContext db, JournalEntry entry, HashSet<string> writtenHere, CancellationToken cancellation)
    {
        var copy = await db.WorkingCopies.FindAsync([entry.Subject], cancellation);
        if (copy is not null && copy.Revision >= entry.Revision)
        {
            return null;
        }

        if (Kinds.KindOf(entry.Type) == Kinds.Withdrawn)
        {
            if (copy is not null)
            {
                (copy.State, copy.Revision, copy.Sequence, copy.Version) =
                    (PublicationState.Withdrawn, entry.Revision, entry.Sequence, copy.Version + 1);
                // An interface that sends it again means it. A list that still names it does not: a member may have withdrawn it.
                copy.SourceWithdrew = copy.SourceSystem is { } system
                    && !await db.Sources.AnyAsync(row => row.System == system, cancellation);
            }

            return null;
        }

        if (Read(entry) is not { } publication)
        {
            return null;
        }

        var at = FoldedState.TimeOf(entry);
        if (copy is null)
        {
            copy = new WorkingCopy { Subject = entry.Subject, Kind = "", State = "", Title = "", Data = "", CreatedAt = at };
            db.Add(copy);
        }

        var source = (publication as PublishedItem)?.Source;
        var given = source is null ? null : PublicationText.Of(SourceMerge.Given(copy, publication));
        (copy.Kind, copy.State, copy.Title, copy.Data) = (
            PublicationText.KindOf(publication), PublicationState.Published, PublicationText.TitleOf(publication),
                PublicationText.Of(publication));
        (copy.Revision, copy.Sequence, copy.Version, copy.EditedAt) = (entry.Revision, entry.Sequence, copy.Version + 1, at);
        var twin = source is null ? null : await WithKeyAsync(db, source, copy.Subject, cancellation);
        if (twin is not null)
        {
            (twin.SourceSystem, twin.SourceKey) = (null, null);
            await db.SaveChangesAsync(cancellation);
        }

        (copy.SourceSystem, copy.SourceKey, copy.SourceData, copy.SourceWithdrew) = (source?.System, source?.Key, given, false);
        if (twin is null || !writtenHere.Contains(twin.Subject))
        {
            return null;
        }

        TakeOver(copy, twin, publication);
        return twin;
    }

    private static Task<WorkingCopy?> WithKeyAsync(
        NodeContext db, SourceReference source, string exceptFor, CancellationToken cancellation) =>
        db.WorkingCopies.SingleOrDefaultAsync(
            row => row.SourceSystem == source.System && row.SourceKey == source.Key && row.Subject != exceptFor, cancellation);

    /// <summary>What was said here last is said of what came back; the copy that it was said of is withdrawn.</summary>
    private static void TakeOver(WorkingCopy copy, WorkingCopy twin, Publication before)
    {
        var now = PublicationText.Read(twin.Kind, twin.Data);
        now = now is Event later && before is Event earlier ? SessionIds.Keep(later, earlier) : now;
        (copy.Kind, copy.State, copy.Title, copy.Data) = (twin.Kind, twin.State, twin.Title, PublicationText.Of(now));
        (copy.SourceData, copy.SourceWithdrew) = (twin.SourceData, twin.SourceWithdrew);
        (copy.Version, copy.EditedAt, copy.EditedBy) = (copy.Version + 1, twin.EditedAt, twin.EditedBy);
        (twin.State, twin.Version) = (PublicationState.Withdrawn, twin.Version + 1);
    }

    /// <summary>Null for kinds that are not edited here, and for content that is gone.</summary>
    private static Publication? Read(JournalEntry entry)
    {
        try
        {
            return Kinds.KindOf(entry.Type) is Kinds.Event or Kinds.Webinar or Kinds.BestPractice or Kinds.Person or Kinds.DateHold
                or Kinds.CoOrganisation or Kinds.SameEvent or Kinds.RegistrationCount or Kinds.PlacesGiven or Kinds.LetterIssue
                && entry.Data is { } data
                ? PublicationText.Read(Kinds.KindOf(entry.Type), data.GetRawText())
                : null;
        }
        catch (JsonException)
        {
            // Journaled by another version: it stays in the journal, and can't be edited here.
            return null;
        }
    }
}
