using System.Collections.Frozen;

namespace Interclustering.Node.Publishing.Recurrences;

/// <summary>A day, a week, a month or a year, or several of them in one word.</summary>
internal sealed record RepeatUnit(RepetitionFrequency Frequency, int Interval = 1)
{
    /// <summary>A quarter has a first Tuesday of its own: it is not told from the first date which month's that is.</summary>
    public bool IsQuarter { get; init; }
}

/// <summary>
/// The words of repetitions in both languages, folded, with the plurals and abbreviations that people type. « mar » is mardi: mars is not
/// abbreviated, and in English it is refused where a month stands.
/// </summary>
internal static class RepetitionVocabulary
{
    private static readonly FrozenDictionary<string, int> Weekdays = Numbered(0,
        "lundi lundis lun monday mondays mon", "mardi mardis mar tuesday tuesdays tue tues",
        "mercredi mercredis mer wednesday wednesdays wed", "jeudi jeudis jeu thursday thursdays thu thur thurs",
        "vendredi vendredis ven friday fridays fri", "samedi samedis sam saturday saturdays sat",
        "dimanche dimanches dim sunday sundays sun");

    private static readonly FrozenDictionary<string, int> EnglishMonths = Numbered(1,
        "january jan", "february feb", "march", "april apr", "may", "june jun", "july jul", "august aug", "september sep sept",
        "october oct", "november nov", "december dec");

    private static readonly FrozenDictionary<string, int> FrenchMonths = Numbered(1,
        "janvier janv jan", "fevrier fev fevr", "mars", "avril avr", "mai", "juin", "juillet juil", "aout", "septembre sept sep",
        "octobre oct", "novembre nov", "decembre dec");

    private static readonly FrozenDictionary<string, int> Numbers = Numbered(1,
        "un une one", "deux two", "trois three", "quatre four", "cinq five", "six", "sept seven", "huit eight", "neuf nine", "dix ten",
        "onze eleven", "douze twelve", "treize", "quatorze", "quinze fifteen");

    private static readonly FrozenDictionary<string, int> Ordinals = Numbered(1,
        "premier premiers premiere premieres first", "deuxieme deuxiemes second seconde seconds secondes", "troisieme troisiemes third",
        "quatrieme quatriemes fourth", "cinquieme cinquiemes fifth");

    private static readonly FrozenSet<string> Last = Set("dernier derniers derniere dernieres last");

    private static readonly FrozenDictionary<string, RepeatUnit> Units = Of<RepeatUnit>(
        ("jour jours j day days", new(RepetitionFrequency.Daily)), ("semaine semaines sem week weeks", new(RepetitionFrequency.Weekly)),
        ("quinzaine quinzaines fortnight fortnights", new(RepetitionFrequency.Weekly, 2)),
        ("mois month months", new(RepetitionFrequency.Monthly)),
        ("trimestre trimestres quarter quarters", new(RepetitionFrequency.Monthly, 3) { IsQuarter = true }),
        ("semestre semestres", new(RepetitionFrequency.Monthly, 6) { IsQuarter = true }),
        ("an ans annee annees year years", new(RepetitionFrequency.Yearly)));

    /// <summary>« bimensuel » and « biweekly » are not among them: each is read in two ways.</summary>
    private static readonly FrozenDictionary<string, RepeatUnit> Paces = Of<RepeatUnit>(
        ("quotidien quotidienne daily", new(RepetitionFrequency.Daily)),
        ("hebdomadaire hebdo weekly", new(RepetitionFrequency.Weekly)), ("fortnightly", new(RepetitionFrequency.Weekly, 2)),
        ("mensuel mensuelle monthly", new(RepetitionFrequency.Monthly)),
        ("trimestriel trimestrielle quarterly", new(RepetitionFrequency.Monthly, 3) { IsQuarter = true }),
        ("annuel annuelle yearly annually", new(RepetitionFrequency.Yearly)));

    /// <summary>What the phrases are put together with. A word that is nowhere here is not understood, wherever it stands.</summary>
    private static readonly FrozenSet<string> Others = Set(
        "tous toutes ts tts ttes les chaque chq every each le la l the on a au aux en du de des d of in at other sur out par per once "
        + "fois times time dates seances sessions ouvre ouvres ouvrable ouvrables working weekday weekdays weekend weekends end jusqu "
        + "jusque jusqua jusquau jsq until till til through fin inclus incluse compris included inclusive pendant durant for suite "
        + "affilee consecutif consecutifs consecutive consecutives row sauf excepte exceptes hormis hors except excluding ferie feries "
        + "public bank holiday holidays partir des from starting to et and , ");

    public static int? Weekday(Term term) => Weekdays.TryGetValue(term.Word, out var weekday) ? weekday : null;

    public static int? Month(Term term) => FrenchMonths.TryGetValue(term.Word, out var month) ? month : EnglishMonth(term);

    public static int? EnglishMonth(Term term) => EnglishMonths.TryGetValue(term.Word, out var month) ? month : null;

    /// <summary>In digits or letters.</summary>
    public static int? Number(Term term) =>
        term.IsOrdinal ? null : term.Digits ?? (Numbers.TryGetValue(term.Word, out var number) ? number : null);

    /// <summary>Of a month, as a number or as 1er; 1 to 31.</summary>
    public static int? DayOfMonth(Term term) => (term.Digits ?? Number(term)) is { } day and >= 1 and <= 31 ? day : null;

    /// <summary>-1 for the last.</summary>
    public static int? Ordinal(Term term) => Last.Contains(term.Word) ? -1
        : term is { IsOrdinal: true, Digits: >= 1 and <= 5 } ? term.Digits
        : Ordinals.TryGetValue(term.Word, out var place) ? place : null;

    public static int? Year(Term term) => term is { IsOrdinal: false, Digits: >= PublishedYears.First and <= PublishedYears.Last }
        ? term.Digits : null;

    public static RepeatUnit? Unit(Term term) => Units.GetValueOrDefault(term.Word);

    public static RepeatUnit? PaceWord(Term term) => Paces.GetValueOrDefault(term.Word);

    public static bool Knows(Term term) => term.Digits is not null || term.Date is not null || Others.Contains(term.Word)
        || Weekday(term) is not null || Month(term) is not null || Number(term) is not null || Ordinal(term) is not null
        || Unit(term) is not null || PaceWord(term) is not null;

    private static FrozenSet<string> Set(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet();

    private static FrozenDictionary<string, int> Numbered(int from, params string[] lines) =>
        Of([.. lines.Select((words, index) => (words, index + from))]);

    private static FrozenDictionary<string, T> Of<T>(params (string Words, T Meaning)[] lines) =>
        lines.SelectMany(line => line.Words.Split(' ').Select(word => (word, line.Meaning)))
            .ToFrozenDictionary(pair => pair.word, pair => pair.Meaning);
}
