using System.Collections.Concurrent;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Files;
using Interclustering.Hub.ReadModel;

namespace Interclustering.Hub.Files;

/// <summary>A file as a public item names it.</summary>
public sealed record FileReference(Published Published, Attachment File);

/// <summary>
/// The files that clusters have pushed, by SHA-256. A complete file lies under its hash. The catalogue says which may be seen: a file that
/// no public item names is not served, and <see cref="Sweep"/> deletes it.
/// </summary>
public sealed class HubFiles(ContentStore store, Catalogue catalogue, TimeProvider clock)
{
    private const string Gone = ".gone";
    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);
    private readonly ConcurrentDictionary<string, FileKind?> kinds = [];
    private Named named = new(
        PublishedDictionary.Empty.WithFiles, Array.Empty<FileReference>().ToLookup(reference => reference.File.Sha256));
    private Counted counted = new(PublishedDictionary.Empty.WithFiles, -1, 0);
    private long completions;

    /// <summary>
    /// A file has become complete: its SHA-256. Raised once it can be found, on the thread of the request that brought it.
    /// </summary>
    public event Action<string>? Completed;

    /// <summary>Rises with every file that becomes complete while this process runs: for who would rather look than be told.</summary>
    public long Completions => Interlocked.Read(ref completions);

    /// <summary>Which public items name which files, at the catalogue's position.</summary>
    public ILookup<string, FileReference> References
    {
        get
        {
            // Whatever else is published changes nothing here.
            var naming = catalogue.Current.Items.WithFiles;
            if (named is var known && !ReferenceEquals(known.In, naming))
            {
                var all = naming.Values.Where(item => !item.ForMembers)
                    .SelectMany(item => PublishedFiles.Of(item.Item).Select(file => new FileReference(item, file)));
                named = known = new Named(naming, all.ToLookup(reference => reference.File.Sha256));
            }

            return known.Files;
        }
    }

    /// <summary>
    /// How many of the files that public items name are here: what a page shows of files depends on it beside the position.
    /// </summary>
    public int Arrived
    {
        get
        {
            var (naming, at) = (catalogue.Current.Items.WithFiles, Completions);
            if (counted is var known && (!ReferenceEquals(known.In, naming) || known.At != at))
            {
                counted = known = new Counted(naming, at, References.Count(file => Find(file.Key) is not null));
            }

            return known.Files;
        }
    }

    /// <summary>
    /// The local path of a complete file; null when it is not here. Whether it may be seen is another question: see
    /// <see cref="References"/>.
    /// </summary>
    public string? Find(string sha256) => store.Find(sha256);

    /// <summary>Where pages of this site show a picture from; null while it has not arrived.</summary>
    public string? AddressOf(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return picture.File is not { } file ? picture.Url
            : Find(file.Sha256) is null ? null : PublishedFiles.PathOf(file.Sha256, file.Name);
    }

    /// <summary>What the bytes of a complete file are, whatever a publication calls them.</summary>
    public FileKind? KindOf(string sha256) => kinds.GetOrAdd(sha256, _ =>
    {
        if (Find(sha256) is not { } path)
        {
            return null;
        }

        using var file = File.OpenRead(path);
        return FileSniffing.Judge(file).Kind;
    });

    /// <summary>Whether it was public once.</summary>
    public bool IsGone(string sha256) =>
        ContentStore.IsHash(sha256) && (Find(sha256) is not null || File.Exists(Path.Combine(store.Incoming, sha256 + Gone)));

    /// <summary>Where what has arrived of a cluster's file is written.</summary>
    internal string IncomingOf(string cluster, string sha256)
    {
        Directory.CreateDirectory(store.Incoming);
        return Path.Combine(store.Incoming, $"{cluster}-{sha256}");
    }

    /// <summary>Bytes kept of a cluster's files that are not complete.</summary>
    internal long IncompleteOf(string cluster) => !Directory.Exists(store.Incoming) ? 0
        : new DirectoryInfo(store.Incoming).EnumerateFiles($"{cluster}-*").Sum(file => file.Length);

    internal void Complete(string written, string sha256)
    {
        store.Complete(written, sha256);
        File.Delete(Path.Combine(store.Incoming, sha256 + Gone));
        kinds.TryRemove(sha256, out _);
        Interlocked.Increment(ref completions);
        Completed?.Invoke(sha256);
    }

    /// <summary>
    /// Deletes what no public item names any more, and abandoned uploads. An empty file of the same name stays, so that its address can say
    /// that it is gone.
    /// </summary>
    public void Sweep()
    {
        if (catalogue.Current.Epoch.Length == 0)
        {
            // Nothing is known yet, which does not mean that nothing is named.
            return;
        }

        var wanted = References;
        FaultIsolation.Shared.Each([.. store.All().Where(sha256 => !wanted.Contains(sha256))], sha256 => (sha256, 0), Delete);

        foreach (var written in Directory.Exists(store.Incoming) ? new DirectoryInfo(store.Incoming).GetFiles("*-*") : [])
        {
            var sha256 = written.Name[(written.Name.IndexOf('-', StringComparison.Ordinal) + 1)..];
            if (!wanted.Contains(sha256) || clock.GetUtcNow().UtcDateTime - written.LastWriteTimeUtc > Patience)
            {
                written.Delete();
            }
        }
    }

    private string Delete(string sha256)
    {
        Directory.CreateDirectory(store.Incoming);
        File.Create(Path.Combine(store.Incoming, sha256 + Gone)).Dispose();
        store.Delete(sha256);
        kinds.TryRemove(sha256, out _);
        return sha256;
    }

    private sealed record Named(IReadOnlyDictionary<string, Published> In, ILookup<string, FileReference> Files);

    private sealed record Counted(IReadOnlyDictionary<string, Published> In, long At, int Files);
}
