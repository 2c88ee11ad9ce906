using Interclustering.Node.Mail;
using Interclustering.Node.ToDo;
using Interclustering.Node.Workspace;

namespace Interclustering.Node.Digests;

/// <summary>What a member finds in the morning: what has happened and was left for it, and what waits.</summary>
internal static class DigestMail
{
    private const int MostOfASection = 12;

    /// <summary>Null where nothing waits. Pure.</summary>
    /// <param name="node">Of the team.</param>
    /// <param name="member">Who reads it.</param>
    /// <param name="told">What they have left for the digest, in order.</param>
    /// <param name="waiting">What waits for the team, and for the member alone.</param>
    /// <param name="link">A page of the workspace, absolute; null where its address is not known.</param>
    public static MailTemplate? Of(NodeInstance node, StaffMember member, IReadOnlyList<MailRow> told, IReadOnlyList<ToDoItem> waiting,
        Func<string, string?> link)
    {
        var count = told.Count + waiting.Count;
        return count == 0 ? null : new MailTemplate(
            T.Count("{0} point à voir ce matin|{0} points à voir ce matin", count),
            [T["Bonjour {0},", member.Name], T["Voici ce qui attend dans l’espace de {0}.", node.Cluster.Name]],
            link(""), T["Ouvrir « À faire »"])
        {
            Sections =
            [
                .. told.Count == 0 ? (MailSection[])[] : [Section(T["Ce qui s’est passé"],
                    [.. told.Select(mail => new MailLine(mail.Subject, mail.Link.Length > 0 ? mail.Link : null))])],
                .. waiting.GroupBy(item => HeadingOf(item.Path)).Select(items => Section(items.Key,
                    [.. items.OrderByDescending(item => item.IsUrgent).Select(item => new MailLine(
                        item.IsUrgent ? T["Urgent : {0}", item.Title] : item.Title, link(item.Path), item.Why))])),
            ],
        };
    }

    private static MailSection Section(string heading, IReadOnlyList<MailLine> lines) => new(heading,
    [
        .. lines.Take(MostOfASection),
        .. lines.Count > MostOfASection
            ? (MailLine[])[new(T.Count("et {0} autre, sous « À faire »|et {0} autres, sous « À faire »", lines.Count - MostOfASection))]
            : [],
    ]);

    /// <summary>As the navigation of the workspace names where it is done.</summary>
    private static string HeadingOf(string path) => path.Split('/', '?', '#') is [_, var room, ..] ? room switch
    {
        _ when path.Contains("?saisie=", StringComparison.Ordinal) => T["Vos textes non enregistrés"],
        "webinaires-communs" => T["Webinaires communs"],
        "options" => T["Options sur une date"],
        "lettre" => T["Lettre"],
        "sources" => T["Sources"],
        _ => T["Publications"],
    } : T["Publications"];
}
