using System.Security.Claims;
using Interclustering.Federation;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.Form;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Primitives;

namespace Interclustering.Node.Publishing.Autosave;

/// <summary>The autosaves of members of staff, each for its own member alone.</summary>
internal static class UnsavedTexts
{
    public const int KeptDays = 30;
    private const int MostShown = 5;

    public static string TakenUp => T["Voici ce que vous aviez écrit. Rien n’est encore enregistré."];

    /// <summary>For a form of something new.</summary>
    public static string NewKey() => Guid.CreateVersion7().ToString("N");

    /// <summary>Id of what a form of something new becomes, however often it is sent; null for another key.</summary>
    public static string? SubjectOf(string key, string cluster) =>
        Guid.TryParseExact(key, "N", out var id) && id.Version == 7 ? Subjects.Of(cluster, id) : null;

    public static string MemberOf(ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.NameIdentifier) ?? "";

    public static Task<UnsavedText?> FindAsync(NodeContext db, ClaimsPrincipal user, string form, CancellationToken cancellation)
    {
        var member = MemberOf(user);
        return db.UnsavedTexts.AsNoTracking().FirstOrDefaultAsync(row => row.Member == member && row.Form == form, cancellation);
    }

    /// <summary>Of what is not kept as a draft or otherwise, the newest first.</summary>
    public static async Task<IReadOnlyList<UnsavedText>> OfNewAsync(
        NodeContext db, ClaimsPrincipal user, string? kind, CancellationToken cancellation)
    {
        var member = MemberOf(user);
        return await db.UnsavedTexts.AsNoTracking()
            .Where(row => row.Member == member && (kind == null || row.Kind == kind)
                && !db.WorkingCopies.Any(copy => copy.Subject == row.Form))
            .OrderByDescending(row => row.SavedAt).Take(MostShown).ToListAsync(cancellation);
    }

    public static Task DropAsync(NodeContext db, ClaimsPrincipal user, string form, CancellationToken cancellation)
    {
        var member = MemberOf(user);
        return db.UnsavedTexts.Where(row => row.Member == member && row.Form == form).ExecuteDeleteAsync(cancellation);
    }

    public static ItemForm FormOf(UnsavedText text)
    {
        var fields = text.Read().GroupBy(field => field.Key, field => field.Value)
            .ToDictionary(field => field.Key, field => new StringValues([.. field]));
        var form = ItemForm.Read(text.Kind, new FormCollection(fields));
        if (form.Kind != Contracts.Kinds.BestPractice && form.Sessions.Count == 0)
        {
            form.Sessions.Add(new SessionInput());
        }

        return form;
    }

    /// <summary>Keeps it, in place of what the same form held before.</summary>
    public static async Task KeepAsync(NodeContext db, UnsavedText text, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.UnsavedTexts.Where(row => row.Member == text.Member && row.Form == text.Form).ExecuteDeleteAsync(cancellation);
        db.Add(text);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
