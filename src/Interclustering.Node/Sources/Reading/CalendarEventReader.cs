using System.Globalization;
using Ical.Net.DataTypes;
using Interclustering.Contracts;

namespace Interclustering.Node.Sources.Reading;

/// <summary>The VEVENTs of one UID, a series and its changed dates, as events of ours.</summary>
/// <param name="reading">Where they are added.</param>
/// <param name="zones">Of the calendar.</param>
/// <param name="today">In Paris.</param>
internal sealed class CalendarEventReader(ImportDocumentBuilder reading, CalendarZones zones, DateOnly today)
{
    private const int MostExceptions = 400;
    private static readonly string[] Dated = ["DTEND", "RDATE", "EXDATE"];
    private static readonly string[] Described = ["SUMMARY", "LOCATION", "DESCRIPTION"];
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>Of times that name none.</summary>
    public required string Zone { get; init; }

    /// <summary>The calendar takes back what it holds (RFC 5546 §3.2.5).</summary>
    public required bool AllCancelled { get; init; }

    public void Read(IReadOnlyList<CalendarBlock> blocks)
    {
        var changed = blocks.Where(block => block.First("RECURRENCE-ID") is not null).ToList();
        var series = blocks.Except(changed).ToList();
        var newest = series.MaxBy(block => block.Version);
        foreach (var block in series)
        {
            // An older version has no say in what became of the newest one's dates.
            ReadOne(block, block == newest ? changed : []);
        }

        if (newest is null)
        {
            foreach (var block in changed)
            {
                ReadOne(block, []);
            }
        }
    }

    private void ReadOne(CalendarBlock block, IReadOnlyList<CalendarBlock> changed)
    {
        var title = CleanText.PlainTitle(block.Text("SUMMARY"));
        var instead = block.Time("RECURRENCE-ID");
        var key = block.Uid is { } uid ? CleanText.Field(instead is null ? uid : $"{uid}/{Stamp(instead)}") : null;
        if (IsPrivate(block, key))
        {
            return;
        }

        if (block.Time("DTSTART") is not { } start || (!WallClock.IsSensible(start.Value) && block.First("RRULE") is null))
        {
            reading.Reject(key, title, T["La date de début manque ou n’est pas lisible."], block.Version);
            return;
        }

        var rules = instead is null ? block.All("RRULE").Select(line => line.Value).ToList() : [];
        var clock = ClockOf(start, rules.Count > 0, key, title);
        var (first, last, allDay) = Span(block, start, clock);
        if (last < first)
        {
            reading.Reject(key, title, T["La fin précède le début."], block.Version);
            return;
        }

        var overrides = changed.Select(other => Override(block, other, clock, first, allDay)).OfType<CalendarOverride>()
            .DistinctBy(moved => moved.Instead).Take(MostExceptions).ToList();
        var dates = new CalendarDates(first, last - first, allDay, clock.Zone, today)
        {
            Rules = rules,
            ExcludedByRule = [.. block.All("EXRULE").Select(line => line.Value)],
            Added = instead is not null ? []
                : [.. Times(block, "RDATE").Take(MostExceptions).Select(time => OnDate(time, clock, first))],
            Excluded = Times(block, "EXDATE").Take(MostExceptions).Select(time => OnDate(time, clock, first)).ToHashSet(),
            Overrides = overrides,
        };
        if (dates.Read() is not { } when)
        {
            reading.Reject(key, title, T["Aucune date n’est lisible ou n’a lieu."], block.Version);
            return;
        }

        if (when.Remark is { } remark)
        {
            reading.Remark(key, title, remark);
        }

        foreach (var line in block.Lines.Where(line => Dated.Contains(line.Name) && !line.Times().Any()))
        {
            reading.Remark(key, title, T["La ligne {0} n’est pas lisible : elle est laissée de côté.", line.Name]);
        }

        var address = CleanText.Address(block.Text("URL"));
        var where = CalendarPlace.Of(block);
        var categories = block.All("CATEGORIES").SelectMany(line => line.Texts()).Take(ImportDocumentBuilder.MostWords).ToList();
        reading.Add(key, title, new Event
        {
            Nonce = "",
            Title = title ?? "",
            Text = TextOf(block),
            Themes = KnownNames.ThemesAmong(categories),
            TimeZone = clock.Zone,
            Sessions = when.Sessions,
            Recurrence = when.Recurrence,
            Attendance = where.Attendance,
            Status = AllCancelled || IsCancelled(block) ? EventStatus.Cancelled : EventStatus.Confirmed,
            Place = where.Place,
            OnlineUrl = where.Online,
            Image = CalendarPlace.PictureOf(block) is { } picture ? new Picture(picture, title ?? "") : null,
            Source = new SourceReference("", "", address),
            Url = address,
        }, categories, block.Version);
        foreach (var other in changed.Where(other => !IsSame(block, other) && !IsCancelled(other)))
        {
            ReadOne(other, []);
        }
    }

    /// <summary>What is for its owner alone: not even its title is kept.</summary>
    private bool IsPrivate(CalendarBlock block, string? key)
    {
        var isPrivate = block.Text("CLASS")?.Trim().ToUpperInvariant() is "PRIVATE" or "CONFIDENTIAL";
        if (isPrivate)
        {
            reading.LeaveOut(key, null, T["Un événement privé est laissé de côté."]);
        }

        return isPrivate;
    }

    /// <summary>The clock on which an event's times are read.</summary>
    private EventClock ClockOf(CalendarTime start, bool repeats, string? key, string? title)
    {
        if (start.IsUtc)
        {
            return new EventClock(repeats ? "UTC" : Zone, zones, null);
        }

        if (start.ZoneName is null)
        {
            return new EventClock(Zone, zones, null);
        }

        if (zones.Of(start.ZoneName) is { } known)
        {
            return new EventClock(known, zones, null);
        }

        if (WallClock.OffsetOf(start.ZoneName) is { } offset)
        {
            return new EventClock(WallClock.Paris, zones, offset.ToTimeSpan());
        }

        reading.Remark(key, title,
            T["Le fuseau horaire « {0} » est inconnu : l’heure est lue en heure de Paris.", CleanText.Field(start.ZoneName)]);
        return new EventClock(WallClock.Paris, zones, null);
    }

    /// <summary>The first date of an event, with its end; all days when it says so in any of three ways.</summary>
    private static (DateTime First, DateTime? Last, bool AllDay) Span(CalendarBlock block, CalendarTime start, EventClock clock)
    {
        var first = clock.Read(start);
        var end = block.Time("DTEND") is { } stated && stated.HasTime == start.HasTime ? clock.Read(stated)
            : first + LengthOf(block.First("DURATION")?.Value);
        if (!start.HasTime)
        {
            return (first, end, AllDay: true);
        }

        var fromMidnight = first.TimeOfDay == TimeSpan.Zero;
        if (fromMidnight && end is { TimeOfDay: { Hours: 23, Minutes: 59 } })
        {
            return (first, end.Value.Date.AddDays(1), AllDay: true);
        }

        var saysSo = block.Text("X-MICROSOFT-CDO-ALLDAYEVENT")?.Trim().Equals("TRUE", StringComparison.OrdinalIgnoreCase) == true;
        return (first, end, AllDay: saysSo && fromMidnight && end is null or { TimeOfDay.Ticks: 0 });
    }

    private static TimeSpan? LengthOf(string? written)
    {
        try
        {
            return written is { Length: > 0 and < 40 } && Duration.Parse(written.Trim())?.ToTimeSpanUnspecified() is { } length
                && length > TimeSpan.Zero && length < Longest ? length : null;
        }
        catch (Exception failure) when (CalendarDates.IsRuleFailure(failure))
        {
            return null;
        }
    }

    /// <summary>What became of one date of a series, on the series' clock.</summary>
    private static CalendarOverride? Override(CalendarBlock series, CalendarBlock changed, EventClock clock, DateTime first, bool allDay)
    {
        if (changed.First("RECURRENCE-ID") is not { } line || line.Times().FirstOrDefault() is not { } instead)
        {
            return null;
        }

        var at = OnDate(instead, clock, first);
        var isCancelled = IsCancelled(changed);
        var andFuture = line.Parameters.GetValueOrDefault("RANGE")?.Equals("THISANDFUTURE", StringComparison.OrdinalIgnoreCase) == true;
        if (changed.Time("DTSTART") is not { } start || start.HasTime == allDay)
        {
            return new CalendarOverride(at, at, null, IsListed: false, AndFuture: false);
        }

        var (begins, ends, _) = Span(changed, start, clock);
        return new CalendarOverride(at, begins, ends, IsListed: !isCancelled && (andFuture || IsSame(series, changed)),
            AndFuture: andFuture && !isCancelled);
    }

    /// <summary>Only its time has changed: it stays a date of its series.</summary>
    private static bool IsSame(CalendarBlock series, CalendarBlock changed) =>
        changed.First("RECURRENCE-ID")?.Parameters.GetValueOrDefault("RANGE") is not null
        || Described.All(name => changed.Text(name) is not { } text || text == series.Text(name));

    private static bool IsCancelled(CalendarBlock block) =>
        string.Equals(block.Text("STATUS")?.Trim(), "CANCELLED", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<CalendarTime> Times(CalendarBlock block, string name) => block.All(name).SelectMany(line => line.Times());

    /// <summary>A date without a time names the repeat of that day.</summary>
    private static DateTime OnDate(CalendarTime time, EventClock clock, DateTime first) =>
        time.HasTime ? clock.Read(time) : time.Value.Date + first.TimeOfDay;

    private static string? TextOf(CalendarBlock block) => CleanText.PlainMarkdown(block.Text("DESCRIPTION"))
        ?? CleanText.Markdown(block.All("X-ALT-DESC").FirstOrDefault(line =>
            line.Parameters.GetValueOrDefault("FMTTYPE")?.Contains("html", StringComparison.OrdinalIgnoreCase) == true)?.Text());

    private static string Stamp(CalendarTime time) => time.Value.ToString(
        time.IsUtc ? "yyyyMMdd'T'HHmmss'Z'" : time.HasTime ? "yyyyMMdd'T'HHmmss" : "yyyyMMdd", CultureInfo.InvariantCulture);

    /// <summary>On which clock the times of an event are written down here.</summary>
    /// <param name="Zone">IANA name.</param>
    /// <param name="Zones">Of the calendar, for times that name another one.</param>
    /// <param name="FromUtc">Of times in a zone that is only a distance from UTC and has no name; null for all others.</param>
    private sealed record EventClock(string Zone, CalendarZones Zones, TimeSpan? FromUtc)
    {
        public DateTime Read(CalendarTime time) =>
            !time.HasTime ? time.Value.Date
            : time.IsUtc ? WallClock.Move(time.Value, "UTC", Zone)
            : FromUtc is { } distance && WallClock.OffsetOf(time.ZoneName) is not null ? WallClock.Move(time.Value - distance, "UTC", Zone)
            : WallClock.Move(time.Value, Zones.Of(time.ZoneName) ?? Zone, Zone);
    }
}
