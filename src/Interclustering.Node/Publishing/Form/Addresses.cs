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

    public static string National(string kind, string id) => kind == Kinds.BestPractice ? $"/ressources/{id}" : $"/evenements/{id}";
}
