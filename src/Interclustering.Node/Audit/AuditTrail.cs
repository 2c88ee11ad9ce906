using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Node.Audit;

/// <summary>Writes down who did what.</summary>
internal static class AuditTrail
{
    private const int LongestText = 200;

    /// <summary>Adds it to <paramref name="db"/>'s next save.</summary>
    public static void Note(this NodeContext db, string member, string action, string what, DateTime now, string reason = "") =>
        db.Add(new AuditRow { At = now, Member = member, Action = action, What = Cut(what), Reason = reason });

    public static string Cut(string what) => FoldedText.Beginning(what, LongestText);

    public static bool IsCut(string what) => what.Length is LongestText or LongestText - 1;

    /// <summary>Writes it down at once, for what was done in transactions of its own.</summary>
    public static async Task NoteAsync(this HttpContext http, NodeContext db, string action, string what, CancellationToken cancellation,
        string reason = "")
    {
        db.ChangeTracker.Clear();
        db.Note(StaffMember.IdOf(http.User), action, what, http.Now(), reason);
        await db.SaveChangesAsync(cancellation);
    }
}
