using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Interclustering.IntegrationTests.Poison;

/// <summary>An item in the form of each door. What a door has no words for is left out there.</summary>
internal static class PoisonDoors
{
    /// <summary>The fields of the workspace's form.</summary>
    public static IEnumerable<(string Name, string Value)> Form(JsonObject content)
    {
        foreach (var (field, path) in new[]
        {
            ("title", "title"), ("summary", "summary"), ("text", "text"), ("visibility", "visibility"), ("timeZone", "timeZone"),
            ("format", "format"), ("attendance", "attendance"),
            ("status", "status"), ("statusReason", "statusReason"), ("onlineUrl", "url"), ("registrationUrl", "registrationUrl"),
            ("placeName", "place.name"), ("street", "place.street"),
            ("city", "place.city"), ("region", "place.region"), ("imageUrl", "image.url"), ("imageAlt", "image.alt"),
            ("reviewedOn", "reviewedOn"), ("reviewBy", "reviewBy"),
        })
        {
            yield return (field, Words(content, path));
        }

        foreach (var list in (string[])["themes", "audiences", "coOrganisers"])
        {
            foreach (var value in (content[list] as JsonArray ?? []).OfType<JsonValue>())
            {
                yield return (list, value.ToString());
            }
        }

        yield return ("speakers", string.Join('\n', (content["speakers"] as JsonArray ?? []).OfType<JsonValue>()));
        yield return ("related", string.Join('\n', (content["related"] as JsonArray ?? []).OfType<JsonValue>()));
        foreach (var session in (content["sessions"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var (start, end) = (Split(Words(session, "start")), Split(Words(session, "end")));
            yield return ("sessionId", "");
            yield return ("date", start.Date);
            yield return ("start", start.Time);
            yield return ("endDate", end.Date);
            yield return ("end", end.Time);
            yield return ("label", Words(session, "label"));
        }

        if (content["recurrence"] is JsonObject recurrence)
        {
            yield return ("repeat", "RRULE:" + Words(recurrence, "rule"));
            foreach (var except in (recurrence["except"] as JsonArray ?? []).OfType<JsonValue>())
            {
                yield return ("except", except.ToString());
            }
        }
    }

    /// <summary>What a cluster's own site sends.</summary>
    public static string Api(Poison poison)
    {
        var content = poison.Content();
        var sent = new JsonObject { ["kind"] = poison.Kind };
        foreach (var field in (string[])["title", "summary", "text", "url", "themes", "audiences", "coOrganisers", "visibility",
            "timeZone", "sessions", "format", "attendance", "status",
            "statusReason", "registrationUrl", "image", "reviewedOn", "reviewBy"])
        {
            if (content.ContainsKey(field))
            {
                sent[field] = content[field]?.DeepClone();
            }
        }

        foreach (var session in (sent["sessions"] as JsonArray ?? []).OfType<JsonObject>())
        {
            session.Remove("id");
        }

        if (content["place"] is JsonObject place)
        {
            sent["place"] = new JsonObject
            {
                ["name"] = place["name"]?.DeepClone(),
                ["city"] = place["city"]?.DeepClone(),
                ["region"] = place["region"]?.DeepClone()
            };
        }

        if (content["recurrence"] is JsonObject recurrence)
        {
            (sent["recurrence"], sent["except"]) = (recurrence["rule"]?.DeepClone(), recurrence["except"]?.DeepClone());
        }

        return sent.ToJsonString().Replace(Poison.LoneSurrogate, "\\ud800", StringComparison.Ordinal);
    }

    /// <summary>An iCalendar file.</summary>
    public static string Calendar(IEnumerable<Poison> items)
    {
        var text = new StringBuilder("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//poison//FR\r\nX-WR-TIMEZONE:Europe/Paris\r\n");
        foreach (var (poison, content) in items.Select(item => (item, item.Content())))
        {
            text.Append(CultureInfo.InvariantCulture, $"BEGIN:VEVENT\r\nUID:{Key(poison)}\r\nDTSTAMP:20260101T000000Z\r\n");
            Line("SUMMARY", Words(content, "title"));
            Line("DESCRIPTION", Words(content, "text"));
            Line("LOCATION", Words(content, "place.name"));
            foreach (var session in (content["sessions"] as JsonArray ?? []).OfType<JsonObject>().Take(1))
            {
                Time("DTSTART", Words(session, "start"));
                Time("DTEND", Words(session, "end"));
            }

            void Time(string name, string time) => text.Append(time.Length == 0 ? ""
                : time.Length == 10 ? $"{name};VALUE=DATE:{Compact(time)}\r\n"
                    : $"{name};TZID={Words(content, "timeZone")}:{Compact(time)}\r\n");
            text.Append(content["recurrence"] is JsonObject recurrence ? $"RRULE:{Words(recurrence, "rule")}\r\n" : "");
            text.Append(content.ContainsKey("url") ? $"URL:{Words(content, "url")}\r\n" : "");
            text.Append("CATEGORIES:").AppendJoin(',', (content["themes"] as JsonArray ?? []).OfType<JsonValue>())
                .Append("\r\nEND:VEVENT\r\n");
        }

        return text.Append("END:VCALENDAR\r\n").Replace(Poison.LoneSurrogate, "\ufffd").ToString();

        void Line(string name, string value) => text.Append(name).Append(':').Append(value
            .Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal)
                .Replace(",", "\\,", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append("\r\n");
    }

    /// <summary>An answer of The Events Calendar.</summary>
    public static string TheEventsCalendar(IEnumerable<Poison> items) => Json(new JsonObject
    {
        ["events"] = new JsonArray([.. items.Select(poison => (poison, poison.Content())).Select(item => new JsonObject
        {
            ["id"] = 1,
            ["global_id"] = Key(item.poison),
            ["title"] = item.Item2["title"]?.DeepClone(),
            ["description"] = item.Item2["text"]?.DeepClone(),
            ["excerpt"] = item.Item2["summary"]?.DeepClone(),
            ["url"] = item.Item2["url"]?.DeepClone(),
            ["timezone"] = item.Item2["timeZone"]?.DeepClone(),
            ["start_date"] = Spaced(Words(item.Item2, "sessions.0.start")),
            ["end_date"] = Spaced(Words(item.Item2, "sessions.0.end")),
            ["utc_start_date"] = Spaced(Words(item.Item2, "sessions.0.start")),
            ["venue"] = item.Item2["place"] is JsonObject place
                ? new JsonObject { ["venue"] = place["name"]?.DeepClone(), ["city"] = place["city"]?.DeepClone(),
                    ["geo_lat"] = place["latitude"]?.DeepClone() } : item.Item2["place"]?.DeepClone(),
            ["image"] = item.Item2["image"]?.DeepClone(),
            ["categories"] = item.Item2["themes"]?.DeepClone(),
        })]),
    });

    /// <summary>An export of OpenAgenda.</summary>
    public static string OpenAgenda(IEnumerable<Poison> items) => Json(new JsonObject
    {
        ["events"] = new JsonArray([.. items.Select(poison => (poison, poison.Content())).Select(item => new JsonObject
        {
            ["uid"] = Key(item.poison),
            ["title"] = new JsonObject { ["fr"] = item.Item2["title"]?.DeepClone() },
            ["description"] = new JsonObject { ["fr"] = item.Item2["summary"]?.DeepClone() },
            ["longDescription"] = new JsonObject { ["fr"] = item.Item2["text"]?.DeepClone() },
            ["timezone"] = item.Item2["timeZone"]?.DeepClone(),
            ["timings"] = new JsonArray([.. (item.Item2["sessions"] as JsonArray ?? []).Select(session => session is JsonObject times
                ? new JsonObject { ["begin"] = Words(times, "start"), ["end"] = times["end"]?.DeepClone() } : null)]),
            ["location"] = item.Item2["place"] is JsonObject place ? new JsonObject
            {
                ["name"] = place["name"]?.DeepClone(), ["city"] = place["city"]?.DeepClone(), ["region"] = place["region"]?.DeepClone(),
                ["latitude"] = place["latitude"]?.DeepClone(), ["longitude"] = place["longitude"]?.DeepClone(),
            } : item.Item2["place"]?.DeepClone(),
            ["canonicalUrl"] = item.Item2["url"]?.DeepClone(),
            ["registration"] = new JsonArray(new JsonObject { ["value"] = item.Item2["registrationUrl"]?.DeepClone() }),
            ["keywords"] = new JsonObject { ["fr"] = item.Item2["themes"]?.DeepClone() },
            ["attendanceMode"] = 1,
        })]),
    });

    /// <summary>A page with schema.org events.</summary>
    public static string Page(IEnumerable<Poison> items) =>
        "<!doctype html><html lang=\"fr\"><title>Agenda</title><script type=\"application/ld+json\">" + Json(new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@graph"] = new JsonArray([.. items.Select(poison => (poison, poison.Content())).Select(item => new JsonObject
            {
                ["@type"] = "Event",
                ["@id"] = $"https://exemple.example/{Uri.EscapeDataString(Key(item.poison))}",
                ["name"] = item.Item2["title"]?.DeepClone(),
                ["description"] = item.Item2["text"]?.DeepClone(),
                ["startDate"] = item.Item2["sessions"] is JsonArray and [JsonObject first, ..] ? first["start"]?.DeepClone() : null,
                ["endDate"] = item.Item2["sessions"] is JsonArray and [JsonObject last, ..] ? last["end"]?.DeepClone() : null,
                ["previousStartDate"] = item.Item2["previousStart"]?.DeepClone(),
                ["location"] = item.Item2["place"]?.DeepClone(),
                ["url"] = item.Item2["url"]?.DeepClone(),
                ["image"] = item.Item2["image"]?.DeepClone(),
                ["keywords"] = item.Item2["themes"]?.DeepClone(),
                ["offers"] = new JsonObject { ["url"] = item.Item2["registrationUrl"]?.DeepClone() },
            })]),
        }) + "</script><p>Agenda</p></html>";

    /// <summary>What a field holds, as text; empty where there is none.</summary>
    public static string Words(JsonObject content, string path)
    {
        JsonNode? at = content;
        foreach (var step in path.Split('.'))
        {
            at = at switch
            {
                JsonObject item => item[step],
                JsonArray list when int.TryParse(step, CultureInfo.InvariantCulture, out var index) && index < list.Count => list[index],
                _ => null,
            };
        }

        return at is JsonValue value ? value.ToString() : "";
    }

    private static string Key(Poison poison) => $"poison-{poison.Name}";

    private static string Json(JsonObject content) => content.ToJsonString()
        .Replace(Poison.LoneSurrogate, "\\ud800", StringComparison.Ordinal);

    private static (string Date, string Time) Split(string text) =>
        text.Length > 11 && text[10] == 'T' ? (text[..10], text[11..].EndsWith(":00", StringComparison.Ordinal) && text.Length == 19
            ? text[11..16] : text[11..]) : (text, "");

    private static string Compact(string time) => time.Replace("-", "", StringComparison.Ordinal)
        .Replace(":", "", StringComparison.Ordinal);

    private static string Spaced(string time) => time.Length == 10 ? time + " 00:00:00" : time.Replace('T', ' ');
}
