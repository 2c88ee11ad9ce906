namespace Interclustering.Dates;

/// <summary>Days and times in Paris.</summary>
public static class ParisDay
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    public static DateOnly Today(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), Paris).DateTime);
    }

    /// <summary>In UTC. What the change to summer time leaves out is an hour later; what is there twice is the later one.</summary>
    public static DateTime ToUtc(DateTime local) =>
        TimeZoneInfo.ConvertTimeToUtc(Paris.IsInvalidTime(local) ? local.AddHours(1) : local, Paris);

    public static DateTime Of(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(utc, Paris);
}
