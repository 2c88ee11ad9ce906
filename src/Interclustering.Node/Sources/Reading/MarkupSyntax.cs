using System.Collections.Frozen;

namespace Interclustering.Node.Sources.Reading;

/// <summary>What the attributes of one element say in a syntax.</summary>
/// <param name="Types">Of the item that it begins, in the terms of schema.org; null where it begins none.</param>
/// <param name="Id">Of that item.</param>
/// <param name="Properties">Of the item around it that it gives a value to.</param>
/// <param name="Value">That value, where an attribute has it; else it is the element's text.</param>
internal sealed record Mark(IReadOnlyList<string>? Types, string? Id, IReadOnlyList<string> Properties, string? Value);

/// <summary>A way to mark items in HTML.</summary>
/// <param name="EventsOnly">Whether its other items are of no interest: themes of blogs are full of them.</param>
/// <param name="Of">What a start says; null for nothing.</param>
internal sealed record MarkupSyntax(bool EventsOnly, Func<HtmlPart, Mark?> Of)
{
    private const string SchemaPrefix = "schema:";
    private const int MostTokens = 40;

    /// <summary>Properties whose value is to be read, also where the element is a link.</summary>
    private static readonly FrozenSet<string> Words = ["name", "description", "summary", "addressLocality", "streetAddress", "postalCode"];

    private static readonly FrozenDictionary<string, string> Microformats2 = new Dictionary<string, string>
    {
        ["h-event"] = "Event",
        ["h-card"] = "Place",
        ["h-adr"] = "PostalAddress",
        ["h-geo"] = "GeoCoordinates",
        ["h-entry"] = "Thing",
        ["p-name"] = ".name",
        ["dt-start"] = ".startDate",
        ["dt-end"] = ".endDate",
        ["dt-duration"] = ".duration",
        ["p-location"] = ".location",
        ["p-summary"] = ".description",
        ["e-content"] = ".description",
        ["p-description"] = ".description",
        ["e-description"] = ".description",
        ["p-category"] = ".keywords",
        ["u-url"] = ".url",
        ["u-uid"] = ".@id",
        ["u-photo"] = ".image",
        ["u-featured"] = ".image",
        ["p-adr"] = ".address",
        ["p-street-address"] = ".streetAddress",
        ["p-postal-code"] = ".postalCode",
        ["p-locality"] = ".addressLocality",
        ["p-region"] = ".addressRegion",
        ["p-country-name"] = ".addressCountry",
        ["p-geo"] = ".geo",
        ["p-latitude"] = ".latitude",
        ["p-longitude"] = ".longitude",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> HCalendar = new Dictionary<string, string>
    {
        ["vevent"] = "Event",
        ["vcard"] = "Place",
        ["adr"] = "PostalAddress.address",
        ["geo"] = "GeoCoordinates.geo",
        ["summary"] = ".name",
        ["dtstart"] = ".startDate",
        ["dtend"] = ".endDate",
        ["duration"] = ".duration",
        ["location"] = ".location",
        ["description"] = ".description",
        ["category"] = ".keywords",
        ["url"] = ".url",
        ["uid"] = ".@id",
        ["photo"] = ".image",
        ["fn"] = ".name",
        ["street-address"] = ".streetAddress",
        ["postal-code"] = ".postalCode",
        ["locality"] = ".addressLocality",
        ["region"] = ".addressRegion",
        ["country-name"] = ".addressCountry",
        ["latitude"] = ".latitude",
        ["longitude"] = ".longitude",
    }.ToFrozenDictionary();

    /// <summary>The likeliest first.</summary>
    public static readonly IReadOnlyList<MarkupSyntax> All =
    [
        new(false, Microdata), new(false, RdfaLite), new(true, part => Classes(part, Microformats2)),
        new(true, part => Classes(part, HCalendar)),
    ];

    public static IReadOnlyList<string> Tokens(string? attribute) =>
        attribute?.Split((char[]?)null, MostTokens + 1, StringSplitOptions.RemoveEmptyEntries).Take(MostTokens).ToList() ?? [];

    // HTML Living Standard, microdata.
    private static Mark? Microdata(HtmlPart part)
    {
        var types = part.Attribute("itemscope") is null && part.Attribute("itemtype") is null ? null : Tokens(part.Attribute("itemtype"));
        var properties = Tokens(part.Attribute("itemprop"));
        return types is null && properties.Count == 0 ? null
            : new Mark(types, part.Attribute("itemid"), properties, Value(part, properties));
    }

    // RDFa Lite 1.1, and rel as Drupal writes it.
    private static Mark? RdfaLite(HtmlPart part)
    {
        var types = part.Attribute("typeof") is { } named ? Tokens(named) : null;
        IReadOnlyList<string> properties =
        [
            .. Tokens(part.Attribute("property")).Select(Term).OfType<string>(),
            .. Tokens(part.Attribute("rel")).Where(name => name.StartsWith(SchemaPrefix, StringComparison.Ordinal)).Select(Term)
                .OfType<string>(),
        ];
        return types is null && properties.Count == 0 ? null
            : new Mark(types, part.Attribute("resource") ?? part.Attribute("about"), properties, Value(part, properties));
    }

    private static Mark? Classes(HtmlPart part, FrozenDictionary<string, string> meanings)
    {
        var meant = Tokens(part.Attribute("class")).Select(name => meanings.GetValueOrDefault(name)).OfType<string>()
            .Select(meaning => meaning.Split('.')).ToList();
        IReadOnlyList<string> types = [.. meant.Select(meaning => meaning[0]).Where(type => type.Length > 0)];
        IReadOnlyList<string> properties = [.. meant.Where(meaning => meaning.Length > 1).Select(meaning => meaning[1]).Distinct()];
        return meant.Count == 0 ? null
            : new Mark(types.Count == 0 ? null : types, null, properties,
                (part.Value == "abbr" ? part.Attribute("title") : null) ?? Value(part, properties));
    }

    private static string? Value(HtmlPart part, IReadOnlyList<string> properties)
    {
        if (part.Attribute("content") is { } content)
        {
            return content;
        }

        return part.Value switch
        {
            _ when part.Attribute("datetime") is { } time => time,
            "a" or "area" or "link" when !properties.Any(Words.Contains) => part.Attribute("href") ?? part.Attribute("resource"),
            "img" or "audio" or "embed" or "iframe" or "source" or "track" or "video" => part.Attribute("src"),
            "object" => part.Attribute("data"),
            "data" or "meter" => part.Attribute("value"),
            "meta" => "",
            _ => part.Attribute("typeof") is null ? part.Attribute("resource") : null,
        };
    }

    /// <summary>A property of schema.org; null for one of another vocabulary.</summary>
    private static string? Term(string name) => !name.Contains(':', StringComparison.Ordinal) ? name
        : name.StartsWith(SchemaPrefix, StringComparison.Ordinal) ? name[SchemaPrefix.Length..]
        : name.Contains("//schema.org/", StringComparison.Ordinal) ? name.Split('/')[^1] : null;
}
