using Interclustering.Contracts;
using Interclustering.Federation.Liveness;

namespace Interclustering.Hub.FederationStatus;

/// <summary>What keeps the hub itself from sending or reading; what concerns a single cluster stands in that cluster's row.</summary>
public static class OwnProblems
{
    /// <summary>One of each kind, in the order in which they were found.</summary>
    public static IReadOnlyList<Problem> Of(IEnumerable<Problem> found) =>
        [.. found.Where(problem => problem.Participant is "" or FederationDirectory.HubCode && Sentence(problem.Kind) is not null)
            .DistinctBy(problem => problem.Kind)];

    /// <summary>What happened, and what becomes of it; null for a kind that is told elsewhere.</summary>
    public static string? Sentence(string kind) => kind switch
    {
        "waiting" => T["Le site national est déjà tenu par un autre processus : celui-ci attend son tour. Les pages sont à jour, rien "
            + "n’est reçu par celui-ci."],
        "bus" => T["Le bus partagé ne répond pas : rien n’arrive et rien ne part. Les clusters gardent ce qu’ils publient, et tout repart "
            + "de soi-même."],
        "sending" => T["Le bus partagé n’accepte rien du site national : les clusters ne reçoivent rien pour l’instant. L’envoi reprend "
            + "de lui-même."],
        "reading" => T["Ce qui vient d’arriver n’est toujours pas pris en compte : un opérateur doit regarder pourquoi."],
        "database" => T["La base de données du site national ne répond pas : rien n’est reçu pour l’instant. Les clusters gardent ce "
            + "qu’ils publient."],
        "pages" => T["Les pages du site national ne suivent plus ce qui est publié : elles montrent ce qu’elles savent. Un opérateur doit "
            + "regarder pourquoi."],
        "search" => T["La recherche ne suit plus ce qui est publié : elle trouve ce qu’elle connaît. Un opérateur doit regarder pourquoi."],
        "disk" => T["Le disque du serveur est plein, ou presque : un opérateur doit y faire de la place."],
        "alone" => T["Le bus est en mémoire, et des clusters sont hébergés ailleurs : rien ne leur parvient. Un opérateur doit régler "
            + "Bus:Transport."],
        "refused" => T["Des messages qui portent le nom d’un cluster sont refusés : signature ou expéditeur ne correspondent pas. Un "
            + "opérateur doit comparer sa clé avec l’annuaire."],
        "unconfirmed" => T["Un cluster donne de ses nouvelles et ne confirme rien de ce que le site national lui envoie : un opérateur "
            + "doit comparer les clés et les annuaires."],
        "service" => T["Une tâche de fond échoue et recommence : un opérateur doit regarder laquelle."],
        "backup" => T["La dernière sauvegarde du serveur a échoué ou est trop ancienne : un opérateur doit regarder pourquoi."],
        "certificate" => T["Le certificat du site ou du bus se termine bientôt : un opérateur doit le renouveler."],
        _ => null,
    };
}
