using Interclustering.Accounts;
using Interclustering.Node.Workspace;

namespace Interclustering.Node.Team;

/// <summary>A member of the cluster's staff, known in this cluster's database only.</summary>
public sealed class StaffMember : Account
{
    /// <summary>One of <see cref="StaffRoles"/>.</summary>
    public string Role { get; set; } = StaffRoles.Administrator;
}
