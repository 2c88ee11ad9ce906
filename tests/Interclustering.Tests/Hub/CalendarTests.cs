using System.Globalization;
using System.Text;
using CsCheck;
using Interclustering.Contracts;
using Interclustering.Dates;
using Interclustering.Hub.Feeds;
using Interclustering.Hub.ReadModel;
using Interclustering.Node.Sources.Reading;
using Interclustering.Testing;
using Interclustering.Ui.Words;

namespace Interclustering.Tests.Hub;

/// <summary>The calendar that we write says what Ical.Net writes of the same content, line by line once lines are unfolded.</summary>
public sealed class CalendarTests
{
    private const string Origin = "https://hub.example";
    private const int LongestLine = 75;

    /// <summary>Not broken where it can't be read: a letter that was cut apart would be another one.</summary>
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly Gen<string> Words = Gen.OneOf(
        Any(
            "a", " ", ",", ";", ":", "\\", "\"", "\n", "\r\n", "\r", "\t", "\\n", "\\,", "^", "=", "é", "œ", "\u00a0", "\u202f", "\u2028",
            "😀", "👩‍👩‍👧‍👦", "e\u0301", "\ufeff", "\u0001",
            "\u007f", "\ud83d", "END:VEVENT", "\r\nX:", "日本語", "ـعربية", "<b>", "&amp;"),
        Gen.String[Any('a', 'é', 'z', ' '), 1, 90]).Array[1, 12].Select(string.Concat);

    private static readonly Gen<Cluster> Owners = Gen.Select(Words, Any<string?>(
        null, "contact@été.example", "a,b;c@example.org", "tel:1"), Any<string?>(null, "https://été.example/a,b;c?d=e", "/x"))
        .Select((name, contact, site) => new Cluster
        {
            Code = "bsc",
            Name = "Cluster " + name.ReplaceLineEndings(" "),
            Region = "Bretagne",
            Insee = "53",
            Contact = contact,
            Site = site,
            Colour = new Colour("#14806F", "#5CC4B2"),
        });

    private static readonly Gen<Recurrence> Recurrences = Gen.Select(Any(
        "FREQ=WEEKLY;COUNT=9", "FREQ=DAILY;INTERVAL=2;UNTIL=20270630", "UNTIL=20271101T103000Z;FREQ=WEEKLY;BYDAY=MO,WE,TU",
        "freq=monthly;byday=1TU;count=20", "FREQ=MONTHLY;BYDAY=-1FR,+2MO;UNTIL=20280115T090000", "FREQ=MONTHLY;BYMONTHDAY=1,-1;COUNT=30",
        "FREQ=YEARLY;BYMONTH=12,3;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1,1;COUNT=5", "FREQ=WEEKLY;WKST=SU;BYDAY=TU,SU;INTERVAL=2;COUNT=8",
        "FREQ=DAILY;UNTIL=20261231T235959Z", "FREQ=DAILY;INTERVAL=1;COUNT=400;", "FREQ=HOURLY;COUNT=3", "FREQ=DAILY", "nothing"),
        Gen.Int[0, 16].Array[0, 5]).Select((rule, days) => new Recurrence(rule, [.. days.Select(Start)]));

    private static readonly Gen<Event> Events = Gen.Select(
        Gen.Select(Words, Words, Words, Words, (title, summary, place, label) => (title, summary, place, label)),
        Gen.Select(
            Gen.Int[0, 16].Array[1, 4], Gen.Bool, Gen.Bool, Recurrences.Null(0.4),
            (days, allDay, ends, rule) => (days, allDay, ends, rule)),
        Any("Europe/Paris", "UTC", "America/New_York", "Indian/Reunion", "Africa/Casablanca", "Europe/Dublin", "Asia/Kolkata"),
        Any<string>([.. EventStatus.All]), Any<string>([.. Attendance.All]),
        Any<string?>(null, "https://été.example/a,b;c?d=e&\"<f>", "https://x.example/" + new string('y', 120), "x"),
        Any<string?>(null, "48.1173", "-1.77777777", "1e2", "x"))
        .Select((texts, times, zone, status, attendance, address, degrees) => new Event
        {
            Nonce = "",
            Title = texts.title,
            Summary = texts.summary,
            TimeZone = zone,
            Status = status,
            StatusReason = texts.label,
            Attendance = attendance,
            Recurrence = times.rule is { } rule && times.allDay
                ? rule with { Except = [.. rule.Except.Select(day => day[..10])] } : times.rule,
            Sessions = [.. times.days.Select((day, index) => new Session(
                $"{index + 1}", times.allDay ? Start(day)[..10] : Start(day),
                times.ends ? times.allDay ? Start(day + 1)[..10] : Start(day + 1) : null, index == 1 ? texts.label : null))],
            Place = new Place { Name = texts.place, City = "Rennes", Latitude = degrees, Longitude = degrees },
            OnlineUrl = address,
            RegistrationUrl = address,
            Image = address is null ? null : new Picture(address, texts.label),
            Themes = times.days.Length > 2 ? ["foncier-logistique", texts.label, "a;b,c\\d"] : [],
            Visibility = times.days.Length == 4 ? Visibility.Members : Visibility.Public,
        });

    /// <summary>An event that no calendar can hold, and that the site sets aside.</summary>
    private const string TwoEnds = "E-rrule-count-and-until.ics";

    public static TheoryData<string> Files { get; } =
    [
        .. ((string?[])[
            Repository.PathTo("tests", "Interclustering.Tests", "Sources", "Cases"),
            Repository.PathTo("tests", "Interclustering.Tests", "Sources", "Fixtures"),
            Fixture.Samples(), Fixture.Samples() is { } samples ? Path.Combine(samples, "..", "cases") : null,
        ]).OfType<string>().Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Where(file => Path.GetFileName(file) != TwoEnds).Select(Path.GetFullPath),
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void What_is_imported_is_the_same_calendar(string file)
    {
        var owner = Owners.Single();
        AreAlike([.. ImportReader.Read(File.ReadAllBytes(file), Path.GetFileName(file), Fixture.Today).Events
            .Select((item, number) => Show(item.Event, owner, number))]);
    }

    [Fact]
    public void A_rule_with_two_ends_is_in_no_calendar()
    {
        var published = Show(Fixture.Case(TwoEnds).Events[0].Event, Owners.Single(), 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => IcalNetCalendar.Serialize("", [published], Origin, "OPAQUE"));
        Assert.Throws<FormatException>(() => EventLines.Of(published, Origin, "OPAQUE"));
    }

    [Fact]
    public void What_may_be_published_is_the_same_calendar() => Gen.Select(Events, Owners, Gen.Bool).Array[1, 4].Sample(items =>
    {
        var culture = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = items[0].Item3 ? Language.English : Language.French;
        AreAlike([.. items.Select((item, number) => Show(item.Item1, item.Item2, number))]);
        CultureInfo.CurrentUICulture = culture;
    }, iter: 200);

    private static void AreAlike(IReadOnlyList<Published> published)
    {
        foreach (var transparency in (string[])["TRANSPARENT", "OPAQUE"])
        {
            var ours = Strict.GetString([.. AgendaCalendar.Join(
                "Agenda, « tout »", published.Select(item => EventLines.Of(item, Origin, transparency))).SelectMany(part => part)]);
            var lines = ours.Split("\r\n");
            Assert.DoesNotContain(lines, line => Strict.GetByteCount(line) > LongestLine || line.AsSpan().ContainsAny('\r', '\n'));
            Assert.Equal(
                AsSent(Unfold(IcalNetCalendar.Serialize("Agenda, « tout »", published, Origin, transparency))).Split("\r\n"),
                Unfold(ours).Split("\r\n"));
        }
    }

    private static Gen<T> Any<T>(params IReadOnlyList<T> values) => Gen.Int[0, values.Count - 1].Select(index => values[index]);

    private static string Unfold(string calendar) => calendar.Replace("\r\n ", "", StringComparison.Ordinal);

    /// <summary>Half of a letter is U+FFFD on the way; Ical.Net cuts letters in halves where it folds, so this comes after.</summary>
    private static string AsSent(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static Published Show(Event happening, Cluster owner, int number) => new(
        $"bsc-{number}", Kinds.Event, owner, Published.AsShown(happening, Fixture.Today), number + 1,
        new DateTime(2026, 11, 1, 8, 0, 0, DateTimeKind.Utc), new DateTime(2026, 11, 23, 8, 0, 0, DateTimeKind.Utc), number);

    private static string Start(int day) =>
        new DateTime(2026, 10, 12, 18, 30, 0, DateTimeKind.Unspecified).AddDays(day).ToString("s", CultureInfo.InvariantCulture);
}
