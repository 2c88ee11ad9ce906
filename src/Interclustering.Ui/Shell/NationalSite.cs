using Interclustering.Ui.Words;

namespace Interclustering.Ui.Shell;

/// <summary>Where the national site is.</summary>
/// <param name="Origin">Empty where this process hosts it; else the hub's address of the federation directory.</param>
public sealed record NationalSite(string Origin)
{
    public static NationalSite Here { get; } = new("");

    /// <summary>An address of the national site in the reader's language.</summary>
    public string To(string path) => Origin.TrimEnd('/') + Language.To(path);
}
