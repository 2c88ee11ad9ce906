using System.Diagnostics;
using Npgsql;

namespace Interclustering.Server.Backups;

/// <summary>Runs <c>pg_dump</c> and <c>pg_restore</c>. They have to be of the database server's version, or of a later one.</summary>
internal sealed class PostgresPrograms(string? folder)
{
    private const string Packaged = "/usr/lib/postgresql";

    /// <exception cref="BackupFailedException">It is not installed, or it failed: with what it says.</exception>
    public async Task RunAsync(string program, string connection, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(PathOf(program), arguments) { RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var (name, value) in Variables(new NpgsqlConnectionStringBuilder(connection)))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new BackupFailedException($"{program} did not start.");
        process.StandardInput.Close();
        try
        {
            var errors = await process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            if (process.ExitCode != 0)
            {
                throw new BackupFailedException($"{program} ended with {process.ExitCode}: {errors.Trim()}");
            }
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private string PathOf(string program)
    {
        var packaged = !Directory.Exists(Packaged) ? []
            : Directory.GetDirectories(Packaged).OrderByDescending(path => int.TryParse(Path.GetFileName(path), out var version)
                ? version : 0).Select(path => Path.Combine(path, "bin"));
        var named = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return (folder is null ? packaged.Concat(named) : [folder]).Select(each => Path.Combine(each, program)).FirstOrDefault(File.Exists)
            ?? throw new BackupFailedException($"{program} is not installed{(folder is null ? "" : $" in {folder}")}. It comes with "
                + "postgresql-client, in the version of the database server or a later one; Backup:PostgresPrograms may name its folder.");
    }

    /// <summary>The same connection, in words of libpq; the password stands in no list of processes.</summary>
    private static IEnumerable<(string Name, string? Value)> Variables(NpgsqlConnectionStringBuilder connection) =>
    [
        ("PGHOST", connection.Host), ("PGPORT", $"{connection.Port}"), ("PGDATABASE", connection.Database ?? connection.Username),
        ("PGUSER", connection.Username), ("PGPASSWORD", connection.Password),
        ("PGSSLMODE", connection.SslMode switch
        {
            SslMode.VerifyCA => "verify-ca",
            SslMode.VerifyFull => "verify-full",
            var other => $"{other}".ToLowerInvariant(),
        }),
        ("PGSSLROOTCERT", connection.RootCertificate
            ?? (connection.SslMode is SslMode.VerifyCA or SslMode.VerifyFull ? "system" : null)),
    ];
}
