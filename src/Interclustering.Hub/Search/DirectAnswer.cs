using Interclustering.Contracts;
using Interclustering.Hub.Filters;
using Interclustering.Hub.ReadModel;
using Interclustering.Ui.Words;

namespace Interclustering.Hub.Search;

/// <summary>What answers a query that names only things the site knows: a cluster, a theme, a kind, a region, « à venir ».</summary>
/// <param name="Title">In words.</param>
/// <param name="Path">The page that shows all of it.</param>
/// <param name="Next">The next times; empty for sheets and replays.</param>
/// <param name="Count">How many there are behind <paramref name="Path"/>.</param>
public sealed record DirectAnswer(string Title, string Path, IReadOnlyList<Occurrence> Next, int Count)
{
    /// <summary>Whether it is of sheets and replays, and not of dates to come.</summary>
    public bool IsOfResources => Path.StartsWith("/ressources", StringComparison.Ordinal);

    private const int Shown = 3;
    private const string Upcoming = "upcoming";

    private static readonly (string Criterion, string Value, string Names)[] Named =
    [
        (Upcoming, "", "à venir, prochain, prochainement, bientôt, agenda, calendrier, upcoming, coming, next, calendar"),
        (Criterion.Kind, Kinds.Event, "événement, event"),
        (Criterion.Kind, Kinds.BestPractice, "fiche, bonne pratique, best practice, good practice"),
        (Criterion.Kind, Criterion.Replay, "rediffusion, revoir, recording"),
        (Criterion.Format, Kinds.Webinar, "webinar, webinaire"),
        (Criterion.Attendance, Attendance.Online, "à distance, remote, online"),
        (Criterion.Attendance, Attendance.OnSite, "présentiel, on site, onsite"),
        (Criterion.Region, "32", "Lille, Amiens, Arras, Dunkerque, Calais, Valenciennes, Douai, Hénin-Beaumont"),
        (Criterion.Region, "32", "Nord-Pas-de-Calais, Picardie"),
        (Criterion.Region, "28", "Rouen, Le Havre, Caen, Cherbourg, Évreux, Alençon, Normandy"),
        (Criterion.Region, "53", "Rennes, Brest, Quimper, Lorient, Vannes, Saint-Brieuc, Saint-Malo, Brittany"),
        (Criterion.Region, "52", "Nantes, Angers, Le Mans, Laval, Saint-Nazaire, Cholet, La Roche-sur-Yon"),
        (Criterion.Region, "84", "Lyon, Grenoble, Saint-Étienne, Clermont-Ferrand, Valence, Annecy, Chambéry, Bourg-en-Bresse"),
        (Criterion.Region, "76", "Toulouse, Montpellier, Nîmes, Perpignan, Tarbes, Albi, Béziers"),
        (Criterion.Region, "93", "Marseille, Nice, Toulon, Avignon, Aix-en-Provence, PACA"),
        (Criterion.Region, "75", "Bordeaux, Limoges, Poitiers, La Rochelle, Pau, Bayonne"),
        (Criterion.Region, "44", "Strasbourg, Metz, Nancy, Reims, Mulhouse, Troyes"),
        (Criterion.Region, "11", "Paris, Versailles, Créteil, Cergy, Île-de-France"),
        (Criterion.Region, "27", "Dijon, Besançon, Burgundy"),
        (Criterion.Region, "24", "Orléans, Tours, Bourges, Chartres"),
        (Criterion.Region, "94", "Ajaccio, Bastia, Corsica"),
    ];

    /// <returns>Null where a word is left that names nothing.</returns>
    public static DirectAnswer? Of(string text, Snapshot snapshot, FederationDirectory directory, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(directory);
        var known = NamesIn(directory).ToLookup(each => each.Stems[0]);
        var words = StemsOf(text);
        var filter = new AgendaFilter();
        for (var place = 0; place < words.Count;)
        {
            var longest = known[words[place]].Where(each => each.Stems.SequenceEqual(words.Skip(place).Take(each.Stems.Count)))
                .OrderByDescending(each => each.Stems.Count).FirstOrDefault();
            if (longest.Stems is null)
            {
                return null;
            }

            filter = longest.Criterion == Upcoming || filter.Has(longest.Criterion, longest.Value) ? filter
                : filter.Toggle(longest.Criterion, longest.Value);
            place += longest.Stems.Count;
        }

        return words.Count == 0 ? null : Of(filter, snapshot, directory, today);
    }

    private static DirectAnswer Of(AgendaFilter filter, Snapshot snapshot, FederationDirectory directory, DateOnly today)
    {
        if (filter.Kinds.Contains(Kinds.BestPractice) || filter.Kinds.Contains(Criterion.Replay))
        {
            return new DirectAnswer(FilterWords.PageTitle("", filter, directory), "/ressources" + filter.Query(), [],
                snapshot.Items.Values.Count(filter.Matches));
        }

        var times = MatchingTimes.Of(snapshot.Agenda, filter.On(today), time => !time.IsToBeFixed);
        var path = filter.Chosen.Count != 1 ? "/agenda" + filter.Query()
            : filter.Clusters is [var cluster] ? $"/clusters/{cluster}"
            : filter.Themes is [var theme] ? $"/themes/{theme}"
            : "/agenda" + filter.Query();
        return new DirectAnswer(FilterWords.PageTitle(T["À venir"], filter, directory), path,
            [.. times.Where(time => ((Event)time.Event.Item).Status != EventStatus.Cancelled).Take(Shown)], times.Count);
    }

    private static IEnumerable<(string Criterion, string Value, IReadOnlyList<string> Stems)> NamesIn(FederationDirectory directory)
    {
        var labels = Criterion.All.Where(criterion => criterion.Name != Criterion.Status)
            .SelectMany(criterion => criterion.Known(directory), (criterion, value) => (Criterion: criterion, Value: value))
            // A webinar is a format and a kind; the agenda filters by its format.
            .Where(each => (each.Criterion.Name, each.Value) != (Criterion.Kind, Kinds.Webinar))
            .SelectMany(each => (string[])[each.Criterion.Label(directory, each.Value), each.Value.Replace('-', ' ')],
                (each, name) => (Criterion: each.Criterion.Name, each.Value, Name: name));
        return labels.Concat(Named.SelectMany(each => each.Names.Split(", "), (each, name) => (each.Criterion, each.Value, Name: name)))
            .Select(each => (each.Criterion, each.Value, Stems: StemsOf(each.Name))).Where(each => each.Stems.Count > 0);
    }

    private static IReadOnlyList<string> StemsOf(string text) => [.. FrenchWords.Of(text)
        .Where(word => !Language.IsEnglish || !EnglishWords.IsStopWord(word.Shown)).Select(word => word.Stem)];
}
