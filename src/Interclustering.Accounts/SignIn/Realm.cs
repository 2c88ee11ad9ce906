using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Accounts.SignIn;

/// <summary>
/// What differs between the doors, a cluster's workspace and the operators' pages: addresses, words, frame, and who is told.
/// </summary>
/// <param name="db">The accounts' own database.</param>
/// <param name="mode">Whether demonstration accounts are let in.</param>
public abstract class Realm<TUser>(DbContext db, DemonstrationMode mode)
    where TUser : Account, new()
{
    public DbContext Db { get; } = db;

    public DbSet<TUser> People => Db.Set<TUser>();

    /// <summary>Accounts as sign-in and running sessions find them: those of the demonstration are unknown where it is off.</summary>
    public IQueryable<TUser> Known => mode.IsOn ? People : People.Where(account => !account.IsDemonstration);

    /// <summary>What its addresses begin with, e.g. <c>/espace/bsc</c>.</summary>
    public abstract string Base { get; }

    /// <summary>Its page after signing in.</summary>
    public abstract string Home { get; }

    /// <summary>Its page after signing out.</summary>
    public abstract string Outside { get; }

    /// <summary>Its authentication scheme.</summary>
    public abstract string Scheme { get; }

    /// <summary>What its cookies and claims are marked with, e.g. <c>bsc</c>.</summary>
    public abstract string Code { get; }

    /// <summary>What it opens, as a passkey and an authenticator app name it.</summary>
    public abstract string Name { get; }

    /// <summary>Below the heading of the sign-in page.</summary>
    public abstract string Introduction { get; }

    /// <summary>Where « forgotten password » leads; null where there is no such page.</summary>
    public virtual string? Forgotten => null;

    /// <summary>What to check when signing in was refused.</summary>
    public abstract string RefusalHint { get; }

    /// <summary>Further pages of an account's owner, which « Mon compte » leads to.</summary>
    public virtual IReadOnlyList<(string Path, string Label, string Why)> OwnPages => [];

    /// <summary>Below the heading of « Mon compte ».</summary>
    public abstract string AccountLine(TUser account);

    /// <summary>Names that a password must not hold, besides the account's own.</summary>
    public virtual IReadOnlyList<string> Guessable => [];

    /// <summary>Whether the account administers something here.</summary>
    public abstract bool Administers(TUser account);

    /// <summary>Whether the settings ask the account for a second factor.</summary>
    public abstract bool NeedsSecondFactor(TUser account);

    public abstract ClaimsPrincipal PrincipalOf(TUser account, Guid session);

    /// <summary>Adds a line to the list of actions, with the context's next save.</summary>
    public abstract void Note(string account, string action, string what, DateTime now);

    /// <summary>Queues a mail to the account, with the context's next save; a realm without mail does nothing.</summary>
    public abstract void Tell(TUser account, AccountNews news, DateTime now);

    /// <summary>An address behind this realm, and nothing else: a link can't lead elsewhere after signing in.</summary>
    public abstract string SafeReturn(string? address);

    public abstract IResult Page<TPage>(HttpContext http, string title, Dictionary<string, object?> parameters, int status)
        where TPage : IComponent;
}

/// <summary>What an account's owner is told by mail.</summary>
public enum AccountNews
{
    PasswordChanged,
    PasskeyAdded,
    TotpAdded,
    RecoveryCodesMade,
    Locked,
}
