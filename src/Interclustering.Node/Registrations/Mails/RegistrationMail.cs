using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Node.Calendars;
using Interclustering.Node.Mail;
using Interclustering.Ui.Words;

namespace Interclustering.Node.Registrations.Mails;

/// <summary>What a mail of a registration says: from what holds when it is sent.</summary>
/// <param name="Node">Name of the cluster.</param>
/// <param name="Happening">The event.</param>
/// <param name="Row">The registration.</param>
/// <param name="Person">Who registered.</param>
/// <param name="Link">The page of the registration, absolute.</param>
/// <param name="FormLink">Of the form, absolute.</param>
internal sealed record RegistrationMail(
    string Node, RegistrableEvent Happening, Registration Row, Registrant Person, string Link, string FormLink)
{
    private Event Item => Happening.Item;

    private EventTime Time => Happening.TimeOf(Row.Session);

    private string Title => Happening.SessionOf(Row.Session).Label is { } label && Row.Session.Length > 0
        ? $"{Item.Title} · {label}" : Item.Title;

    /// <summary>Null where there is nothing to be told of it any more.</summary>
    public MailTemplate? Of(string kind, string startBefore) => kind switch
    {
        NoticeKinds.Confirm => Mail(T["Confirmez votre inscription : {0}", Title],
        [
            T["Vous avez demandé à vous inscrire. Il reste une chose à faire : ouvrez cette page et confirmez."],
            T["Sans confirmation d’ici demain, la demande est effacée. Si elle ne vient pas de vous, ne faites rien."],
        ], T["Confirmer mon inscription"]),
        NoticeKinds.Known => Mail(T["Votre inscription : {0}", Title], [StandsNow], T["Voir mon inscription"]),
        NoticeKinds.Registered => Mail(T["Inscription confirmée : {0}", Title],
            [T["Vous êtes inscrit."], .. Seats, .. Item.Registration?.Confirmation is { } said ? [said] : Array.Empty<string>()],
            T["Voir ou annuler mon inscription"]),
        NoticeKinds.MovedUp => Mail(T["Une place s’est libérée : {0}", Title],
            [T["Vous étiez sur la liste d’attente. Vous êtes maintenant inscrit."], .. Seats], T["Voir ou annuler mon inscription"]),
        NoticeKinds.Waiting => Mail(T["Liste d’attente : {0}", Title],
        [
            T["Il n’y a plus de place pour le moment. Vous êtes sur la liste d’attente, et vous n’êtes pas encore inscrit."],
            T["Si une place se libère, un mail vous le dit."],
        ], T["Voir ou annuler ma demande"]),
        NoticeKinds.Offered when Row.OfferEnds is { } ends => Mail(T["Une place vous est proposée : {0}", Title],
            [T["Une place s’est libérée. Elle est gardée pour vous jusqu’au {0} : acceptez-la avant.", WithoutLe(Moments.InFull(ends))]],
            T["Accepter ou refuser la place"]),
        NoticeKinds.Lapsed => Mail(T["La place n’est plus gardée : {0}", Title],
            [T["La place qui vous était proposée n’a pas été acceptée à temps. Elle revient à la liste d’attente."]],
            T["Refaire une demande"], FormLink),
        NoticeKinds.Cancelled => Mail(T["Inscription annulée : {0}", Title], [T["Vous ne participez plus. Merci d’avoir prévenu."]],
            T["S’inscrire à nouveau"], FormLink),
        NoticeKinds.Removed => Mail(T["Inscription retirée : {0}", Title],
            [T["L’équipe de {0} a retiré votre inscription.", Node], .. Reason], null),
        NoticeKinds.CalledOff => Mail(T["{0} : n’a pas lieu comme prévu", Title],
        [
            RegistrationWords.NotOn(Happening, Row.Session, Node),
            .. Item.StatusReason is { } why ? [why] : Array.Empty<string>(),
        ], null),
        NoticeKinds.Changed => Mail(T["Du nouveau : {0}", Title],
        [
            HasMoved(startBefore) ? T["La date a changé. Si elle ne vous convient pas, libérez votre place pour une autre personne."]
                : T["Quelque chose a changé : voici ce qui vaut maintenant."],
            .. Item.StatusReason is { } why ? [why] : Array.Empty<string>(), .. Waits,
        ], HasMoved(startBefore) ? T["Garder ou libérer ma place"] : T["Voir ou annuler mon inscription"]),
        NoticeKinds.DayBefore => Mail(T["C’est demain : {0}", Title], [T["Nous vous attendons demain."]],
            T["Voir ou annuler mon inscription"]),
        NoticeKinds.HourBefore => Mail(T["C’est dans une heure : {0}", Title], [T["Cela commence dans une heure."]],
            T["Voir ou annuler mon inscription"]),
        NoticeKinds.Afterwards when Item is Webinar { ReplayUrl: { } replay } webinar => Mail(T["À revoir : {0}", Title],
            [T["Le webinaire est en ligne."], .. webinar.Slides.Select(slide => $"{slide.Label} : {slide.Url}")],
            T["Revoir le webinaire"], replay),
        _ => null,
    };

    /// <summary>The entry for the person's calendar (RFC 5546); null where the mail has none.</summary>
    public CalendarEntry? EntryFor(string kind, DateTime now)
    {
        var status = kind switch
        {
            NoticeKinds.Registered or NoticeKinds.MovedUp or NoticeKinds.Changed when Row.State == RegistrationState.Registered =>
                EntryStatus.Confirmed,
            // What was only waited for never stood in a calendar.
            NoticeKinds.Cancelled or NoticeKinds.Removed or NoticeKinds.CalledOff when Row.Sequence > 0 => EntryStatus.Cancelled,
            _ => null,
        };
        return status is null ? null : new CalendarEntry($"{Row.Id:N}@registrations.interclustering", Title, Time, status, now, Link)
        {
            Location = PlaceWords.InOneLine(Item),
            Description = PlaceWords.OnlineUrl(Item) is { } online ? T["Rejoindre en ligne : {0}", online] : null,
        };
    }

    private bool HasMoved(string startBefore) =>
        startBefore.Length > 0 && !Happening.SessionOf(Row.Session).Start.StartsWith(startBefore[..10], StringComparison.Ordinal);

    private string StandsNow => Row.State switch
    {
        RegistrationState.Registered => T["Vous êtes déjà inscrit : il n’y a rien à refaire."],
        RegistrationState.Waiting => T["Vous êtes déjà sur la liste d’attente, et vous n’êtes pas encore inscrit."],
        RegistrationState.Offered => T["Une place vous est proposée : acceptez-la sur la page ci-dessous."],
        RegistrationState.Removed => T["L’équipe de {0} a retiré votre inscription.", Node],
        _ => T["Votre demande attend votre confirmation."],
    };

    private IEnumerable<string> Seats => Row.Seats > 1 ? [T.Count("{0} place|{0} places", Row.Seats)] : [];

    private IEnumerable<string> Reason => Person.RemovedFor.Length > 0 ? [Person.RemovedFor] : [];

    private IEnumerable<string> Waits => Row.State == RegistrationState.Waiting ? [T["Vous êtes toujours sur la liste d’attente."]] : [];

    private MailTemplate Mail(string subject, IReadOnlyList<string> said, string? label, string? link = null) => new(
        subject,
        [
            T["Bonjour {0},", Person.Name],
            string.Join('\n', new[] { Title, SessionWords.Of(Time), PlaceWords.InOneLine(Item) }.OfType<string>()), .. said,
        ],
        label is null ? null : link ?? Link, label)
    {
        Footer =
        [
            new(T["Inscriptions tenues par {0}. Vos données restent chez {0}.", Node]),
        ],
    };

    private static string WithoutLe(string moment) =>
        moment.StartsWith("le ", true, CultureInfo.InvariantCulture) ? moment[3..] : moment;
}
