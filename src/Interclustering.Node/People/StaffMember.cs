using Microsoft.AspNetCore.Identity;

namespace Interclustering.Node.People;

/// <summary>Somebody of the cluster's staff; she exists in this cluster's database only.</summary>
public sealed class StaffMember : IdentityUser
{
    public string Name { get; set; } = "";
}
