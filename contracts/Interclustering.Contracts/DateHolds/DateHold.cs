namespace Interclustering.Contracts;

/// <summary>
/// A date that a cluster keeps for something it prepares, or that it asks the others to avoid (a trade fair). For the teams of all
/// clusters: no page, feed or API of the hub shows it. Becoming an event, or being let go, is a withdrawal of it.
/// </summary>
public sealed record DateHold : Publication
{
    /// <summary>Working title, 1 to 200 characters, plain text.</summary>
    public required string Title { get; init; }

    /// <summary>One of <see cref="HoldPurposes"/>.</summary>
    public string Purpose { get; init; } = HoldPurposes.Option;

    /// <summary>One of <see cref="HoldScopes"/>.</summary>
    public string Scope { get; init; } = HoldScopes.Regional;

    /// <summary>In the form of <see cref="Session.Start"/>, in Paris.</summary>
    public required string Start { get; init; }

    /// <summary>In the form of <see cref="Session.End"/>.</summary>
    public string? End { get; init; }

    /// <summary>Slugs of themes, the main one first.</summary>
    public IReadOnlyList<string> Themes { get; init; } = [];

    /// <summary>Slugs of audiences, see <see cref="Audiences"/>.</summary>
    public IReadOnlyList<string> Audiences { get; init; } = [];

    /// <summary>The last day on which it counts, in Paris, e.g. <c>2026-11-30</c>; it then expires without an entry.</summary>
    public required string ExpiresOn { get; init; }

    /// <summary>Its expiry was put off; that happens once.</summary>
    public bool Prolonged { get; init; }
}

/// <summary>Why a date is held.</summary>
public static class HoldPurposes
{
    /// <summary>The cluster prepares something on it.</summary>
    public const string Option = "option";

    /// <summary>Something outside the clusters takes place that their members go to.</summary>
    public const string Avoid = "avoid";
    public static IReadOnlyList<string> All { get; } = [Option, Avoid];
}

/// <summary>Whom something held is for.</summary>
public static class HoldScopes
{
    /// <summary>Members of the region.</summary>
    public const string Regional = "regional";

    /// <summary>Members of all clusters.</summary>
    public const string National = "national";
    public static IReadOnlyList<string> All { get; } = [Regional, National];
}
