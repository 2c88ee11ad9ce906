using Interclustering.Ui.Words;

namespace Interclustering.Node.Registrations;

/// <summary>When a session takes place, in words.</summary>
internal static class SessionWords
{
    public static string Of(EventTime time) => DateWords.Capital(DateWords.InFull(time.Day, time.LastDay))
        + (time.Start is { } start ? $", {DateWords.Hours(start, time.End)}" : "");
}
