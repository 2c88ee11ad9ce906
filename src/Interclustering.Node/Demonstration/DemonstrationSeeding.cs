using Interclustering.Contracts;
using Interclustering.Node.Authoring;

namespace Interclustering.Node.Demonstration;

/// <summary>Publishes a cluster's demonstration content: the persons first, then the items that name them.</summary>
public sealed class DemonstrationSeeding(Editor editor)
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
        var published = await editor.PublishManyAsync(
            [.. items.Where(item => item.Publication is not Person).Select(item => ((string?)null, WithPersons(item, ids)))], By, cancellationToken);
        return published.Count;
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
