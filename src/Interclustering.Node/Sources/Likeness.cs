using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Node.Importing;

namespace Interclustering.Node.Sources;

/// <summary>Whether two events of a source are one under two keys: some programs give an event a new one when it is moved or saved again.</summary>
internal static class Likeness
{
    private const double FewestWordsShared = 0.6;
    private const int DaysMoved = 14, DaysAsked = 60;

    /// <summary>One title at one time, or one title at one place some days apart.</summary>
    public static bool IsSure(Event one, Event other) =>
        SameTitle(one, other) && (one.Sessions[0].Start == other.Sessions[0].Start || (SamePlace(one, other) && Apart(one, other) <= DaysMoved));

    /// <summary>Near enough to ask somebody.</summary>
    public static bool IsLikely(Event one, Event other) =>
        (SameTitle(one, other) && Apart(one, other) <= DaysAsked)
        || (one.Sessions[0].Start == other.Sessions[0].Start && SharedWords(one.Title, other.Title) >= FewestWordsShared);

    private static bool SameTitle(Event one, Event other) => KnownNames.Simple(one.Title) == KnownNames.Simple(other.Title);

    private static bool SamePlace(Event one, Event other) => Place(one) is { Length: > 0 } here && here == Place(other);

    private static string Place(Event item) => KnownNames.Simple($"{item.Place?.Name} {item.Place?.City}");

    private static double Apart(Event one, Event other) => Math.Abs((Start(one) - Start(other)).TotalDays);

    private static DateTime Start(Event item) => DateTime.Parse(item.Sessions[0].Start, CultureInfo.InvariantCulture);

    private static double SharedWords(string one, string other)
    {
        var (left, right) = (Words(one), Words(other));
        return left.Count == 0 || right.Count == 0 ? 0 : (double)left.Intersect(right).Count() / left.Union(right).Count();
    }

    private static HashSet<string> Words(string title) => [.. KnownNames.Simple(title).Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}
