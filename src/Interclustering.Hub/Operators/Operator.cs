using Microsoft.AspNetCore.Identity;

namespace Interclustering.Hub.Operators;

/// <summary>Somebody who looks after the federation at the hub. The hub's own account: it opens nothing at a cluster.</summary>
public sealed class Operator : IdentityUser
{
    /// <summary>As colleagues know her.</summary>
    public string Name { get; set; } = "";
}
