using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Mail;

/// <summary>A mail that waits to be sent, or was: queued in the transaction that it tells of.</summary>
public sealed class MailRow
{
    /// <summary>Also in the message's <c>Message-ID</c>, so that one that was sent twice is recognised.</summary>
    public required Guid Id { get; init; }
    public required string To { get; set; }
    public required string Subject { get; set; }

    /// <summary>What it was for, e.g. an invitation, see <see cref="MailAbout"/>; empty for what is shown nowhere.</summary>
    public string About { get; set; } = "";

    /// <summary>Id of the member of staff who may turn it off; empty for a mail of an account, which can't be.</summary>
    public string Member { get; init; } = "";

    /// <summary>One of <see cref="MailGroups"/>, where there is a member.</summary>
    public string Group { get; init; } = "";

    /// <summary>It does not leave by itself: the member's next digest names it.</summary>
    public bool Waits { get; init; }

    /// <summary>What it asks to open, for the digest that names it; emptied with the text.</summary>
    public string Link { get; set; } = "";

    /// <summary>An entry for the reader's calendar (RFC 5546); emptied once it is sent.</summary>
    public string Calendar { get; set; } = "";

    /// <summary>Where mails of its kind are turned off (RFC 8058); emptied once it is sent.</summary>
    public string Unsubscribe { get; set; } = "";

    /// <summary>Plain text; emptied once it is sent.</summary>
    public required string Text { get; set; }

    /// <summary>The same as HTML; emptied once it is sent.</summary>
    public required string Html { get; set; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>UTC: when it is tried next.</summary>
    public DateTime DueAt { get; set; }
    public int Attempts { get; set; }

    /// <summary>UTC; null until it was handed over.</summary>
    public DateTime? SentAt { get; set; }

    /// <summary>Why the last attempt failed.</summary>
    public string? Failure { get; set; }

    /// <summary>Its content is gone here; where mail is files, the file has to go as well.</summary>
    public bool FileToDelete { get; set; }

    /// <summary>Empties mails, also those that wait. The row of one that must not be sent twice stays, without content.</summary>
    internal static Task<int> ForgetAsync(IQueryable<MailRow> mails, CancellationToken cancellation) => mails.ExecuteUpdateAsync(
        row => row.SetProperty(each => each.To, "").SetProperty(each => each.Subject, "").SetProperty(each => each.Text, "")
            .SetProperty(each => each.Html, "").SetProperty(each => each.Link, "").SetProperty(each => each.Calendar, "")
            .SetProperty(each => each.Unsubscribe, "")
            .SetProperty(each => each.About, "").SetProperty(each => each.Failure, (string?)null)
                .SetProperty(each => each.FileToDelete, true),
        cancellation);

    /// <summary>As often as a mail is tried.</summary>
    public const int MostAttempts = 12;

    /// <summary>For so long a mail that is not tried any more is a reason to look.</summary>
    private static readonly TimeSpan Told = TimeSpan.FromDays(7);

    /// <summary>Tried in vain: it is tried again, or was given up lately.</summary>
    internal static Expression<Func<MailRow, bool>> IsFailing(DateTime now)
    {
        var since = now - Told;
        return row => row.SentAt == null && row.Failure != null && row.To != "" && (row.Attempts < MostAttempts || row.DueAt > since);
    }

    /// <summary>It is not tried again.</summary>
    public bool IsGivenUp => SentAt is null && Attempts >= MostAttempts;
}

/// <summary>What a mail is for, so that one that does not leave is shown beside it.</summary>
internal static class MailAbout
{
    public static string Invitation(Guid link) => $"invitation/{link}";

    public static string Member(string id) => $"member/{id}";

    public static string Dossier(string id) => $"dossier/{id}";

    /// <summary>Mails about these that were tried in vain, the newest first.</summary>
    public static async Task<ILookup<string, MailRow>> TroublesAsync(
        NodeContext db, IReadOnlyCollection<string> about, CancellationToken cancellation) =>
        (await db.Mails.AsNoTracking().Where(row => row.SentAt == null && row.Failure != null && about.Contains(row.About))
            .OrderByDescending(row => row.CreatedAt)
            .ToListAsync(cancellation)).ToLookup(row => row.About);
}
