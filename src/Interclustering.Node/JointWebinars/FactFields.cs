using Interclustering.Contracts;
using Interclustering.Ui.Words;

namespace Interclustering.Node.JointWebinars;

/// <summary>What a fact says, field by field, in the words that people read.</summary>
internal static class FactFields
{
    /// <summary>Every field of its form, also those that are empty.</summary>
    public static IReadOnlyList<(string Label, string Text)> Of(JointWebinarFact fact, DossierView view) => Of(fact, view, view.LineOf);

    /// <inheritdoc cref="Of(JointWebinarFact, DossierView)"/>
    /// <param name="fact">Of a kind that is corrected.</param>
    /// <param name="view">For the names of clusters and slots.</param>
    /// <param name="lineOf">« Nom — rôle » of a person.</param>
    public static IReadOnlyList<(string Label, string Text)> Of(
        JointWebinarFact fact, DossierView view, Func<string?, string> lineOf) => fact switch
        {
            { Proposal: { } proposal } => OfProposal(proposal, view),
            { Answer: { } answer } => OfAnswer(answer, lineOf),
            { Line: { } line } =>
            [
                (T["Heure"], view.HourOf(line)), (T["Ce qui se passe"], line.What), (T["Cluster"], ClusterOf(line.Cluster, view)),
            (T["Qui"], lineOf(line.Person)), (T["Supprimé"], YesIf(line.Removed)),
        ],
            { Task: { } task } =>
            [
                (T["À faire"], task.What), (T["Cluster"], ClusterOf(task.Cluster, view)),
            (T["Pour le"], task.DueOn is { } due ? DossierWords.Day(due) : ""), (T["C’est fait"], YesIf(task.Done)),
            (T["Supprimé"], YesIf(task.Removed)),
        ],
            { Participation: { } part } =>
            [
                (T["Lien d’inscription"], part.RegistrationUrl ?? ""), (T["Places"], $"{part.Places}"),
            (T["Complet pour nos adhérents"], YesIf(part.Full)), (T["Logo (adresse)"], part.LogoUrl ?? ""),
            (T["Texte long"], part.LongText ?? ""), (T["Texte court"], part.ShortText ?? ""),
            (T["Réseau social"], part.SocialText ?? ""),
        ],
            { Announcement: { } said } =>
            [
                (T["Titre"], said.Title), (T["Résumé"], said.Summary ?? ""), (T["Présentation"], said.Text ?? ""),
            (T["Plateforme"], said.PlatformUrl ?? ""), (T["Intervenants"], string.Join('\n', said.Speakers.Select(lineOf))),
            (T["Image (adresse)"], said.Image?.Url ?? ""), (T["Description de l’image"], said.Image?.Alt ?? ""),
        ],
            { Draft: { } draft } => [(T["Titre"], draft.Title), (T["Résumé"], draft.Summary ?? ""), (T["Le texte"], draft.Text ?? "")],
            _ =>
            [
                (T["Replay (adresse)"], fact.Replay?.Url ?? ""), (T["Supports"], LinkLines.Write(fact.Replay?.Slides ?? [])),
            (T["Questions et réponses"], fact.Replay?.Questions ?? ""),
        ],
        };

    private static IReadOnlyList<(string, string)> OfProposal(WebinarProposal proposal, DossierView view) =>
    [
        (T["Titre de travail"], proposal.Title), (T["L’idée, en quelques phrases"], proposal.Pitch ?? ""),
        (T["Thèmes"], string.Join(", ", proposal.Themes.Select(Vocabulary.Label).Order(StringComparer.Ordinal))),
        (T["Publics"], string.Join(", ", proposal.Audiences.Select(Vocabulary.Label).Order(StringComparer.Ordinal))),
        (T["Clusters invités"], view.NamesOf(proposal.Invited.Where(code => code != view.Dossier.Lead).Order(StringComparer.Ordinal))),
        (T["Durée"], DossierWords.Minutes(proposal.Minutes)),
        (T["Créneaux possibles"], string.Join('\n', proposal.Slots.Order(StringComparer.Ordinal).Select(Moments.Start))),
        (T["Nous cherchons"], string.Join(", ", proposal.Wanted.Select(DossierWords.Role).Order(StringComparer.Ordinal))),
        (T["Réponses jusqu’au"], DossierWords.Day(proposal.Deadline)),
    ];

    private static IReadOnlyList<(string, string)> OfAnswer(ClusterAnswer answer, Func<string?, string> lineOf) =>
    [
        (T["Votre cluster participe-t-il ?"], DossierWords.Joins(answer)),
        (T["Les créneaux"], string.Join('\n', answer.Slots.OrderBy(each => each.Slot, StringComparer.Ordinal)
            .Select(each => T["{0} : {1}", Moments.Start(each.Slot), DossierWords.OnSlot(each.Answer)]))),
        (T["Ce que nous apportons"], string.Join('\n', answer.Brings.OrderBy(brings => brings.Role, StringComparer.Ordinal).Select(brings =>
            string.Join(" ; ", brings.People.Select(lineOf).Where(line => line.Length > 0).Prepend(DossierWords.Role(brings.Role)))))),
        (T["Remarque"], answer.Remark ?? ""),
    ];

    private static string ClusterOf(string? code, DossierView view) => code is null ? T["Tous"] : view.NameOf(code);

    private static string YesIf(bool so) => so ? T["oui"] : "";
}
