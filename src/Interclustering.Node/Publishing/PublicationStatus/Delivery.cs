using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;
using Interclustering.Node.Files;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Ui.Words;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Publishing.PublicationStatus;

/// <summary>
/// How far the last revision of a publication has come. Where the hub keeps it and does not show it, <see cref="SetAside"/> is the reason,
/// as in <see cref="Quarantined.Reason"/>.
/// </summary>
public sealed record Delivery(string State, DateTime WrittenAt, bool Received, DateTime? VisibleAt, string? SetAside = null)
{
    /// <summary>Its files, in order.</summary>
    public IReadOnlyList<FileDelivery> Files { get; init; } = [];

    /// <summary>When the hub took it in, UTC; null where it has not said so yet.</summary>
    public DateTime? ReceivedAt { get; init; }

    /// <inheritdoc cref="WorkingCopy.PublishAt"/>
    public DateTime? PublishAt { get; init; }

    /// <summary>Nothing more is to come: it is where it should be, with its files, or was set aside.</summary>
    public bool IsSettled => SetAside is not null
        || (VisibleAt is not null && Files.All(file => !file.Pushed || file.ArrivedAt is not null || file.Refusal is not null));

    /// <summary>Differs whenever something has moved.</summary>
    public string Fingerprint => string.Join('.', State, WrittenAt.Ticks, Received, VisibleAt?.Ticks, SetAside,
        Files.Count(file => file.ArrivedAt is not null), Files.Count(file => file.Refusal is not null));

    public string InWords(DateTime nowUtc) => this switch
    {
        { State: PublicationState.Draft, PublishAt: { } at } => T["paraît {0}", Moments.Saved(at, nowUtc)],
        { State: PublicationState.Draft } => T["brouillon"],
        { State: PublicationState.Withdrawn } => T["retiré"],
        { VisibleAt: { } since } => T["visible depuis {0}", Moments.At(since, nowUtc)],
        { SetAside: not null } => T["mis de côté par le site national"],
        { Received: true } => T["reçu par le site national"],
        _ => T["en attente d’envoi"],
    };

    /// <summary>Why it was set aside, and what to do; null where it was not.</summary>
    public string? SetAsideInWords => SetAside switch
    {
        null => null,
        "unreadable" => T["Mis de côté par le site national : son contenu n’a pas la forme attendue. Il est gardé. Ouvrez-le, "
            + "vérifiez-le, puis publiez à nouveau."],
        "invalid" => T["Mis de côté par le site national : il y manque quelque chose, ou une date ou une adresse n’est pas correcte. Il "
            + "est gardé. Modifiez-le, puis publiez à nouveau."],
        "future" => T["Mis de côté par le site national : il vient d’une version plus récente du logiciel. Il est gardé, et paraîtra "
            + "après la mise à jour du site national. Vous n’avez rien à faire."],
        "foreign" => T["Mis de côté par le site national : il y est tenu pour celui d’un autre cluster. Il est gardé. Demandez à un "
            + "opérateur de la fédération."],
        "left" => T["Mis de côté par le site national : il a été publié après le départ du cluster. Il est gardé."],
        var reason => T["Mis de côté par le site national ({0}). Il est gardé. Demandez à un opérateur de la fédération.", reason],
    };

    /// <summary>Derived from the hub's receipts and from its journal as this node knows it.</summary>
    public static async Task<IReadOnlyDictionary<string, Delivery>> OfAsync(
        NodeContext db, IReadOnlyList<WorkingCopy> copies, CancellationToken cancellation)
    {
        var through = await db.Receipts.Where(row => row.Reader == FederationDirectory.HubCode)
            .Select(row => row.Through).FirstOrDefaultAsync(cancellation);
        var subjects = copies.Select(copy => copy.Subject).ToList();
        var visible = await db.Publications.AsNoTracking()
            .Where(row => row.Journal == FederationDirectory.HubCode && subjects.Contains(row.Subject))
            .Select(row => new { row.Subject, row.Revision, row.VisibleAt }).ToDictionaryAsync(row => row.Subject, cancellation);
        var files = await FileDelivery.OfAsync(db, copies, cancellation);
        var deliveries = copies.ToDictionary(copy => copy.Subject, copy =>
        {
            var row = visible.GetValueOrDefault(copy.Subject);
            var at = row?.Revision >= copy.Revision && copy.Revision > 0 ? row.VisibleAt : null;
            return new Delivery(copy.State, copy.EditedAt, copy.Sequence > 0 && (through >= copy.Sequence || at is not null),
                at)
            { Files = [.. files[copy.Subject]], PublishAt = copy.PublishAt, ReceivedAt = at };
        });
        var waiting = copies.Where(copy => deliveries[copy.Subject] is { Received: true, VisibleAt: null })
            .ToDictionary(copy => copy.Subject, copy => copy.Revision);
        foreach (var (subject, (at, reason)) in await SetAsideAsync(db, waiting, cancellation))
        {
            deliveries[subject] = deliveries[subject] with { SetAside = reason, ReceivedAt = at };
        }

        return deliveries;
    }

    /// <summary>What the hub says in its journal of revisions that it received and does not show.</summary>
    private static async Task<IReadOnlyDictionary<string, (DateTime At, string Reason)>> SetAsideAsync(
        NodeContext db, Dictionary<string, long> revisions, CancellationToken cancellation)
    {
        if (revisions.Count == 0)
        {
            return new Dictionary<string, (DateTime, string)>();
        }

        var texts = await db.Set<ReplicaEntry>().AsNoTracking()
            .Where(row => row.Journal == FederationDirectory.HubCode && revisions.Keys.Contains(row.Subject))
            .OrderBy(row => row.Sequence).Select(row => row.Text).ToListAsync(cancellation);
        return texts.Select(Read).Where(told => told.Said is { } said && said.Origin.Revision == revisions[said.Origin.Subject])
            .GroupBy(told => told.Said!.Origin.Subject).ToDictionary(told => told.Key, told => (told.Last().At, told.Last().Said!.Reason));
    }

    private static (DateTime At, Quarantined? Said) Read(string text)
    {
        try
        {
            return EntryChain.Read(text) is { Data: { } data } entry && Kinds.KindOf(entry.Type) == Kinds.Quarantined
                ? (FoldedState.TimeOf(entry), data.Deserialize<Quarantined>(ContractJson.Options))
                : default;
        }
        catch (JsonException)
        {
            // Of a later hub: nothing can be said.
            return default;
        }
    }
}
