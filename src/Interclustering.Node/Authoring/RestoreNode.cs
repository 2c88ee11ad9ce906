using System.Text.Json;
using System.Text.Json.Nodes;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Publications;
using Interclustering.Federation.Recovering;
using Microsoft.EntityFrameworkCore;
using Participant = Interclustering.Federation.Participant;

namespace Interclustering.Node.Authoring;

/// <summary>
/// A cluster's publications and working copies from its own journal, after entries of it came back. What was edited here meanwhile is
/// journaled again with a revision above both, so that it wins; the other text stays in the journal before it.
/// </summary>
internal static class RestoreNode
{
    public static async Task RunAsync(NodeContext db, Participant participant, Lost lost, CancellationToken cancellation)
    {
        var subjects = lost.Diverging.Concat(lost.Disowned).Where(entry => Kinds.KindOf(entry.Type) != Kinds.JournalOpened)
            .Select(entry => entry.Subject).ToHashSet();
        var here = await db.Publications.AsNoTracking().Where(row => row.Journal == participant.Code && subjects.Contains(row.Subject))
            .ToDictionaryAsync(row => row.Subject, cancellation);
        await FoldedState.ApplyAsync(
            db, [.. lost.Returned.Where(entry => entry.Data is not null).Select(entry => FoldedState.RowOf(entry, participant.Code, entry.Sequence, null))], cancellation);
        foreach (var entry in lost.Returned.GroupBy(entry => entry.Subject).Select(entries => entries.MaxBy(entry => entry.Revision)!))
        {
            await CopyAsync(db, entry, cancellation);
        }

        await db.SaveChangesAsync(cancellation);
        var elsewhere = lost.Returned.Concat(lost.Disowned).GroupBy(entry => entry.Subject)
            .ToDictionary(entries => entries.Key, entries => entries.Max(entry => entry.Revision));
        var rows = await participant.Journal.AppendAsync(
            db, [.. subjects.Order(StringComparer.Ordinal).Select(subject => Again(subject, here.GetValueOrDefault(subject), elsewhere.GetValueOrDefault(subject)))], cancellation);
        foreach (var row in rows)
        {
            if (await db.WorkingCopies.FindAsync([row.Subject], cancellation) is { } copy)
            {
                (copy.Revision, copy.Sequence) = (row.Revision, row.Sequence);
            }
        }

        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>What this database last said of the subject; a withdrawal of what it never said.</summary>
    private static JournalDraft Again(string subject, PublicationRow? here, long elsewhere)
    {
        var revision = Math.Max(here?.Revision ?? 0, elsewhere) + 1;
        if (here?.Data is not { } data)
        {
            return new JournalDraft(Kinds.Withdrawn, subject, revision, PublicationText.WithNonce(new Withdrawal { Nonce = "" }));
        }

        var text = JsonNode.Parse(data)!.AsObject();
        text["nonce"] = Nonce.Create();
        return new JournalDraft(here.Kind, subject, revision, text.ToJsonString(ContractJson.Options));
    }

    private static async Task CopyAsync(NodeContext db, JournalEntry entry, CancellationToken cancellation)
    {
        var copy = await db.WorkingCopies.FindAsync([entry.Subject], cancellation);
        if (copy is not null && copy.Revision >= entry.Revision)
        {
            return;
        }

        if (Kinds.KindOf(entry.Type) == Kinds.Withdrawn)
        {
            if (copy is not null)
            {
                (copy.State, copy.Revision, copy.Sequence, copy.Version) = (PublicationState.Withdrawn, entry.Revision, entry.Sequence, copy.Version + 1);
            }

            return;
        }

        if (Read(entry) is not { } publication)
        {
            return;
        }

        var at = FoldedState.TimeOf(entry);
        if (copy is null)
        {
            copy = new WorkingCopy { Subject = entry.Subject, Kind = "", State = "", Title = "", Data = "", CreatedAt = at };
            db.Add(copy);
        }

        var source = (publication as PublishedItem)?.Source;
        (copy.Kind, copy.State, copy.Title, copy.Data) = (
            PublicationText.KindOf(publication), PublicationState.Published, PublicationText.TitleOf(publication), PublicationText.Of(publication));
        (copy.Revision, copy.Sequence, copy.Version, copy.EditedAt) = (entry.Revision, entry.Sequence, copy.Version + 1, at);
        (copy.SourceSystem, copy.SourceKey) = (source?.System, source?.Key);
    }

    /// <summary>Null for kinds that nobody edits here, and for content that is gone.</summary>
    private static Publication? Read(JournalEntry entry)
    {
        try
        {
            return Kinds.KindOf(entry.Type) is Kinds.Event or Kinds.Webinar or Kinds.BestPractice or Kinds.Person or Kinds.DateHold && entry.Data is { } data
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
