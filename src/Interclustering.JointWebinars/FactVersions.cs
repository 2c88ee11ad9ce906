using Interclustering.Contracts;

namespace Interclustering.JointWebinars;

/// <summary>Which facts are versions of one thing, of which the last one counts.</summary>
public static class FactVersions
{
    /// <summary>All that count, in order; empty for a fact that replaces nothing. Pure.</summary>
    /// <param name="dossier">As folded.</param>
    /// <param name="cluster">Who says <paramref name="fact"/>.</param>
    /// <param name="fact">A version, also one that is only just written.</param>
    public static IReadOnlyList<RecordedFact> Of(Dossier dossier, string cluster, JointWebinarFact fact)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        ArgumentNullException.ThrowIfNull(fact);
        return fact.Fact == JointWebinarFacts.Answered
            ? dossier.Answers.GetValueOrDefault(cluster) is { } given ? [given.Said] : []
            : ThingOf(cluster, fact) is { } thing ? [.. dossier.Counted.Where(said => ThingOf(said.Cluster, said.Fact) == thing)] : [];
    }

    /// <summary>
    /// The version before the last one, which the writer of the last one had not seen: two were written at once. Null where that did not
    /// happen, and where the last one does not say what it corrects.
    /// </summary>
    public static RecordedFact? Unseen(IReadOnlyList<RecordedFact> versions) =>
        versions is [.., var before, var last] && Corrected(last.Fact) is { } seen && seen != before.Subject ? before : null;

    private static string? Corrected(JointWebinarFact fact) => fact.Corrects ?? fact.Announcement?.Corrects ?? fact.Draft?.Corrects;

    private static string? ThingOf(string cluster, JointWebinarFact fact) => fact.Fact switch
    {
        JointWebinarFacts.Proposed => "proposal",
        JointWebinarFacts.LineWritten => $"line {fact.Line?.Id}",
        JointWebinarFacts.TaskWritten => $"task {fact.Task?.Id}",
        JointWebinarFacts.ParticipationSet => $"participation {cluster}",
        JointWebinarFacts.Announced => "announcement",
        JointWebinarFacts.ReplayPublished or JointWebinarFacts.ReplayWithdrawn => "replay",
        JointWebinarFacts.SheetDrafted => "sheet",
        _ => null,
    };
}
