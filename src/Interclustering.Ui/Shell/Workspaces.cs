using Interclustering.Ui.Words;

namespace Interclustering.Ui.Shell;

/// <summary>Where the clusters' workspaces are, as far as this process knows: the national site leads to them.</summary>
/// <param name="Origins">By cluster code, without a slash at the end; empty where this process hosts the workspace.</param>
public sealed record Workspaces(IReadOnlyDictionary<string, string> Origins)
{
    public static Workspaces None { get; } = new(new Dictionary<string, string>());

    /// <summary>Whether this process has the page on which a member chooses a workspace.</summary>
    public bool AnyHere => Origins.Values.Contains("");

    /// <summary>
    /// The page of a publication in the workspace of its cluster, in the reader's language; null where that is not known.
    /// </summary>
    /// <param name="cluster">Code of its owner.</param>
    /// <param name="id">Of the publication, or of the dossier of a joint webinar.</param>
    /// <param name="isJoint">Whether it is a joint webinar.</param>
    public string? To(string cluster, string id, bool isJoint)
    {
        var place = isJoint ? "webinaires-communs" : "publications";
        return Origins.TryGetValue(cluster, out var origin) ? origin + Language.To($"/espace/{cluster}/{place}/{id}") : null;
    }
}
