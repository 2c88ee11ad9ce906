namespace Interclustering.Accounts.Sessions;

/// <summary>What a browser calls itself, in words that its owner recognises.</summary>
public static class Device
{
    // The first that fits: Edge and Opera also say Chrome, Chrome also says Safari, and Android also says Linux.
    private static readonly (string Mark, string Name)[] Browsers =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"),
            ("Safari/", "Safari")];

    private static readonly (string Mark, string Name)[] Systems =
        [("Windows", "Windows"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Mac OS X", "macOS"),
            ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    /// <summary>E.g. <c>Firefox, Windows</c>; empty where nothing is recognised.</summary>
    public static string Of(string agent)
    {
        ArgumentNullException.ThrowIfNull(agent);
        return string.Join(", ", new[] { First(Browsers, agent), First(Systems, agent) }.OfType<string>());
    }

    private static string? First((string Mark, string Name)[] known, string agent) =>
        known.Where(each => agent.Contains(each.Mark, StringComparison.Ordinal)).Select(each => each.Name).FirstOrDefault();
}
