using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Interclustering.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Hub.ReadModel;

/// <summary>Up to where every reader has been able to read what the site shows.</summary>
/// <param name="Epoch">The life of the hub's journal that the position belongs to.</param>
/// <param name="Position">In it.</param>
/// <param name="Month">For which series were followed.</param>
/// <param name="SetAside">Ids of what some reader failed on.</param>
internal sealed record Admission(string Epoch, long Position, DateOnly Month, IReadOnlySet<string> SetAside);

/// <summary>
/// Keeps the last <see cref="Admission"/> in the hub's database, so that a start tries no reader on what the same build has tried before.
/// Derived: it can be dropped at any time.
/// </summary>
internal sealed class Admissions(IDbContextFactory<HubContext> databases, FederationDirectory directory, IEnumerable<string> readers)
{
    private const char Between = ' ';

    /// <summary>What an answer of a reader depends on beside the item: programs, runtime, directory, and which readers there are.</summary>
    private readonly Lazy<string> build = new(() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
        [
            Environment.Version.ToString(), JsonSerializer.Serialize(directory, ContractJson.Options), .. readers,
            .. new DirectoryInfo(AppContext.BaseDirectory).EnumerateFiles("*.dll").OrderBy(file => file.Name, StringComparer.Ordinal)
                .Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}")),
        ])))));

    /// <summary>Null where this build has admitted nothing.</summary>
    public async Task<Admission?> ReadAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await db.Database.ExecuteSqlAsync(
            $"""
            CREATE TABLE IF NOT EXISTS catalogue_admissions (build text NOT NULL, epoch text NOT NULL, position bigint NOT NULL,
                month text NOT NULL, set_aside text NOT NULL)
            """,
            cancellation);
        var rows = await db.Database.SqlQuery<Row>(
            $"""
            SELECT epoch AS "Epoch", position AS "Position", month AS "Month", set_aside AS "SetAside" FROM catalogue_admissions
            WHERE build = {build.Value}
            """).ToListAsync(cancellation);
        return rows is [var row, ..] && DateOnly.TryParseExact(row.Month, "O", out var month)
            ? new Admission(row.Epoch, row.Position, month, row.SetAside.Split(Between).ToHashSet()) : null;
    }

    /// <summary>Replaces the one before.</summary>
    public async Task WriteAsync(Admission admission, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.Database.ExecuteSqlAsync($"DELETE FROM catalogue_admissions", cancellation);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO catalogue_admissions (build, epoch, position, month, set_aside) VALUES ({build.Value}, {admission.Epoch},
                {admission.Position}, {admission.Month.ToString("O", CultureInfo.InvariantCulture)},
                {string.Join(Between, admission.SetAside)})
            """,
            cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private sealed record Row(string Epoch, long Position, string Month, string SetAside);
}
