using Interclustering.Accounts.Passwords;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.People;

/// <summary>One staff account per embedded node, so that a first visitor can look around. Only with demonstration content.</summary>
public static class DemonstrationAccounts
{
    public static string EmailOf(string code) => $"equipe@{code}.example";

    /// <summary>Creates the account where the node has nobody yet.</summary>
    /// <returns>True when it was created; false when somebody is there already.</returns>
    public static async Task<bool> CreateAsync(NodeInstance node, string password, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(node);
        await using var db = node.Open();
        if (await db.Users.AnyAsync(cancellation))
        {
            return false;
        }

        var email = EmailOf(node.Code);
        var member = new StaffMember
        {
            Name = $"Équipe {node.Cluster.Name}",
            UserName = email,
            NormalizedUserName = email.ToUpperInvariant(),
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            EmailConfirmed = true,
            LockoutEnabled = true,
        };
        member.SetPassword(password);
        db.Add(member);
        await db.SaveChangesAsync(cancellation);
        return true;
    }
}
