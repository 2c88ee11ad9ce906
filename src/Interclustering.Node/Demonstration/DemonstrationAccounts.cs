using Interclustering.Accounts.Passwords;
using Interclustering.Node.Workspace;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Demonstration;

/// <summary>One staff account per embedded node, so that a first visitor can look around. Only with demonstration content.</summary>
public static class DemonstrationAccounts
{
    public static string EmailOf(string code) => $"equipe@{code}.example";

    /// <summary>Creates the account where the node has none yet.</summary>
    /// <param name="node">Whose account it is.</param>
    /// <param name="passwordHash">One for all nodes: they have one password, and a hash is as slow as it has to be.</param>
    /// <param name="cancellation">Stops before the account is there.</param>
    /// <returns>True when it was created; false when the node has an account already.</returns>
    public static async Task<bool> CreateAsync(NodeInstance node, Lazy<string> passwordHash, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(passwordHash);
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
            IsDemonstration = true,
        };
        member.SetPasswordHash(passwordHash.Value);
        db.Add(member);
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    /// <summary>
    /// Takes them away where the demonstration is over: also accounts that one of them has invited, with their sessions, passkeys, texts
    /// that were not saved, and the links and tokens that they have asked for.
    /// </summary>
    /// <returns>How many accounts were taken away.</returns>
    public static async Task<int> RemoveAsync(NodeInstance node, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(node);
        await using var db = node.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var left = await db.Users.Where(member => member.IsDemonstration).ToListAsync(cancellation);
        foreach (var member in left)
        {
            var theirs = $"{node.Code}/{member.Id}";
            await db.UnsavedTexts.Where(text => text.Member == theirs).ExecuteDeleteAsync(cancellation);
            await db.AccessLinks.Where(link => link.Email == member.Email).ExecuteDeleteAsync(cancellation);
        }

        await db.AccessLinks.Where(link => link.IsDemonstration).ExecuteDeleteAsync(cancellation);
        await db.Tokens.Where(token => token.IsDemonstration).ExecuteDeleteAsync(cancellation);
        // What belongs to an account goes with it by the database's own keys.
        db.RemoveRange(left);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return left.Count;
    }
}
