using Interclustering.Contracts;
using static Interclustering.Ui.Texts;

namespace Interclustering.Ui.Words;

/// <summary>How full an event is, in words.</summary>
public static class SeatWords
{
    public static bool IsFull(SeatCount count)
    {
        ArgumentNullException.ThrowIfNull(count);
        return count.Places is { } places && count.Registered >= places;
    }

    /// <summary>« 19 places prises sur 50 », « Complet, 4 en attente ».</summary>
    public static string Of(SeatCount count) => (IsFull(count), count.Waiting) switch
    {
        (true, 0) => T["Complet"],
        (true, var waiting) => T["Complet, {0} en attente", waiting],
        (false, 0) => Taken(count),
        (false, var waiting) => T["{0}, {1} en attente", Taken(count), waiting],
    };

    private static string Taken(SeatCount count) => count.Places is { } places
        ? T.Count("{0} place prise sur {1}|{0} places prises sur {1}", count.Registered, places)
        : T.Count("{0} inscrit|{0} inscrits", count.Registered);
}
