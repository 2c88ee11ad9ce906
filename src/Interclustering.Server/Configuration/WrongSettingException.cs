using System.Text.RegularExpressions;

namespace Interclustering.Server.Configuration;

/// <summary>A setting holds what it must not: its key, its value, the nearest right name, and what is allowed.</summary>
public sealed partial class WrongSettingException : Exception
{
    private const int Longest = 200;

    /// <param name="key">With colons, as in <c>appsettings.json</c>.</param>
    /// <param name="value">What it holds; null for nothing. Not said where the key is a secret's.</param>
    /// <param name="allowed">What is allowed, without a full stop.</param>
    /// <param name="nearest">What was meant, most likely.</param>
    public WrongSettingException(string key, string? value, string allowed, string? nearest = null)
        : base($"Setting {key} holds {Shown(key, value)}. {(nearest is null ? "" : $"Did you mean \"{nearest}\"? ")}Allowed: {allowed}.")
    {
    }

    /// <summary>About settings that mean nothing.</summary>
    internal WrongSettingException(string message)
        : base(message)
    {
    }

    /// <summary>A value as it may be printed: no password, no end of a line, not too long.</summary>
    internal static string Shown(string key, string? value)
    {
        if (value is null)
        {
            return "nothing";
        }

        var clean = string.Concat(UserOfAddress().Replace(value, "//…@").Select(letter => char.IsControl(letter) ? ' ' : letter));
        return IsSecret(key) ? "\"…\"" : $"\"{(clean.Length > Longest ? clean[..Longest] + "…" : clean)}\"";
    }

    /// <summary>A misspelt key may hold a password, and a connection string does.</summary>
    private static bool IsSecret(string key) => key.Contains("pass", StringComparison.OrdinalIgnoreCase)
        || key.Contains("secret", StringComparison.OrdinalIgnoreCase) || key.Contains("database", StringComparison.OrdinalIgnoreCase);

    /// <summary>The part before the last @ of an address: a password may hold one itself.</summary>
    [GeneratedRegex("//.*@")]
    private static partial Regex UserOfAddress();
}
