using System.Text.Json;

namespace Interclustering.Server.Backups;

/// <summary>The last entry of an archive. One that was cut off has none.</summary>
public sealed record BackupManifest
{
    public const string Name = "manifest.json";
    public const int CurrentFormat = 1;

    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Of the archive.</summary>
    public required int Format { get; init; }

    /// <summary>The program that wrote it.</summary>
    public required string Version { get; init; }

    /// <summary>When the databases were as they are in it, UTC.</summary>
    public required DateTime TakenAt { get; init; }

    /// <summary><c>sqlite</c> or <c>postgres</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>The participants that it has.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Everything that stands before it in the archive.</summary>
    public required IReadOnlyList<BackupFile> Files { get; init; }
}

/// <summary>A file of an archive.</summary>
/// <param name="Name">With slashes.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Sha256">In lower-case hexadecimal.</param>
public sealed record BackupFile(string Name, long Length, string Sha256);
