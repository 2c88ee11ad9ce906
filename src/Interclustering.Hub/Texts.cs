using Interclustering.Ui.Words;

namespace Interclustering.Hub;

/// <summary>The national site's words; <c>Texts.en.resx</c> has their English.</summary>
internal static class Texts
{
    public static Wording T { get; } = new(typeof(Texts));
}
