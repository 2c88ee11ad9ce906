using System.Globalization;
using System.Text;
using Interclustering.Node.Forms;

namespace Interclustering.Node.Calendars;

/// <summary>
/// Entries as iCalendar (RFC 5545, 7986), times in Paris. The same entries are the same bytes: nothing in them is of the clock.
/// </summary>
internal static class CalendarFile
{
    public const string MediaType = "text/calendar; charset=utf-8";

    /// <summary>UTF-8.</summary>
    public static byte[] Write(string name, IEnumerable<CalendarEntry> entries)
    {
        var writer = Begin();
        writer.Text("NAME", InputText.Clean(name));
        writer.Text("X-WR-CALNAME", InputText.Clean(name));
        writer.Line("X-WR-TIMEZONE", TimeZones.Paris);
        writer.Line("REFRESH-INTERVAL", "PT1H", ("VALUE", "DURATION"));
        writer.Line("X-PUBLISHED-TTL", "PT1H");
        WriteParis(writer);
        foreach (var entry in entries)
        {
            Write(writer, entry, null);
        }

        writer.End("VCALENDAR");
        return writer.ToArray();
    }

    /// <summary>One entry for one attendee, as it is mailed (RFC 5546 §3.2): a cancelled one takes the entry back.</summary>
    public static string Write(CalendarEntry entry, MailedEntry mailed)
    {
        var writer = Begin();
        writer.Line("METHOD", entry.Status == EntryStatus.Cancelled ? "CANCEL" : "REQUEST");
        WriteParis(writer);
        Write(writer, entry, mailed);
        writer.End("VCALENDAR");
        return Encoding.UTF8.GetString(writer.ToArray());
    }

    private static CalendarWriter Begin()
    {
        var writer = new CalendarWriter();
        writer.Begin("VCALENDAR");
        writer.Line("VERSION", "2.0");
        writer.Line("PRODID", "-//Interclustering//Workspace//FR");
        return writer;
    }

    private static void Write(CalendarWriter writer, CalendarEntry entry, MailedEntry? mailed)
    {
        writer.Begin("VEVENT");
        writer.Text("UID", entry.Uid);
        if (mailed is not null)
        {
            Write(writer, mailed);
        }

        writer.Instant("DTSTAMP", entry.Stamp);
        writer.Instant("LAST-MODIFIED", entry.Stamp);
        WriteTimes(writer, entry.Time);
        writer.Text("SUMMARY", InputText.Clean(entry.Summary));
        if (entry.Location is { } location)
        {
            writer.Text("LOCATION", InputText.Clean(location));
        }

        // Some readers show no URL.
        writer.Text("DESCRIPTION", InputText.Clean(string.Join("\n\n", ((string?[])[entry.Description, entry.Address])
            .Where(part => !string.IsNullOrEmpty(part)))));
        if (entry.Address.Length > 0)
        {
            writer.Line("URL", entry.Address);
        }

        writer.Line("STATUS", entry.Status);
        // A cluster's calendar does not say when its member is busy.
        writer.Line("TRANSP", "TRANSPARENT");
        writer.End("VEVENT");
    }

    /// <summary>Nothing is asked of the attendee: the cluster has answered, and each member comes or does not.</summary>
    private static void Write(CalendarWriter writer, MailedEntry mailed)
    {
        writer.Line("SEQUENCE", mailed.Sequence.ToString(CultureInfo.InvariantCulture));
        writer.Line("ORGANIZER", $"mailto:{mailed.Organiser.Address}", ("CN", OneLine(mailed.Organiser.Name)));
        writer.Line("ATTENDEE", $"mailto:{mailed.Attendee.Address}", ("CUTYPE", "INDIVIDUAL"), ("ROLE", "REQ-PARTICIPANT"),
            ("PARTSTAT", "NEEDS-ACTION"), ("RSVP", "FALSE"), ("CN", OneLine(mailed.Attendee.Name)));
    }

    /// <summary>A parameter has no way to hold a line break.</summary>
    private static string OneLine(string text) => new([.. text.Where(letter => !char.IsControl(letter))]);

    private static void WriteTimes(CalendarWriter writer, EventTime time)
    {
        if (time.Start is not { } start)
        {
            writer.Times("DTSTART", [Text(time.Day)], TimeZones.Paris);
            writer.Times("DTEND", [Text(time.LastDay.AddDays(1))], TimeZones.Paris);
            return;
        }

        writer.Times("DTSTART", [Text(time.Day.ToDateTime(start))], TimeZones.Paris);
        if (time.End is { } end)
        {
            // What ends at midnight has the day before as its last one.
            var until = time.LastDay.ToDateTime(end).AddDays(end == TimeOnly.MinValue ? 1 : 0);
            writer.Times("DTEND", [Text(until)], TimeZones.Paris);
        }
    }

    /// <summary>The rule of Directive 2000/84/EC, which has held since 1996: nothing that is shown here is older.</summary>
    private static void WriteParis(CalendarWriter writer)
    {
        writer.Begin("VTIMEZONE");
        writer.Line("TZID", TimeZones.Paris);
        foreach (var (part, name, from, to, start, month) in (ReadOnlySpan<(string, string, string, string, string, int)>)
        [
            ("DAYLIGHT", "CEST", "+0100", "+0200", "19960331T020000", 3), ("STANDARD", "CET", "+0200", "+0100", "19961027T030000", 10),
        ])
        {
            writer.Begin(part);
            writer.Line("DTSTART", start);
            writer.Line("RRULE", string.Create(CultureInfo.InvariantCulture, $"FREQ=YEARLY;BYMONTH={month};BYDAY=-1SU"));
            writer.Line("TZNAME", name);
            writer.Line("TZOFFSETFROM", from);
            writer.Line("TZOFFSETTO", to);
            writer.End(part);
        }

        writer.End("VTIMEZONE");
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(DateTime local) => local.ToString("s", CultureInfo.InvariantCulture);
}
