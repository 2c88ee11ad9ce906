namespace Interclustering.Server.Backups;

/// <summary>Where backups go, and how they are made.</summary>
public sealed record BackupSettings
{
    /// <summary>Absolute path of the folder of scheduled backups; null without a schedule.</summary>
    public string? Folder { get; init; }

    /// <summary>How old the last one may be before the next one is made.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromDays(1);

    /// <summary>After how many days a scheduled one is deleted.</summary>
    public int KeepDays { get; init; } = 14;

    /// <summary>Path of the certificate of the one person who can read backups; null where they are not encrypted.</summary>
    public string? Recipient { get; init; }

    /// <summary>Folder of pg_dump and pg_restore; null for where a package puts them.</summary>
    public string? PostgresPrograms { get; init; }
}
