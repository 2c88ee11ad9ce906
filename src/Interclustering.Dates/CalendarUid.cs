namespace Interclustering.Dates;

/// <summary>
/// What names an event in every calendar of ours, public, private or mailed (RFC 5545 §3.8.4.7): a program that has it twice shows it once.
/// </summary>
public static class CalendarUid
{
    /// <param name="id">Of the publication or dossier, for its only or first date; with a suffix for another one.</param>
    public static string Of(string id) => $"{id}@interclustering";
}
