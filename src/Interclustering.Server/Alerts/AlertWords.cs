using Interclustering.Contracts;
using Interclustering.Federation.Liveness;
using Interclustering.Node.Mail;

namespace Interclustering.Server.Alerts;

/// <summary>What a mail to the operators says: what is wrong, what to do, and the technical detail.</summary>
internal static class AlertWords
{
    public static MailTemplate Mail(IReadOnlyList<Problem> problems, string server, string? status) => new(
        problems.Count == 1 ? $"Interclustering ({server}) : {Title(problems[0])}"
            : $"Interclustering ({server}) : {problems.Count} problèmes à regarder",
        ["Bonjour,", $"Le serveur « {server} » signale ce qui suit."], status, status is null ? null : "État de la fédération")
    {
        Sections = [.. problems.Select(problem => new MailSection(
            Sentence(problem), [new MailLine(Remedy(problem.Kind)), new MailLine("Détail technique", Detail: Technical(problem))]))],
        Footer = [new MailLine("Un message par problème, une seule fois. Adresses : réglage Interclustering:Alerts:To.")],
    };

    /// <summary>One line, for the subject.</summary>
    public static string Title(Problem problem) => problem.Kind switch
    {
        "waiting" => "le serveur attend son tour",
        "bus" => "le bus ne répond pas",
        "sending" => $"rien ne part vers {problem.About}",
        "reading" => "ce qui arrive n’est plus pris en compte",
        "database" => "la base de données ne répond pas",
        "stopped" => $"les échanges avec {problem.About} sont arrêtés",
        "alone" => "le bus en mémoire n’atteint pas les autres",
        "unconfirmed" => $"{problem.About} ne confirme rien",
        "refused" => $"des messages de {problem.About} sont refusés",
        "silence" => $"plus de nouvelles de {problem.About}",
        "lag" => $"des publications de {problem.About} n’arrivent pas",
        "disk" => "le disque est presque plein",
        "mail" => "des mails ne partent pas",
        "source" => "une source ne se lit plus",
        "backup" => "pas de sauvegarde récente",
        "certificate" => $"un certificat se termine ({problem.About})",
        "left" => "ce cluster a quitté la fédération",
        "service" => "une tâche de fond échoue",
        "pages" => "les pages du site ne suivent plus",
        "search" => "la recherche ne suit plus",
        var kind => kind,
    };

    /// <summary>What to do, in a sentence or two; <c>docs/operations.md</c> has the rest.</summary>
    public static string Remedy(string kind) => kind switch
    {
        "waiting" => "Un autre processus tient déjà cette base : arrêtez l’un des deux, sauf s’il attend exprès.",
        "bus" or "sending" => "Regardez si le serveur de messages tourne, puis l’utilisateur, son mot de passe et ses droits (doctor). "
            + "Tout repart ensuite de soi-même.",
        "reading" or "service" => "Le journal du serveur dit ce qui échoue.",
        "database" => "Regardez si la base de données tourne, et son disque.",
        "stopped" => "Si une sauvegarde a été restaurée : recover. Sinon, le détail ci-dessous dit pourquoi.",
        "alone" => "Donnez Bus:Transport, Bus:Host et Bus:Password, ou hébergez tous les clusters ici.",
        "unconfirmed" or "refused" => "Comparez la clé de ce cluster avec celle de l’annuaire, des deux côtés.",
        "silence" => "Demandez à l’opérateur de ce serveur s’il tourne ; sinon, l’heure, la clé et les droits sont à vérifier (doctor).",
        "lag" => "Si cela dure, regardez le serveur de messages et le journal de ce cluster.",
        "disk" => "Faites de la place, ou agrandissez le disque : sans place, plus rien ne se publie.",
        "mail" => "La page « Mails non partis » de l’espace dit lesquels et pourquoi ; doctor essaie le serveur de mail.",
        "source" => "La page « Sources » de l’espace dit ce que le site a répondu.",
        "backup" => "Le journal du serveur dit pourquoi ; « backup » en fait une à la main.",
        "certificate" => "Faites-le renouveler. Caddy le fait seul, si les ports 80 et 443 l’atteignent.",
        "left" => "Si c’est voulu, arrêtez ce serveur après une dernière sauvegarde. Sinon : cluster return.",
        "pages" or "search" => "Le journal du serveur dit ce qui échoue ; les publications elles-mêmes ne sont pas perdues.",
        _ => "docs/operations.md dit ce que signifie ce problème.",
    };

    private static string Sentence(Problem problem)
    {
        var title = Title(problem);
        var whose = problem.Participant is { Length: > 0 } code && code != problem.About
            ? $" ({(code == FederationDirectory.HubCode ? "site national" : code)})" : "";
        return char.ToUpperInvariant(title[0]) + title[1..] + whose;
    }

    private static string Technical(Problem problem) => problem.Cause is null ? problem.Detail : $"{problem.Detail} {problem.Cause}";
}
