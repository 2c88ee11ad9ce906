using Interclustering.Ui.Words;

namespace Interclustering.Node.JointWebinars.Day;

/// <summary>The day as it goes, in words.</summary>
internal static class DayWords
{
    /// <summary>One sentence on where it stands: what is going on, what comes next, how late it is.</summary>
    public static string InWords(DayRun run)
    {
        if (run.Now.Date < run.Start.Date)
        {
            return T["C’est le {0}, à {1}.", DateWords.InFull(DateOnly.FromDateTime(run.Start)), Hour(run.Start)];
        }

        if (run.Now.Date > run.Start.Date)
        {
            return T["C’était le {0}.", DateWords.InFull(DateOnly.FromDateTime(run.Start))];
        }

        var next = run.Next is { } line ? " " + T["Ensuite : « {0} », vers {1}.", line.Line.What, Hour(line.Expected ?? line.Planned)] : "";
        if (run.Current is { } current)
        {
            return T["En ce moment : « {0} », depuis {1}.", current.Line.What, Hour(current.Begun!.Value)] + Late(run.Late ?? 0) + next;
        }

        return run.Now < run.Start ? T["Début dans {0}.", Minutes((int)Math.Ceiling((run.Start - run.Now).TotalMinutes))] + next
            : run.Now > run.End ? T["L’heure de fin est passée."]
            : T["L’heure du début est passée : notez ce qui commence."] + next;
    }

    public static string Hour(DateTime at) => DateWords.Hour(TimeOnly.FromDateTime(at));

    private static string Late(int minutes) => minutes switch
    {
        > 0 => " " + T.Count("{0} minute de retard.|{0} minutes de retard.", minutes),
        < 0 => " " + T.Count("{0} minute d’avance.|{0} minutes d’avance.", -minutes),
        _ => " " + T["À l’heure."],
    };

    private static string Minutes(int minutes) => minutes < 60 ? T.Count("{0} minute|{0} minutes", minutes)
        : T["{0} h {1:00}", minutes / 60, minutes % 60];
}
