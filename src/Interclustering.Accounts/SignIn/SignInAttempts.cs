namespace Interclustering.Accounts.SignIn;

/// <summary>How often an account was tried from one network, or (<see cref="SignInLocks.Everywhere"/>) from all together.</summary>
public sealed class SignInAttempts
{
    /// <summary>SHA-256 of the address that was typed: one without an account is counted just the same.</summary>
    public required string Account { get; init; }

    /// <summary>As <see cref="Network"/> gives it.</summary>
    public required string Network { get; init; }

    /// <summary>Since the last success, or the last pause.</summary>
    public int Failures { get; set; }

    /// <summary>UTC: the last one that counted.</summary>
    public DateTime At { get; set; }

    /// <summary>UTC: the last success from this network; null without.</summary>
    public DateTime? SucceededAt { get; set; }
}
