using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Sources.Reading;

namespace Interclustering.Node.Sources.Publishing;

/// <summary>Publishes what an import has read, found again by the source's key, in transactions of 100.</summary>
public sealed class ImportEvents(PublicationEditor editor)
{
    private const int BatchSize = 100;

    /// <param name="document">What was read.</param>
    /// <param name="by">Who imports, for the history.</param>
    /// <param name="progress">The number of events handled so far.</param>
    /// <param name="cancellationToken">Stops between transactions: what was published stays published.</param>
    public async Task<IReadOnlyList<ImportResult>> RunAsync(
        ImportDocument document, string by, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(document);
        var results = new List<ImportResult>(document.Events.Count + document.Rejected.Count);
        foreach (var batch in document.Events.Chunk(BatchSize))
        {
            results.AddRange(await PublishAsync(batch, by, cancellationToken));
            progress?.Report(results.Count);
        }

        var byKey = document.Remarks.ToLookup(problem => problem.Key, problem => problem.Reason);
        return
        [
            .. results.Select(result => byKey[result.Key].Any() ? result with { Reason = string.Join(" ", byKey[result.Key]) } : result),
            .. document.Rejected.Select(problem => new ImportResult(problem.Key, problem.Title, ImportOutcome.Rejected, problem.Reason)),
            .. document.LeftOut.Select(problem => new ImportResult(problem.Key, problem.Title, ImportOutcome.LeftOut, problem.Reason)),
        ];
    }

    private async Task<IReadOnlyList<ImportResult>> PublishAsync(ImportedEvent[] batch, string by, CancellationToken cancellationToken)
    {
        try
        {
            var saved = await editor.PublishManyAsync(
                [.. batch.Select(item => ((string?)null, (Publication)item.Event))], by, cancellationToken);
            return [.. batch.Zip(saved, (item, outcome) =>
                new ImportResult(item.Key, item.Title, OutcomeOf(outcome), null, outcome.Subject))];
        }
        catch (Exception exception) when (batch.Length > 1 && exception is EntryTooLargeException or ContentRefusedException)
        {
            var results = new List<ImportResult>(batch.Length);
            foreach (var item in batch)
            {
                results.AddRange(await PublishAsync([item], by, cancellationToken));
            }

            return results;
        }
        catch (ContentRefusedException refused)
        {
            return [new ImportResult(batch[0].Key, batch[0].Title, ImportOutcome.Rejected,
                string.Join(' ', refused.Problems.Select(ContentWords.InWords)))];
        }
        catch (EntryTooLargeException)
        {
            return [new ImportResult(batch[0].Key, batch[0].Title, ImportOutcome.Rejected, T["Le texte est trop long pour être publié."])];
        }
    }

    private static ImportOutcome OutcomeOf(Saved saved) => saved.Outcome switch
    {
        Outcome.Created => ImportOutcome.Created,
        Outcome.Updated => ImportOutcome.Updated,
        Outcome.Kept => ImportOutcome.Kept,
        _ => ImportOutcome.Unchanged,
    };
}

/// <summary>What became of an event.</summary>
public enum ImportOutcome
{
    Created,
    Updated,
    Unchanged,

    /// <summary>An editor changed it here: the local text counts.</summary>
    Kept,

    /// <summary>It could not be read, or can't stand.</summary>
    Rejected,

    /// <summary>It is not for publication: private, or an event of ours that comes back.</summary>
    LeftOut,
}

/// <summary>What became of one event, and why.</summary>
/// <param name="Key">The source's key; absent when it has none.</param>
/// <param name="Title">The event's title; absent when it has none.</param>
/// <param name="Outcome">What was done.</param>
/// <param name="Reason">In French: why it was rejected, or remarks on what was imported.</param>
/// <param name="Subject">The publication's id; absent when rejected.</param>
public sealed record ImportResult(string? Key, string? Title, ImportOutcome Outcome, string? Reason, string? Subject = null);
