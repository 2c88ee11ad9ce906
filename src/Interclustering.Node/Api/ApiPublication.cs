using System.ComponentModel;
using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Interclustering.Contracts;
using Interclustering.Node.Forms;
using Interclustering.Node.Publishing.Form;
using Interclustering.Node.Publishing.Recurrences;

namespace Interclustering.Node.Api;

/// <summary>A publication as a cluster's own site sends it. The whole of it each time: what is left out is emptied.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed partial record ApiPublication
{
    [Description("event, webinar or best-practice.")]
    public string Kind { get; init; } = Kinds.Event;

    [Description("1 to 200 characters.")]
    public string? Title { get; init; }

    [Description("One or two sentences, at most 500 characters.")]
    public string? Summary { get; init; }

    [Description("CommonMark, at most 60,000 characters.")]
    public string? Text { get; init; }

    [Description("The item's page on your site, https: it becomes the canonical address.")]
    public string? Url { get; init; }

    [Description("Slugs of themes, the main one first; see /api/v1/themes at the hub.")]
    public IReadOnlyList<string>? Themes { get; init; }

    [Description("Slugs of audiences.")]
    public IReadOnlyList<string>? Audiences { get; init; }

    [Description("Codes of the other clusters that organise it.")]
    public IReadOnlyList<string>? CoOrganisers { get; init; }

    [Description("public (the default), members or staff.")]
    public string? Visibility { get; init; }

    [Description("IANA name, Europe/Paris by default: all times are local to it.")]
    public string? TimeZone { get; init; }

    [Description("At least one for an event or a webinar.")]
    public IReadOnlyList<ApiSession>? Sessions { get; init; }

    [Description("RFC 5545 rule that repeats the first session, with COUNT or UNTIL: FREQ=MONTHLY;BYDAY=1TU;COUNT=6.")]
    public string? Recurrence { get; init; }

    [Description("Local starts that don't take place, of repeats or of the first session.")]
    public IReadOnlyList<string>? Except { get; init; }

    [Description("conference, workshop, site-visit, meetup or training.")]
    public string? Format { get; init; }

    [Description("on-site (the default), online or hybrid.")]
    public string? Attendance { get; init; }

    [Description("confirmed (the default), rescheduled, postponed or cancelled.")]
    public string? Status { get; init; }

    [Description("Why, and what to do.")]
    public string? StatusReason { get; init; }

    [Description("No place is left.")]
    public bool Full { get; init; }
    public ApiPlace? Place { get; init; }

    [Description("Where to follow it online.")]
    public string? OnlineUrl { get; init; }
    public string? RegistrationUrl { get; init; }
    public ApiPicture? Image { get; init; }

    [Description("At most 20, each brought before by POST …/files.")]
    public IReadOnlyList<ApiFile>? Files { get; init; }

    [Description("Where to see a webinar again.")]
    public string? ReplayUrl { get; init; }

    [Description("Of a sheet: 2026-10-02.")]
    public string? ReviewedOn { get; init; }

    [Description("Of a sheet: by when it is to be read again.")]
    public string? ReviewBy { get; init; }

    /// <summary>The list that holds a null, which JSON allows and no list of ours does; null when none does.</summary>
    internal string? ListWithNull => new (string Name, IEnumerable<object?>? List)[]
        { ("themes", Themes), ("audiences", Audiences), ("coOrganisers", CoOrganisers), ("sessions", Sessions), ("except", Except),
            ("files", Files) }
        .FirstOrDefault(list => list.List?.Contains(null) == true).Name;

    /// <summary>The fields of the form in the workspace: the same rules count here and there.</summary>
    internal ItemForm ToForm()
    {
        var form = ItemForm.Empty(Kind);
        foreach (var (field, value) in Plain)
        {
            form[field] = InputText.Clean(value ?? form[field]);
        }

        form.Themes.UnionWith(Themes ?? []);
        form.Audiences.UnionWith(Audiences ?? []);
        form.CoOrganisers.UnionWith(CoOrganisers ?? []);
        form.Except.UnionWith(Except ?? []);
        form.Sessions.Clear();
        var allDay = Sessions is { Count: > 0 } && Sessions.All(session => session.Start?.Length == 10);
        form["allDay"] = allDay ? "on" : "";
        form.Sessions.AddRange((Sessions ?? []).Select(session => session.ToInput(allDay)));
        return form;
    }

    private IEnumerable<(string Field, string? Value)> Plain =>
    [
        ("title", Title), ("summary", Summary), ("text", Text), ("visibility", Visibility), ("timeZone", TimeZone), ("format", Format),
            ("attendance", Attendance),
        ("status", Status), ("statusReason", StatusReason), ("full", Full ? "on" : ""), ("onlineUrl", OnlineUrl),
            ("registrationUrl", RegistrationUrl), ("replayUrl", ReplayUrl),
        ("placeName", Place?.Name), ("street", Place?.Street), ("postalCode", Place?.PostalCode), ("city", Place?.City),
            ("region", Place?.Region),
        ("imageUrl", Image?.Url), ("imageAlt", Image?.Alt), ("reviewedOn", ReviewedOn), ("reviewBy", ReviewBy),
            (RepeatField.Name, Recurrence is null ? "" : $"RRULE:{Recurrence}"),
    ];

    /// <summary>What a field of the form is called here.</summary>
    internal static string NameOf(string field) => SessionField().Match(field) is { Success: true } match
        ? $"sessions[{match.Groups["row"].Value}]."
            + (match.Groups["field"].Value.StartsWith("end", StringComparison.Ordinal) ? "end" : "start")
        : field switch
        {
            "placeName" => "place.name",
            "street" or "postalCode" or "city" or "region" => $"place.{field}",
            "image" => "image.sha256",
            "imageUrl" => "image.url",
            "imageAlt" => "image.alt",
            RepeatField.Name => "recurrence",
            _ when field.StartsWith("alt-", StringComparison.Ordinal) => "files",
            _ => field,
        };

    [GeneratedRegex(@"^(?<field>date|start|endDate|end)-(?<row>\d+)$")]
    private static partial Regex SessionField();
}

/// <summary>When it takes place, local to the time zone.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ApiSession
{
    [Description("2026-12-10T09:00:00, or 2026-12-10 for a whole day.")]
    public string? Start { get; init; }

    [Description("In the form of start; exclusive, so a whole day ends on the next one.")]
    public string? End { get; init; }

    [Description("What this session is, when there are several.")]
    public string? Label { get; init; }

    internal SessionInput ToInput(bool allDay)
    {
        var (start, end) = (Split(Start), Split(End));
        // An all-day end is inclusive for people, exclusive here.
        var last = allDay
            && DateOnly.TryParseExact(end.Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var after)
            ? after.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : end.Date;
        return new SessionInput("", start.Date, start.Time, last == start.Date ? "" : last, end.Time, Label ?? "");
    }

    /// <summary>A text that is not of this form stays whole, and is refused as the date.</summary>
    private static (string Date, string Time) Split(string? text) =>
        text is { Length: 16 or 19 } && text[10] == 'T' && (text.Length == 16 || text.EndsWith(":00", StringComparison.Ordinal))
            ? (text[..10], text[11..16]) : (text ?? "", "");
}

/// <summary>Where it takes place.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ApiPlace(string? Name = null, string? Street = null, string? PostalCode = null, string? City = null,
    [property: Description("INSEE code of the region: 53.")] string? Region = null);

/// <summary>A picture with its text alternative: by its address, or by a file that was brought before.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ApiPicture(string? Url = null, string? Alt = null,
    [property: Description("In place of url: as POST …/files answered.")] string? Sha256 = null,
    [property: Description("With sha256: as POST …/files answered.")] string? Name = null);

/// <summary>A file that was brought before.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ApiFile(
    [property: Description("As POST …/files answered.")] string? Sha256 = null,
    [property: Description("As POST …/files answered.")] string? Name = null,
    [property: Description("Of a picture: what it shows, for readers who don't see it.")] string? Alt = null);

/// <summary>What became of a publication.</summary>
public sealed record ApiOutcome(
    [property: Description("The publication's id in the federation; absent in a dry run of a new one.")] string? Id,
    [property: Description("created, updated, unchanged, withdrawn (a dry run of DELETE), kept: an editor changed it in the workspace, "
        + "and that text counts until it is given back to its source; or to-review: the cluster reviews before it publishes, and a member "
        + "has to read it first.")] string Outcome,
    [property: Description("Rises with each change; 0 before the first.")] long Revision,
    [property: Description("Whether nothing was written.")] bool DryRun);

/// <summary>A publication as the workspace has it.</summary>
public sealed record ApiState(string Id, [property: Description("draft, published or withdrawn.")] string State, long Revision,
    DateTimeOffset EditedAt, string EditedBy, object Publication);
