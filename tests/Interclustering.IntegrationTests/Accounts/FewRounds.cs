using System.Runtime.CompilerServices;
using Interclustering.Accounts.Passwords;

namespace Interclustering.IntegrationTests.Accounts;

/// <summary>
/// A password is hashed in some microseconds here: the tests sign in thousands of times, and none of them is about how long that takes.
/// </summary>
internal static class FewRounds
{
    public const int Count = 1_000;

    [ModuleInitializer]
    internal static void Use() => PasswordHashes.Use(Count);
}
