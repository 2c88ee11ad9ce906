using Interclustering.Contracts;
using Interclustering.Hub.ReadModel;
using Interclustering.Ui.Words;

namespace Interclustering.Hub.SharePictures;

/// <summary>What the picture of each page says: nothing that the page does not.</summary>
internal static class PicturesOfPages
{
    public static SharePicture Site => new(T["Agenda et savoir-faire des clusters logistiques"], SiteIcon.Colour, T["Un agenda commun"]);

    public static SharePicture Of(Published published, IReadOnlyList<Occurrence> times, DateOnly today)
    {
        var happening = published.Item as Event;
        var dated = times.Where(time => !time.IsToBeFixed).ToList();
        var next = dated.Find(time => time.LastDay >= today) ?? dated.LastOrDefault();
        return new SharePicture(published.Title, published.Owner.Colour.Light, published.Owner.Name)
        {
            Kind = published.ForMembers ? T["Réservé aux adhérents"]
                : happening is Webinar { ReplayUrl: not null } && next?.LastDay < today ? T["Replay"]
                : happening?.Format is { } format ? Vocabulary.Label(format) : Vocabulary.Label(published.Kind),
            Day = happening is null || happening.Status == EventStatus.Postponed ? null : next?.Day,
            Notice = happening switch
            {
                { Status: EventStatus.Cancelled } => T["Annulé"],
                { Status: EventStatus.Postponed } => T["Date à fixer"],
                { Status: EventStatus.Rescheduled } => T["Nouvelle date"],
                { MovedOnline: true } when !published.ForMembers => T["Déplacé en ligne"],
                { Full: true } when !published.ForMembers => T["Complet"],
                _ => null,
            },
        };
    }

    public static SharePicture Of(Cluster cluster) => new(cluster.Name, cluster.Colour.Light, cluster.Region) { Kind = T["Cluster"] };

    public static SharePicture OfTheme(string theme) =>
        new(Vocabulary.Label(theme), SiteIcon.Colour, T["Un agenda commun"]) { Kind = T["Thème"] };
}
