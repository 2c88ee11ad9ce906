namespace Interclustering.Accounts.SignIn;

/// <summary>What the sign-in page shows and carries.</summary>
public sealed record SignInEntry
{
    public string Email { get; init; } = "";

    /// <summary>Where to go afterwards.</summary>
    public string Back { get; init; } = "";
    public string? Error { get; init; }
    public string? Notice { get; init; }
    public KeptForm? Kept { get; init; }
}
