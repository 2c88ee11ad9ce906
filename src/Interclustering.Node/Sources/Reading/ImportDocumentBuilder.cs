using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Interclustering.Content;
using Interclustering.Contracts;
using Interclustering.Node.Publishing.Editor;

namespace Interclustering.Node.Sources.Reading;

/// <summary>Which of two versions of an event is newer (RFC 5545 §3.8.7.4); equal where the source says neither.</summary>
/// <param name="Sequence">SEQUENCE.</param>
/// <param name="Modified">LAST-MODIFIED, in a form that sorts.</param>
internal readonly record struct EventVersion(int Sequence, string? Modified) : IComparable<EventVersion>
{
    public int CompareTo(EventVersion other) => Sequence != other.Sequence
        ? Sequence.CompareTo(other.Sequence) : string.CompareOrdinal(Modified, other.Modified);
}

/// <summary>
/// A document being read. Every event is added or rejected with the key that its source gives it, and every key ends up once: of several
/// versions the newest counts, and different events under one key get keys of their own.
/// </summary>
internal sealed partial class ImportDocumentBuilder(string system)
{
    /// <summary>Events of a document; the rest is left, and said.</summary>
    public const int MostEvents = 5_000;

    /// <summary>Keywords of an event that are looked at.</summary>
    public const int MostWords = 200;

    private const int MostCategories = 20, MostReasons = 3;
    private readonly List<Candidate> candidates = [];
    private readonly List<ImportProblem> leftOut = [], remarks = [];
    private string? incomplete;

    /// <summary>Takes an event that can stand; another one is rejected with its reasons, and the others go on.</summary>
    /// <param name="key">The source's own; where it has none, one is made of title, start and place.</param>
    /// <param name="title">As in <see cref="CleanText.Title"/>; null rejects it.</param>
    /// <param name="imported">Its source reference names the address; the key is put in here.</param>
    /// <param name="categories">In the source's words.</param>
    /// <param name="version">Where the source counts its versions.</param>
    public void Add(string? key, string? title, Event imported, IEnumerable<string?> categories, EventVersion version = default)
    {
        if (title is null)
        {
            Reject(key, null, T["Le titre manque."], version);
            return;
        }

        if (Ours().IsMatch($"{key} {imported.Source?.Url} {imported.Url}"))
        {
            LeaveOut(key, title, T["Cet événement vient déjà de l’agenda interclustering : il n’est pas publié une seconde fois."]);
            return;
        }

        var known = key ?? MadeKey(title, imported);
        var keyed = imported with { Source = new SourceReference(system, known, imported.Source?.Url) };
        if (ContentCheck.Of(keyed) is { Count: > 0 } problems)
        {
            Reject(known, title, string.Join(' ', problems.Take(MostReasons).Select(ContentWords.InWords)), version);
            return;
        }

        candidates.Add(new Candidate(known, title, version, new ImportedEvent(known, title, keyed)
        {
            Categories = [.. categories.Select(CleanText.Field).OfType<string>().Distinct().Take(MostCategories)]
        }, ""));
    }

    /// <summary>What can't be read or can't stand. Without a key it may be any of the known ones: the reading is incomplete.</summary>
    public void Reject(string? key, string? title, string reason, EventVersion version = default)
    {
        candidates.Add(new Candidate(key, title, version, null, reason));
        if (key is null)
        {
            Miss(T["Un événement au moins n’a pas pu être lu du tout."]);
        }
    }

    /// <summary>What is read and not for publication.</summary>
    public void LeaveOut(string? key, string? title, string reason) => leftOut.Add(new ImportProblem(key, title, reason));

    public void Remark(string? key, string? title, string reason) => remarks.Add(new ImportProblem(key, title, reason));

    /// <summary>The source may have more than was read. The first reason is kept.</summary>
    public void Miss(string reason) => incomplete ??= reason;

    /// <summary>The items of a list that may be of any length; of too many those that begin last, since they lie ahead.</summary>
    /// <param name="items">In the order of the source.</param>
    /// <param name="start">In a form that sorts; null sorts last, as what is still to come.</param>
    public IReadOnlyList<TItem> Latest<TItem>(IReadOnlyList<TItem> items, Func<TItem, string?> start)
    {
        if (items.Count <= MostEvents)
        {
            return items;
        }

        Miss(T["La source contient {0} événements : seuls les {1} derniers sont repris.", items.Count, MostEvents]);
        var kept = items.Index().OrderByDescending(pair => start(pair.Item) ?? "9", StringComparer.Ordinal).Take(MostEvents)
            .Select(pair => pair.Index).ToHashSet();
        return [.. items.Where((_, index) => kept.Contains(index))];
    }

    public ImportDocument Finish()
    {
        var (events, rejected) = (new List<ImportedEvent>(), new List<ImportProblem>());
        foreach (var candidate in Each())
        {
            if (candidate.Read is { } read)
            {
                events.Add(read);
            }
            else
            {
                rejected.Add(new ImportProblem(candidate.Key, candidate.Title, candidate.Reason));
            }
        }

        if (events.Count == 0 && rejected.Count == 0 && leftOut.Count == 0)
        {
            rejected.Add(new ImportProblem(null, null, T["La source ne contient aucun événement."]));
        }

        return new ImportDocument(system, events)
        {
            Rejected = rejected,
            LeftOut = leftOut,
            Remarks = remarks,
            Incomplete = incomplete
        };
    }

    /// <summary>Each key once, where it first stands.</summary>
    private IEnumerable<Candidate> Each()
    {
        var byKey = candidates.ToLookup(candidate => candidate.Key);
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var candidate in candidates)
        {
            if (candidate.Key is null)
            {
                yield return candidate;
            }
            else if (done.Add(candidate.Key))
            {
                foreach (var one in OfOneKey([.. byKey[candidate.Key]]))
                {
                    yield return one;
                }
            }
        }
    }

    private IEnumerable<Candidate> OfOneKey(List<Candidate> versions)
    {
        var newest = versions.Max(version => version.Version);
        var last = versions.Where(version => version.Version.CompareTo(newest) == 0)
            .DistinctBy(version => (version.Title, version.Start)).ToList();
        var read = last.FindAll(version => version.Read is not null);
        if (read.Count < 2)
        {
            return [read.Count == 1 ? read[0] : last[0]];
        }

        Remark(read[0].Key, read[0].Title, T["Le même identifiant sert à plusieurs événements : chacun est repris."]);
        return read.Select(version => version.Under($"{version.Key}#{version.Start}-{Short(version.Title!)}"));
    }

    /// <summary>For a source without keys: what it calls the same at the same time and place is the same.</summary>
    private static string MadeKey(string title, Event imported) =>
        CleanText.Field($"{imported.Sessions[0].Start} {KnownNames.Simple(title)} "
            + KnownNames.Simple($"{imported.Place?.Name} {imported.Place?.City}"))!;

    /// <summary>The id of a publication, in a UID of our feeds or an address of our pages (a cluster's code and a UUIDv7).</summary>
    [GeneratedRegex(@"\b[a-z][a-z0-9]{1,23}-[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\b")]
    private static partial Regex Ours();

    private static string Short(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 4));

    /// <param name="Key">Null where not even that could be read.</param>
    /// <param name="Title">Null where it has none.</param>
    /// <param name="Version">Which of several it is.</param>
    /// <param name="Read">Null for what is rejected.</param>
    /// <param name="Reason">Why it is rejected.</param>
    private sealed record Candidate(string? Key, string? Title, EventVersion Version, ImportedEvent? Read, string Reason)
    {
        public string Start => Read?.Event.Sessions[0].Start ?? "";

        public Candidate Under(string key) => this with
        {
            Key = key,
            Read = Read! with { Key = key, Event = Read.Event with { Source = Read.Event.Source! with { Key = key } } }
        };
    }
}
