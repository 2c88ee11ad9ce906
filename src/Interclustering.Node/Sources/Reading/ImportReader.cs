using System.Text.Json;
using System.Text.RegularExpressions;

namespace Interclustering.Node.Sources.Reading;

/// <summary>Recognises what a source has sent by its content, and reads it. Pure, and never an exception, whatever the bytes.</summary>
public static partial class ImportReader
{
    /// <param name="content">The bytes as they came.</param>
    /// <param name="origin">File name or address, for keys of sources that have none of their own; may be absent.</param>
    /// <param name="today">In Paris: series that have no end are read for some years from here.</param>
    public static ImportDocument Read(ReadOnlyMemory<byte> content, string? origin, DateOnly today)
    {
        var text = SourceText.Decode(content.Span).TrimStart('\uFEFF').TrimStart();
        if (text.StartsWith("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase))
        {
            return CalendarReader.Read(SourceText.DecodeFolded(content.Span), today);
        }

        if (text.StartsWith('<'))
        {
            return FeedReader.Recognises(text) ? FeedReader.Read(text, origin) : StructuredDataReader.Read(text, origin);
        }

        return text.StartsWith('{') || text.StartsWith('[')
            ? ReadJson(text, origin)
            : ImportDocument.Unreadable("", text.Length == 0
                ? T["Le contenu est vide."]
                : T["Le contenu n’est pas reconnu : ni iCalendar, ni The Events Calendar, ni OpenAgenda, ni page web."]);
    }

    private static ImportDocument ReadJson(string text, string? origin)
    {
        try
        {
            using var document = JsonDocument.Parse(WithoutLoneSurrogates(text));
            var root = document.RootElement;
            if (JsonEvents.IsJsonLd(root))
            {
                return StructuredDataReader.Read(root, origin);
            }

            if (JsonEvents.In(root) is not { } items)
            {
                return ImportDocument.Unreadable("", JsonEvents.WhyNone(root));
            }

            return items.Any(LooksLikeTheEventsCalendar) || root.Member("rest_url").ValueKind == JsonValueKind.String
                ? TheEventsCalendarReader.Read(items, root, origin) : OpenAgendaReader.Read(items, root, origin);
        }
        catch (JsonException)
        {
            return ImportDocument.Unreadable("", T["Le contenu JSON est incomplet ou abîmé : il ne peut pas être lu."]);
        }
    }

    private static bool LooksLikeTheEventsCalendar(JsonElement item) =>
        item.Member("global_id").ValueKind != JsonValueKind.Undefined || item.Member("utc_start_date").ValueKind != JsonValueKind.Undefined;

    // The JSON reader refuses half of a surrogate pair only when a string is asked for: too late to say which.
    internal static string WithoutLoneSurrogates(string text) =>
        Escape().Replace(text, match => match.Groups["lone"].Success ? "" : match.Value);

    [GeneratedRegex(@"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<lone>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
        RegexOptions.Singleline)]
    private static partial Regex Escape();
}
