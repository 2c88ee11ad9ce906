using Interclustering.Ui.Words;

namespace Interclustering.Node;

/// <summary>The workspaces' words; <c>Texts.en.resx</c> has their English.</summary>
internal static class Texts
{
    public static Wording T { get; } = new(typeof(Texts));
}
