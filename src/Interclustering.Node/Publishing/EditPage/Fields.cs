using Interclustering.Node.Publishing.Scheduling;

namespace Interclustering.Node.Publishing.EditPage;

/// <summary>Beginnings of the ids of the fields of each folded part: an error at one of them opens it.</summary>
internal static class Fields
{
    /// <summary>Of further sessions, but not of the first one's date and hours, which are never folded.</summary>
    public static IReadOnlyList<string> Dates { get; } =
    [
        "endDate-", "label-", "repeat", "timeZone",
        .. Enumerable.Range(1, 9).SelectMany(digit => new[] { $"date-{digit}", $"start-{digit}", $"end-{digit}" }),
    ];

    public static IReadOnlyList<string> Place { get; } =
        ["attendance", "placeName", "city", "street", "postalCode", "region", "onlineUrl", "registrationUrl"];

    public static IReadOnlyList<string> Content { get; } = ["summary", "text", "speakers", "image"];

    public static IReadOnlyList<string> Subjects { get; } = ["format", "themes", "audiences"];

    public static IReadOnlyList<string> Recording { get; } = ["replayUrl", "slides"];

    public static IReadOnlyList<string> People { get; } = ["owner", "contacts", "reviewedOn", "reviewBy", "related"];

    public static IReadOnlyList<string> Files { get; } = ["files", "alt-"];

    public static IReadOnlyList<string> Status { get; } = ["status", "statusReason"];

    public static IReadOnlyList<string> Visibility { get; } = ["visibility", "coOrganisers"];

    public static IReadOnlyList<string> Schedule { get; } = [ScheduleField.Day, ScheduleField.Hour];
}
