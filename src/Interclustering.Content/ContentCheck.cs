using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Interclustering.Contracts;
using Interclustering.Dates;
using Interclustering.Files;

namespace Interclustering.Content;

/// <summary>
/// Whether a publication may stand: what the published JSON Schemas say, and what no schema can. Every door asks here, the form, the API,
/// imports, and both ends of the bus, so that what one accepts the next one accepts too, and nothing that passes can stop a reader.
/// </summary>
public static partial class ContentCheck
{
    /// <summary>How deep objects and lists may nest in a publication, fields of later versions included.</summary>
    public const int MostDeep = 16;

    private const int FirstYear = PublishedYears.First, LastYear = PublishedYears.Last;
    private const string Nonce = "/nonce";

    private static readonly Dictionary<string, (string Record, Func<JsonElement, Publication?> Read)> Known = new()
    {
        [Kinds.Event] = ("Event", Read<Event>),
        [Kinds.Webinar] = ("Webinar", Read<Webinar>),
        [Kinds.BestPractice] = ("BestPractice", Read<BestPractice>),
        [Kinds.Person] = ("Person", Read<Person>),
        [Kinds.DateHold] = ("DateHold", Read<DateHold>),
        [Kinds.CoOrganisation] = ("CoOrganisation", Read<CoOrganisation>),
        [Kinds.SameEvent] = ("SameEvent", Read<SameEvent>),
        [Kinds.RegistrationCount] = ("RegistrationCount", Read<RegistrationCount>),
        [Kinds.PlacesGiven] = ("PlacesGiven", Read<PlacesGiven>),
        [Kinds.LetterIssue] = ("LetterIssue", Read<LetterIssue>),
        [Kinds.JointWebinarFact] = ("JointWebinarFact", Read<JointWebinarFact>),
        [Kinds.JointWebinar] = ("JointWebinar", Read<JointWebinar>),
    };

    /// <summary>
    /// The problems of an entry's data; empty where it is valid. Of a kind that is not known, only what readers of any kind need is
    /// checked.
    /// </summary>
    public static IReadOnlyList<ContentProblem> Of(string kind, JsonElement data)
    {
        var json = JsonMarshal.GetRawUtf8Value(data);
        if (!Utf8.IsValid(json))
        {
            // A JSON reader takes such bytes in, and throws where the text is asked for.
            return [new("", ContentRules.Form)];
        }

        var problems = new List<ContentProblem>();
        if (!IsPlain(json))
        {
            LookInto(data, "", 1, problems);
        }

        if (problems.Count > 0 || !Known.TryGetValue(kind, out var known))
        {
            return problems;
        }

        // A publication that is checked before it is journaled has no nonce yet: the hub looks at those of entries.
        problems.AddRange(PublishedSchemas.Check(known.Record, data)
            .Where(problem => problem is not { At: Nonce, Rule: not ContentRules.Form }));
        return problems.Count > 0 ? problems : Judge(known.Read, data);
    }

    /// <summary>What keeps a publication that is about to be journaled from standing. It has no nonce yet.</summary>
    public static IReadOnlyList<ContentProblem> Of(Publication publication)
    {
        ArgumentNullException.ThrowIfNull(publication);
        return Of(
            Known.First(known => known.Value.Record == publication.GetType().Name).Key,
            JsonSerializer.SerializeToElement(publication, publication.GetType(), ContractJson.Options));
    }

    private static List<ContentProblem> Judge(Func<JsonElement, Publication?> read, JsonElement data)
    {
        try
        {
            return read(data) is { } publication
                ? [.. Said(publication).DistinctBy(problem => (problem.At, problem.Rule))] : [new("", ContentRules.Form)];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return [new("", ContentRules.Form)];
        }
    }

    /// <summary>What no schema can say, of a record that its schema accepts.</summary>
    private static IEnumerable<ContentProblem> Said(Publication publication) => publication switch
    {
        Event happening => Item(happening).Concat(Happening(happening)),
        BestPractice sheet => Item(sheet).Concat(Day(sheet.ReviewedOn, "/reviewedOn")).Concat(Day(sheet.ReviewBy, "/reviewBy")),
        Person person => Blank(person.Name, "/name"),
        DateHold hold => Blank(hold.Title, "/title").Concat(Span(hold.Start, hold.End, "")).Concat(Day(hold.ExpiresOn, "/expiresOn")),
        CoOrganisation said => (said.Corrections is { } corrections ? Corrected(corrections) : [])
            .Concat(Registered(said.Registration, "/registration")).Concat(said.RegistrationUrl is { } url && !IsWebAddress(url)
                ? [new ContentProblem("/registrationUrl", ContentRules.Address)] : Array.Empty<ContentProblem>()),
        SameEvent same when same.Event == same.Other => [new ContentProblem("/other", ContentRules.Twice)],
        RegistrationCount count when count.Counts.DistinctBy(each => each.Session).Count() != count.Counts.Count =>
            [new ContentProblem("/counts", ContentRules.Twice)],
        LetterIssue letter => Day(letter.SentOn, "/sentOn"),
        JointWebinarFact fact => Fact(fact),
        JointWebinar ruling => Day(ruling.Slot, "/slot"),
        _ => [],
    };

    private static IEnumerable<ContentProblem> Item(PublishedItem item) => Blank(item.Title, "/title")
        .Concat(AddressesOf(item).Where(link => link.Url is { } url && !IsWebAddress(url))
            .Select(link => new ContentProblem(link.At, ContentRules.Address)))
        .Concat(PublishedFiles.Refuse(item.Files ?? []) is null ? [] : [new ContentProblem("/files", ContentRules.Spelling)])
        .Concat(item is Event { Image.File: { } picture }
            && (PublishedFiles.Refuse([picture]) is not null || !PublishedFiles.IsPicture(picture))
                ? [new ContentProblem("/image/file", ContentRules.Spelling)] : []);

    private static IEnumerable<ContentProblem> Happening(Event item)
    {
        var zone = TimeZones.IsKnown(item.TimeZone) ? [] : new[] { new ContentProblem("/timeZone", ContentRules.Zone) };
        var times = item.Sessions.SelectMany((session, index) => Span(session.Start, session.End, $"/sessions/{index}"))
            .Concat(item.Sessions.DistinctBy(session => session.Id).Count() == item.Sessions.Count
                ? [] : [new ContentProblem("/sessions", ContentRules.Twice)])
            .Concat(Day(item.PreviousStart, "/previousStart"))
            .Concat((item.Recurrence?.Except ?? []).SelectMany((start, index) => Day(start, $"/recurrence/except/{index}")));
        List<ContentProblem> problems = [.. zone, .. times, .. Coordinates(item.Place), .. Registered(item.Registration, "/registration")];
        return problems.Count > 0 ? problems : Repeats(item);
    }

    private static IEnumerable<ContentProblem> Registered(RegistrationTerms? terms, string at)
    {
        List<ContentProblem> problems = [.. Day(terms?.Opens, $"{at}/opens"), .. Day(terms?.Closes, $"{at}/closes")];
        if (problems.Count == 0 && terms is { Opens: { } opens, Closes: { } closes } && string.CompareOrdinal(closes, opens) < 0)
        {
            problems.Add(new($"{at}/closes", ContentRules.Order));
        }

        var fields = terms?.Fields ?? [];
        return fields.DistinctBy(field => field.Name).Count() == fields.Count ? problems
            : [.. problems, new($"{at}/fields", ContentRules.Twice)];
    }

    /// <summary>
    /// The times that it takes place at, as all readers work them out on the day of its first session: what stands today stands on every
    /// day.
    /// </summary>
    private static IEnumerable<ContentProblem> Repeats(Event item)
    {
        if (item.Recurrence is { } recurrence
            && (!EndsInTime(recurrence.Rule) || Repetition.Judge(item.Sessions[0], recurrence, item.TimeZone) is not null))
        {
            return [new("/recurrence", ContentRules.Repetition)];
        }

        try
        {
            var first = DateOnly.FromDateTime(EventTimes.Local(item.Sessions[0].Start));
            return EventTimes.Of(item, first).All(time => time.LastDay.Year is >= FirstYear - 1 and <= LastYear + 3)
                ? [] : [new("/sessions", ContentRules.Date)];
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return [new("/sessions", ContentRules.Unshowable)];
        }
    }

    private static bool EndsInTime(string rule) => Until().Match(rule) is not { Success: true } until
        || (int.TryParse(until.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= FirstYear
            and <= LastYear);

    private static IEnumerable<ContentProblem> Fact(JointWebinarFact fact) =>
    [
        .. fact.Fact == JointWebinarFacts.RemarkMade ? Blank(fact.Text, "/text") : [],
        .. Registered(fact.Participation?.Registration, "/participation/registration"),
        .. Day(fact.Slot, "/slot"), .. Day(fact.Line?.BegunAt, "/line/begunAt"),
        .. Day(fact.Task?.DueOn, "/task/dueOn"), .. Day(fact.Proposal?.Deadline, "/proposal/deadline"),
        .. (fact.Proposal?.Slots ?? []).SelectMany((slot, index) => Day(slot, $"/proposal/slots/{index}")),
        .. (fact.Answer?.Slots ?? []).SelectMany((each, index) => Day(each.Slot, $"/answer/slots/{index}/slot")),
        .. fact.Proposal is { } proposal ? Blank(proposal.Title, "/proposal/title") : [],
        .. fact.Announcement is { } announcement ? Blank(announcement.Title, "/announcement/title") : [],
        .. fact.Draft is { } draft ? Blank(draft.Title, "/draft/title") : [],
        .. AddressesOf(fact).Where(link => link.Url is { } url && !IsWebAddress(url))
            .Select(link => new ContentProblem(link.At, ContentRules.Address)),
    ];

    private static IEnumerable<ContentProblem> Corrected(ProposedCorrections said) =>
    [
        .. said.Title is { } title ? Blank(title, "/corrections/title") : [],
        .. said.Start is { } start ? Span(start, said.End, "/corrections") : Day(said.End, "/corrections/end"),
        .. said.RegistrationUrl is { } url && !IsWebAddress(url)
            ? [new ContentProblem("/corrections/registrationUrl", ContentRules.Address)] : Array.Empty<ContentProblem>(),
    ];

    private static IEnumerable<(string At, string? Url)> AddressesOf(JointWebinarFact fact) =>
    [
        ("/link/url", fact.Link?.Url), ("/participation/logoUrl", fact.Participation?.LogoUrl),
            ("/participation/registrationUrl", fact.Participation?.RegistrationUrl),
        ("/announcement/platformUrl", fact.Announcement?.PlatformUrl), ("/announcement/image/url", fact.Announcement?.Image?.Url),
            ("/replay/url", fact.Replay?.Url),
        .. (fact.Replay?.Slides ?? []).Select((link, index) => ($"/replay/slides/{index}/url", (string?)link.Url)),
    ];

    /// <summary>Every address that a page would make a link of.</summary>
    private static IEnumerable<(string At, string? Url)> AddressesOf(PublishedItem item) =>
    [
        ("/url", item.Url), ("/source/url", item.Source?.Url),
        .. item is Event happening ? [("/onlineUrl", happening.OnlineUrl), ("/registrationUrl", happening.RegistrationUrl),
            ("/image/url", happening.Image?.Url)] : Array.Empty<(string, string?)>(),
        .. item is Webinar webinar ? [("/platformUrl", webinar.PlatformUrl), ("/replayUrl", webinar.ReplayUrl)] : Array.Empty<(
            string, string?)>(),
        .. ((item as Webinar)?.Slides ?? []).Select((link, index) => ($"/slides/{index}/url", (string?)link.Url)),
        .. ((item as Event)?.Registrations ?? []).SelectMany((one, index) =>
            new[] { ($"/registrations/{index}/url", one.Url), ($"/registrations/{index}/logoUrl", one.LogoUrl) }),
        .. ((item as BestPractice)?.Attachments ?? []).Select((link, index) => ($"/attachments/{index}/url", (string?)link.Url)),
    ];

    private static bool IsWebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" && address.Host.Length > 0;

    private static IEnumerable<ContentProblem> Coordinates(Place? place) =>
        new[] { ("/place/latitude", place?.Latitude, 90m), ("/place/longitude", place?.Longitude, 180m) }
            .Where(each => each.Item2 is { } text
                && !(decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees)
                && Math.Abs(degrees) <= each.Item3))
            .Select(each => new ContentProblem(each.Item1, ContentRules.Coordinate));

    private static IEnumerable<ContentProblem> Span(string start, string? end, string at)
    {
        List<ContentProblem> problems = [.. Day(start, $"{at}/start"), .. Day(end, $"{at}/end")];
        return problems.Count == 0 && end is not null && string.CompareOrdinal(end, start) < 0
            ? [new($"{at}/end", ContentRules.Order)] : problems;
    }

    /// <summary>Schemas know the shape of a date, and not that February has 28 days.</summary>
    private static IEnumerable<ContentProblem> Day(string? text, string pointer) => text is null
        || (DateTime.TryParseExact(text, ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var local)
            && local.Year is >= FirstYear and <= LastYear) ? [] : [new(pointer, ContentRules.Date)];

    private static IEnumerable<ContentProblem> Blank(string? text, string pointer) => string.IsNullOrWhiteSpace(text)
        ? [new(pointer, ContentRules.Empty)] : [];

    /// <summary>Whether <see cref="LookInto"/> would find nothing, as the bytes tell: nearly always.</summary>
    private static bool IsPlain(ReadOnlySpan<byte> json)
    {
        var (depth, inText) = (0, false);
        for (var at = 0; at < json.Length; at++)
        {
            switch (json[at])
            {
                case (byte)'\\':
                    if (json[at + 1] == 'u')
                    {
                        return false;
                    }

                    at++;
                    break;
                case (byte)'"':
                    inText = !inText;
                    break;
                case (byte)'{' or (byte)'[' when !inText && ++depth > MostDeep:
                    return false;
                case (byte)'}' or (byte)']' when !inText:
                    depth--;
                    break;
            }
        }

        return true;
    }

    /// <summary>What readers of any kind need: U+0000 is what PostgreSQL can't keep, and depth is what recursion can't survive.</summary>
    private static void LookInto(JsonElement value, string pointer, int depth, List<ContentProblem> problems)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object or JsonValueKind.Array when depth > MostDeep:
                problems.Add(new(pointer, ContentRules.Deep, MostDeep));
                break;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    // An unknown name is content, and is never reported.
                    var inner = PlainName().IsMatch(member.Name) ? $"{pointer}/{member.Name}" : $"{pointer}/…";
                    if (member.Name.Contains('\0', StringComparison.Ordinal))
                    {
                        problems.Add(new(inner, ContentRules.Characters));
                    }

                    LookInto(member.Value, inner, depth + 1, problems);
                }

                break;
            case JsonValueKind.Array:
                foreach (var (index, item) in value.EnumerateArray().Index())
                {
                    LookInto(item, $"{pointer}/{index}", depth + 1, problems);
                }

                break;
            case JsonValueKind.String when value.GetString()!.Contains('\0', StringComparison.Ordinal):
                problems.Add(new(pointer, ContentRules.Characters));
                break;
        }
    }

    private static T? Read<T>(JsonElement data) => data.Deserialize<T>(ContractJson.Options);

    [GeneratedRegex(@"UNTIL=([0-9]{4})")]
    private static partial Regex Until();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9]{0,40}\z")]
    private static partial Regex PlainName();
}
