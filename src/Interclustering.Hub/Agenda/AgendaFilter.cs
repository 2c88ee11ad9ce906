using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Hub.Agenda;

/// <summary>What a reader asked to see; all of it is in the address.</summary>
public sealed record AgendaFilter
{
    private static readonly string[] Shown = [Contracts.Kinds.Event, Contracts.Kinds.Webinar, Contracts.Kinds.BestPractice];

    public IReadOnlyList<string> Clusters { get; init; } = [];
    public IReadOnlyList<string> Themes { get; init; } = [];
    public IReadOnlyList<string> Kinds { get; init; } = [];
    public string? Text { get; init; }
    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }

    /// <summary>What was given and means nothing, by parameter, to be said kindly.</summary>
    public IReadOnlyList<(string Parameter, string Value)> Ignored { get; init; } = [];

    public bool IsEmpty => Clusters.Count + Themes.Count + Kinds.Count == 0 && Text is null && From is null && To is null;

    public static AgendaFilter Read(IQueryCollection query, FederationDirectory directory)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(directory);
        var ignored = new List<(string, string)>();
        return new AgendaFilter
        {
            Clusters = Values(query, "cluster", [.. directory.Clusters.Select(cluster => cluster.Code)], ignored),
            Themes = Values(query, "theme", Contracts.Themes.All, ignored),
            Kinds = Values(query, "kind", Shown, ignored),
            Text = query["q"].FirstOrDefault() is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null,
            From = Date(query, "from", ignored),
            To = Date(query, "to", ignored),
            Ignored = ignored,
        };
    }

    public bool Matches(Published item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return (Clusters.Count == 0 || Clusters.Contains(item.Owner.Code) || Clusters.Any(item.Item.CoOrganisers.Contains))
            && (Themes.Count == 0 || Themes.Any(item.Item.Themes.Contains))
            && (Kinds.Count == 0 || Kinds.Contains(item.Kind))
            && (Text is null || FoldedText.Of(Text).Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .All(word => item.Folded.Contains(word, StringComparison.Ordinal)));
    }

    public bool Matches(Occurrence occurrence)
    {
        ArgumentNullException.ThrowIfNull(occurrence);
        return Matches(occurrence.Event) && (From is null || occurrence.LastDay >= From) && (To is null || occurrence.Day <= To);
    }

    /// <summary>The query of this filter, with its question mark; empty when it asks for nothing.</summary>
    public string Query()
    {
        IEnumerable<(string Name, string? Value)> pairs =
        [
            .. Clusters.Select(value => ("cluster", (string?)value)), .. Themes.Select(value => ("theme", (string?)value)),
            .. Kinds.Select(value => ("kind", (string?)value)), ("q", Text), ("from", Iso(From)), ("to", Iso(To)),
        ];
        return QueryString.Create(pairs.Where(pair => pair.Value is not null)
            .Select(pair => KeyValuePair.Create(pair.Name, pair.Value))).ToUriComponent();
    }

    private static string? Iso(DateOnly? day) => day is { } known ? DateWords.Iso(known) : null;

    private static IReadOnlyList<string> Values(IQueryCollection query, string name, IReadOnlyList<string> known, List<(string, string)> ignored)
    {
        var given = query[name].Where(value => !string.IsNullOrWhiteSpace(value)).Select(value => value!.Trim()).Distinct().ToLookup(known.Contains);
        ignored.AddRange(given[false].Select(value => (name, value)));
        return [.. given[true]];
    }

    private static DateOnly? Date(IQueryCollection query, string name, List<(string, string)> ignored)
    {
        var text = query[name].FirstOrDefault();
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        ignored.Add((name, text));
        return null;
    }
}
