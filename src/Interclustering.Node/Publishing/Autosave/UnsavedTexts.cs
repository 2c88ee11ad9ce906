using System.Security.Claims;
using Interclustering.Accounts.SignIn;
using Interclustering.Federation;
using Interclustering.Node.Forms;
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

    /// <summary>Characters of the key of a form.</summary>
    public const int LongestKey = 200;
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
            .Where(row => row.Member == member && (kind == null || row.Kind == kind) && !EF.Functions.Like(row.Form, "%/%")
                && !db.WorkingCopies.Any(copy => copy.Subject == row.Form))
            .OrderByDescending(row => row.SavedAt).Take(MostShown).ToListAsync(cancellation);
    }

    public static Task DropAsync(NodeContext db, ClaimsPrincipal user, string form, CancellationToken cancellation)
    {
        var member = MemberOf(user);
        return db.UnsavedTexts.Where(row => row.Member == member && row.Form == form).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>As if it were sent.</summary>
    public static FormCollection FieldsOf(UnsavedText text) => new(text.Read().GroupBy(field => field.Key, field => field.Value)
        .ToDictionary(field => field.Key, field => new StringValues([.. field])));

    public static ItemForm FormOf(UnsavedText text) => ItemForm.Read(text.Kind, FieldsOf(text));

    /// <summary>Of one joint webinar, the newest first.</summary>
    public static async Task<IReadOnlyList<UnsavedText>> OfDossierAsync(
        NodeContext db, ClaimsPrincipal user, string dossier, CancellationToken cancellation)
    {
        var (member, start) = (MemberOf(user), dossier + "/");
        return await db.UnsavedTexts.AsNoTracking()
            .Where(row => row.Member == member && row.Kind == Contracts.Kinds.JointWebinarFact && row.Form.StartsWith(start))
            .OrderByDescending(row => row.SavedAt).ToListAsync(cancellation);
    }

    /// <summary>Keeps what a form holds, under its title or what it is about.</summary>
    public static Task KeepAsync(
        NodeContext db, ClaimsPrincipal user, string kind, string form, KeptForm typed, DateTime now, CancellationToken cancellation)
    {
        string Of(string name) => InputText.Clean(typed.Fields.FirstOrDefault(field => field.Key == name).Value ?? "");
        return KeepAsync(db, new UnsavedText
        {
            Member = MemberOf(user),
            Form = form,
            Kind = kind,
            SavedAt = now,
            Title = Of("title") is { Length: > 0 } title ? title : Of("about"),
            Fields = UnsavedText.Write(typed.Fields.Select(field => KeyValuePair.Create(field.Key, InputText.Clean(field.Value)))),
        }, cancellation);
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
