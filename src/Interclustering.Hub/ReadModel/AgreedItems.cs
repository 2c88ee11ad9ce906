using System.Collections.Immutable;
using Interclustering.Content.Agreements;
using Interclustering.Contracts;
using Interclustering.Federation.Journals;

namespace Interclustering.Hub.ReadModel;

/// <summary>An event as agreements make it.</summary>
/// <param name="Id">Of the event.</param>
/// <param name="Shown">What is shown at its address; null for one that is shown as part of another.</param>
/// <param name="Into">Id of that other one.</param>
/// <param name="AsSaid">As its cluster has published it.</param>
/// <param name="Position">Where the hub's journal tells of the last change.</param>
/// <param name="At">Of that change, UTC.</param>
internal sealed record Agreed(string Id, Published? Shown, string? Into, Published AsSaid, long Position, DateTime At);

/// <summary>
/// What agreements make of events: it keeps those that may be concerned as their clusters have said them, and tells which are to be shown
/// anew. Positions follow from rows alone, so that they are the same after a start.
/// </summary>
/// <param name="removals">Of what is no longer public, by id.</param>
internal sealed class AgreedItems(Func<string, Removal?> removals)
{
    private readonly EventAgreements agreements = new();
    private readonly Dictionary<string, Published> said = [];
    private readonly ImmutableDictionary<string, string>.Builder into = ImmutableDictionary.CreateBuilder<string, string>();
    private readonly HashSet<string> concerned = [];

    // Of statements that were taken back, which say nothing of their event any more.
    private readonly Dictionary<string, (long Position, DateTime At)> takenBack = [];

    /// <summary>Id of what each is shown as part of.</summary>
    public IReadOnlyDictionary<string, string> Into => into.ToImmutable();

    public void Clear()
    {
        agreements.Clear();
        said.Clear();
        into.Clear();
        concerned.Clear();
        takenBack.Clear();
    }

    /// <summary>Whether a row is, or was, a statement.</summary>
    public bool Concerns(PublicationRow row) => EventAgreements.Concerns(row.Kind) || agreements.Knows(row.Subject);

    /// <summary>A row of an agreement, as it stands now.</summary>
    public void Take(PublicationRow row)
    {
        var isGone = row.Data is null || !EventAgreements.Concerns(row.Kind);
        var events = agreements.Take(row.Subject, row.Kind, row.Data, row.Revision, row.RevisedAt, row.Position);
        foreach (var id in isGone ? events : [])
        {
            takenBack[id] = (row.Position, row.RevisedAt);
        }

        concerned.UnionWith(events);
    }

    /// <summary>What can't be shown together is shown apart.</summary>
    public void Part(string id) => into.Remove(id);

    /// <summary>An event is public, as its cluster says it.</summary>
    public void Say(Published item)
    {
        if (item.Item is Event)
        {
            said[item.Id] = item;
            Concern(item.Id, !item.IsJoint && (item.Item.CoOrganisers.Count > 0 || (item.Item as Event)?.Registrations is { Count: > 0 }));
        }
    }

    /// <summary>It is not public, or no longer.</summary>
    public void Forget(string id)
    {
        if (said.Remove(id))
        {
            into.Remove(id);
            Concern(id, names: false);
        }
    }

    /// <summary>What is to be shown anew, each event once.</summary>
    public IReadOnlyList<Agreed> Settle()
    {
        var settled = new Dictionary<string, Agreed>();
        foreach (var id in concerned)
        {
            var group = agreements.GroupOf(id);
            var shown = group.Where(said.ContainsKey).ToList();
            if (shown.Count == 0 || settled.ContainsKey(shown[0]))
            {
                continue;
            }

            var members = shown.Where(each => !said[each].ForMembers).ToList();
            if (members.Count < 2)
            {
                members = [];
            }

            foreach (var each in shown.Except(members))
            {
                settled[each] = Alone(each);
            }

            foreach (var agreed in members.Count == 0 ? [] : Together(members))
            {
                settled[agreed.Id] = agreed;
            }
        }

        concerned.Clear();
        foreach (var agreed in settled.Values)
        {
            if (agreed.Into is { } lead)
            {
                into[agreed.Id] = lead;
            }
            else
            {
                into.Remove(agreed.Id);
            }
        }

        return [.. settled.Values];
    }

    private void Concern(string id, bool names)
    {
        if (agreements.ClaimsAbout(id).Count > 0)
        {
            concerned.UnionWith(agreements.GroupOf(id));
        }
        else if (names)
        {
            concerned.Add(id);
        }
    }

    private Agreed Alone(string id)
    {
        var item = said[id];
        var (position, at) = Latest([id]);
        return new Agreed(id, item with { Item = Named(item), Position = position, RevisedAt = at }, null, item, position, at);
    }

    private IEnumerable<Agreed> Together(IReadOnlyList<string> members)
    {
        var lead = agreements.LeadOf(members);
        List<string> order = [lead, .. members.Where(id => id != lead)];
        var (position, at) = Latest(members);
        yield return new Agreed(lead, said[lead] with
        {
            Item = AgreedEvent.Together([.. order.Select(id => (id, Named(said[id])))]),
            Parts = [.. order.Skip(1).Select(id => (id, said[id].Owner))],
            Position = position,
            RevisedAt = at,
        }, null, said[lead], position, at);
        foreach (var id in order.Skip(1))
        {
            yield return new Agreed(id, null, lead, said[id], position, at);
        }
    }

    /// <summary>A joint webinar's participants have said so in its dossier.</summary>
    private Event Named(Published item) => item.IsJoint ? (Event)item.Item
        : AgreedEvent.WithCoOrganisers((Event)item.Item, item.Id, agreements);

    /// <summary>
    /// The last change of any of them, of what was agreed about them, and of all that they are or were one with: also of what is gone, or
    /// is not for everyone now.
    /// </summary>
    private (long Position, DateTime At) Latest(IReadOnlyList<string> ids)
    {
        var around = ids.SelectMany(agreements.GroupOf).Concat(ids.SelectMany(id => agreements.ClaimsAbout(id)
                .Select(claim => EventAgreements.OtherOf(claim.Said, id)).Where(other => agreements.HaveBothSpoken(id, other))))
            .Union(ids).ToList();
        var changes = around.SelectMany<string, (long Position, DateTime At)>(id =>
        [
            .. said.TryGetValue(id, out var item) ? [(item.Position, item.RevisedAt)]
                : removals(id) is { } removal ? [(removal.Position, removal.RemovedAt)] : Array.Empty<(long, DateTime)>(),
            .. agreements.Telling(id, item?.Item.CoOrganisers ?? []),
            .. takenBack.TryGetValue(id, out var gone) ? [gone] : Array.Empty<(long, DateTime)>(),
        ]).ToList();
        return (changes.Max(change => change.Position), changes.Max(change => change.At));
    }
}
