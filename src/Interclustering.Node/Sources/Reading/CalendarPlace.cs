using System.Text.RegularExpressions;
using Interclustering.Contracts;

namespace Interclustering.Node.Sources.Reading;

/// <summary>
/// Where an event of a calendar takes place: programs write links into the place, and their own rooms into properties of their own.
/// </summary>
/// <param name="Place">Null where it is only online, or nowhere.</param>
/// <param name="Online">Where to follow it.</param>
/// <param name="Attendance">One of <see cref="Contracts.Attendance"/>.</param>
internal sealed partial record CalendarPlace(Place? Place, string? Online, string Attendance)
{
    private static readonly string[] Links =
        ["CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK"];

    public static CalendarPlace Of(CalendarBlock block)
    {
        var stated = Links.SelectMany(block.All).Select(line => CleanText.Address(line.Text())).FirstOrDefault(link => link is not null);
        var location = block.Text("LOCATION") ?? "";
        var linked = Link().Matches(location).Select(link => CleanText.Address(link.Value.TrimEnd('.', ',', ';', ')')))
            .FirstOrDefault(link => link is not null);
        var name = CleanText.PlainField(linked is null
            ? location : Link().Replace(location, " ").Trim(' ', ',', ';', '-', '–', '(', ')', ':'));
        var online = stated ?? linked;
        // The name of a meeting program is no place; alone, it says that the event is online.
        var isRoom = name is not null && Room().IsMatch(name);
        var place = isRoom ? null : name;
        var (latitude, longitude) = Coordinates(block.First("GEO")?.Value);
        var there = place is null && latitude is null ? null : new Place { Name = place, Latitude = latitude, Longitude = longitude };
        return new CalendarPlace(there, online, online is null && !isRoom ? Contracts.Attendance.OnSite
            : there is null ? Contracts.Attendance.Online : Contracts.Attendance.Hybrid);
    }

    /// <summary>IMAGE (RFC 7986), or an attachment that says it is one.</summary>
    public static string? PictureOf(CalendarBlock block) => block.All("IMAGE").Concat(block.All("ATTACH").Where(line =>
            line.Parameters.GetValueOrDefault("FMTTYPE")?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) == true))
        .Select(line => CleanText.Address(line.Text())).FirstOrDefault(address => address is not null);

    private static (string? Latitude, string? Longitude) Coordinates(string? written) =>
        written?.Split(';', ',') is [var latitude, var longitude]
            && CleanText.Coordinate(latitude.Trim(), 90) is { } north && CleanText.Coordinate(longitude.Trim(), 180) is { } east
            ? (north, east) : (null, null);

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Link();

    [GeneratedRegex(@"^\W*(?:(?:réunion|reunion)\s+)?(?:microsoft\s+teams|teams|zoom|google\s+meet|webex|skype|jitsi)"
        + @"(?:\s+(?:meeting|réunion|reunion))?\W*$"
        + @"|^\W*(?:en\s+ligne|online|à\s+distance|a\s+distance|visio(?:conf[ée]rence)?|en\s+visio|distanciel|webinaire|webinar)\W*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Room();
}
