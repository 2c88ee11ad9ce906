using System.Globalization;
using Interclustering.Contracts;
using Interclustering.JointWebinars;
using Interclustering.Ui.Words;

namespace Interclustering.Node.JointWebinars;

/// <summary>What a dossier's states, roles, answers and refusals are called.</summary>
internal static class DossierWords
{
    public static string State(DossierView view) => view.IsHeld && view.Dossier.State == JointWebinarStates.Announced
        ? T["Tenu"] : view.Dossier.State switch
        {
            JointWebinarStates.Proposed => T["Proposé"],
            JointWebinarStates.Answering => T["Réponses en cours"],
            JointWebinarStates.SlotChosen => DateWords.Capital(T["créneau choisi"]),
            JointWebinarStates.Preparing => T["En préparation"],
            JointWebinarStates.Announced => T["Annoncé"],
            JointWebinarStates.ReplayOnline => T["Replay en ligne"],
            JointWebinarStates.Closed => T["Clos"],
            JointWebinarStates.Declined => T["Décliné"],
            JointWebinarStates.Postponed => T["Reporté"],
            _ => T["Annulé"],
        };

    public static string Role(string role) => role switch
    {
        WebinarRoles.Speaker => T["Un intervenant"],
        WebinarRoles.Moderator => T["L’animation"],
        WebinarRoles.Platform => T["La plateforme"],
        WebinarRoles.Promotion => T["La promotion"],
        WebinarRoles.Evaluation => T["L’évaluation"],
        _ => role,
    };

    public static string Joins(ClusterAnswer answer) => answer.Joins switch
    {
        JoinAnswers.Yes => T["participe"],
        JoinAnswers.If => answer.Condition is { } condition ? T["participe si : {0}", condition] : T["participe sous condition"],
        _ => T["ne participe pas"],
    };

    public static string OnSlot(string? answer) => answer switch
    {
        SlotAnswers.Yes => T["oui"],
        SlotAnswers.IfNeedBe => T["si besoin"],
        SlotAnswers.No => T["non"],
        _ => "—",
    };

    public static string Refusal((RecordedFact Said, string Reason) refused) => refused.Reason switch
    {
        RefusalReasons.NotJoined when refused.Said.Fact.Fact == JointWebinarFacts.LeadHandedOver =>
            T["le cluster nommé ne participe pas"],
        RefusalReasons.NotTheLead => T["seul le cluster qui conduit peut le dire"],
        RefusalReasons.NotInvited => T["votre cluster n’est pas invité"],
        RefusalReasons.NotJoined => T["il faut d’abord répondre que votre cluster participe"],
        RefusalReasons.DeadlineOver => T["la date limite des réponses était passée"],
        RefusalReasons.SlotGone => T["un créneau venait d’être choisi"],
        RefusalReasons.NotHeld => T["le webinaire n’avait pas encore eu lieu"],
        RefusalReasons.Over => T["le dossier était déjà clos ou annulé"],
        _ => refused.Reason,
    };

    /// <summary>Of two versions that were written at once.</summary>
    public static string Crossed(DossierView view, RecordedFact unseen, RecordedFact last) =>
        T["{0} et {1} ont corrigé la même version en même temps. Celle de {1} est arrivée en dernier et compte ; voici la différence.",
            view.NameOf(unseen.Cluster), view.NameOf(last.Cluster)];

    /// <summary>What an autosave of a form is called: several of one dossier stand beside each other.</summary>
    /// <param name="view">For the dossier's title.</param>
    /// <param name="form">See <see cref="InputFields.Form"/>.</param>
    public static string Typed(DossierView view, string form) => form switch
    {
        AnswerForm.Name => T["Notre réponse"],
        Remarking.Form => T["Remarque"],
        Ending.Postpone => T["Report"],
        Ending.Cancel => T["Annulation"],
        Preparing.Document => T["Documents de travail"],
        Preparing.Own => T["Pour nos adhérents"],
        FollowingUp.Replay => T["Replay"],
        _ => form.StartsWith(Preparing.Line, StringComparison.Ordinal) ? T["Déroulé"] : T["Liste de contrôle"],
    } + " — " + view.Title;

    /// <summary>What a fact was about, to be followed by who said it.</summary>
    public static string What(JointWebinarFact fact) => fact.Fact switch
    {
        JointWebinarFacts.Proposed => T["Proposition"],
        JointWebinarFacts.Answered => T["Réponse"],
        JointWebinarFacts.SlotSuggested => T["Autre créneau proposé : {0}", Moments.Start(fact.Slot ?? "")],
        JointWebinarFacts.SlotChosen => T["Choix du créneau : {0}", Moments.Start(fact.Slot ?? "")],
        JointWebinarFacts.LineWritten => T["Déroulé : {0}", fact.Line?.What],
        JointWebinarFacts.TaskWritten => fact.Task?.Done == true
            ? T["Tâche faite : {0}", fact.Task.What] : T["Tâche : {0}", fact.Task?.What],
        JointWebinarFacts.LinkShared => T["Document : {0}", fact.Link?.Label],
        JointWebinarFacts.RemarkMade => T["Remarque"],
        JointWebinarFacts.ParticipationSet => T["Inscription et textes"],
        JointWebinarFacts.Announced => fact.Announcement?.Corrects is null ? T["Annonce"] : T["Correction de l’annonce"],
        JointWebinarFacts.ReplayPublished => T["Replay"],
        JointWebinarFacts.ReplayWithdrawn => T["Replay retiré"],
        JointWebinarFacts.SheetDrafted => T["Texte de la fiche"],
        JointWebinarFacts.SheetLinked => T["Fiche publiée"],
        JointWebinarFacts.Postponed => T["Report"],
        JointWebinarFacts.Cancelled => T["Annulation"],
        JointWebinarFacts.Closed => T["Clôture"],
        JointWebinarFacts.LeadHandedOver => T["Passage de la main"],
        _ => fact.Fact,
    };

    public static string Minutes(int minutes) => minutes % 60 == 0 ? T.Count("{0} heure|{0} heures", minutes / 60) : minutes < 60
        ? T["{0} minutes", minutes] : T["{0} h {1:00}", minutes / 60, minutes % 60];

    /// <summary>« jeudi 14 janvier 2027, 11 h – 12 h »</summary>
    public static string SlotWithEnd(string slot, int minutes)
    {
        var start = Dossier.TimeOf(slot);
        return $"{DateWords.InFull(DateOnly.FromDateTime(start))}, "
            + $"{DateWords.Hours(TimeOnly.FromDateTime(start), TimeOnly.FromDateTime(start.AddMinutes(minutes)))}";
    }

    public static string Day(string iso) =>
        DateOnly.TryParseExact(iso, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? DateWords.InFull(day) : iso;
}
