using Interclustering.Ui.Words;

namespace Interclustering.Node.Radar;

/// <summary>What is planned.</summary>
/// <param name="Day">The day considered.</param>
/// <param name="Themes">Slugs.</param>
/// <param name="Audiences">Slugs.</param>
/// <param name="Zones">School zones of those who would come: A, B, C.</param>
/// <param name="Self">What is moved: it is not in its own way.</param>
public sealed record Plan(DateOnly Day, IReadOnlyList<string> Themes, IReadOnlyList<string> Audiences, IReadOnlyList<string> Zones,
    string? Self = null)
{
    /// <summary>The other days on which it takes place: of several days, sessions, or a series.</summary>
    public IReadOnlyList<DateOnly> Others { get; init; } = [];

    /// <summary>Zones of a region, or all of them for what is online or has no region.</summary>
    public static IReadOnlyList<string> ZonesOf(string? region, bool online) =>
        !online && SchoolHolidays.ZoneOf(region) is { } zone ? [zone] : SchoolHolidays.AllZones;
}

/// <summary>How much stands in the way of a day, in four words.</summary>
public enum Clash
{
    /// <summary>Nothing that day.</summary>
    None,

    /// <summary>Something, for others and on another theme.</summary>
    Slight,

    /// <summary>Something for the same people, or school holidays.</summary>
    Possible,

    /// <summary>The same theme, a public holiday, or a day that a cluster asks to avoid.</summary>
    Strong,
}

/// <summary>One day around the planned one.</summary>
/// <param name="Day">The day.</param>
/// <param name="Engagements">What the clusters have then, what is nearest to the plan first.</param>
/// <param name="Holiday">French name of a public holiday.</param>
/// <param name="School">School holidays of the plan's zones.</param>
/// <param name="Clash">All of it in one word.</param>
public sealed record RadarDay(
    DateOnly Day, IReadOnlyList<Engagement> Engagements, string? Holiday, IReadOnlyList<(string Name, IReadOnlyList<string> Zones)> School,
        Clash Clash);

/// <summary>Looks around a date: who has what, how much that stands in the way, and which days are free.</summary>
/// <param name="Plan">What is planned.</param>
/// <param name="Days">The planned day, five before it, five after it, in order.</param>
/// <param name="Free">The next working days on which nothing stands in the way, at most five.</param>
public sealed record DateRadar(Plan Plan, IReadOnlyList<RadarDay> Days, IReadOnlyList<DateOnly> Free)
{
    /// <summary>Of the plan's other days, those on which something stands in the way, in order.</summary>
    public IReadOnlyList<RadarDay> Others { get; init; } = [];

    /// <summary>The planned day is before today.</summary>
    public bool IsPast { get; init; }

    public const int Around = 5;
    private const int MostFree = 5, LookAhead = 120, InSentence = 3, MostOthers = 200;

    public RadarDay Planned => Days[Around];

    /// <summary>Pure: the same agenda and day give the same answer.</summary>
    /// <param name="plan">What is planned.</param>
    /// <param name="agenda">Of all clusters.</param>
    /// <param name="holidays">School holidays.</param>
    /// <param name="today">In Paris: what has expired before is not in the way.</param>
    public static DateRadar Of(Plan plan, IReadOnlyList<Engagement> agenda, SchoolHolidays holidays, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(holidays);
        var there = agenda.Where(each => each.Subject != plan.Self && !(each.ExpiresOn < today)).ToList();
        var near = there.Where(each => each.Time.LastDay >= plan.Day.AddDays(-Around) && each.Time.Day <= plan.Day.AddDays(LookAhead))
            .ToList();
        RadarDay On(DateOnly day) => DayOf(plan, day, [.. near.Where(each => each.Covers(day))], holidays);
        return new DateRadar(
            plan, [.. Enumerable.Range(-Around, (2 * Around) + 1).Select(shift => On(plan.Day.AddDays(shift)))],
            [.. Enumerable.Range(1, LookAhead).Select(shift => plan.Day.AddDays(shift))
                .Where(day => day > today && IsWorking(day) && On(day).Clash == Clash.None).Take(MostFree)])
        {
            Others = [.. plan.Others.Where(day => day != plan.Day && day >= today).Distinct().Order().Take(MostOthers)
                .Select(day => DayOf(plan, day, [.. there.Where(each => each.Covers(day))], holidays))
                .Where(day => day.Clash != Clash.None)],
            IsPast = plan.Day < today,
        };
    }

    public static bool SharesTheme(Plan plan, Engagement each) => plan.Themes.Intersect(each.Themes).Any();

    public static bool SharesAudience(Plan plan, Engagement each) => plan.Audiences.Intersect(each.Audiences).Any();

    /// <summary>
    /// « C’est un jour férié : Noël ; TenLog a une option le même jour sur le même thème ; le jeu. 7 janv. : PASCA a un événement. »
    /// </summary>
    public string InWords()
    {
        var told = Days.SelectMany(day => day.Engagements).DistinctBy(each => (each.Subject, each.Time.Day))
            .Where(each => Math.Abs(each.DaysFrom(Plan.Day)) <= 1 || SharesTheme(Plan, each) || SharesAudience(Plan, each))
            .OrderByDescending(each => SharesTheme(Plan, each)).ThenByDescending(each => SharesAudience(Plan, each))
                .ThenBy(each => Math.Abs(each.DaysFrom(Plan.Day)))
            .Take(InSentence).Select(each => Tell(each, Distance(each)));
        List<string> parts =
        [
            .. IsPast ? [T["cette date est passée"]] : Array.Empty<string>(),
            .. Planned.Holiday is { } holiday ? [T["c’est un jour férié : {0}", T[holiday]]] : Array.Empty<string>(),
            .. Planned.School.Select(school => T["c’est pendant les vacances scolaires : {0}", InWords(school.Name, school.Zones)]),
            .. told,
            .. OfOthers(),
        ];
        return parts.Count > 0 ? DateWords.Capital(parts.Aggregate((before, next) => T["{0} ; {1}", before, next])) + "."
            : T["Aucun cluster n’a rien d’approchant à cinq jours près."];
    }

    /// <summary>« Vacances d’hiver, zones A et B »; all three zones are not listed.</summary>
    public static string InWords(string holiday, IReadOnlyList<string> zones)
    {
        ArgumentNullException.ThrowIfNull(zones);
        return zones.Count == SchoolHolidays.AllZones.Count ? T["{0}, toutes zones", T[holiday]]
            : zones is [var zone] ? T["{0}, zone {1}", T[holiday], zone] : T["{0}, zones {1}", T[holiday], string.Join(", ", zones)];
    }

    /// <summary>What stands most in the way of the other days, and on how many more something does.</summary>
    private IEnumerable<string> OfOthers()
    {
        if (Others.MaxBy(day => day.Clash) is not { } worst)
        {
            yield break;
        }

        var date = DateWords.Abbreviated(worst.Day);
        yield return worst.Holiday is { } holiday ? T["le {0} est férié ({1})", date, T[holiday]]
            : worst is { Clash: Clash.Possible, School: [var (name, zones), ..] } ? T["le {0} : {1}", date, InWords(name, zones)]
            : Tell(worst.Engagements[0], T["le {0}", date]);
        if (Others.Count > 1)
        {
            yield return T.Count("{0} autre de vos dates n’est pas libre|{0} autres de vos dates ne sont pas libres", Others.Count - 1);
        }
    }

    public static string Word(Clash clash) => clash switch
    {
        Clash.None => T["Libre partout"],
        Clash.Slight => T["Peu gênant"],
        Clash.Possible => T["Gênant"],
        _ => T["À éviter"],
    };

    private static RadarDay DayOf(Plan plan, DateOnly day, List<Engagement> engagements, SchoolHolidays holidays)
    {
        var (holiday, school) = (PublicHolidays.NameOf(day), holidays.On(day, plan.Zones).ToList());
        var clash = holiday is not null || engagements.Any(each => each.Firmness == Firmness.Avoided || SharesTheme(plan, each))
            ? Clash.Strong
            : school.Count > 0 || engagements.Any(each => SharesAudience(plan, each)) ? Clash.Possible
            : engagements.Count > 0 ? Clash.Slight
            : Clash.None;
        return new RadarDay(
            day, [.. engagements.OrderByDescending(each => SharesTheme(plan, each)).ThenByDescending(each => SharesAudience(plan, each))
                .ThenBy(each => each.Time.Start)],
            holiday, school, clash);
    }

    private static bool IsWorking(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    private string Tell(Engagement each, string when)
    {
        var what = each.Firmness switch
        {
            Firmness.Held => T["{0} a une option {1}", each.Who, when],
            Firmness.Proposed => T["un créneau est proposé {1} pour le webinaire commun « {0} »", each.Title, when],
            Firmness.Avoided => T["{0} demande d’éviter {1} ({2})", each.Cluster.Name, DateWords.Abbreviated(each.Time.Day), each.Title],
            _ => T["{0} a un événement {1}", each.Who, when],
        };
        return SharesTheme(Plan, each) ? T["{0} sur le même thème", what] : SharesAudience(Plan, each)
            ? T["{0} pour le même public", what] : what;
    }

    private string Distance(Engagement each) => each.DaysFrom(Plan.Day) switch
    {
        0 => T["le même jour"],
        -1 => T["la veille"],
        1 => T["le lendemain"],
        < 0 and var days => T["{0} jours avant", -days],
        var days => T["{0} jours après", days],
    };
}
