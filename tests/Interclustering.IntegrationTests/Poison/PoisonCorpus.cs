using System.Globalization;
using System.Text.Json.Nodes;
using Interclustering.Contracts;

namespace Interclustering.IntegrationTests.Poison;

/// <summary>Items that one reader or another has stumbled over, or might: each with its siblings in other fields.</summary>
internal static class PoisonCorpus
{
    /// <summary>What every door can be handed, each in its own form.</summary>
    public static IReadOnlyList<Poison> Contents { get; } = [
        .. HostileTexts.Long.SelectMany(text => In("text", text)),
        .. HostileTexts.Short.SelectMany(text => (Poison[])[.. In("title", text), .. In("text", text), .. In("place.name", text)]),
        .. HostileTexts.Short.Where((_, number) => number % 3 == 0).SelectMany(text => (Poison[])
            [.. In("summary", text), .. In("sessions.0.label", text), .. In("statusReason", text), .. In("place.city", text),
                .. In("image.alt", text)]),
        .. Zones.Select((zone, number) => Field($"fuseau-{number}", "timeZone", zone)),
        .. Times.Select((time, number) => Field($"début-{number}", "sessions.0.start", time)),
        .. Times.Select((time, number) => Field($"fin-{number}", "sessions.0.end", time)),
        .. Times.Where((_, number) => number % 4 == 0).Select((time, number) => Field($"avant-{number}", "previousStart", time)),
        .. Rules.Select((rule, number) => Rule($"règle-{number}", rule)),
        .. Addresses.SelectMany((address, number) => (Poison[])
        [
            Field($"adresse-{number}", "url", address), Field($"inscription-{number}", "registrationUrl", address),
            Image($"image-{number}", address),
        ]),
        .. Odd(),
        .. HostileTexts.Long.Where((_, number) => number % 6 == 0).SelectMany(text => In("text", text, Kinds.BestPractice)),
        .. HostileTexts.Short.Where((_, number) => number % 6 == 0).SelectMany(text => In("title", text, Kinds.Webinar)),
    ];

    /// <summary>What only the journal of a participant can hold.</summary>
    public static IReadOnlyList<Poison> Envelopes { get; } = [
        .. ((string[])["soon", "", "2027-03-10T09:00:60Z", "2027-02-30T09:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z",
            "10000-01-01T00:00:00Z", "2027-03-10",
            "2027-03-10T09:00:00", "2027-03-10T09:00:00+02:00", "2027-13-10T09:00:00Z", "2027-03-10T25:00:00Z", "2027-03-10 09:00:00Z",
                "2027-03-10T09:00:00.123456789012Z"])
            .Select((time, number) => new Poison($"instant-{number}", _ => { }) { Envelope = entry => entry with { Time = time } }),
        .. ((string[])["", "tenlog", "tenlog-", "tenlog-not-a-uuid", "bsc-0198c0de-0000-7000-8000-000000000001",
            "TENLOG-0198c0de-0000-7000-8000-000000000002",
            "tenlog-0198c0de-0000-7000-8000-00000000000\u0000", "tenlog\u0000-0198c0de-0000-7000-8000-000000000003",
            "tenlog-0198c0de-0000-7000-8000-000000000004\n",
            $"{new string('t', 5_000)}-0198c0de-0000-7000-8000-000000000005", "tenlog/../0198c0de-0000-7000-8000-000000000006"])
            .Select((subject, number) => new Poison($"sujet-{number}", _ => { }) { Envelope = entry => entry with { Subject = subject } }),
        .. ((string[])["", "event", "fr.interclustering.event.v0", "fr.interclustering.event.v99999999999", "fr.interclustering..v1",
            "fr.interclustering.event.v1\u0000",
            "fr.interclustering.accepted.v1", "fr.interclustering.joint-webinar.v1", new string('k', 3_000)])
            .Select((type, number) => new Poison($"type-{number}", _ => { }) { Envelope = entry => entry with { Type = type } }),
        .. ((long[])[0, -1, 9_007_199_254_740_991]).Select((revision, number) =>
            new Poison($"révision-{number}", _ => { }) { Envelope = entry => entry with { Revision = revision } }),
        .. ((string[])["", "00", "zz-\u0000", new string('0', 4_000)]).Select((trace, number) =>
            new Poison($"trace-{number}", _ => { }) { Envelope = entry => entry with { Traceparent = trace } }),
        .. ((string[])["", "\u0000", "2.0"]).Select((version, number) =>
            new Poison($"version-{number}", _ => { }) { Envelope = entry =>
                entry with { Specversion = version, Datacontenttype = version } }),
        new("profond-20", content => content["fromALaterVersion"] = Nested(20)),
    ];

    private static string[] Zones => [
        "europe/paris", "EUROPE/PARIS", "localtime", "Mars/Olympus", "Paris", "GMT+25", "GMT+1", "UTC+05", "+02:00", "Z", "Etc/GMT-14",
        "posixrules", "Factory", "../../etc/passwd",
        "Europe/Paris\u0000", "Europe/Paris\n", " ", "Romance Standard Time", "(UTC+01:00) Brussels, Copenhagen", new string('Z', 300),
        "US/Eastern", "Asia/Kolkata", "Asia/Calcutta",
        "right/Europe/Paris", "posix/Europe/Paris", "Europe/Paris;TZID=UTC",
    ];

    private static string[] Times => [
        "0001-01-01T00:00:00", "0001-01-01", "9999-12-31T23:59:59", "9999-12-31", "1899-12-31T09:00:00", "2201-01-01T09:00:00",
        "1970-01-01T00:00:00", "2027-02-30T09:00:00", "2027-02-29",
        "2027-13-01", "2027-00-10", "2027-03-10T24:00:00", "2027-03-10T25:00:00", "2027-03-10T09:60:00", "2027-03-10T09:00:60",
        "2027-03-10T09:00:00Z", "2027-03-10T09:00:00+01:00",
        "2027-03-10T09:00", "2027-3-1", "10/03/2027", "demain", "soon", " ", "2027-W10", "20270310T090000", "2027-03-10T09:00:00.000",
        "-2027-03-10", "+002027-03-10", "２０２７-03-10",
        "2027-03-28T02:30:00", "2027-10-31T02:30:00", "2027-03-10T09:00:00\u0000", "99999-01-01", "1969-12-31T23:59:59",
    ];

    private static string[] Rules => [
        "FREQ=SECONDLY;COUNT=3", "FREQ=MINUTELY;UNTIL=20280101", "FREQ=HOURLY;COUNT=999999", "FREQ=DAILY", "FREQ=DAILY;COUNT=999999999",
        "FREQ=DAILY;COUNT=-1", "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;INTERVAL=0;COUNT=3", "FREQ=DAILY;INTERVAL=-1;COUNT=3", "FREQ=DAILY;INTERVAL=2147483647;COUNT=3",
        "FREQ=DAILY;UNTIL=99991231T235959Z", "FREQ=DAILY;UNTIL=00010101",
        "FREQ=DAILY;UNTIL=soon", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3", "FREQ=YEARLY;BYDAY=53MO;COUNT=3",
        "FREQ=MONTHLY;BYDAY=6MO;COUNT=3", "FREQ=MONTHLY;BYMONTHDAY=32;COUNT=3",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=400;COUNT=3", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-367;UNTIL=20290101",
        "FREQ=DAILY;BYHOUR=1,2,3,4,5,6;BYMINUTE=1,2,3;BYSECOND=1,2,3;COUNT=9999",
        $"FREQ=DAILY;BYHOUR={List(0, 23)};BYMINUTE={List(0, 59)};BYSECOND={List(0, 59)};BYSETPOS=-1;UNTIL=20300101",
            $"FREQ=YEARLY;BYYEARDAY={List(1, 366)};COUNT=400",
        $"FREQ=YEARLY;BYWEEKNO={List(1, 53)};COUNT=400", "FREQ=WEEKLY;BYDAY=XX;COUNT=2", "FREQ=WEEKLY;BYDAY=;COUNT=2", "FREQ=", "", ";",
            "FREQ=WEEKLY;COUNT=2;COUNT=3",
        "FREQ=WEEKLY;COUNT=2;UNTIL=20280101", "COUNT=2", "FREQ=WEEKLY;COUNT=2;X-ODD=1", "FREQ=WEEKLY\r\nSUMMARY:injected;COUNT=2",
        $"FREQ=WEEKLY;COUNT=2;BYDAY={string.Join(',', Enumerable.Repeat("MO", 2000))}",
        "FREQ=WEEKLY;COUNT=2;WKST=XX", "freq=weekly;count=2", "FREQ=WEEKLY;COUNT=２", "FREQ=WEEKLY;COUNT=2\u0000",
        "FREQ=YEARLY;INTERVAL=1000;COUNT=10", new string('F', 20_000),
    ];

    private static string[] Addresses => [
        "javascript:alert(1)", "data:text/html,<script>1</script>", "https://", "https:///x", "http://[::1",
        "https://exemple.example/\u0000", "https://exemple.example/" + new string('a', 3_000),
        "https://user:secret@exemple.example/", "ftp://exemple.example/", "//exemple.example", "https://exemple.example/\r\nX: y",
        "https://é.example/ü?q=é#ß", "https://exemple.example/<>\"'`",
        "file:///etc/passwd", "https://exemple.example:99999/", "mailto:a@b.example", "https://%zz.example/%", " https://exemple.example ",
        "https://[v1.x]/",
    ];

    private static IEnumerable<Poison> Odd()
    {
        foreach (var list in (string[])["themes", "audiences", "coOrganisers", "speakers"])
        {
            yield return new($"{list}-null", content => content[list] = new JsonArray(null, null));
            yield return new($"{list}-rien", content => content[list] = null);
            yield return new($"{list}-texte", content => content[list] = "logistique-urbaine");
            yield return new($"{list}-nombre", content => content[list] = new JsonArray(1, 2));
            yield return new($"{list}-objet", content => content[list] = new JsonArray(new JsonObject()));
            yield return new($"{list}-vide", content => content[list] = new JsonArray("", " ", "\u0000"));
            yield return new($"{list}-inconnu", content => content[list] = new JsonArray("<script>", "../..", new string('x', 5_000)));
            yield return new($"{list}-mille", content =>
                content[list] = new JsonArray([.. Enumerable.Range(0, 1_000).Select(number => JsonValue.Create($"valeur-{number}"))]));
        }

        yield return new("sessions-aucune", content => content["sessions"] = new JsonArray());
        yield return new("sessions-null", content => content["sessions"] = new JsonArray((JsonNode?)null));
        yield return new("sessions-rien", content => content["sessions"] = null);
        yield return new("sessions-doubles", content => content["sessions"]!.AsArray().Add(content["sessions"]![0]!.DeepClone()));
        yield return new("sessions-deux-mille", content =>
            content["sessions"] = new JsonArray([.. Enumerable.Range(1, 2_000).Select(number => new JsonObject
        {
            ["id"] = number.ToString(CultureInfo.InvariantCulture), ["start"] = "2027-03-10T09:00:00",
        })]));
        yield return new("sessions-mêlées", content => content["sessions"]!.AsArray()
            .Add(new JsonObject { ["id"] = "2", ["start"] = "2027-03-11" }));
        yield return new("fin-avant-début", content => content["sessions"]![0]!["end"] = "2027-03-09T09:00:00");
        yield return new("cent-ans", content => content["sessions"]![0]!["end"] = "2127-03-09T09:00:00");
        yield return new("exceptions-nulles", content => content["recurrence"] = new JsonObject
        {
            ["rule"] = "FREQ=WEEKLY;COUNT=3",
            ["except"] = new JsonArray(null, "soon", "0001-01-01")
        });
        yield return new("exceptions-rien", content => content["recurrence"] = new JsonObject
        {
            ["rule"] = "FREQ=WEEKLY;COUNT=3",
            ["except"] = null
        });
        yield return new("règle-rien", content => content["recurrence"] = new JsonObject { ["rule"] = null, ["except"] = new JsonArray() });
        yield return new("règle-journée", content =>
        {
            content["sessions"] = new JsonArray(new JsonObject { ["id"] = "1", ["start"] = "2027-03-10", ["end"] = "2027-03-11" });
            content["recurrence"] = new JsonObject
            {
                ["rule"] = "FREQ=WEEKLY;UNTIL=20270501T000000Z",
                ["except"] = new JsonArray("2027-03-17T09:00:00")
            };
        });
        foreach (var field in (string[])["visibility", "status", "attendance", "format", "language"])
        {
            yield return Field($"{field}-inconnu", field, "inconnu");
            yield return Field($"{field}-vide", field, "");
            yield return Field($"{field}-long", field, new string('x', 10_000));
            yield return new($"{field}-rien", content => content[field] = null);
            yield return new($"{field}-nombre", content => content[field] = 7);
        }

        foreach (var (latitude, longitude) in new[] { ("NaN", "NaN"), ("1e309", "-1e309"), ("999", "999"), ("48,1", "1,6"), ("", ""),
            ("48.1\u0000", "x"), ("∞", "-∞") })
        {
            yield return new($"lieu-{latitude.Replace("\u0000", "", StringComparison.Ordinal)}", content =>
            {
                content["place"]!["latitude"] = latitude;
                content["place"]!["longitude"] = longitude;
            });
        }

        foreach (var region in (string[])["", "00", "999", "53\u0000", "Bretagne", "<b>"])
        {
            yield return Field($"région-{region.Replace("\u0000", "0", StringComparison.Ordinal)}", "place.region", region);
        }

        yield return new("lieu-texte", content => content["place"] = "Rennes");
        yield return new("lieu-rien", content => content["place"] = null);
        yield return new("titre-rien", content => content["title"] = null);
        yield return new("titre-vide", content => content["title"] = "");
        yield return new("titre-objet", content => content["title"] = new JsonObject { ["fr"] = "Titre" });
        yield return new("titre-long", content => content["title"] = new string('t', 100_000));
        yield return new("image-rien", content => content["image"] = new JsonObject { ["url"] = null, ["alt"] = null });
        yield return new("source-rien", content => content["source"] = new JsonObject { ["system"] = null, ["key"] = null });
        yield return new("pdf-nul", content => content["files"] = new JsonArray((JsonNode?)null), Kinds.BestPractice);
        yield return new("liens-nuls", content => content["slides"] = new JsonArray((JsonNode?)null), Kinds.Webinar);
        yield return new("relue-bientôt", content => content["reviewedOn"] = "bientôt", Kinds.BestPractice);
        yield return new("relire-an-un", content => content["reviewBy"] = "0001-01-01", Kinds.BestPractice);
        yield return new("liées-étranges", content => content["related"] = new JsonArray(null, "", "x",
            "bsc-0198c0de-0000-7000-8000-000000000001"), Kinds.BestPractice);
        yield return new("inscriptions-nulles", content => content["registrations"] = new JsonArray((JsonNode?)null), Kinds.Webinar);
    }

    private static IEnumerable<Poison> In(string path, (string Name, string Text) hostile, string kind = Kinds.Event)
    {
        // The name stays in the title: beside a hostile title it stands in front.
        yield return new($"{path}-{hostile.Name}-{kind}", content =>
        {
            Put(content, "image", path.StartsWith("image", StringComparison.Ordinal)
                ? new JsonObject { ["url"] = "https://exemple.example/i.png", ["alt"] = "" } : null);
            Put(content, path, path == "title" ? $"{hostile.Name} {hostile.Text}" : hostile.Text);
        }, kind);
    }

    private static Poison Field(string name, string path, string value) => new(name, content => Put(content, path, value));

    private static Poison Rule(string name, string rule) =>
        new(name, content => content["recurrence"] = new JsonObject { ["rule"] = rule, ["except"] = new JsonArray() });

    private static Poison Image(string name, string address) =>
        new(name, content => content["image"] = new JsonObject { ["url"] = address, ["alt"] = "Un quai" });

    private static void Put(JsonObject content, string path, JsonNode? value)
    {
        if (path == "image" && value is null)
        {
            return;
        }

        JsonNode at = content;
        var steps = path.Split('.');
        foreach (var step in steps[..^1])
        {
            at = (int.TryParse(step, CultureInfo.InvariantCulture, out var index) ? at[index] : at[step]) ?? (at[step] = new JsonObject());
        }

        at[steps[^1]] = value;
    }

    private static JsonNode Nested(int depth)
    {
        JsonNode inner = JsonValue.Create(1);
        for (var level = 0; level < depth; level++)
        {
            inner = new JsonArray(inner);
        }

        return inner;
    }

    private static string List(int from, int to) => string.Join(',', Enumerable.Range(from, to - from + 1));
}
