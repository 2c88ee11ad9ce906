using Interclustering.Contracts;
using Interclustering.JointWebinars;
using Interclustering.Ui.Words;

namespace Interclustering.Node.JointWebinars;

/// <summary>What a cluster has to do next in a dossier.</summary>
/// <param name="Why">In words.</param>
/// <param name="Page">Where in the dossier: <c>/annonce</c>, <c>#reponse</c>…</param>
/// <param name="IsUrgent">It has waited too long already.</param>
public sealed record NextStep(string Why, string Page, bool IsUrgent = false)
{
    private const string Proposal = "/proposition";
    private const int AnnounceAhead = 28, TasksAhead = 7, ToldFor = 7;

    /// <summary>Where it leads a member: to the dossier itself where they may not change what is asked for.</summary>
    public string PageFor(bool edits) => Page == Proposal && !edits ? "" : Page;

    /// <summary>In the order of a dossier's life; empty when nothing waits for this cluster. Pure.</summary>
    public static IReadOnlyList<NextStep> Of(DossierView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return view.IsInvited ? [.. Refused(view), .. view.Dossier.IsOver ? [] : Open(view)] : [];
    }

    private static IEnumerable<NextStep> Open(DossierView view)
    {
        var (dossier, today) = (view.Dossier, view.Today);
        if (view.MayAnswer && !view.IsLead && !dossier.Answers.ContainsKey(view.Own))
        {
            yield return new NextStep(T["{0} vous invite : répondez au plus tard le {1}", view.NameOf(dossier.Lead),
                DateWords.InFull(dossier.Deadline)], "#reponse", dossier.Deadline <= today.AddDays(2));
        }

        if (view.IsLead && dossier.IsDeclined)
        {
            yield return new NextStep(T["Tous les clusters invités ont décliné : proposez d’autres créneaux, ou mettez fin au dossier"],
                "#suite", IsUrgent: true);
            yield break;
        }

        if (view.IsLead && dossier.IsOpen)
        {
            var silent = dossier.Invited.Where(code => code != view.Own && !dossier.Answers.ContainsKey(code)).ToList();
            if (today > dossier.Deadline)
            {
                yield return new NextStep(T["Les réponses sont closes : choisissez un créneau, ou proposez-en d’autres"], "#creneaux",
                    IsUrgent: true);
            }
            else if (silent.Count == 0 && dossier.State != JointWebinarStates.Postponed)
            {
                yield return new NextStep(T["Tous les clusters ont répondu : choisissez un créneau"], "#creneaux");
            }
            else if (dossier.State == JointWebinarStates.Postponed)
            {
                yield return new NextStep(T["Le webinaire est reporté : proposez d’autres créneaux"], Proposal);
            }
        }

        if (!view.Joins || dossier.Slot is null)
        {
            yield break;
        }

        foreach (var step in AfterTheChoice(view, DateOnly.FromDateTime(Dossier.TimeOf(dossier.Slot))))
        {
            yield return step;
        }
    }

    private static IEnumerable<NextStep> AfterTheChoice(DossierView view, DateOnly day)
    {
        var (dossier, today) = (view.Dossier, view.Today);
        if (!view.IsHeld && dossier.Participations.GetValueOrDefault(view.Own)?.RegistrationUrl is null && today <= day)
        {
            yield return new NextStep(T["Donnez le lien d’inscription de vos adhérents"], "/preparation#participation");
        }

        if (dossier.Announcements.Count == 0 && view.IsLead)
        {
            yield return new NextStep(T["Annoncez-le dans l’agenda commun : c’est {0}", DateWords.InFull(day)], "/annonce",
                day <= today.AddDays(AnnounceAhead));
        }

        foreach (
            var task in dossier.Tasks.Where(task => task.Cluster == view.Own && !task.Done && DueOn(task) <= today.AddDays(TasksAhead)))
        {
            yield return new NextStep(T["{0} : pour le {1}", task.What, DateWords.InFull(DueOn(task)!.Value)], "/preparation#liste",
                DueOn(task) < today);
        }

        if (view.IsHeld && view.IsLead && dossier.Replay is null)
        {
            yield return new NextStep(T["Mettez le replay en ligne"], "/apres");
        }

        if (dossier.Replay is not null && view.IsLead && dossier.Sheets.Count == 0)
        {
            yield return new NextStep(T["Rédigez la fiche, ou clôturez le dossier"], "/fiche");
        }
    }

    /// <summary>What this cluster said lately and what does not count.</summary>
    private static IEnumerable<NextStep> Refused(DossierView view) => view.Dossier.Refused
        .Where(refused => refused.Said.Cluster == view.Own && refused.Said.SaidAt > view.Now.AddDays(-ToldFor))
        .Select(refused => new NextStep(
            T["Cela n’a pas compté — {0} : {1}", DossierWords.What(refused.Said.Fact), DossierWords.Refusal(refused)], "#refuse"));

    private static DateOnly? DueOn(PreparationTask task) =>
        DateOnly.TryParse(task.DueOn, System.Globalization.CultureInfo.InvariantCulture, out var day) ? day : null;
}
