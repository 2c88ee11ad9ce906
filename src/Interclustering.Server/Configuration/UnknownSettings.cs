using Interclustering.Contracts;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;

namespace Interclustering.Server.Configuration;

/// <summary>Settings that would do nothing, because their name is none: all of them at once, each with the nearest one that is.</summary>
internal static class UnknownSettings
{
    private const string Section = "Interclustering";
    private const int MostWrongLetters = 3;

    /// <exception cref="WrongSettingException">There are some.</exception>
    public static void Refuse(IConfiguration configuration)
    {
        List<string> wrong =
        [
            .. ValuesOf(configuration.GetSection(Section)).Where(setting => !IsKnown(setting.Key)).Select(Unknown),
            .. configuration.GetChildren().Where(section => !section.Key.Equals(Section, StringComparison.OrdinalIgnoreCase))
                .SelectMany(Elsewhere),
        ];
        if (wrong.Count > 0)
        {
            throw new WrongSettingException(
                string.Join(Environment.NewLine, [.. wrong, "docs/configuration.md has every setting."]));
        }
    }

    /// <summary>Settings by participant name one that the directory knows.</summary>
    /// <exception cref="WrongSettingException">They name another.</exception>
    public static void RefuseUnknownCodes(IConfigurationSection section, FederationDirectory directory)
    {
        string[] clusters = [.. directory.Clusters.Select(cluster => cluster.Code)];
        Refuse("Addresses", [FederationDirectory.HubCode, .. clusters]);
        Refuse("Database:Nodes", clusters);
        Refuse("Database:Passwords", [FederationDirectory.HubCode, .. clusters]);

        void Refuse(string group, IReadOnlyList<string> codes)
        {
            foreach (var setting in section.GetSection(group).GetChildren()
                .Where(setting => !codes.Contains(SettingFiles.NameOf(setting.Key), StringComparer.OrdinalIgnoreCase)))
            {
                var nearest = KnownParameters.Nearest(SettingFiles.NameOf(setting.Key), codes);
                throw new WrongSettingException($"{Section}:{group}:{setting.Key}", setting.Value,
                    $"{Section}:{group}:CODE with a code of the directory: {string.Join(", ", codes)}",
                    nearest is null ? null : $"{Section}:{group}:{nearest}");
            }
        }
    }

    private static bool IsKnown(string key) => Setting.All.Any(setting => setting.Is(SettingFiles.NameOf(key)));

    private static string AsWritten(string key) => SettingFiles.Change(key, name =>
        Setting.All.First(setting => setting.Is(name)).Key.Replace("*", name.Split(':')[^1], StringComparison.Ordinal));

    private static IEnumerable<(string Key, string Value)> ValuesOf(IConfigurationSection section) =>
        section.AsEnumerable(makePathsRelative: true).Where(pair => pair.Value is not null).Select(pair => (pair.Key, pair.Value!));

    private static string Unknown((string Key, string Value) setting)
    {
        var name = SettingFiles.NameOf(setting.Key);
        var last = name.Split(':')[^1];
        var names = Setting.All.Select(known => known.Key.Replace("*", last, StringComparison.Ordinal)).ToList();
        var group = setting.Key.Split(':')[0] + ":";
        var inGroup = Setting.All.Select(known => known.Key)
            .Where(key => key.StartsWith(group, StringComparison.OrdinalIgnoreCase)).ToList();
        return $"Setting {Section}:{setting.Key} is not known; it holds {WrongSettingException.Shown(setting.Key, setting.Value)}. "
            + (KnownParameters.Nearest(name, names) is { } nearest
                ? $"Did you mean {Section}:{SettingFiles.Change(setting.Key, _ => nearest)}?"
                : inGroup.Count > 0 ? $"Allowed there: {string.Join(", ", inGroup)}."
                : $"Allowed: {string.Join(", ", Setting.All.Select(known => known.Key))}.");
    }

    /// <summary>
    /// A misspelt section (<c>Intercluster__Roles</c>), one underscore for two (<c>INTERCLUSTERING_ROLES</c>), or none at all
    /// (<c>Bus__Host</c>). Other variables of the environment are left alone.
    /// </summary>
    private static IEnumerable<string> Elsewhere(IConfigurationSection section)
    {
        var isNear = EditDistance.Between(section.Key.ToLowerInvariant(), Section.ToLowerInvariant()) <= MostWrongLetters;
        foreach (var (whole, value) in section.AsEnumerable().Where(pair => pair.Value is not null))
        {
            var key = whole[section.Key.Length..].TrimStart(':');
            var meant = isNear && key.Length > 0 ? key
                : Below(SettingFiles.Change(whole, name => name.Replace('_', ':'))) is { } below && IsKnown(below) ? AsWritten(below)
                : whole.Contains(':', StringComparison.Ordinal) && IsKnown(whole) ? AsWritten(whole) : null;
            if (meant is not null)
            {
                yield return $"Setting {whole} is not known; it holds {WrongSettingException.Shown(whole, value)}. Did you mean "
                    + $"{Section}:{meant}? In the environment that is {Section}__{meant.Replace(":", "__", StringComparison.Ordinal)}.";
            }
        }

        static string? Below(string key) =>
            key.StartsWith(Section + ":", StringComparison.OrdinalIgnoreCase) ? key[(Section.Length + 1)..] : null;
    }
}
