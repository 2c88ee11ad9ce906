using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Hub.ReadModel;
using Interclustering.Ui.Words;

namespace Interclustering.Hub.Events;

/// <summary>
/// Addresses that open a calendar's form for a new entry, filled in. Times are UTC instants, so that every calendar shows them in its own
/// zone.
/// </summary>
public static class AddToCalendar
{
    public const string Personal = "https://outlook.live.com";
    public const string Professional = "https://outlook.office.com";

    /// <param name="time">The occurrence to add.</param>
    /// <param name="page">The event's page, absolute.</param>
    public static string Google(Occurrence time, string page)
    {
        ArgumentNullException.ThrowIfNull(time);
        var from = Instants.Start(time);
        // Google asks for an end: an entry without a length says no more than is known.
        var dates = from is { } start
            ? $"{Compact(start)}/{Compact(Instants.End(time) ?? start)}"
            : string.Create(CultureInfo.InvariantCulture, $"{time.Day:yyyyMMdd}/{time.LastDay.AddDays(1):yyyyMMdd}");
        return Address("https://calendar.google.com/calendar/render",
        [
            ("action", "TEMPLATE"), ("text", Title(time)), ("dates", dates), ("ctz", from is null ? null : "Europe/Paris"),
            ("details", Details(time, page)), ("location", PlaceWords.InOneLine((Event)time.Event.Item)),
        ]);
    }

    /// <param name="host">One of <see cref="Personal"/> and <see cref="Professional"/>.</param>
    /// <param name="time">The occurrence to add.</param>
    /// <param name="page">The event's page, absolute.</param>
    public static string Outlook(string host, Occurrence time, string page)
    {
        ArgumentNullException.ThrowIfNull(time);
        var from = Instants.Start(time);
        return Address($"{host}/calendar/0/deeplink/compose",
        [
            ("path", "/calendar/action/compose"), ("rru", "addevent"), ("subject", Title(time)),
            ("startdt", from is { } start ? Extended(start) : DateWords.Iso(time.Day)),
            ("enddt", from is null ? DateWords.Iso(time.LastDay.AddDays(1)) : Instants.End(time) is { } end ? Extended(end) : null),
            ("allday", from is null ? "true" : null),
            ("body", Details(time, page)), ("location", PlaceWords.InOneLine((Event)time.Event.Item)),
        ]);
    }

    private static string Title(Occurrence time) => time.Event.Title + (time.Label is null ? "" : $" — {time.Label}");

    private static string Details(Occurrence time, string page)
    {
        var online = PlaceWords.OnlineUrl((Event)time.Event.Item);
        return string.Join("\n\n", ((string?[])[time.Event.Item.Summary, online is null ? null : T["En ligne : {0}", online], page])
            .Where(part => part is not null));
    }

    // %20, never +: Outlook shows a plus sign.
    private static string Address(string form, IEnumerable<(string Name, string? Value)> fields) =>
        form + "?" + string.Join(
            '&', fields.Where(field => field.Value is not null).Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value!)}"));

    private static string Compact(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Extended(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
