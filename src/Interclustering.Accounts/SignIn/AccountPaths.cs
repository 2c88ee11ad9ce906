namespace Interclustering.Accounts.SignIn;

/// <summary>Addresses behind every door.</summary>
public static class AccountPaths
{
    public const string SignIn = "/connexion", SignOut = "/deconnexion", Account = "/compte", SecondFactor = "/compte/second-facteur",
        Confirm = "/confirmer";
}
