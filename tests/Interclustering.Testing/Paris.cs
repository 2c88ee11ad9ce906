using Interclustering.Dates;

namespace Interclustering.Testing;

/// <summary>The clock by which pages count days: for an hour or two each night it is another day than in UTC.</summary>
internal static class Paris
{
    public static DateTime Now => ParisDay.Of(DateTime.UtcNow);

    public static DateOnly Today => DateOnly.FromDateTime(Now);
}
