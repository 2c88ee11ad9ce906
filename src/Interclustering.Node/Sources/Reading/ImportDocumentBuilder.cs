using System.Diagnostics.CodeAnalysis;
using Interclustering.Content;
using Interclustering.Contracts;
using Interclustering.Node.Publishing.Editor;

namespace Interclustering.Node.Sources.Reading;

/// <summary>A document being read: each key once, each event left out with its reason.</summary>
internal sealed class ImportDocumentBuilder(string system)
{
    /// <summary>Events of a document; the rest is left, and said.</summary>
    public const int MostEvents = 5_000;

    /// <summary>Keywords of an event that are looked at.</summary>
    public const int MostWords = 200;

    private const int MostCategories = 20, MostReasons = 3;
    private readonly List<ImportedEvent> events = [];
    private readonly List<ImportProblem> problems = [];
    private readonly HashSet<string> keys = new(StringComparer.Ordinal);

    /// <summary>Whether an event has what every event needs; otherwise it is rejected here.</summary>
    public bool Accepts([NotNullWhen(true)] string? key, [NotNullWhen(true)] string? title)
    {
        var reason = key is null ? "L’identifiant manque\u00A0: l’événement ne pourrait pas être mis à jour."
            : title is null ? "Le titre manque."
            : keys.Add(key) ? null
            : "Cet identifiant apparaît deux fois\u00A0: seul le premier événement est repris.";
        if (reason is null)
        {
            return true;
        }

        Reject(reason.StartsWith("Cet", StringComparison.Ordinal) ? null : key, title, reason);
        return false;
    }

    /// <summary>Takes an event that can stand; another one is left out with its reasons, and the others go on.</summary>
    public void Add(string key, string title, Event imported, IEnumerable<string?> categories)
    {
        if (ContentCheck.Of(imported) is { Count: > 0 } problems)
        {
            Reject(key, title, string.Join(' ', problems.Take(MostReasons).Select(ContentWords.InWords)));
            return;
        }

        events.Add(new ImportedEvent(key, title, imported)
        {
            Categories = [.. categories.Select(CleanText.Field).OfType<string>().Distinct().Take(MostCategories)]
        });
    }

    public void Reject(string? key, string? title, string reason) => problems.Add(new ImportProblem(key, title, reason));

    public void Remark(string key, string title, string reason) => problems.Add(new ImportProblem(key, title, reason));

    /// <summary>The first ones of a list that may be of any length.</summary>
    public IEnumerable<T> First<T>(IReadOnlyList<T> items)
    {
        if (items.Count > MostEvents)
        {
            Reject(null, null, $"La source contient {items.Count} événements\u00A0: seuls les {MostEvents} premiers sont repris.");
        }

        return items.Take(MostEvents);
    }

    public ImportDocument Finish()
    {
        if (events.Count == 0 && problems.Count == 0)
        {
            problems.Add(new ImportProblem(null, null, "La source ne contient aucun événement."));
        }

        return new ImportDocument(system, events, problems);
    }
}
