using Interclustering.Contracts;
using Interclustering.Node.NationalView;
using Interclustering.Node.Publishing.Form;
using Interclustering.Node.Publishing.Sharing;
using Interclustering.Ui.Words;

namespace Interclustering.Node.Letters.Formats;

/// <summary>One publication as a letter tells of it. Every text is one line without control characters.</summary>
internal sealed record LetterEntry
{
    private const string Paris = "Europe/Paris";

    public required string Title { get; init; }

    /// <summary>« Annulé », « Complet »; null for what takes place as planned.</summary>
    public string? Mark { get; init; }

    /// <summary>What it is, and whose.</summary>
    public required string Who { get; init; }

    /// <summary>When, then where; a correction says what was announced before, too.</summary>
    public required IReadOnlyList<string> Facts { get; init; }

    public string? Summary { get; init; }

    /// <summary>Its page on the national site; null for what has none any more.</summary>
    public string? Link { get; init; }

    /// <summary>What the link leads to; null without one.</summary>
    public string? Call { get; init; }

    /// <summary>Of the organiser: an https address with a text alternative.</summary>
    public Picture? Picture { get; init; }

    /// <param name="item">Public, or for members: of those no more than title and days.</param>
    /// <param name="from">First day whose dates count.</param>
    /// <param name="site">Origin of the national site, without a slash at the end.</param>
    /// <param name="directory">Names the clusters.</param>
    /// <param name="withPicture">Whether the organiser's picture is shown.</param>
    public static LetterEntry Of(NationalItem item, DateOnly from, string site, FederationDirectory directory, bool withPicture)
    {
        var published = (PublishedItem)item.Publication;
        var happening = published as Event;
        var link = site + Addresses.National(item.Kind, item.Subject);
        if (published.Visibility != Visibility.Public)
        {
            return new LetterEntry
            {
                Title = SafeText.OneLine(published.Title),
                Mark = MarkOf(happening),
                Who = SafeText.OneLine(T["Réservé aux adhérents de {0}", item.Cluster.Name]),
                Facts = happening is null ? [] : [.. ((string?[])[DaysOf(happening, from)]).OfType<string>()],
                Link = link,
                Call = T["Voir sur le site national"],
            };
        }

        var clusters = published.CoOrganisers.Select(code => directory.Find(code)?.Name).OfType<string>().Prepend(item.Cluster.Name);
        return new LetterEntry
        {
            Title = SafeText.OneLine(published.Title),
            Mark = MarkOf(happening),
            Who = SafeText.OneLine($"{WhatOf(item)} · {string.Join(", ", clusters)}"),
            Facts = happening is null ? [] : [.. FactsOf(happening, from)],
            Summary = SharingText.Sentence(published) is { Length: > 0 } sentence ? SafeText.OneLine(sentence) : null,
            Link = link,
            Call = CallOf(published, from),
            Picture = withPicture && happening?.Image is { } image && IsSafe(image) ? image with { Alt = SafeText.OneLine(image.Alt) }
                : null,
        };
    }

    /// <summary>The date that a letter names first; null for what has none.</summary>
    public static EventTime? FirstOf(Event happening, DateOnly from) => happening.Status == EventStatus.Postponed ? null
        : EventTimes.Of(happening, from).Where(time => time.LastDay >= from).OrderBy(time => time.Day).ThenBy(time => time.Start)
            .FirstOrDefault();

    /// <summary>When it takes place, as a letter says it.</summary>
    public static string? WhenOf(NationalItem item, DateOnly from) => item.Publication is not Event happening ? null
        : happening.Visibility == Visibility.Public ? InParis(happening, SharingText.When(happening, from)) : DaysOf(happening, from);

    private static IEnumerable<string> FactsOf(Event happening, DateOnly from)
    {
        if (IsReplay(happening, from))
        {
            return [];
        }

        return ((string?[])[InParis(happening, SharingText.When(happening, from)), SharingText.Where(happening)])
            .OfType<string>().Select(SafeText.OneLine);
    }

    /// <summary>Hours are those of Paris: of what takes place elsewhere that is said.</summary>
    private static string? InParis(Event happening, string? when) =>
        when is null || happening.TimeZone == Paris || happening.Status == EventStatus.Postponed
            || happening.Sessions.All(session => session.Start.Length == 10)
            ? when : T["{0}, heure de Paris", when];

    private static string? DaysOf(Event happening, DateOnly from) =>
        FirstOf(happening, from) is { } time ? DateWords.Capital(DateWords.InFull(time.Day, time.LastDay))
        : happening.Status == EventStatus.Postponed ? SharingText.When(happening, from) : null;

    private static string? MarkOf(Event? happening) => happening switch
    {
        { Status: EventStatus.Cancelled } => T["Annulé"],
        { MovedOnline: true } => T["Déplacé en ligne"],
        { Full: true } => T["Complet"],
        _ => null,
    };

    private static string WhatOf(NationalItem item) =>
        item.Publication is Event { Format: { } format } and not Webinar ? Vocabulary.Label(format) : Vocabulary.Label(item.Kind);

    private static bool IsReplay(Event happening, DateOnly from) =>
        happening is Webinar { ReplayUrl: not null } && FirstOf(happening, from) is null;

    private static string CallOf(PublishedItem item, DateOnly from) => item switch
    {
        BestPractice => T["Lire la fiche"],
        Event happening when IsReplay(happening, from) => T["Revoir le webinaire"],
        Event { Status: EventStatus.Confirmed or EventStatus.Rescheduled, Full: false, RegistrationUrl: not null } =>
            T["Programme et inscription"],
        _ => T["Plus d’informations"],
    };

    private static bool IsSafe(Picture image) => SafeText.OneLine(image.Alt).Length > 0
        && Uri.TryCreate(image.Url, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps;
}
