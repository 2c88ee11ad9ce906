namespace Interclustering.Accounts;

/// <summary>What the installation asks of its accounts.</summary>
/// <param name="SecondFactor">Administrators and operators need a second factor: a passkey, or an authenticator app.</param>
public sealed record AccountSettings(bool SecondFactor = false);
