namespace Interclustering.Server.Alerts;

/// <summary>Who is told by mail when something is wrong with this server.</summary>
public sealed record AlertSettings
{
    /// <summary>Addresses of the operators; empty where no mail is sent.</summary>
    public IReadOnlyList<string> To { get; init; } = [];

    /// <summary>How long a problem must last before it is told.</summary>
    public TimeSpan After { get; init; } = TimeSpan.FromMinutes(30);
}
