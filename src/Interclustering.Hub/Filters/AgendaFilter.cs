using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Hub.ReadModel;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Hub.Filters;

/// <summary>What a reader asked to see; all of it is in the address.</summary>
public sealed record AgendaFilter
{
    private const int AroundDays = 7;
    private readonly SearchText? search;

    /// <summary>The chosen values by the name of their criterion; a criterion without any does not restrict.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Chosen { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
    public IReadOnlyList<string> Clusters => Of(Criterion.Cluster);
    public IReadOnlyList<string> Themes => Of(Criterion.Theme);
    public IReadOnlyList<string> Kinds => Of(Criterion.Kind);

    /// <summary>At most <see cref="SearchText.Longest"/> characters.</summary>
    public string? Text
    {
        get => search?.Text;
        init => search = SearchText.Of(value);
    }

    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }

    /// <summary>« Autour de cette date »: a week before it to a week after it. Dates that are given as well go before it.</summary>
    public DateOnly? Around { get; init; }

    /// <summary>What has taken place, the latest first, instead of what is to come.</summary>
    public bool Past { get; init; }

    /// <summary>What was given and means nothing, by parameter, to be said kindly.</summary>
    public IReadOnlyList<(string Parameter, string Value)> Ignored { get; init; } = [];

    public bool IsEmpty => Chosen.Count == 0 && Text is null && !IsDated && !Past;

    public bool IsDated => From is not null || To is not null || Around is not null;

    /// <summary>Whether it ends before it begins: then it finds nothing.</summary>
    public bool IsReversed => FirstDay > LastDay;

    /// <summary>The same whenever it takes place.</summary>
    public AgendaFilter Undated => this with { From = null, To = null, Around = null, Past = false };

    /// <summary>The same days, whatever takes place.</summary>
    public AgendaFilter OnlyDated => this with { Chosen = new AgendaFilter().Chosen, Text = null };

    /// <summary>The first day that counts, <see cref="Around"/> resolved.</summary>
    public DateOnly? FirstDay => From ?? FromAround(-AroundDays);

    /// <summary>The last day that counts.</summary>
    public DateOnly? LastDay => To ?? FromAround(AroundDays);

    public static AgendaFilter Read(IQueryCollection query, FederationDirectory directory)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(directory);
        var ignored = new List<(string, string)>();
        return new AgendaFilter
        {
            Chosen = Criterion.All.Select(criterion =>
                (criterion.Name, Values: Values(query, criterion.Name, criterion.Known(directory), ignored)))
                .Where(chosen => chosen.Values.Count > 0).ToDictionary(),
            Text = query["q"].FirstOrDefault(),
            From = Date(query, "from", ignored),
            To = Date(query, "to", ignored),
            Around = Date(query, "around", ignored),
            Past = query["past"] == "1",
            Ignored = ignored,
        };
    }

    /// <summary>What was chosen of a criterion; empty when it does not restrict.</summary>
    public IReadOnlyList<string> Of(string criterion) => Chosen.GetValueOrDefault(criterion, []);

    public bool Has(string criterion, string value) => Of(criterion).Contains(value);

    /// <summary>The same with the values of one criterion replaced.</summary>
    public AgendaFilter With(string criterion, params IEnumerable<string> values)
    {
        var chosen = Chosen.Where(pair => pair.Key != criterion).ToDictionary();
        if (values.ToList() is { Count: > 0 } some)
        {
            chosen[criterion] = some;
        }

        return this with { Chosen = chosen };
    }

    /// <summary>The same with a value added, or taken away when it was chosen.</summary>
    public AgendaFilter Toggle(string criterion, string value) =>
        With(criterion, Has(criterion, value) ? Of(criterion).Where(each => each != value) : Of(criterion).Append(value));

    public bool Matches(Published item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return (Chosen.Count == 0 || Chosen.All(chosen => Criterion.Of(chosen.Key).ValuesOf(item).Any(chosen.Value.Contains)))
            && MatchesText(item);
    }

    public bool Matches(Occurrence occurrence)
    {
        ArgumentNullException.ThrowIfNull(occurrence);
        return MatchesDays(occurrence) && Matches(occurrence.Event);
    }

    /// <summary>The same with its days set: without a first one, from today on; what is past, until yesterday.</summary>
    public AgendaFilter On(DateOnly today) => Past ? this with { To = To < today ? To : today.AddDays(-1) }
        : this with { From = FirstDay ?? today, To = LastDay, Around = null };

    internal bool MatchesText(Published item) => search?.IsIn(item.Folded) != false;

    /// <summary>An event without a date counts as upcoming, and never matches a filter with a last day.</summary>
    internal bool MatchesDays(Occurrence occurrence) =>
        (FirstDay is not { } first || occurrence.IsToCome(first))
            && (LastDay is null || (occurrence.Day <= LastDay && !occurrence.IsToBeFixed));

    /// <summary>The query of this filter, with its question mark; empty when it asks for nothing.</summary>
    public string Query() => QueryString.Create(Parameters().Select(pair => KeyValuePair.Create(pair.Name, (string?)pair.Value)))
        .ToUriComponent();

    /// <summary>What stands in the address: name and value, a name as often as it has values.</summary>
    public IEnumerable<(string Name, string Value)> Parameters() =>
        ((IEnumerable<(string Name, string? Value)>)
        [
            .. Criterion.All.SelectMany(criterion => Of(criterion.Name).Select(value => (criterion.Name, (string?)value))),
            ("q", Text), ("from", Iso(From)), ("to", Iso(To)), ("around", Iso(Around)), ("past", Past ? "1" : null),
        ]).Where(pair => pair.Value is not null).Select(pair => (pair.Name, pair.Value!));

    /// <summary>The calendar ends where it ends: any date may be asked for.</summary>
    private DateOnly? FromAround(int days) =>
        Around is { } day
            ? DateOnly.FromDayNumber(Math.Clamp(day.DayNumber + days, DateOnly.MinValue.DayNumber, DateOnly.MaxValue.DayNumber)) : null;

    private static string? Iso(DateOnly? day) => day is { } known ? DateWords.Iso(known) : null;

    private static IReadOnlyList<string> Values(
        IQueryCollection query, string name, IReadOnlyList<string> known, List<(string, string)> ignored)
    {
        var given = query[name].Where(value => !string.IsNullOrWhiteSpace(value)).Select(value => value!.Trim()).Distinct()
            .ToLookup(known.Contains);
        ignored.AddRange(given[false].Where(value => name != Criterion.Theme || !ColourTheme.IsOne(value)).Select(value => (name, value)));
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
