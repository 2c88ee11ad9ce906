using Interclustering.Contracts;
using Interclustering.Hub.ReadModel;
using Interclustering.Ui.Words;

namespace Interclustering.Hub.Feeds;

/// <summary>An event in the words of calendars and feeds, which show nothing but text.</summary>
internal static class EventWords
{
    private const int ShownTimes = 8;

    /// <summary>The title, and in front of it that the date no longer holds.</summary>
    public static string Title(Published published) => Mark(published) is { } mark ? $"{mark}\u00a0{published.Title}" : published.Title;

    /// <summary>« Annulé : » or « Reporté : »; null for what takes place as it says.</summary>
    public static string? Mark(Published published) => (published.Item as Event)?.Status switch
    {
        EventStatus.Cancelled => T["Annulé :"],
        EventStatus.Postponed => T["Reporté :"],
        _ => null,
    };

    /// <summary>What differs from an event as planned, in sentences: status, why, full, moved online.</summary>
    public static string? Status(Published published) => published.Item is not Event happening ? null : Join(" ", happening.Status switch
    {
        EventStatus.Cancelled => T["Annulé."],
        EventStatus.Postponed => T["Reporté, date à fixer."],
        EventStatus.Rescheduled => T["Reporté à une nouvelle date."],
        _ => null,
    }, Instants.Before(published) is { } before ? T["Initialement prévu le {0}.", DateWords.InFull(before.Day)] : null,
        happening.StatusReason, happening.MovedOnline ? T["Déplacé en ligne"] + "." : null, happening.Full ? T["Complet"] + "." : null);

    /// <summary>Its dates in full, the first ones of a long series; none where they no longer hold.</summary>
    public static IEnumerable<string> Times(IReadOnlyList<Occurrence> times)
    {
        foreach (var time in times.Where(time => !time.IsToBeFixed).Take(ShownTimes))
        {
            var day = DateWords.Capital(DateWords.InFull(time.Day));
            var hours = time.Start is { } start
                ? ", " + T["{0}, heure de Paris", DateWords.Hours(start, time.LastDay > time.Day ? null : time.End)] : "";
            var last = time.LastDay > time.Day ? ", " + T["jusqu’au {0}", DateWords.InFull(time.LastDay)] : "";
            yield return day + hours + last + (time.Label is { } label ? $" — {label}" : "");
        }

        if (times.Count > ShownTimes && !times[0].IsToBeFixed)
        {
            yield return T["{0} dates en tout.", times.Count];
        }
    }

    /// <summary>Where to follow it, as an address that can stand anywhere; null when there is none.</summary>
    public static Uri? Online(Event happening) => FeedText.Address(happening.OnlineUrl ?? (happening as Webinar)?.PlatformUrl);

    /// <summary>Where to register: at each cluster that has a way of its own, or at one place.</summary>
    public static IReadOnlyList<Uri> Registrations(Event happening) =>
    [
        .. (happening.Registrations is { Count: > 0 } each ? each.Select(own => own.Url) : [happening.RegistrationUrl])
            .Select(FeedText.Address).OfType<Uri>(),
    ];

    public static string Reserved(Published published) => T["Réservé aux adhérents de {0}", published.Owner.Name] + ".";

    private static string? Join(string separator, params IEnumerable<string?> parts) =>
        string.Join(separator, parts.Where(part => !string.IsNullOrWhiteSpace(part))) is { Length: > 0 } text ? text : null;
}
