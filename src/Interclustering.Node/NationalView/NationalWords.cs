using Interclustering.Ui.Words;

namespace Interclustering.Node.NationalView;

/// <summary>How fresh the national view of a node is.</summary>
internal static class NationalWords
{
    public static string Freshness(DateTime? knownAtUtc, DateTime nowUtc) => knownAtUtc is { } at
        ? T["Les clusters tels qu’ils étaient {0}.", Moments.Ago(at, nowUtc)]
        : T["Le site national n’a encore rien envoyé à cet espace."];
}
