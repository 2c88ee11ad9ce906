using Interclustering.Content.Agreements;
using Interclustering.Contracts;
using Interclustering.Federation;

namespace Interclustering.Node.Agreements;

/// <summary>How far a cluster and an event's owner have agreed.</summary>
public enum CoOrganiserStep
{
    /// <summary>The owner has named it, and it has not answered.</summary>
    Asked,

    /// <summary>It asks to be named.</summary>
    Asks,

    /// <summary>Both want it: the national site names it.</summary>
    Agreed,

    /// <summary>It does not want to be named.</summary>
    Declined,

    /// <summary>The owner does not want to name it.</summary>
    Refused,

    /// <summary>Neither side has published a statement.</summary>
    None,
}

/// <summary>A cluster's part in an event.</summary>
/// <param name="Cluster">Its code.</param>
/// <param name="Step">How far both have agreed.</param>
/// <param name="Said">What it says itself; null for nothing.</param>
/// <param name="Considered">The revision of that up to which the owner has looked at corrections.</param>
public sealed record CoOrganiserState(string Cluster, CoOrganiserStep Step, Statement<CoOrganisation>? Said, long Considered)
{
    /// <summary>What it would say otherwise and the owner has not looked at yet.</summary>
    public ProposedCorrections? Corrections => Step == CoOrganiserStep.Agreed && Said is { Said.Corrections: { } corrections } said
        && said.Revision > Considered ? corrections : null;

    /// <summary>The part of one cluster.</summary>
    public static CoOrganiserState Of(EventAgreements agreements, string id, Event item, string cluster)
    {
        ArgumentNullException.ThrowIfNull(agreements);
        ArgumentNullException.ThrowIfNull(item);
        var (said, owner) = (agreements.OfCoOrganiser(id, cluster), agreements.OfOwner(id, cluster));
        var step = (item.CoOrganisers.Contains(cluster), said?.Said.Answer) switch
        {
            (true, CoOrganisationAnswers.Agreed) => CoOrganiserStep.Agreed,
            (true, CoOrganisationAnswers.Declined) => CoOrganiserStep.Declined,
            (true, _) => CoOrganiserStep.Asked,
            (false, CoOrganisationAnswers.Agreed) => owner is { Said.Answer: CoOrganisationAnswers.Declined } && owner.At >= said!.At
                ? CoOrganiserStep.Refused : CoOrganiserStep.Asks,
            _ => CoOrganiserStep.None,
        };
        return new CoOrganiserState(cluster, step, said, owner?.Said.Considered ?? 0);
    }

    /// <summary>Of all clusters that the owner names, and that have asked to be named.</summary>
    public static IReadOnlyList<CoOrganiserState> AllOf(EventAgreements agreements, string id, Event item)
    {
        ArgumentNullException.ThrowIfNull(agreements);
        ArgumentNullException.ThrowIfNull(item);
        return [.. item.CoOrganisers.Concat(agreements.Speaking(id)).Distinct().Where(code => code != Subjects.OwnerOf(id))
            .Select(code => Of(agreements, id, item, code)).Where(state => state.Step != CoOrganiserStep.None)];
    }
}
