using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Files;
using Interclustering.Node.Files;
using Interclustering.Node.Forms;
using Interclustering.Node.Publishing.Form;
using Interclustering.Node.Publishing.Recurrences;
using Interclustering.Ui.Words;

namespace Interclustering.Node.Publishing.Mapping;

/// <summary>Reads what was typed into a publication, or says everything that stands in the way.</summary>
/// <param name="form">As typed.</param>
/// <param name="clusters">Codes of the clusters that may organise with this one.</param>
/// <param name="nowInParis">For a replay, which comes after the first start; null where that is not judged.</param>
public sealed class FormReading(ItemForm form, IReadOnlyList<string> clusters, DateTime? nowInParis = null)
{
    private const int LongestDescription = 300;
    private readonly List<FieldError> errors = [];

    public IReadOnlyList<FieldError> Errors => errors;

    /// <summary>It is another cluster's, which alone can describe its pictures.</summary>
    public bool IsOthers { get; init; }

    /// <summary>Of them, those that have left the federation: they stay where they are named already.</summary>
    public IReadOnlyList<string> Left { get; init; } = [];

    /// <summary>Of what <paramref name="own"/> publishes.</summary>
    public static FormReading Of(ItemForm form, FederationDirectory directory, string own, DateTime? nowInParis = null)
    {
        ArgumentNullException.ThrowIfNull(directory);
        var others = directory.Clusters.Where(cluster => cluster.Code != own).ToList();
        return new(form, [.. others.Select(cluster => cluster.Code)], nowInParis)
        {
            Left = [.. others.Where(cluster => cluster.Left is not null).Select(cluster => cluster.Code)],
        };
    }

    /// <summary>Null when something stands in the way; <paramref name="people"/> gives the ids of the persons named, in order.</summary>
    public PublishedItem? Read(bool draft, PublishedItem? known, Func<string, IReadOnlyList<string>> people)
    {
        var title = Text("title", 200, T["Le titre"]);
        if (title is null)
        {
            Refuse("title", T["Donnez un titre : c’est lui que l’on lit dans l’agenda."]);
        }

        var sessions = form.Kind == Kinds.BestPractice ? [] : Sessions(draft);
        PublishedItem shared = form.Kind switch
        {
            Kinds.BestPractice => Sheet(known as BestPractice, people),
            Kinds.Webinar => Webinar(known as Webinar, sessions),
            _ => known as Event ?? new Event { Nonce = "", Title = "", Sessions = [] },
        };
        PublishedItem item = shared with
        {
            Nonce = "",
            Title = title ?? "",
            Summary = Text("summary", 500, T["Le résumé"], lines: true),
            Text = Text("text", 60_000, T["Le texte"], lines: true),
            Themes = Slugs("themes", form.Themes, KnownThemes.All, known?.Themes ?? []),
            Audiences = Slugs("audiences", form.Audiences, Audiences.All, known?.Audiences ?? []),
            CoOrganisers = Slugs("coOrganisers", form.CoOrganisers, [.. clusters.Except(Left.Except(known?.CoOrganisers ?? []))],
                known?.CoOrganisers ?? []),
            Visibility = OneOf("visibility", Visibility.All, known?.Visibility) ?? Visibility.Public,
            Files = form.Files.Count == 0 ? null : [.. form.Files],
        };
        item = item is Event happening ? Happening(happening, sessions, people, draft) : item;
        Describe(draft || IsOthers);
        if (item is Webinar { ReplayUrl: not null } webinar && errors.Count == 0 && nowInParis < EventTimes.FirstStart(webinar))
        {
            Refuse("replayUrl", T["Le webinaire n’a pas encore commencé : le replay se donne ensuite."]);
        }

        if (errors.Count == 0)
        {
            errors.AddRange(FormProblems.Of(item, draft));
        }

        return errors.Count == 0 ? item : null;
    }

    /// <summary>Pictures among the files have to be described before they are public.</summary>
    private void Describe(bool draft)
    {
        foreach (var file in form.Files.Where(PublishedFiles.IsPicture))
        {
            if (file.Alt is { Length: > LongestDescription })
            {
                Refuse(FormFiles.DescriptionOf(file), T["La description de « {0} » est trop longue : {1} caractères au plus.", file.Name,
                    LongestDescription]);
            }
            else if (file.Alt is null && !draft)
            {
                Refuse(FormFiles.DescriptionOf(file),
                    T["Décrivez l’image « {0} » en quelques mots, pour qui ne la voit pas.", file.Name]);
            }
        }
    }

    private BestPractice Sheet(BestPractice? known, Func<string, IReadOnlyList<string>> people)
    {
        var (reviewedOn, reviewBy) = (Date("reviewedOn"), Date("reviewBy"));
        if (reviewedOn is not null && reviewBy is not null && string.CompareOrdinal(reviewBy, reviewedOn) < 0)
        {
            Refuse("reviewBy", T["La prochaine relecture est avant la dernière : vérifiez les deux dates."]);
        }

        // An address is what people have at hand; the id is in it.
        var related = form["related"].Split(['\n', ' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(typed => typed.Split('/', '?', '#').FirstOrDefault(part => Federation.Subjects.OwnerOf(part).Length > 0) ?? typed)
                .Distinct().ToList();
        if (related.Any(id => Federation.Subjects.OwnerOf(id).Length == 0))
        {
            Refuse("related",
                T["Une de ces adresses n’est pas celle d’une publication du site national : copiez-la depuis sa page, une par ligne."]);
        }

        return (known ?? new BestPractice { Nonce = "", Title = "" }) with
        {
            Owner = people("owner") is [var owner, ..] ? owner : null,
            Contacts = people("contacts"),
            ReviewedOn = reviewedOn,
            ReviewBy = reviewBy,
            Related = related,
        };
    }

    private Webinar Webinar(Webinar? known, IReadOnlyList<Session> sessions) =>
        (known ?? new Webinar { Nonce = "", Title = "", Sessions = sessions }) with
        {
            PlatformUrl = Url("platformUrl"),
            ReplayUrl = Url("replayUrl"),
            Slides = Links("slides"),
        };

    private Event Happening(Event item, IReadOnlyList<Session> sessions, Func<string, IReadOnlyList<string>> people, bool draft)
    {
        var image = Url("imageUrl");
        var alt = Text("imageAlt", LongestDescription, T["La description de l’image"]);
        if (image is not null && alt is null && !draft && !IsOthers)
        {
            Refuse("imageAlt", T["Décrivez l’image en quelques mots, pour qui ne la voit pas."]);
        }

        var zone = form["timeZone"].Trim() is { Length: > 0 } typed ? TimeZones.NameOf(typed) : Zones.Usual;
        if (zone is null)
        {
            Refuse("timeZone", T["Ce fuseau horaire est inconnu. Exemple : Europe/Paris."]);
        }

        var repeats = Repeats(item, sessions, zone ?? Zones.Usual);
        return item with
        {
            Sessions = SessionReading.Together(sessions, repeats.Further),
            TimeZone = zone ?? Zones.Usual,
            Recurrence = repeats.Recurrence,
            Format = OneOf("format", EventFormats.All, item.Format),
            Attendance = OneOf("attendance", Attendance.All, item.Attendance) ?? Attendance.OnSite,
            Status = OneOf("status", EventStatus.All, item.Status) ?? EventStatus.Confirmed,
            StatusReason = Text("statusReason", 500, T["L’explication"], lines: true),
            PreviousStart = form["status"] is EventStatus.Rescheduled or EventStatus.Postponed
                && (item.Sessions, sessions) is ([var before, ..], [var now, ..])
                && before.Start != now.Start ? before.Start : item.PreviousStart,
            Full = form.Has("full"),
            MovedOnline = form.Has("movedOnline"),
            Place = Place(item.Place),
            OnlineUrl = Url("onlineUrl"),
            RegistrationUrl = Url("registrationUrl"),
            Image = image is null ? null : new Picture(image, alt ?? "") { File = form.Image },
            Speakers = people("speakers"),
        };
    }

    private RepeatInput Repeats(Event known, IReadOnlyList<Session> sessions, string zone)
    {
        var repeats = RepeatField.Read(form, known, sessions is [var first, ..] ? first : null, zone);
        if (repeats.Error is { } error)
        {
            Refuse(RepeatField.Name, error);
        }

        return repeats;
    }

    private Place? Place(Place? known)
    {
        var place = (known ?? new Place { Country = "FR" }) with
        {
            Name = Text("placeName", 200, T["Le lieu"]),
            Street = Text("street", 200, T["L’adresse"]),
            PostalCode = Text("postalCode", 20, T["Le code postal"]),
            City = Text("city", 100, T["La ville"]),
            Region = OneOf("region", Regions.Codes, known?.Region),
        };
        // The region stands in a new form already: alone it is no place for what happens online.
        var region = form["attendance"] == Attendance.Online && known is null ? null : place.Region;
        return (place.Name ?? place.Street ?? place.PostalCode ?? place.City ?? region) is null ? null : place;
    }

    private IReadOnlyList<Session> Sessions(bool draft)
    {
        var reading = new SessionReading(form.Has("allDay"));
        var sessions = reading.Read(form.Sessions);
        errors.AddRange(reading.Errors);
        if (sessions.Count == 0 && reading.Errors.Count == 0 && !draft)
        {
            Refuse("date-0", T["Indiquez une date : sans elle, l’événement ne peut pas entrer dans l’agenda."]);
        }

        return sessions;
    }

    /// <param name="field">Of the form.</param>
    /// <param name="limit">In characters.</param>
    /// <param name="name">As people read it.</param>
    /// <param name="lines">Whether it may have several; a line break typed elsewhere is a space.</param>
    private string? Text(string field, int limit, string name, bool lines = false)
    {
        var text = (lines ? form[field] : form[field].Replace('\n', ' ').Replace('\t', ' ')).Trim();
        var length = new StringInfo(text).LengthInTextElements;
        if (Math.Max(length, text.Length) > limit)
        {
            var count = Math.Max(length, text.EnumerateRunes().Count());
            // A limit in UTF-16 units would be no sentence for people: the count is what they see, the limit is named beside it.
            Refuse(field, T["{0} dépasse la longueur permise : {1:N0} caractères, {2:N0} au plus (un emoji peut compter double).", name,
                count, limit]);
        }

        return text.Length == 0 ? null : text;
    }

    private IReadOnlyList<Link> Links(string field)
    {
        var links = form[field].Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.LastIndexOf(" — ", StringComparison.Ordinal) is var dash and > 0
                ? new Link(line[..dash].Trim(), TypedAddress.Completed(line[(dash + 3)..]))
                : new Link("Diaporama", TypedAddress.Completed(line))).ToList();
        foreach (var _ in links.Where(link => !IsWebAddress(link.Url)).Take(1))
        {
            Refuse(field, T["Une de ces adresses ne convient pas : chacune commence par https:// (ou http://), une par ligne."]);
        }

        return links;
    }

    private static bool IsWebAddress(string text) => text.Length <= 2000 && Uri.TryCreate(text, UriKind.Absolute, out var address)
        && address.Scheme is ("https" or "http") && address.Host.Length > 0;

    private string? Url(string field)
    {
        var text = TypedAddress.Completed(form[field]);
        if (text.Length == 0)
        {
            return null;
        }

        if (!IsWebAddress(text))
        {
            Refuse(field, T["Cette adresse ne convient pas : elle doit commencer par https:// (ou http://)."]);
        }

        return text;
    }

    private string? Date(string field)
    {
        var text = form[field].Trim();
        if (text.Length > 0 && !(DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            && PublishedYears.Has(date)))
        {
            Refuse(field, T["Cette date n’est pas lisible. Exemple : 2026-12-10."]);
        }

        return text.Length == 0 ? null : text;
    }

    private string? OneOf(string field, IReadOnlyList<string> allowed, string? known)
    {
        var text = form[field].Trim();
        if (text.Length > 0 && text != known && !allowed.Contains(text))
        {
            Refuse(field, T["Ce choix n’existe pas : prenez-en un dans la liste."]);
        }

        return text.Length == 0 ? null : text;
    }

    private IReadOnlyList<string> Slugs(string field, HashSet<string> chosen, IReadOnlyList<string> offered, IReadOnlyList<string> known)
    {
        if (chosen.Any(slug => !offered.Contains(slug) && !known.Contains(slug)))
        {
            Refuse(field, T["Un de ces choix n’existe pas : cochez dans la liste."]);
        }

        // The main one stays first, and what an import brought that this form does not offer stays too.
        return [.. known.Where(slug => chosen.Contains(slug) || !offered.Contains(slug)),
            .. offered.Where(slug => chosen.Contains(slug) && !known.Contains(slug))];
    }

    private void Refuse(string field, string message) => errors.Add(new FieldError(field, message));
}
