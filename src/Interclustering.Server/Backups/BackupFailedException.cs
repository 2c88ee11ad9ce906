namespace Interclustering.Server.Backups;

/// <summary>A backup or a restore was not done, in words for the operator.</summary>
public sealed class BackupFailedException(string message, Exception? cause = null) : Exception(message, cause);
