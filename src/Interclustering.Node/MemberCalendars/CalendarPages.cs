using System.Security.Cryptography;
using Interclustering.Accounts.Passwords;
using Interclustering.Accounts.SignIn;
using Interclustering.Contracts;
using Interclustering.Node.Audit;
using Interclustering.Node.Calendars;
using Interclustering.Node.Team;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Interclustering.Node.MemberCalendars;

/// <summary>« Mon calendrier privé »: its address is made, shown once, replaced and removed; and what calendars read there.</summary>
internal static class CalendarPages
{
    public const string Path = "/mon-calendrier";

    /// <summary>One's own: a reader has one as well.</summary>
    public static void MapOwnCalendar(this RouteGroupBuilder group)
    {
        var reader = new NeedsRole(StaffRoles.Reader);
        group.MapGet(Path, (HttpContext http, NodeInstance node, NodeContext db, CancellationToken cancellation) =>
            ShowAsync(http, node, db, null, cancellation)).WithMetadata(reader);
        group.MapPost(Path, CreateAsync).WithMetadata(reader, new NeedsConfirmation());
        group.MapPost($"{Path}/supprimer", RemoveAsync).WithMetadata(reader);
    }

    /// <summary>Open without signing in: the address is the secret.</summary>
    public static void MapCalendarFile(this RouteGroupBuilder group) =>
        group.MapGet("/calendrier/{secret}.ics", ReadAsync).RequireRateLimiting(RequestRates.Api);

    private static async Task<IResult> ShowAsync(
        HttpContext http, NodeInstance node, NodeContext db, string? made, CancellationToken cancellation)
    {
        var me = StaffMember.IdOf(http.User);
        return WorkspacePage.Of<MemberCalendarPage>(http, node, T["Mon calendrier privé"], new()
        {
            [nameof(MemberCalendarPage.Calendar)] = await db.MemberCalendars.AsNoTracking()
                .SingleOrDefaultAsync(row => row.Member == me, cancellation),
            [nameof(MemberCalendarPage.Made)] = made,
            [nameof(MemberCalendarPage.Now)] = http.Now(),
        });
    }

    private static async Task<IResult> CreateAsync(
        HttpContext http, NodeInstance node, NodeContext db, PublicAddress address, CancellationToken cancellation)
    {
        var (me, now) = (StaffMember.IdOf(http.User), http.Now());
        var (secret, hash) = MemberCalendar.CreateSecret();
        if (await db.MemberCalendars.FindAsync([me], cancellation) is { } calendar)
        {
            (calendar.Hash, calendar.CreatedAt, calendar.LastUsedAt) = (hash, now, null);
        }
        else
        {
            db.Add(new MemberCalendar { Member = me, Hash = hash, CreatedAt = now });
        }

        db.Note(me, AuditedActions.CalendarMade, "", now);
        await db.SaveChangesAsync(cancellation);
        return await ShowAsync(http, node, db, address.To(http, node, $"/calendrier/{secret}.ics"), cancellation);
    }

    private static async Task<IResult> RemoveAsync(HttpContext http, NodeInstance node, NodeContext db, CancellationToken cancellation)
    {
        var me = StaffMember.IdOf(http.User);
        if (await db.MemberCalendars.FindAsync([me], cancellation) is { } calendar)
        {
            db.Remove(calendar);
            db.Note(me, AuditedActions.CalendarRemoved, "", http.Now());
            await db.SaveChangesAsync(cancellation);
        }

        return Results.LocalRedirect(Language.To($"/espace/{node.Code}{Path}"));
    }

    private static async Task<IResult> ReadAsync(
        HttpContext http, NodeInstance node, NodeContext db, Realm<StaffMember> realm, FederationDirectory directory, PublicAddress address,
        string secret, CancellationToken cancellation)
    {
        var (hash, now) = (AccessLink.HashOf(secret), http.Now());
        if (await db.MemberCalendars.AsNoTracking().SingleOrDefaultAsync(row => row.Hash == hash, cancellation) is not { } calendar
            || await realm.Known.AsNoTracking().SingleOrDefaultAsync(row => row.Id == calendar.Member, cancellation) is not { } member
            // Locked, or given a password that others have seen: nothing of theirs opens until they have come in again.
            || member.LockoutEnd > now || member.PrintedUntil() is not null)
        {
            return Results.NotFound();
        }

        // To the hour: calendars read every few minutes.
        var hour = now.Date.AddHours(now.Hour);
        if (calendar.LastUsedAt != hour)
        {
            await db.MemberCalendars.Where(row => row.Hash == hash)
                .ExecuteUpdateAsync(row => row.SetProperty(each => each.LastUsedAt, hour), cancellation);
        }

        var entries = await new CalendarContents(node.Code, directory, address.To(http, node, ""), now).ReadAsync(db, cancellation);
        var file = CalendarFile.Write(T["{0} : mon calendrier", node.Cluster.Name], entries);
        // The calendar that reads it keeps it, and asks each time whether it is still right; none on the way does.
        http.Response.Headers.CacheControl = "private, no-cache";
        return Results.Bytes(file, CalendarFile.MediaType,
            entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(file))[..32]}\""));
    }
}
