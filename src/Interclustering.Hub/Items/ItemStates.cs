using Interclustering.Contracts;
using Interclustering.Hub.ReadModel;
using Interclustering.Ui.Words;

namespace Interclustering.Hub.Items;

/// <summary>What readers should know of an event before they open it, in words: a colour says nothing on paper, or to all eyes.</summary>
internal static class ItemStates
{
    /// <summary>Webinar, full, moved online, tentative or postponed; that it is cancelled stands before its title.</summary>
    public static IEnumerable<string> Of(Published published)
    {
        if (published.ForMembers)
        {
            return [T["Adhérents"]];
        }

        var happening = (Event)published.Item;
        return ((string?[])
        [
            published.Kind == Kinds.Webinar ? T["Webinaire"] : null,
            happening.Full ? T["Complet"] : null,
            happening.MovedOnline ? T["Déplacé en ligne"] : null,
            happening.Status is EventStatus.Confirmed or EventStatus.Cancelled ? null : Vocabulary.Label(happening.Status),
        ]).OfType<string>();
    }
}
