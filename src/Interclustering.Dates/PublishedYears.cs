namespace Interclustering.Dates;

/// <summary>The years that dates of publications may be in: 2000 to 2200.</summary>
public static class PublishedYears
{
    public const int First = 2000, Last = 2200;

    public static bool Has(DateOnly date) => date.Year is >= First and <= Last;
}
