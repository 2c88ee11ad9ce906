using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Sources.Comparing;
using Interclustering.Node.Sources.Fetching;
using Interclustering.Node.Sources.Reading;
using Interclustering.Node.Workspace;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Interclustering.Node.Sources.Publishing;

/// <summary>Polls a source, and does what is decided: publishes, proposes, asks, cancels.</summary>
internal sealed partial class SourcePoll(NodeInstance node, SourceReading reading, TimeProvider clock, ILogger? logger = null)
{
    private const int MostRuns = 50, MostRemarks = 50, MostCategories = 100;

    /// <summary>For everything that one poll does.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1), MostPatience = TimeSpan.FromDays(7);

    public async Task<SourceRun> RunAsync(Guid id, CancellationToken cancellation)
    {
        await using var db = node.Open();
        var source = await db.Sources.SingleAsync(row => row.Id == id, cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        var (run, asked) = ((SourceRun?)null, TimeSpan.Zero);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var patience = new CancellationTokenSource(Deadline, clock);
        await using var ending = patience.Token.Register(deadline.Cancel);
        try
        {
            var found = await reading.ReadAsync(source.Address, new Validators(source.Etag, source.LastModified), deadline.Token);
            run = found is null ? new SourceRun { Source = id, At = now, NotModified = true }
                : await ApplyAsync(db, source, found, now, deadline.Token);
        }
        catch (ImportFetchException failure)
        {
            run = new SourceRun { Source = id, At = now, Failure = failure.Message };
            asked = failure.RetryAfter switch
            { { Delta: { } wait } => wait, { Date: { } until } => until.UtcDateTime - now,
                _ => TimeSpan.Zero
            };
        }

        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            run = new SourceRun { Source = id, At = now, Failure = T["Ce relevé a pris trop de temps : il est repris plus tard."] };
        }
        catch (Exception failure) when (failure is not OperationCanceledException && !DatabaseFailure.Is(failure))
        {
            // Whatever it is about this source, it waits its turn again like every other, and the others are looked at.
            LogFailed(failure, node.Code, id);
            run = new SourceRun
            {
                Source = id,
                At = now,
                Failure = T["Ce que cette source a envoyé n’a pas pu être traité. L’erreur est notée ici."]
            };
        }

        db.ChangeTracker.Clear();
        source = await db.Sources.SingleAsync(row => row.Id == id, cancellation);
        source.Failures = run.Failure is null ? 0 : source.Failures + 1;
        // A site that asks for more patience than ours gets it, within reason.
        source.DueAt = now + (asked > WaitOf(source) ? (asked < MostPatience ? asked : MostPatience) : WaitOf(source));
        db.Add(run);
        await db.SaveChangesAsync(cancellation);
        var last = await db.SourceRuns.Where(row => row.Source == id).OrderByDescending(row => row.Id).Select(row => row.Id).Skip(MostRuns)
            .FirstOrDefaultAsync(cancellation);
        await db.SourceRuns.Where(row => row.Source == id && row.Id <= last).ExecuteDeleteAsync(cancellation);
        return run;
    }

    /// <summary>As it was asked for; twice as long after each failure, a day at most; a few minutes apart from other sources.</summary>
    internal static TimeSpan WaitOf(SourceRow source)
    {
        var wait = TimeSpan.FromHours(source.EveryHours) * Math.Pow(2, Math.Min(source.Failures, 5));
        return (wait < Longest ? wait : Longest) + TimeSpan.FromMinutes(source.Id.ToByteArray()[^1] % 10);
    }

    private async Task<SourceRun> ApplyAsync(
        NodeContext db, SourceRow source, FoundAtSource found, DateTime now, CancellationToken cancellation)
    {
        var document = found.Document;
        var run = new SourceRun { Source = source.Id, At = now, Failure = FailureOf(source, document) };
        var left = document.Rejected;
        Remark(run, left.Select(problem => $"{problem.Title ?? problem.Key} : {problem.Reason}"));
        (run.Rejected, run.Read, run.LeftOut) = (left.Count, document.Events.Count, document.LeftOut.Count);
        Remark(run, document.LeftOut.GroupBy(problem => problem.Reason)
            .Select(same => same.Count() == 1 ? same.Key : $"{same.Key} (× {same.Count()})"));
        if (run.Failure is not null)
        {
            // Empty and broken look alike from here: what is published stays.
            return run;
        }

        source.Themes = WithCategoriesOf(source.Themes, document);
        var items = await db.SourceItems.Where(row => row.Source == source.Id).ToListAsync(cancellation);
        await RefuseErasedAsync(db, source, items, cancellation);
        var reading = await SourceKeys.ApartAsync(db, source, items, document, cancellation);
        reading = reading with { Events = [.. reading.Events.Select(item => Mapped(source, item))] };
        var own = await SourceKeys.OwnAsync(db, source, items, reading, cancellation);
        var round = SourceDiff.Decide(source.Propose, items, own, reading, ParisDay.Of(clock.GetUtcNow().UtcDateTime));
        // « Not modified » agrees with this poll: where something is missing or in doubt, the next one has to see for itself.
        var isSure = round.Absent == 0 && round.Doubt is null;
        (source.Etag, source.LastModified) = isSure ? (found.Validators.Etag, found.Validators.LastModified) : (null, null);
        (run.Absent, run.Doubt) = (round.Absent, round.Doubt);
        await KeepAsync(db, source, items, reading, round, cancellation);
        await PublishAsync(db, source, round, run, cancellation);
        await RemoveAsync(db, source, round, run, cancellation);
        return run;
    }

    /// <summary>Every category that the source uses is offered in its settings, also one that it uses from today on.</summary>
    private static string WithCategoriesOf(string themes, ImportDocument document)
    {
        var known = JsonSerializer.Deserialize<Dictionary<string, string>>(themes)!;
        foreach (var category in document.Events.SelectMany(item => item.Categories)
            .Where(category => category.Length is > 0 and <= SourceRow.LongestCategory).Distinct().Take(MostCategories - known.Count))
        {
            known.TryAdd(category, "");
        }

        return JsonSerializer.Serialize(known);
    }

    private static string? FailureOf(SourceRow source, ImportDocument document) =>
        document.Events.Count == 0 && document.LeftOut.Count == 0 ? document.Rejected.Select(problem => problem.Reason).FirstOrDefault()
        : document.System != source.System ? T["L’adresse donne autre chose qu’au premier jour : ajoutez-la à nouveau comme source."]
        : null;

    /// <summary>What was erased here for good does not come back by itself.</summary>
    private static async Task RefuseErasedAsync(NodeContext db, SourceRow source, List<SourceItem> items, CancellationToken cancellation)
    {
        var here = await db.WorkingCopies.Where(row => row.SourceSystem == source.System).Select(row => row.SourceKey)
            .ToListAsync(cancellation);
        foreach (var item in items.Where(item => item.State == SourceItemState.Followed && !here.Contains(item.Key)))
        {
            item.State = SourceItemState.Refused;
        }
    }

    /// <summary>With the themes chosen for the source's categories.</summary>
    internal static ImportedEvent Mapped(SourceRow source, ImportedEvent item)
    {
        var themes = JsonSerializer.Deserialize<Dictionary<string, string>>(source.Themes)!;
        var chosen = item.Categories.Select(category => themes.GetValueOrDefault(category, "")).Where(slug => slug.Length > 0);
        return item with { Event = item.Event with { Themes = [.. item.Event.Themes.Concat(chosen).Distinct()] } };
    }

    private static async Task KeepAsync(
        NodeContext db, SourceRow source, List<SourceItem> items, ImportDocument reading, SourceDiff round, CancellationToken cancellation)
    {
        var byKey = items.ToDictionary(item => item.Key);
        var present = reading.Present();
        foreach (var back in items.Where(item => item.Missing > 0 && present.Contains(item.Key)))
        {
            back.Missing = 0;
        }

        foreach (var (known, now) in round.Renamed)
        {
            await RenameAsync(db, source, known.Key, now.Key, cancellation);
            db.Remove(known);
            Put(now, SourceItemState.Followed);
        }

        foreach (var now in round.Publish)
        {
            Put(now, SourceItemState.Followed);
        }

        foreach (var now in round.Propose)
        {
            Put(now, SourceItemState.Proposed);
        }

        foreach (var (likely, now) in round.Ask)
        {
            Put(now, SourceItemState.AskSame).LikelyKey = likely;
        }

        round.Missing.ForEach(item => item.Missing++);
        round.AskGone.ForEach(item => item.State = SourceItemState.AskGone);
        db.RemoveRange(round.Forget);
        await db.SaveChangesAsync(cancellation);

        SourceItem Put(ImportedEvent now, SourceItemState state)
        {
            if (!byKey.TryGetValue(now.Key, out var item))
            {
                item = db.Add(new SourceItem { Source = source.Id, Key = now.Key, Title = now.Title, Data = "" }).Entity;
            }

            (item.Title, item.Data, item.State, item.LikelyKey, item.Missing) = (now.Title, PublicationText.Of(now.Event), state, null, 0);
            return item;
        }
    }

    internal static Task RenameAsync(NodeContext db, SourceRow source, string before, string now, CancellationToken cancellation) =>
        db.WorkingCopies.Where(row => row.SourceSystem == source.System && row.SourceKey == before)
            .ExecuteUpdateAsync(row => row.SetProperty(copy => copy.SourceKey, now), cancellation);

    private async Task PublishAsync(NodeContext db, SourceRow source, SourceDiff round, SourceRun run, CancellationToken cancellation)
    {
        var document = new ImportDocument(source.System, [.. round.Publish, .. round.Renamed.Select(pair => pair.Now)]);
        var results = await new ImportEvents(new PublicationEditor(db, node.Journal, clock))
            .RunAsync(document, source.Name, null, cancellation);
        run.Created += results.Count(result => result.Outcome == ImportOutcome.Created);
        run.Updated += results.Count(result => result.Outcome == ImportOutcome.Updated);
        run.Unchanged += results.Count(result => result.Outcome is ImportOutcome.Unchanged or ImportOutcome.Kept);
        run.Rejected += results.Count(result => result.Outcome == ImportOutcome.Rejected);
        run.Proposed = round.Propose.Count + round.Ask.Count;
        Remark(run, results.Where(result => result.Reason is not null).Select(result => $"{result.Title} : {result.Reason}"));
    }

    private async Task RemoveAsync(NodeContext db, SourceRow source, SourceDiff round, SourceRun run, CancellationToken cancellation)
    {
        foreach (var (gone, withdraws) in round.Gone.Select(item => (item, source.WithdrawsGone))
            .Concat(round.Hidden.Select(item => (item, true))))
        {
            var copy = await db.WorkingCopies.AsNoTracking()
                .SingleOrDefaultAsync(row => row.SourceSystem == source.System && row.SourceKey == gone.Key, cancellation);
            run.Disappeared++;
            if (copy is { State: PublicationState.Published } && SourceMerge.Changed(copy).Count > 0)
            {
                await db.SourceItems.Where(row => row.Source == gone.Source && row.Key == gone.Key)
                    .ExecuteUpdateAsync(row => row.SetProperty(item => item.State, SourceItemState.AskGone), cancellation);
                continue;
            }

            if (copy is { State: PublicationState.Published })
            {
                await TakeAwayAsync(new PublicationEditor(db, node.Journal, clock), source, copy, withdraws, cancellation);
            }

            await db.SourceItems.Where(row => row.Source == gone.Source && row.Key == gone.Key).ExecuteDeleteAsync(cancellation);
        }
    }

    /// <summary>Withdraws or cancels what its source no longer has.</summary>
    internal static Task TakeAwayAsync(
        PublicationEditor editor, SourceRow source, WorkingCopy copy, bool withdraws, CancellationToken cancellation)
    {
        if (withdraws)
        {
            return editor.WithdrawBySourceAsync(copy.Subject, source.Name, cancellation);
        }

        // As if its source said so: when it comes back, it is confirmed again.
        var given = (Event)PublicationText.Read(copy.Kind, copy.SourceData ?? copy.Data);
        return editor.PublishAsync(null, given with
        {
            Status = EventStatus.Cancelled,
            Source = new SourceReference(source.System, copy.SourceKey ?? "", given.Source?.Url)
        }, source.Name, cancellation);
    }

    private void LogFailed(Exception exception, string code, Guid source)
    {
        if (logger is not null)
        {
            LogFailed(logger, exception, code, source);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Code}: source {Source} could not be dealt with")]
    private static partial void LogFailed(ILogger logger, Exception exception, string code, Guid source);

    private static void Remark(SourceRun run, IEnumerable<string> remarks) =>
        run.Remarks = string.Join('\n', run.Remarks.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Concat(remarks.Select(remark => remark.TrimStart(' ', ':'))).Take(MostRemarks));
}
