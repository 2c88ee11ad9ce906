namespace Interclustering.Node.Files;

/// <summary>Where files are pushed to.</summary>
/// <param name="Find">The hub's address; null while it is not known, e.g. before this process, which hosts the hub itself, listens.</param>
/// <param name="Http">Follows no redirection: a signed request is for one path.</param>
public sealed record HubClient(Func<Uri?> Find, HttpClient Http)
{
    /// <summary>No address will ever be known: nothing is pushed, and there is nothing to wait for.</summary>
    public bool LeadsNowhere { get; init; }
}
