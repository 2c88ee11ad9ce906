using System.Security.Claims;
using Interclustering.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Workspace;

/// <summary>A member of the cluster's staff, known in this cluster's database only.</summary>
public sealed class StaffMember : Account
{
    /// <summary>One of <see cref="StaffRoles"/>.</summary>
    public string Role { get; set; } = StaffRoles.Administrator;

    /// <summary>Whether a demonstration account is signed in: what it lets in is of the demonstration as well.</summary>
    internal static Task<bool> IsDemonstrationAsync(NodeContext db, ClaimsPrincipal user, CancellationToken cancellation)
    {
        var id = IdOf(user);
        return db.Users.AnyAsync(member => member.Id == id && member.IsDemonstration, cancellation);
    }

    /// <summary>Their id in the cluster's database; empty without one.</summary>
    public static string IdOf(ClaimsPrincipal user) =>
        user.FindFirstValue(ClaimTypes.NameIdentifier) is { } id ? id[(id.IndexOf('/', StringComparison.Ordinal) + 1)..] : "";
}
