using Interclustering.Ui.Words;

namespace Interclustering.Accounts;

/// <summary>The words of signing in and of accounts; <c>Texts.en.resx</c> has their English.</summary>
internal static class Texts
{
    public static Wording T { get; } = new(typeof(Texts));
}
