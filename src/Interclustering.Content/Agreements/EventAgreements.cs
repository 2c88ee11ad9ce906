using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation;

namespace Interclustering.Content.Agreements;

/// <summary>A record of one cluster, with where it stands.</summary>
/// <param name="Subject">Its id, and by that its owner.</param>
/// <param name="Said">What it says.</param>
/// <param name="Revision">Of the record, rising.</param>
/// <param name="At">UTC.</param>
/// <param name="Position">In the journal that it was read from.</param>
public sealed record Statement<T>(string Subject, T Said, long Revision, DateTime At, long Position)
    where T : Publication
{
    /// <summary>Code of the cluster that says it.</summary>
    public string By => Subjects.OwnerOf(Subject);
}

/// <summary>
/// What clusters have said of events of several: who is a co-organiser, and which two are one. Folded from their records, whatever their
/// order, so that the hub and all nodes come to the same. Not for several threads.
/// </summary>
public sealed class EventAgreements
{
    private readonly Dictionary<string, Statement<CoOrganisation>> roles = [];
    private readonly Dictionary<string, Statement<SameEvent>> claims = [];
    private readonly Dictionary<string, HashSet<string>> rolesOf = [], claimsOf = [];

    // What one cluster says of two events: however many there are, the last is found at once.
    private readonly Dictionary<(string By, string Low, string High), SortedSet<string>> claimsOfTwo = [];

    /// <summary>Whether a kind is one of those that are folded here.</summary>
    public static bool Concerns(string kind) => kind is Kinds.CoOrganisation or Kinds.SameEvent;

    /// <summary>
    /// Takes in a record as it stands now; null data is one that is gone. A record of a cluster that may not say it counts for nothing.
    /// </summary>
    /// <returns>Ids of the events of which something else may hold now.</returns>
    /// <exception cref="JsonException">The data isn't of its kind.</exception>
    public IReadOnlyCollection<string> Take(string subject, string kind, string? data, long revision, DateTime at, long position)
    {
        var before = GroupsOf(subject);
        Put(subject, kind, data, revision, at, position);
        return [.. before.Union(GroupsOf(subject))];
    }

    /// <summary><see cref="Take"/> without the concerned subjects: for a whole fold.</summary>
    /// <exception cref="JsonException">The data isn't of its kind.</exception>
    public void Put(string subject, string kind, string? data, long revision, DateTime at, long position)
    {
        Forget(subject);
        if (data is not null && kind == Kinds.CoOrganisation && Read<CoOrganisation>(data) is { } role)
        {
            var said = new Statement<CoOrganisation>(subject, role, revision, at, position);
            if (said.By == role.Cluster || said.By == Subjects.OwnerOf(role.Event))
            {
                roles[subject] = said;
                Index(rolesOf, role.Event).Add(subject);
            }
        }
        else if (data is not null && kind == Kinds.SameEvent && Read<SameEvent>(data) is { } claim)
        {
            var said = new Statement<SameEvent>(subject, claim, revision, at, position);
            if (said.By == Subjects.OwnerOf(claim.Event) || said.By == Subjects.OwnerOf(claim.Other))
            {
                claims[subject] = said;
                Index(claimsOf, claim.Event).Add(subject);
                Index(claimsOf, claim.Other).Add(subject);
                var two = Two(said.By, claim.Event, claim.Other);
                (claimsOfTwo.TryGetValue(two, out var same) ? same : claimsOfTwo[two] = new(StringComparer.Ordinal)).Add(subject);
            }
        }
    }

    /// <summary>Whether something is known of a record.</summary>
    public bool Knows(string subject) => roles.ContainsKey(subject) || claims.ContainsKey(subject);

    public void Clear()
    {
        roles.Clear();
        claims.Clear();
        rolesOf.Clear();
        claimsOf.Clear();
        claimsOfTwo.Clear();
    }

    /// <summary>What a cluster says of its own part; null where it has not said anything.</summary>
    public Statement<CoOrganisation>? OfCoOrganiser(string id, string cluster) => Last(id, cluster, cluster);

    /// <summary>What the owner says of a cluster's part, beside naming it.</summary>
    public Statement<CoOrganisation>? OfOwner(string id, string cluster) =>
        Subjects.OwnerOf(id) is var owner && owner != cluster ? Last(id, cluster, owner) : null;

    /// <summary>Whether a cluster wants to be a co-organiser.</summary>
    public bool HasAgreed(string id, string cluster) =>
        OfCoOrganiser(id, cluster)?.Said.Answer == CoOrganisationAnswers.Agreed;

    /// <summary>Clusters that have said something of their own part.</summary>
    public IReadOnlyList<string> Speaking(string id) => [.. RolesOf(id).Where(role => role.By == role.Said.Cluster)
        .Select(role => role.Said.Cluster).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>What a cluster says of two events, in whatever order they are named.</summary>
    public Statement<SameEvent>? ClaimOf(string cluster, string one, string other) =>
        claimsOfTwo.TryGetValue(Two(cluster, one, other), out var same) && same.Max is { } last ? claims[last] : null;

    /// <summary>All that is said of an event and another one: the last of each cluster.</summary>
    public IReadOnlyList<Statement<SameEvent>> ClaimsAbout(string id) => [.. ClaimsOf(id)
        .GroupBy(claim => (claim.By, Other: OtherOf(claim.Said, id)))
        .Select(same => same.MaxBy(claim => claim.Subject, StringComparer.Ordinal)!)
        .OrderBy(claim => claim.Subject, StringComparer.Ordinal)];

    /// <summary>The other one of two.</summary>
    public static string OtherOf(SameEvent said, string id)
    {
        ArgumentNullException.ThrowIfNull(said);
        return said.Event == id ? said.Other : said.Event;
    }

    /// <summary>
    /// Whether both owners say that two are one, and which of them stays: who would turn that round parts them, and takes nothing over.
    /// </summary>
    public bool AreOne(string one, string other)
    {
        var said = new[] { one, other }.Select(Subjects.OwnerOf).Distinct().Select(owner => ClaimOf(owner, one, other)?.Said).ToList();
        return said.All(claim => claim?.Same == true) && said.DistinctBy(claim => claim!.Event).Count() == 1;
    }

    /// <summary>Whether both owners have said something of two, whatever it is.</summary>
    public bool HaveBothSpoken(string one, string other) =>
        new[] { one, other }.Select(Subjects.OwnerOf).Distinct().All(owner => ClaimOf(owner, one, other) is not null);

    /// <summary>All that are one with an event, itself among them, in order of their ids.</summary>
    public IReadOnlyList<string> GroupOf(string id)
    {
        var group = new SortedSet<string>(StringComparer.Ordinal) { id };
        var next = new Queue<string>(group);
        while (next.TryDequeue(out var one))
        {
            foreach (var other in ClaimsOf(one).Select(claim => OtherOf(claim.Said, one)).Distinct())
            {
                if (!group.Contains(other) && AreOne(one, other))
                {
                    group.Add(other);
                    next.Enqueue(other);
                }
            }
        }

        return [.. group];
    }

    /// <summary>
    /// Of those that are one, the one at whose address they are shown: which no agreement shows as part of another, else the lowest id.
    /// What its own cluster alone has put to the others does not lead them.
    /// </summary>
    /// <param name="group">At least one id.</param>
    public string LeadOf(IReadOnlyCollection<string> group)
    {
        var shared = group.Where(id => group.Any(other => Subjects.OwnerOf(other) != Subjects.OwnerOf(id) && AreOne(id, other))).ToList();
        var parts = group.SelectMany(ClaimsOf).Select(claim => claim.Said)
            .Where(said => said.Same && group.Contains(said.Event) && group.Contains(said.Other) && AreOne(said.Event, said.Other))
            .Select(said => said.Other).ToHashSet();
        IReadOnlyCollection<string> among = shared.Count > 0 ? shared : group;
        return among.Where(id => !parts.Contains(id)).Order(StringComparer.Ordinal).FirstOrDefault() ?? among.Min(StringComparer.Ordinal)!;
    }

    /// <summary>Ids of a cluster's events of which something was said.</summary>
    public IReadOnlyList<string> EventsOf(string cluster) =>
        [.. rolesOf.Keys.Union(claimsOf.Keys).Where(id => Subjects.OwnerOf(id) == cluster)];

    /// <summary>A cluster's records that hold corrections.</summary>
    public IReadOnlyList<Statement<CoOrganisation>> WithCorrectionsOf(string cluster) =>
        [.. roles.Values.Where(role => role.By == cluster && role.Said.Corrections is not null)];

    /// <summary>Ids of the events of which a cluster has said what its part is.</summary>
    public IReadOnlyList<string> WherePartOf(string cluster) =>
        [.. roles.Values.Where(role => role.By == cluster && role.Said.Cluster == cluster).Select(role => role.Said.Event).Distinct()];

    /// <summary>
    /// What was said of an event and may show: of those whom it names, and where both owners have spoken. What one cluster says alone
    /// changes nothing of another's.
    /// </summary>
    public IEnumerable<(long Position, DateTime At)> Telling(string id, IReadOnlyCollection<string> named) =>
    [
        .. RolesOf(id).Where(role => named.Contains(role.By)).Select(role => (role.Position, role.At)),
        .. ClaimsOf(id).Where(claim => HaveBothSpoken(claim.Said.Event, claim.Said.Other)).Select(claim => (claim.Position, claim.At)),
    ];

    /// <summary>Events that a record is about, with all that are one with them.</summary>
    private IReadOnlyCollection<string> GroupsOf(string subject) =>
        roles.TryGetValue(subject, out var role) ? [role.Said.Event]
        : claims.TryGetValue(subject, out var claim) ? [.. GroupOf(claim.Said.Event), .. GroupOf(claim.Said.Other)] : [];

    private void Forget(string subject)
    {
        if (roles.Remove(subject, out var role))
        {
            Index(rolesOf, role.Said.Event).Remove(subject);
        }
        else if (claims.Remove(subject, out var claim))
        {
            claimsOfTwo[Two(claim.By, claim.Said.Event, claim.Said.Other)].Remove(subject);
            Index(claimsOf, claim.Said.Event).Remove(subject);
            Index(claimsOf, claim.Said.Other).Remove(subject);
        }
    }

    private Statement<CoOrganisation>? Last(string id, string cluster, string by) => RolesOf(id)
        .Where(role => role.Said.Cluster == cluster && role.By == by).MaxBy(role => role.Subject, StringComparer.Ordinal);

    private IEnumerable<Statement<CoOrganisation>> RolesOf(string id) =>
        rolesOf.TryGetValue(id, out var known) ? known.Select(subject => roles[subject]) : [];

    private IEnumerable<Statement<SameEvent>> ClaimsOf(string id) =>
        claimsOf.TryGetValue(id, out var known) ? known.Select(subject => claims[subject]) : [];

    private static (string By, string Low, string High) Two(string by, string one, string other) =>
        string.CompareOrdinal(one, other) < 0 ? (by, one, other) : (by, other, one);

    private static HashSet<string> Index(Dictionary<string, HashSet<string>> index, string id) =>
        index.TryGetValue(id, out var known) ? known : index[id] = [];

    private static T? Read<T>(string data) => JsonSerializer.Deserialize<T>(data, ContractJson.Options);
}
