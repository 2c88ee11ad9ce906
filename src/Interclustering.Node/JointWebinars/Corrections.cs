using Interclustering.Contracts;
using Interclustering.JointWebinars;
using Interclustering.Node.Publishing.Revisions;

namespace Interclustering.Node.JointWebinars;

/// <summary>A version of a text that co-organisers write together, and what it changed.</summary>
/// <param name="Said">Who, when.</param>
/// <param name="Differences">From the version before it.</param>
/// <param name="CrossedWith">A correction of the same version that came before this one in the hub's order; null without one.</param>
public sealed record Correction(RecordedFact Said, IReadOnlyList<Difference> Differences, RecordedFact? CrossedWith)
{
    /// <summary>The versions of the announcement, the last first.</summary>
    public static IReadOnlyList<Correction> OfAnnouncement(DossierView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return Of(view.Dossier.Announcements, view);
    }

    /// <summary>The versions of the replay, the last first.</summary>
    public static IReadOnlyList<Correction> OfReplay(DossierView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return Of([.. view.Dossier.Counted.Where(said =>
            said.Fact.Fact is JointWebinarFacts.ReplayPublished or JointWebinarFacts.ReplayWithdrawn)], view);
    }

    /// <summary>The versions of the sheet, the last first.</summary>
    public static IReadOnlyList<Correction> OfSheet(DossierView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return Of(view.Dossier.SheetDrafts, view);
    }

    private static IReadOnlyList<Correction> Of(IReadOnlyList<RecordedFact> versions, DossierView view) =>
    [
        .. versions.Select((said, index) => new Correction(
            said, index == 0 ? [] : Publishing.Revisions.Differences.Between(
                FactFields.Of(versions[index - 1].Fact, view), FactFields.Of(said.Fact, view)),
            FactVersions.Unseen([.. versions.Take(index + 1)]))).Reverse(),
    ];
}
