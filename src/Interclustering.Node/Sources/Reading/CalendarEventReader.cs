using System.Globalization;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Interclustering.Contracts;

namespace Interclustering.Node.Sources.Reading;

/// <summary>One VEVENT as an event of ours.</summary>
internal static class CalendarEventReader
{
    /// <summary>A rule is followed for no more repeats than these.</summary>
    private const int MostExceptions = 400;

    public static void Read(CalendarEvent component, string calendarZone, IReadOnlyList<CalDateTime> overridden,
        ImportDocumentBuilder reading)
    {
        var title = CleanText.Title(component.Summary);
        var key = CleanText.Field(component.RecurrenceIdentifier is { } moved
            ? $"{component.Uid}/{Stamp(moved.StartTime)}" : component.Uid);
        if (!reading.Accepts(key, title))
        {
            return;
        }

        if (component.Start is not { } start || !WallClock.IsSensible(start.Value))
        {
            reading.Reject(key, title, "La date de début manque ou n’est pas lisible.");
            return;
        }

        var rule = Property(component, "RRULE") is null ? null : component.RecurrenceRule;
        var zone = start.IsUtc ? (rule is null ? calendarZone : "UTC") : start.IsFloating ? calendarZone : WallClock.Zone(start.TzId);
        if (zone is null)
        {
            reading.Remark(key, title,
                $"Le fuseau horaire «\u00A0{CleanText.Field(start.TzId)}\u00A0» est inconnu\u00A0: l’heure est lue en heure de Paris.");
            zone = WallClock.Paris;
        }

        var first = Local(start, zone);
        if (WallClock.Session(1, first, End(component, start, first, zone), !start.HasTime) is not { } session)
        {
            reading.Reject(key, title, "La fin précède le début.");
            return;
        }

        var address = CleanText.Address(Property(component, "URL"));
        var online = Properties(component, "CONFERENCE").Select(CleanText.Address).FirstOrDefault(link => link is not null);
        var place = ReadPlace(component);
        reading.Add(key, title, new Event
        {
            Nonce = "",
            Title = title,
            Text = CleanText.Markdown(component.Description),
            Themes = KnownNames.ThemesAmong(component.Categories ?? []),
            TimeZone = zone,
            Sessions = [session],
            Recurrence = rule is null ? null : ReadRule(component, rule, start, zone, session, overridden, (key, title), reading),
            Attendance = online is null ? Attendance.OnSite : place is null ? Attendance.Online : Attendance.Hybrid,
            Status = string.Equals(component.Status, "CANCELLED", StringComparison.OrdinalIgnoreCase)
                ? EventStatus.Cancelled : EventStatus.Confirmed,
            Place = place,
            OnlineUrl = online,
            Source = new SourceReference(ImportDocument.Calendar, key, address),
            Url = address,
        }, component.Categories ?? []);
        if (Property(component, "RDATE") is not null)
        {
            reading.Remark(key, title, "Des dates ajoutées (RDATE) ne sont pas reprises.");
        }

        if (Property(component, "EXRULE") is not null)
        {
            reading.Remark(key, title, "Une règle de dates supprimées (EXRULE) n’est pas reprise : vérifiez les dates.");
        }
    }

    private static DateTime Local(CalDateTime time, string zone)
    {
        var from = time.IsUtc ? "UTC" : time.IsFloating ? zone : WallClock.Zone(time.TzId) ?? zone;
        return time.HasTime ? WallClock.Move(time.Value, from, zone) : time.Value.Date;
    }

    private static DateTime? End(CalendarEvent component, CalDateTime start, DateTime first, string zone)
    {
        if (component.DtEnd is { } end && end.HasTime == start.HasTime && WallClock.IsSensible(end.Value))
        {
            return Local(end, zone);
        }

        return component.Duration?.ToTimeSpanUnspecified() is { } length && length > TimeSpan.Zero && length < TimeSpan.FromDays(366)
            ? first + length : null;
    }

    /// <summary>A rule that can't be followed leaves the event its first date.</summary>
    private static Recurrence? ReadRule(
        CalendarEvent component, RecurrenceRule rule, CalDateTime start, string zone, Session first, IReadOnlyList<CalDateTime> overridden,
        (string Key, string Title) item, ImportDocumentBuilder reading)
    {
        var text = rule.ToString() ?? "";
        var isEndless = rule.Count is null && rule.Until is null;
        if (isEndless)
        {
            var until = start.Value.AddYears(2).ToString(start.HasTime ? "yyyyMMdd'T'HHmmss'Z'" : "yyyyMMdd", CultureInfo.InvariantCulture);
            text = $"{text};UNTIL={until}";
        }

        if (Repetition.Judge(first, new Recurrence(text, []), zone) is not null)
        {
            reading.Remark(item.Key, item.Title, "La répétition ne peut pas être suivie : seule la première date est reprise.");
            return null;
        }

        if (isEndless)
        {
            reading.Remark(item.Key, item.Title, "La répétition n’a pas de fin : elle est reprise pour deux ans.");
        }

        var except = component.ExceptionDates.GetAllDates().Take(MostExceptions).Concat(overridden.Take(MostExceptions))
            .Select(time => Local(time, zone)).Distinct().Order();
        return new Recurrence(text, [.. except.Select(time => start.HasTime ? WallClock.Timed(time) : WallClock.Day(time))]);
    }

    private static Place? ReadPlace(CalendarEvent component)
    {
        var name = CleanText.Field(component.Location);
        var coordinates = Property(component, "GEO") is null ? null : component.GeographicLocation;
        return name is null && coordinates is null ? null : new Place
        {
            Name = name,
            Latitude = CleanText.Coordinate(coordinates?.Latitude.ToString(CultureInfo.InvariantCulture), 90),
            Longitude = CleanText.Coordinate(coordinates?.Longitude.ToString(CultureInfo.InvariantCulture), 180),
        };
    }

    private static string Stamp(CalDateTime time) =>
        time.Value.ToString(time.IsUtc ? "yyyyMMdd'T'HHmmss'Z'" : time.HasTime
            ? "yyyyMMdd'T'HHmmss" : "yyyyMMdd", CultureInfo.InvariantCulture);

    private static string? Property(CalendarEvent component, string name) => Properties(component, name).FirstOrDefault();

    private static IEnumerable<string> Properties(CalendarEvent component, string name) =>
        component.Properties.AllOf(name).SelectMany(property => property.Values ?? []).Select(value => value?.ToString()).OfType<string>();
}
