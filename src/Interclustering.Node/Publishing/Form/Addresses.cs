using Interclustering.Contracts;

namespace Interclustering.Node.Publishing.Form;

internal static class Addresses
{
    /// <summary>What autosave calls a letter to members, beside the kinds of publications.</summary>
    public const string Letter = "letter";

    public static string Edit(string kind, string id) => kind switch
    {
        Kinds.Webinar => $"/webinaires/{id}",
        Kinds.BestPractice => $"/fiches/{id}",
        Letter => $"/lettre/{id}/modifier",
        _ => $"/evenements/{id}",
    };

    public static string New(string kind) => kind switch
    {
        Kinds.Webinar => "/webinaires/nouveau",
        Kinds.BestPractice => "/fiches/nouvelle",
        Letter => "/lettre/nouvelle",
        _ => "/evenements/nouveau",
    };

    /// <summary>Where a text that was typed and not saved is taken up again.</summary>
    /// <param name="kind">Of the form.</param>
    /// <param name="form">
    /// Its key; of a joint webinar <c>&lt;dossier&gt;/&lt;page&gt;/&lt;form&gt;</c>, the page empty for the dossier itself.
    /// </param>
    /// <param name="isKept">A publication has this key as its id.</param>
    public static string Resume(string kind, string form, bool isKept) => (kind, form.Split('/')) switch
    {
        (Kinds.JointWebinarFact, [var dossier, "", ..]) => $"/webinaires-communs/{Uri.EscapeDataString(dossier)}",
        (Kinds.JointWebinarFact, [var dossier, var page, ..]) =>
            $"/webinaires-communs/{Uri.EscapeDataString(dossier)}/{Uri.EscapeDataString(page)}",
        (Kinds.JointWebinarFact, _) => "/webinaires-communs/proposer",
        _ => isKept ? Edit(kind, form) : New(kind),
    };

    public static string National(string kind, string id) => kind == Kinds.BestPractice ? $"/ressources/{id}" : $"/evenements/{id}";
}
