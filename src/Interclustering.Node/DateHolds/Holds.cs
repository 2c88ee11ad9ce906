using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Radar;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Words;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.DateHolds;

/// <summary>One of this cluster's holds.</summary>
/// <param name="Copy">As it is kept here.</param>
/// <param name="Hold">What it says.</param>
/// <param name="Others">What other clusters have on the same days.</param>
public sealed record OwnHold(WorkingCopy Copy, DateHold Hold, IReadOnlyList<Engagement> Others)
{
    public EventTime Time { get; } = EventTimes.At(new Session("1", Hold.Start, Hold.End), "Europe/Paris", TimeSpan.Zero);

    public DateOnly ExpiresOn { get; } = DateOnly.ParseExact(Hold.ExpiresOn, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Once.</summary>
    public bool MayProlong => !Hold.Prolonged && Hold.Purpose == HoldPurposes.Option;
}

/// <summary>The life of this cluster's holds.</summary>
internal static class Holds
{
    public static async Task<IReadOnlyList<OwnHold>> OwnAsync(
        NodeContext db, AgendaAtNode agenda, string code, DateOnly today, CancellationToken cancellation)
    {
        var copies = await db.WorkingCopies.AsNoTracking()
            .Where(row => row.Kind == Kinds.DateHold && row.State == PublicationState.Published).ToListAsync(cancellation);
        return [.. FaultIsolation.Shared.Each(copies, copy => (copy.Subject, copy.Version), copy => Of(copy, agenda, code, today))
            .OrderBy(own => own.Time.Day).ThenBy(own => own.Time.Start)];
    }

    public static async Task<OwnHold?> FindAsync(NodeContext db, string id, CancellationToken cancellation) =>
        await db.WorkingCopies.AsNoTracking().FirstOrDefaultAsync(row => row.Subject == id && row.Kind == Kinds.DateHold
            && row.State == PublicationState.Published, cancellation) is { } copy
            ? Of(copy, new AgendaAtNode([], null), "", default)
            : null;

    public static Task ProlongAsync(PublicationEditor editor, OwnHold own, string by, CancellationToken cancellation) =>
        editor.PublishAsync(own.Copy.Subject,
            own.Hold with { Prolonged = true, ExpiresOn = DateWords.Iso(own.ExpiresOn.AddDays(HoldForm.UsualDays)) }, by, cancellation);

    /// <summary>Those whose last day is over.</summary>
    public static async Task<IReadOnlyList<OwnHold>> ExpiredAsync(NodeContext db, DateOnly today, CancellationToken cancellation) =>
        [.. (await OwnAsync(db, new AgendaAtNode([], null), "", today, cancellation)).Where(own => own.ExpiresOn < today)];

    /// <summary>The member who hears of what becomes of it; null for one who has left.</summary>
    public static async Task<StaffMember?> OwnerAsync(NodeContext db, OwnHold own, CancellationToken cancellation) =>
        own.Copy.Owner is { } id ? await db.Users.AsNoTracking()
            .SingleOrDefaultAsync(member => member.Id == id && member.Email != null, cancellation) : null;

    /// <summary>From now on this member hears of it.</summary>
    public static Task GiveToAsync(NodeContext db, string subject, string member, CancellationToken cancellation) =>
        db.WorkingCopies.Where(row => row.Subject == subject)
            .ExecuteUpdateAsync(row => row.SetProperty(copy => copy.Owner, member), cancellation);

    private static OwnHold Of(WorkingCopy copy, AgendaAtNode agenda, string code, DateOnly today)
    {
        var own = new OwnHold(copy, (DateHold)PublicationText.Read(Kinds.DateHold, copy.Data), []);
        return own with
        {
            Others = [.. agenda.Engagements.Where(each => !each.IsOf(code) && !(each.ExpiresOn < today) && each.Time.Day <= own.Time.LastDay
                && each.Time.LastDay >= own.Time.Day)],
        };
    }
}
