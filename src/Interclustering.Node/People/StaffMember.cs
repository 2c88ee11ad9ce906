using Microsoft.AspNetCore.Identity;

namespace Interclustering.Node.People;

/// <summary>Somebody of the cluster's staff; she exists in this cluster's database only.</summary>
public sealed class StaffMember : IdentityUser
{
    public string Name { get; set; } = "";

    /// <summary>One of <see cref="StaffRoles"/>.</summary>
    public string Role { get; set; } = StaffRoles.Administrator;

    /// <summary>UTC.</summary>
    public DateTime? LastSignInAt { get; set; }
}
