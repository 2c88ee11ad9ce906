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
        return Of(view.Dossier.Announcements, fact => fact.Announcement!.Corrects, fact => Fields(fact.Announcement!, view));
    }

    /// <summary>The versions of the sheet, the last first.</summary>
    public static IReadOnlyList<Correction> OfSheet(DossierView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return Of(view.Dossier.SheetDrafts, fact => fact.Draft!.Corrects, fact => Fields(fact.Draft!));
    }

    private static IReadOnlyList<Correction> Of(IReadOnlyList<RecordedFact> versions, Func<JointWebinarFact, string?> corrects,
        Func<JointWebinarFact, IReadOnlyList<(string, string)>> fields) =>
    [
        .. versions.Select((said, index) => new Correction(
            said, index == 0 ? [] : Publishing.Revisions.Differences.Between(fields(versions[index - 1].Fact), fields(said.Fact)),
            index > 0 && corrects(said.Fact) != versions[index - 1].Subject ? versions[index - 1] : null)).Reverse(),
    ];

    private static IReadOnlyList<(string Label, string Text)> Fields(Announcement said, DossierView view) =>
    [
        (T["Titre"], said.Title), (T["Résumé"], said.Summary ?? ""), (T["Présentation"], said.Text ?? ""),
            (T["Plateforme"], said.PlatformUrl ?? ""),
        (T["Intervenants"], string.Join('\n', said.Speakers.Select(view.LineOf))), (T["Image (adresse)"], said.Image?.Url ?? ""),
    ];

    private static IReadOnlyList<(string Label, string Text)> Fields(SheetDraft said) =>
        [(T["Titre"], said.Title), (T["Résumé"], said.Summary ?? ""), (T["Le texte"], said.Text ?? "")];
}
