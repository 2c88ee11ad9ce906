using Interclustering.Server.Configuration;

namespace Interclustering.Server.Doctor;

/// <summary>Settings that do nothing, or contradict each other. What is misspelt ends every start and every verb before.</summary>
internal static class SettingChecks
{
    private const string Settings = "settings";

    public static IReadOnlyList<Finding> Of(ServerSettings settings, IConfiguration configuration)
    {
        var isOwn = Listening.Of(configuration).All(Listening.IsOwn);
        var apart = settings.Directory.Current.Any(cluster => !settings.Roles.Contains(cluster.Code)) || !settings.HostsHub;
        var plain = settings.Addresses.Where(address => settings.Roles.Contains(address.Key) && IsPlain(address.Value)).ToList();
        return
        [
            Finding.Good(Settings, $"read; this process hosts {string.Join(", ", settings.Roles)}"),
            .. apart && settings.Bus.Host is null
                ? [Finding.Wrong(Settings, "Other participants run elsewhere, and the bus is in memory",
                    "Set Bus:Transport to rabbitmq, with Bus:Host")] : Array.Empty<Finding>(),
            .. settings.Demonstration && !isOwn
                ? [Finding.Wrong(Settings, "The demonstration is on where others reach it", "Set Demonstration to false")]
                : Array.Empty<Finding>(),
            .. plain.Select(address => Finding.Look(address.Key, $"Its public address {address.Value} is plain http",
                "Put a TLS proxy in front, and write the https address into the directory")),
            .. settings.Smtp is { Tls: false } smtp && !Listening.IsOwn($"http://{smtp.Host}")
                ? [Finding.Look(Settings, $"Mail goes to {smtp.Host} in plain text", "Take Mail:Smtp:Tls out")] : Array.Empty<Finding>(),
            .. settings.HostsHub && settings.Site.Publisher is null
                ? [Finding.Look("hub", "The legal pages do not say who publishes the site",
                    "Set Site:Publisher, and the settings beside it")] : Array.Empty<Finding>(),
        ];
    }

    private static bool IsPlain(string address) => address.StartsWith("http:", StringComparison.OrdinalIgnoreCase)
        && !Listening.IsOwn(address) && address.Contains('.', StringComparison.Ordinal);
}
