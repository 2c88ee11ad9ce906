using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Hub.ReadModel;
using Interclustering.Ui.Words;

namespace Interclustering.Hub.Embeds;

/// <summary>One event or sheet as a card in other sites' frames. Of a members' item it says what its public page says.</summary>
/// <param name="Item">In words.</param>
/// <param name="Number">Of the day, as a numeral; null for a sheet, and for an event whose date is to be fixed.</param>
/// <param name="Month">Abbreviated, with its year; null where there is no number.</param>
/// <param name="OtherDates">« 3 autres dates », or null.</param>
public sealed record PublicationCard(EmbeddedItem Item, string? Number, string? Month, string? OtherDates)
{
    /// <param name="published">Public, or for members.</param>
    /// <param name="times">When it takes place, in order.</param>
    /// <param name="today">In Paris.</param>
    /// <param name="origin">Of the national site.</param>
    public static PublicationCard Of(Published published, IReadOnlyList<Occurrence> times, DateOnly today, string origin)
    {
        // What comes next, or else what came last.
        var next = times.FirstOrDefault(time => time.LastDay >= today) ?? (times is [.., var last] ? last : null);
        if (published.Item is not Event || next is not { } shown)
        {
            return new PublicationCard(EmbeddedItem.Of(published, origin), null, null, null);
        }

        var item = EmbeddedItem.Of(shown, today, origin, cluster: null);
        if (shown.IsToBeFixed)
        {
            return new PublicationCard(item with { Date = T["Date à fixer"], Hours = null }, null, null, null);
        }

        var others = times.Count(time => time.LastDay >= today && time != shown);
        return new PublicationCard(
            item, shown.Day.Day.ToString(CultureInfo.InvariantCulture), shown.Day.ToString("MMM yyyy", Language.Culture),
            others == 0 ? null : T.Count("{0} autre date|{0} autres dates", others));
    }
}
