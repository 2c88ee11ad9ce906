using Microsoft.AspNetCore.Identity;

namespace Interclustering.Accounts;

/// <summary>An account of this installation: of a cluster's staff, or of the hub's operators. It exists in one database only.</summary>
public abstract class Account : IdentityUser
{
    /// <summary>As colleagues know the person.</summary>
    public string Name { get; set; } = "";

    /// <summary>Made for the demonstration, or by an account that was: it opens nothing without demonstration.</summary>
    public bool IsDemonstration { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? LastSignInAt { get; set; }

    /// <summary>Secret of the authenticator app (RFC 6238), encrypted by Data Protection; null without an app.</summary>
    public string? TotpSecret { get; set; }

    /// <summary>Time step of the code that was accepted last: a code counts once.</summary>
    public long TotpStep { get; set; }

    /// <summary>SHA-256 of each recovery code that is left, separated by spaces.</summary>
    public string RecoveryCodes { get; set; } = "";
}
