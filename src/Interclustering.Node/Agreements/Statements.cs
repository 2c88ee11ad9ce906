using Interclustering.Content.Agreements;
using Interclustering.Contracts;
using Interclustering.Node.Publishing.Editor;

namespace Interclustering.Node.Agreements;

/// <summary>Says something of an event of several clusters, in the name of this one: a new record, or a revision of its own one.</summary>
internal static class Statements
{
    /// <summary>Of this cluster's own part in another's event. Corrections that were proposed stay, unless others are given.</summary>
    public static Task SayOwnPartAsync(PublicationEditor editor, EventAgreements known, string own, string id, string answer, string by,
        CancellationToken cancellation, ProposedCorrections? corrections = null)
    {
        var before = known.OfCoOrganiser(id, own);
        return editor.PublishAsync(before?.Subject, (before?.Said ?? Empty(id, own)) with
        {
            Answer = answer,
            Corrections = answer == CoOrganisationAnswers.Declined ? null : corrections ?? before?.Said.Corrections,
        }, by, cancellation);
    }

    /// <summary>Of another cluster's part in an own event.</summary>
    public static Task SayOfOtherAsync(PublicationEditor editor, EventAgreements known, string id, string cluster, string answer,
        long? considered, string by, CancellationToken cancellation)
    {
        var before = known.OfOwner(id, cluster);
        return editor.PublishAsync(before?.Subject, (before?.Said ?? Empty(id, cluster)) with
        {
            Answer = answer,
            Considered = considered ?? before?.Said.Considered,
        }, by, cancellation);
    }

    /// <summary>That two events are one, or are not.</summary>
    /// <param name="editor">Publishes it.</param>
    /// <param name="known">What was said before.</param>
    /// <param name="own">Code of this cluster, which owns one of them.</param>
    /// <param name="stays">Id of the one at whose address both are shown.</param>
    /// <param name="other">Id of the other one.</param>
    /// <param name="same">Whether they are one.</param>
    /// <param name="by">The member.</param>
    /// <param name="cancellation">Of the request.</param>
    public static Task SayOfTwoAsync(PublicationEditor editor, EventAgreements known, string own, string stays, string other, bool same,
        string by, CancellationToken cancellation)
    {
        var before = known.ClaimOf(own, stays, other);
        var said = before?.Said ?? new SameEvent { Nonce = "", Event = stays, Other = other, Same = same };
        return editor.PublishAsync(before?.Subject, said with { Event = stays, Other = other, Same = same }, by, cancellation);
    }

    private static CoOrganisation Empty(string id, string cluster) =>
        new() { Nonce = "", Event = id, Cluster = cluster, Answer = CoOrganisationAnswers.Agreed };
}
