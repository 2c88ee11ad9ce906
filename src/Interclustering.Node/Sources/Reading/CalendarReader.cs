namespace Interclustering.Node.Sources.Reading;

/// <summary>
/// Reads iCalendar (RFC 5545). Each event is read by itself, and of each only the lines that are used, so that a broken one leaves the
/// others whole.
/// </summary>
internal static class CalendarReader
{
    /// <summary>Of an event: longer ones are no announcement.</summary>
    private const int MostLines = 2_000, MostLetters = 400_000;

    public static ImportDocument Read(string text, DateOnly today)
    {
        var lines = Lines(text);
        var reading = new ImportDocumentBuilder(ImportDocument.Calendar);
        if (Count(lines, "BEGIN:VCALENDAR") > Count(lines, "END:VCALENDAR"))
        {
            reading.Miss(T["Le calendrier s’arrête au milieu : il a été coupé en chemin."]);
        }

        var head = CalendarLine.Parse(lines.TakeWhile(line => !Is(line, "BEGIN:VEVENT")));
        var zones = new CalendarZones(Blocks(lines, "VTIMEZONE", withParts: true));
        var reader = new CalendarEventReader(reading, zones, today)
        {
            Zone = zones.Of(head.Find(line => line.Name == "X-WR-TIMEZONE")?.Value) ?? WallClock.Paris,
            AllCancelled = head.Exists(line => line.Name == "METHOD" && Is(line.Value, "CANCEL")),
        };
        var blocks = Blocks(lines, "VEVENT", withParts: false).ToList();
        var events = reading.Latest(blocks, SortableStart).Select(block => Parse(block, reading)).OfType<CalendarBlock>().ToList();
        // What has no UID belongs to nothing else.
        foreach (var series in events.GroupBy(block => block.Uid ?? (object)block))
        {
            reader.Read([.. series]);
        }

        return reading.Finish();
    }

    private static CalendarBlock? Parse(IReadOnlyList<string> block, ImportDocumentBuilder reading)
    {
        if (block.Count <= MostLines && block.Sum(line => line.Length) <= MostLetters)
        {
            return new CalendarBlock(CalendarLine.Parse(block));
        }

        var cut = new CalendarBlock(CalendarLine.Parse(block.Where(line => line.Length < MostLines).Take(MostLines)));
        reading.Reject(cut.Uid, CleanText.PlainTitle(cut.Text("SUMMARY")), T["Cet événement est trop long pour être lu."]);
        return null;
    }

    /// <summary>The end of a series is not known here: it counts as ahead.</summary>
    private static string? SortableStart(IReadOnlyList<string> block) => block.Any(line => Starts(line, "RRULE")) ? null
        : block.FirstOrDefault(line => Starts(line, "DTSTART"))?.Split(':')[^1].Trim();

    /// <summary>Of the bytes the folds are undone already; UTF-16 has them still. Only CR and LF end a line.</summary>
    private static List<string> Lines(string text)
    {
        var lines = new List<string>();
        var folded = text.Replace("\0", "", StringComparison.Ordinal).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n')
            .Replace("\n ", "", StringComparison.Ordinal).Replace("\n\t", "", StringComparison.Ordinal);
        foreach (var line in folded.Split('\n'))
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                lines.Add(line.TrimStart('\uFEFF'));
            }
        }

        return lines;
    }

    /// <summary>
    /// The lines of each component of a name. Alarms in an event are their owner's alone; the parts of a zone are what it is made of. One
    /// that another begins in was cut short.
    /// </summary>
    private static IEnumerable<IReadOnlyList<string>> Blocks(IEnumerable<string> lines, string name, bool withParts)
    {
        List<string>? block = null;
        var inner = 0;
        foreach (var line in lines.Select(line => line.TrimEnd()))
        {
            if (Is(line, $"BEGIN:{name}"))
            {
                if (block is not null)
                {
                    yield return block;
                }

                (block, inner) = ([], 0);
            }
            else if (block is not null && Is(line, $"END:{name}"))
            {
                yield return block;
                block = null;
            }
            else if (block is not null)
            {
                var isPart = inner > 0 || Starts(line, "BEGIN:");
                inner += Starts(line, "BEGIN:") ? 1 : Starts(line, "END:") ? -1 : 0;
                if (!isPart || withParts)
                {
                    block.Add(line);
                }
            }
        }
    }

    private static int Count(List<string> lines, string line) => lines.Count(one => Is(one, line));

    private static bool Is(string line, string wanted) => line.Trim().Equals(wanted, StringComparison.OrdinalIgnoreCase);

    private static bool Starts(string line, string wanted) => line.StartsWith(wanted, StringComparison.OrdinalIgnoreCase);
}

/// <summary>The lines of a VEVENT that an event is read from.</summary>
internal sealed record CalendarBlock(IReadOnlyList<CalendarLine> Lines)
{
    /// <summary>Null where it has none, or an empty one.</summary>
    public string? Uid { get; } = CleanText.Field(Lines.FirstOrDefault(line => line.Name == "UID")?.Text());

    public EventVersion Version { get; } = new(
        int.TryParse(Lines.FirstOrDefault(line => line.Name == "SEQUENCE")?.Value, out var sequence) ? sequence : 0,
        Lines.FirstOrDefault(line => line.Name == "LAST-MODIFIED")?.Value.Trim());

    public IEnumerable<CalendarLine> All(string name) => Lines.Where(line => line.Name == name);

    public CalendarLine? First(string name) => All(name).FirstOrDefault();

    public string? Text(string name) => First(name)?.Text();

    public CalendarTime? Time(string name) => First(name)?.Times().FirstOrDefault();
}
