using Interclustering.Content.Agreements;
using Interclustering.Federation;
using Interclustering.Node.Radar;

namespace Interclustering.Node.Duplicates;

/// <summary>An own event and another one, of which it is to be said whether they are one.</summary>
/// <param name="Own">This cluster's.</param>
/// <param name="Other">The other one, with what they have in common.</param>
/// <param name="IsClaimed">The other's cluster says that they are one.</param>
public sealed record DuplicatePair(Engagement Own, LikelyDuplicate Other, bool IsClaimed)
{
    /// <summary>Those of which this cluster has said nothing, what others claim first.</summary>
    public static IReadOnlyList<DuplicatePair> Open(AgendaAtNode agenda, EventAgreements agreements, string cluster, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(agenda);
        ArgumentNullException.ThrowIfNull(agreements);
        var likely = new DuplicateSearch(agenda.Engagements, today).PairsOf(cluster).ToList();
        var bySubject = agenda.Engagements.Where(each => each.Firmness == Firmness.Published && each.Time.LastDay >= today)
            .ToLookup(each => each.Subject);
        var claimed = bySubject.Where(dates => dates.First().Cluster.Code == cluster && !dates.First().IsJoint)
            .SelectMany(dates => agreements.ClaimsAbout(dates.Key)
                .Where(claim => claim.Said.Same && claim.By != cluster && claim.By == Subjects.OwnerOf(
                    EventAgreements.OtherOf(claim.Said, dates.Key)))
                .Select(claim => bySubject[EventAgreements.OtherOf(claim.Said, dates.Key)].FirstOrDefault()).OfType<Engagement>()
                .Select(other => (Own: dates.First(), Other: other)))
            .Where(pair => !likely.Any(each => each.Own.Subject == pair.Own.Subject
                && each.Other.Engagement.Subject == pair.Other.Subject))
            .Select(pair => (pair.Own, Other: new LikelyDuplicate(pair.Other, []))).ToList();
        return [.. likely.Concat(claimed)
            .Where(pair => agreements.ClaimOf(cluster, pair.Own.Subject, pair.Other.Engagement.Subject) is null)
            .Select(pair => new DuplicatePair(pair.Own, pair.Other, IsClaimed(pair.Own.Subject, pair.Other.Engagement)))
            .OrderByDescending(pair => pair.IsClaimed).ThenBy(pair => pair.Own.Time.Day)];

        bool IsClaimed(string own, Engagement other) => other.Cluster.Code != cluster
            && agreements.ClaimOf(other.Cluster.Code, own, other.Subject)?.Said.Same == true;
    }
}
