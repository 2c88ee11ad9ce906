using Interclustering.Content;

namespace Interclustering.Node.Publishing.Editor;

/// <summary>What can't stand in a publication, in kind sentences.</summary>
internal static class ContentWords
{
    /// <summary>Beside the field.</summary>
    public static string Of(ContentProblem problem) => problem.Rule switch
    {
        ContentRules.Missing => T["Il manque une information ici."],
        ContentRules.Empty => T["Ce champ est vide."],
        ContentRules.TooLong => T["Ce texte est trop long : {0:N0} caractères au plus.", problem.Limit],
        ContentRules.TooMany => T["Il y en a trop : {0:N0} au plus.", problem.Limit],
        ContentRules.TooFew => T["Il en faut au moins un."],
        ContentRules.Twice => T["Le même élément y est deux fois."],
        ContentRules.Choice => T["Ce choix n’existe pas : prenez-en un dans la liste."],
        ContentRules.Number => T["Ce nombre n’est pas possible ici."],
        ContentRules.Characters or ContentRules.Spelling => T["Un caractère n’est pas permis ici, ou le texte n’a pas la forme attendue."],
        ContentRules.Date => T["Cette date n’existe pas, ou elle n’est pas entre 2000 et 2200."],
        ContentRules.Order => T["La fin est avant le début : vérifiez les deux dates."],
        ContentRules.Address => T["Cette adresse ne convient pas : elle doit commencer par https:// (ou http://)."],
        ContentRules.Zone => T["Ce fuseau horaire est inconnu. Exemple : Europe/Paris."],
        ContentRules.Repetition =>
            T["Cette répétition ne peut pas être suivie. Écrivez-la en mots, par exemple « toutes les semaines jusqu’en juin »."],
        ContentRules.Coordinate => T["La latitude va de -90 à 90, la longitude de -180 à 180."],
        ContentRules.Deep or ContentRules.Unshowable => T["Ce contenu ne pourrait pas être affiché : simplifiez-le."],
        _ => T["Ce contenu n’a pas la forme attendue."],
    };

    /// <summary>In a report, where no field stands beside it.</summary>
    public static string InWords(ContentProblem problem) => T["{0} : {1}", FieldOf(problem.At), Of(problem)];

    private static string FieldOf(string at) => at.Split('/').ElementAtOrDefault(1) switch
    {
        "title" or "name" => T["Le titre"],
        "summary" => T["Le résumé"],
        "text" => T["Le texte"],
        "sessions" or "start" or "end" or "previousStart" or "expiresOn" => T["Les dates"],
        "timeZone" => T["Le fuseau horaire"],
        "recurrence" => T["La répétition"],
        "place" => T["Le lieu"],
        "themes" or "audiences" => T["Les thèmes et publics"],
        "image" => T["L’image"],
        "url" or "source" or "onlineUrl" or "registrationUrl" or "platformUrl" or "replayUrl" => T["L’adresse web"],
        _ => T["Le contenu"],
    };
}
