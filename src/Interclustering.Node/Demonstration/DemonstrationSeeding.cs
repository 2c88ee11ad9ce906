using Interclustering.Contracts;
using Interclustering.Node.Files;
using Interclustering.Node.Publishing.Editor;

namespace Interclustering.Node.Demonstration;

/// <summary>Publishes a cluster's demonstration content: the persons first, then the items that name them.</summary>
public sealed class DemonstrationSeeding(PublicationEditor editor, AttachedFiles files)
{
    private const string By = "demonstration";

    /// <returns>How many items were published; persons are not counted.</returns>
    public async Task<int> RunAsync(IReadOnlyList<DemonstrationItem> items, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        var persons = items.Where(item => item.Publication is Person).ToList();
        var savedPersons = await editor.PublishManyAsync(
            [.. persons.Select(item => ((string?)null, item.Publication))], By, cancellationToken);
        var ids = persons.Zip(savedPersons).ToDictionary(pair => pair.First.Key, pair => pair.Second.Subject, StringComparer.Ordinal);
        var complete = new List<(string? Subject, Publication Publication)>();
        foreach (var item in items.Where(item => item.Publication is not Person))
        {
            complete.Add((null, await WithFileAsync(WithPersons(item, ids), item.File, cancellationToken)));
        }

        return (await editor.PublishManyAsync(complete, By, cancellationToken)).Count;
    }

    private async Task<Publication> WithFileAsync(Publication publication, DemonstrationFile? file, CancellationToken cancellation)
    {
        if (file is null || publication is not BestPractice sheet)
        {
            return publication;
        }

        using var content = new MemoryStream(file.Content);
        var (kept, refusal) = await files.KeepAsync(content, file.Name, cancellation);
        return kept is null ? throw new InvalidOperationException($"{file.Name} is refused: {refusal}.") : sheet with { Files = [kept] };
    }

    private static Publication WithPersons(DemonstrationItem item, Dictionary<string, string> ids)
    {
        string[] named = [.. item.PersonKeys.Select(key => ids[key])];
        return item.Publication switch
        {
            Event @event => @event with { Speakers = named, Contact = named.FirstOrDefault() },
            BestPractice sheet => sheet with { Owner = named.FirstOrDefault(), Contacts = [.. named.Skip(1)] },
            var other => other,
        };
    }
}
