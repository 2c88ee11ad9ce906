using System.Security.Cryptography;
using Interclustering.Accounts.Passwords;
using Interclustering.Accounts.SecondFactor;
using Interclustering.Accounts.Sessions;
using Interclustering.Accounts.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Hub.Operators;

/// <summary>The hub's own accounts. They are made on its server, by who may read its database anyway.</summary>
public static class OperatorAccounts
{
    // Without characters that look alike when read out or typed from paper.
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>138 bits in seven groups: <c>k7wn-…</c>.</summary>
    public static string GeneratePassword() =>
        string.Join('-', Enumerable.Range(0, 7).Select(_ => RandomNumberGenerator.GetString(Alphabet, 4)));

    /// <summary>
    /// Makes an account, or gives the one with this address a new password, which ends its sessions and its lockout. A name that is absent
    /// stays as it is. A second factor stays too, unless it shall be forgotten. A password that is printed has to be replaced at the first
    /// sign-in. A demonstration account becomes an ordinary one.
    /// </summary>
    /// <returns>True when it was made.</returns>
    public static async Task<bool> PutAsync(HubContext db, string email, string? name, string password, DateTime now,
        CancellationToken cancellation, bool forgetSecondFactor = false, bool printed = false)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(email);
        var normalized = email.ToUpperInvariant();
        var known = await db.Users.SingleOrDefaultAsync(user => user.NormalizedEmail == normalized, cancellation);
        var person = known ?? new Operator
        {
            UserName = email,
            NormalizedUserName = normalized,
            Email = email,
            NormalizedEmail = normalized,
            EmailConfirmed = true,
            LockoutEnabled = true
        };
        person.Name = name ?? (person.Name.Length > 0 ? person.Name : email.Split('@')[0]);
        person.IsDemonstration = false;
        if (printed)
        {
            person.SetPrintedPassword(password, now);
        }
        else
        {
            person.SetPassword(password);
        }

        if (known is null)
        {
            db.Add(person);
        }

        if (forgetSecondFactor)
        {
            await SecondFactors.ForgetAsync(db, person, cancellation);
        }

        var action = known is null ? OperatorAction.AccountMade : OperatorAction.PasswordGiven;
        db.Add(new OperatorAction { Account = person.Id, Action = action, At = now });
        await db.SaveChangesAsync(cancellation);
        await OpenSessions.EndAllAsync(db, person.Id, except: null, cancellation);
        await SignInLocks.ForgetAsync(db, SignInLocks.KeyOf("password", email), cancellation);
        return known is null;
    }
}
