using System.Globalization;
using Interclustering.Contracts;

namespace Interclustering.Node.Demonstration;

/// <summary>Events, webinars and sheets that show the product at work, and say plainly that they are a demonstration.</summary>
public static class DemonstrationContent
{
    public const string System = "demonstration";
    private const string Notice = "Contenu de démonstration.";

    /// <summary>The same content for the same day. Clusters that the texts don't know get nothing.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<DemonstrationItem>> Create(DateOnly today, FederationDirectory directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        var texts = DemonstrationTexts.Load();
        return directory.Clusters.ToDictionary(cluster => cluster.Code, cluster => ItemsOf(cluster, texts, today), StringComparer.Ordinal);
    }

    private static IReadOnlyList<DemonstrationItem> ItemsOf(Cluster cluster, DemonstrationTexts texts, DateOnly today)
    {
        if (!texts.Places.TryGetValue(cluster.Code, out var towns))
        {
            return [];
        }

        var days = new DemonstrationDays(today);
        return
        [
            .. texts.Roles.Select((role, index) => new DemonstrationItem(
                PersonKey(index), new Person { Nonce = "", Name = role, Role = cluster.Name }, [])),
            .. texts.Events.Where(text => text.Cluster == cluster.Code).Select((text, index) => new DemonstrationItem(
                text.Key, EventOf(text, PlaceOf(cluster, towns[text.Place % towns.Count]), days), [PersonKey(index % texts.Roles.Count)])),
            .. texts.Webinars.Where(text => text.Cluster == cluster.Code).Select(text => new DemonstrationItem(
                text.Key, WebinarOf(text, days), [PersonKey(1), PersonKey(2)])),
            .. texts.Sheets.Where(text => text.Cluster == cluster.Code).Select(text => new DemonstrationItem(
                text.Key, SheetOf(text, today), [PersonKey(0), PersonKey(2)], DemonstrationFiles.Of(text.Key))),
        ];
    }

    private static Event EventOf(DemonstrationEvent text, Place place, DemonstrationDays days)
    {
        var day = days.Day(text.Week, text.Day);
        var special = text.Special;
        var online = special is "online" or "moved";
        return new Event
        {
            Nonce = "",
            Title = text.Title,
            Summary = text.Summary,
            Text = Programme(text.Summary, text.Points),
            Themes = [text.Theme],
            Audiences = text.Audiences,
            Visibility = special switch { "members" => Visibility.Members, "staff" => Visibility.Staff, _ => Visibility.Public },
            Format = text.Format,
            Sessions = DemonstrationDays.Sessions(special, day, text.Start, text.End),
            Recurrence = special == "recurring" ? new Recurrence("FREQ=WEEKLY;INTERVAL=4;COUNT=6", []) : null,
            Attendance = online ? Attendance.Online : special == "hybrid" ? Attendance.Hybrid : Attendance.OnSite,
            MovedOnline = special == "moved",
            Status = special switch
            {
                "cancelled" => EventStatus.Cancelled,
                "rescheduled" => EventStatus.Rescheduled,
                "postponed" => EventStatus.Postponed,
                _ => EventStatus.Confirmed,
            },
            StatusReason = special switch
            {
                "cancelled" => "L’intervenante n’est plus disponible. Les personnes inscrites ont été prévenues.",
                "rescheduled" => "La salle n’était plus libre\u00A0: les inscriptions restent valables pour la nouvelle date.",
                "postponed" => "La date sera fixée avec les mairies.",
                "moved" => "La rencontre se tient en ligne, à la même heure.",
                _ => null,
            },
            PreviousStart = special is "rescheduled" or "postponed" ? $"{DemonstrationDays.Write(day.AddDays(-14))}T{text.Start}:00" : null,
            Full = special == "full",
            Place = online ? null : place,
            OnlineUrl = online || special == "hybrid" ? $"https://visio.example/{text.Key}" : null,
            RegistrationUrl = special == "staff" ? null : $"https://inscription.example/{text.Key}",
            Source = new SourceReference(System, text.Key),
        };
    }

    private static Webinar WebinarOf(DemonstrationWebinar text, DemonstrationDays days)
    {
        var day = days.Day(text.Week, text.Day);
        var past = text.Week < 0;
        return new Webinar
        {
            Nonce = "",
            Title = text.Title,
            Summary = text.Summary,
            Text = Programme(text.Summary, text.Points),
            Themes = [text.Theme],
            Audiences = text.Audiences,
            CoOrganisers = text.CoOrganisers ?? [],
            Sessions = DemonstrationDays.Sessions(null, day, text.Start, text.End),
            Attendance = Attendance.Online,
            PlatformUrl = $"https://visio.example/{text.Key}",
            OnlineUrl = $"https://visio.example/{text.Key}",
            RegistrationUrl = past ? null : $"https://inscription.example/{text.Key}",
            ReplayUrl = past ? $"https://video.example/{text.Key}" : null,
            Slides = past ? [new Link("Diaporama (démonstration)", $"https://documents.example/{text.Key}.pdf")] : [],
            Source = new SourceReference(System, text.Key),
        };
    }

    private static BestPractice SheetOf(DemonstrationSheet text, DateOnly today)
    {
        var reviewed = today.AddDays(7 * text.ReviewedWeeks);
        return new BestPractice
        {
            Nonce = "",
            Title = text.Title,
            Summary = text.Summary,
            Text = $"{text.Text}\n\n*{Notice}*",
            Themes = [text.Theme],
            Audiences = text.Audiences,
            ReviewedOn = DemonstrationDays.Write(reviewed),
            ReviewBy = DemonstrationDays.Write(reviewed.AddMonths(12)),
            Source = new SourceReference(System, text.Key),
        };
    }

    private static string Programme(string summary, IReadOnlyList<string> points) =>
        $"{summary}\n\n## Au programme\n\n{string.Join('\n', points.Select(point => $"- {point}"))}\n\n*{Notice}*";

    private static Place PlaceOf(Cluster cluster, DemonstrationTown town) => new()
    {
        Name = "Salle de rencontre (lieu de démonstration)",
        PostalCode = town.PostalCode,
        City = town.City,
        Region = cluster.Insee,
        Country = "FR",
        Latitude = town.Latitude,
        Longitude = town.Longitude,
    };

    private static string PersonKey(int index) => string.Create(CultureInfo.InvariantCulture, $"personne-{index + 1}");
}
