using Interclustering.Contracts;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.Form;
using Interclustering.Ui.Words;

namespace Interclustering.Node.Publishing.Sharing;

/// <summary>What a cluster hands on of a publication that everyone may read.</summary>
/// <param name="Link">Its page on the national site, in French as what it says.</param>
/// <param name="Picture">Address of the picture that social networks show of it: PNG, 1200 × 630.</param>
/// <param name="Calendar">Address of its iCalendar file; null where no date is ahead.</param>
/// <param name="Text">Ready to be pasted into a social network: title, when, where, one sentence, link.</param>
public sealed record SharingKit(string Link, string Picture, string? Calendar, string Text)
{
    /// <param name="copy">As it was published last.</param>
    /// <param name="site">Origin of the national site, without a slash at the end.</param>
    /// <param name="today">In Paris.</param>
    /// <returns>Null where there is nothing to hand on: a draft, what was withdrawn or cancelled, what is not for everyone.</returns>
    public static SharingKit? Of(WorkingCopy copy, string site, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(copy);
        if (copy.State != PublicationState.Published
            || PublicationText.Read(copy.Kind, copy.Data) is not PublishedItem { Visibility: Visibility.Public } item
            || item is Event { Status: EventStatus.Cancelled })
        {
            return null;
        }

        var link = site + Addresses.National(copy.Kind, copy.Subject);
        var calendar = item is Event happening && SharingText.IsAhead(happening, today) ? link + ".ics" : null;
        return new SharingKit(link, $"{site}/partage/publications/{copy.Subject}.png", calendar,
            Language.InFrench(() => SharingText.Of(item, link, calendar, today)));
    }
}
