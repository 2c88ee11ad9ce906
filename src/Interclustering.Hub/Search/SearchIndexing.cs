using System.Globalization;
using System.Threading.Channels;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Liveness;
using Interclustering.Files;
using Interclustering.Hub.Caching;
using Interclustering.Hub.Files;
using Interclustering.Hub.ReadModel;
using Interclustering.Hub.Search.Attachments;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Interclustering.Hub.Search;

/// <summary>Up to where the search has followed the hub's journal, for pages and for caches.</summary>
public sealed class SearchProgress
{
    /// <summary>For answers that change with the index, which may lag behind the read model.</summary>
    internal static AlsoVariesBy Index { get; } = new(services =>
        services.GetRequiredService<SearchProgress>().Head.Changes.ToString(CultureInfo.InvariantCulture));

    public SearchHead Head { get; internal set; } = SearchHead.None;

    /// <summary>Why the text of some files is missing or not whole, by SHA-256; see <see cref="AttachmentText"/>.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; internal set; } = new Dictionary<string, string>();
}

/// <summary>
/// Puts into the index what the site shows, right behind the catalogue and never in ingest's transaction. Attachments are read meanwhile,
/// one at a time: what a sheet says is found at once, what its files say a little later.
/// </summary>
public sealed partial class SearchIndexing(
    Catalogue catalogue, HubFiles files, ISearchIndex index, ReadAttachment readAttachment, SearchProgress progress,
        FederationDirectory directory, TimeProvider clock, ILogger<SearchIndexing> logger)
    : SteadyService(clock, logger)
{
    private const int AtOnce = 200;
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);
    private readonly Channel<bool> moved =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly FaultIsolation isolation = new(logger);
    private Task<(string Sha256, AttachmentText Content)>? reading;

    /// <summary>The files that were named and had arrived when unread ones were last looked for.</summary>
    private (ILookup<string, FileReference> Named, long Completions)? lookedAt;

    /// <summary>The tables are there before the first request: it may be a search.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            progress.Head = await index.OpenAsync(cancellationToken);
        }
        catch (Exception exception) when (DatabaseFailure.Is(exception))
        {
            LogFailed(exception);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task WorkAsync(CancellationToken stop)
    {
        void Wake() => moved.Writer.TryWrite(true);
        void WakeFor(string sha256) => Wake();
        catalogue.Moved += Wake;
        files.Completed += WakeFor;
        try
        {
            while (!stop.IsCancellationRequested)
            {
                await TryAsync(stop);
                await moved.Reader.ReadAsync(stop);
            }
        }
        finally
        {
            catalogue.Moved -= Wake;
            files.Completed -= WakeFor;
        }
    }

    private async Task TryAsync(CancellationToken stop)
    {
        try
        {
            await CatchUpAsync(stop);
            await ReadFilesAsync(stop);
        }
        catch (Exception exception) when (DatabaseFailure.Is(exception))
        {
            Fails(exception);
            LogFailed(exception);
            await Task.Delay(AfterFailure, Clock, stop);
            moved.Writer.TryWrite(true);
        }
    }

    private async Task CatchUpAsync(CancellationToken stop)
    {
        var head = progress.Head = await index.OpenAsync(stop);
        var snapshot = catalogue.Current;
        if (snapshot.Epoch.Length == 0 || (head.Epoch == snapshot.Epoch && head.Position == snapshot.Position))
        {
            return;
        }

        if (head.Epoch.Length > 0 && head.Epoch != snapshot.Epoch)
        {
            await index.ClearAsync(stop);
            (head, lookedAt) = (SearchHead.None, null);
        }

        var changed = snapshot.Items.Since(head.Position).ToList();
        var gone = snapshot.Withdrawn.Since(head.Position).Select(removal => removal.Id).ToList();
        for (var start = 0; start == 0 || start < changed.Count; start += AtOnce)
        {
            var batch = changed.Slice(start, Math.Min(AtOnce, changed.Count - start));
            var reached = start + AtOnce >= changed.Count ? snapshot.Position : batch[^1].Position;
            // What is gone leaves with the first batch: the position of a later one may already be beyond it.
            progress.Head = await ApplyAsync(batch, start == 0 ? gone : [], snapshot.Epoch, reached, stop);
        }
    }

    /// <summary>
    /// All of them in one transaction; each in its own when that fails, so that only the one that can't be indexed is not found.
    /// </summary>
    private async Task<SearchHead> ApplyAsync(
        IReadOnlyList<Published> items, IReadOnlyList<string> gone, string epoch, long position, CancellationToken stop)
    {
        var named = items.SelectMany(item => PublishedFiles.Of(item.Item)).Select(file => file.Sha256).ToList();
        var texts = await index.TextsAsync(named, stop);
        var documents = isolation.Each(items, item => (item.Id, item.Revision), item =>
            SearchDocument.Of(item, TextsOf(item, texts), directory));
        try
        {
            return await index.ApplyAsync(documents, gone, epoch, position, stop);
        }
        catch (Exception exception) when (documents.Count > 0 && !stop.IsCancellationRequested && !DatabaseFailure.IsAway(exception))
        {
            var before = progress.Head.Position;
            await isolation.EachAsync(documents, document => (document.Id, position), document =>
                index.ApplyAsync([document], [], epoch, before, stop), stop);
            return await index.ApplyAsync([], [.. gone], epoch, position, stop);
        }
    }

    /// <summary>Takes in what was read, and begins with the next unread file.</summary>
    private async Task ReadFilesAsync(CancellationToken stop)
    {
        var head = progress.Head;
        if (head.Epoch.Length == 0)
        {
            return;
        }

        if (reading is { IsCompleted: true })
        {
            var (sha256, content) = await reading;
            (reading, lookedAt) = (null, null);
            await KeepAsync(sha256, content, stop);
            var naming = files.References[sha256].Select(reference => reference.Published).DistinctBy(item => item.Id).ToList();
            progress.Head = await ApplyAsync(naming, [], head.Epoch, head.Position, stop);
        }

        var (wanted, completions) = (files.References, files.Completions);
        if (lookedAt == (wanted, completions))
        {
            // What is named and what has arrived is as it was.
            return;
        }

        var read = await index.NotesAsync(stop);
        progress.Notes = read.Where(file => file.Value is not null).ToDictionary(file => file.Key, file => file.Value!);
        await index.ForgetTextsAsync([.. read.Keys.Where(sha256 => !wanted.Contains(sha256))], stop);
        var next = wanted.Select(named => named.Key)
            .FirstOrDefault(sha256 => !read.ContainsKey(sha256) && files.KindOf(sha256) is { } kind
                && AttachmentText.Readable.Contains(kind));
        if (reading is null && next is not null && files.Find(next) is { } path)
        {
            reading = ReadAsync(next, path, stop);
        }

        lookedAt = (wanted, completions);
    }

    /// <summary>A text that the database does not take is as good as none, and is not asked for again.</summary>
    private async Task KeepAsync(string sha256, AttachmentText content, CancellationToken stop)
    {
        try
        {
            await index.KeepTextAsync(sha256, content, stop);
        }
        catch (Exception exception) when (content.Text.Length > 0 && !stop.IsCancellationRequested && !DatabaseFailure.IsAway(exception))
        {
            LogUnread(exception, sha256);
            await index.KeepTextAsync(sha256, new AttachmentText("", AttachmentText.Heavy), stop);
        }
    }

    private async Task<(string Sha256, AttachmentText Content)> ReadAsync(string sha256, string path, CancellationToken stop)
    {
        AttachmentText content;
        try
        {
            content = await readAttachment(path, stop);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogUnread(exception, sha256);
            content = new AttachmentText("", AttachmentText.Heavy);
        }

        if (content.Note is not null)
        {
            LogNote(sha256, content.Note);
        }

        moved.Writer.TryWrite(true);
        return (sha256, content);
    }

    private static IReadOnlyList<FileText> TextsOf(Published item, IReadOnlyDictionary<string, AttachmentText> texts) =>
        [.. PublishedFiles.Of(item.Item).Where(file => texts.GetValueOrDefault(file.Sha256)?.Text is { Length: > 0 })
            .Select(file => new FileText(file.Name, texts[file.Sha256].Text))];

    [LoggerMessage(Level = LogLevel.Error, Message = "{Sha256} could not be read at all")]
    private partial void LogUnread(Exception exception, string sha256);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Sha256} is {Note}: the search does not know all of its text")]
    private partial void LogNote(string sha256, string note);

    [LoggerMessage(Level = LogLevel.Error, Message = "The search could not follow; it finds what it knows")]
    private partial void LogFailed(Exception exception);
}
