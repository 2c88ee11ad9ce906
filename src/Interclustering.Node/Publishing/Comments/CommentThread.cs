using Interclustering.Node.Mail;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.PendingChanges;
using Interclustering.Ui.Words;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Publishing.Comments;

/// <summary>The discussion below a draft: of the members of its cluster, in plain text, as long as the draft lives.</summary>
internal static class CommentThread
{
    public const int Longest = 2000;

    /// <summary>A conversation, not an archive.</summary>
    public const int Most = 200;

    private const int LongestQuote = 300;

    public static async Task<IReadOnlyList<DraftComment>> ReadAsync(NodeContext db, string subject, CancellationToken cancellation) =>
        await db.DraftComments.AsNoTracking().Where(row => row.Subject == subject).OrderBy(row => row.Id).ToListAsync(cancellation);

    /// <summary>Adds it with <paramref name="db"/>'s next save.</summary>
    public static void Add(NodeContext db, string subject, string member, string by, string text, DateTime now) =>
        db.Add(new DraftComment { Subject = subject, Member = member, By = by, At = now, Text = text });

    /// <summary>Queues a mail to the author of the draft and to those who have written here before, but not to the writer.</summary>
    public static async Task TellAsync(NodeContext db, DraftText draft, string member, string by, string text, string link, DateTime now,
        CancellationToken cancellation)
    {
        var said = await db.DraftComments.Where(row => row.Subject == draft.Subject).Select(row => row.Member).Distinct()
            .ToListAsync(cancellation);
        var concerned = said.Append(draft.Owner ?? "").Where(id => id != member).ToHashSet();
        foreach (var reader in await db.Users.AsNoTracking().Where(user => concerned.Contains(user.Id) && user.Email != null)
            .ToListAsync(cancellation))
        {
            Mail(reader.Name, draft, by, text, link).Queue(db, reader.Email!, now, draft.Subject);
        }
    }

    private static MailTemplate Mail(string name, DraftText draft, string by, string text, string link) => new(
        T["Un commentaire sur « {0} »", draft.Title],
        [
            T["Bonjour {0},", name],
            T["{0} écrit, sous le brouillon « {1} » : « {2} »", by, draft.Title, FoldedText.Beginning(text, LongestQuote)],
        ],
        link, T["Répondre"]);
}
