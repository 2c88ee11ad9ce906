using Interclustering.Ui.Words;

namespace Interclustering.Ui;

/// <summary>The shared words; <c>Texts.en.resx</c> has their English.</summary>
internal static class Texts
{
    public static Wording T { get; } = new(typeof(Texts));
}
