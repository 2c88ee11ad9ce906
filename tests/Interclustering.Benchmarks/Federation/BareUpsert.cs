using System.Diagnostics;
using Interclustering.Federation.Journals;
using Interclustering.Hub;
using Interclustering.Testing.Servers;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Interclustering.Benchmarks.Federation;

/// <summary>
/// The hub's table of publications, its indexes, and one prepared <c>unnest</c> statement: no journal, no chain, no cursor.
/// </summary>
internal sealed class BareUpsert : IAsyncDisposable
{
    private const int RowsPerTransaction = 500;

    private const string Names = """
        "Journal", "Subject", "Cluster", "Kind", "Revision", "Digest", "Data", "PublishedAt", "RevisedAt", "Position", "VisibleAt"
        """;

    private const string Statement = $"""
        INSERT INTO "Publications" ({Names})
        SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::timestamptz[],
          $9::timestamptz[], $10::bigint[], $11::timestamptz[])
        ON CONFLICT ("Journal", "Subject") DO UPDATE SET "Kind" = excluded."Kind", "Revision" = excluded."Revision",
          "Digest" = excluded."Digest", "Data" = excluded."Data", "RevisedAt" = excluded."RevisedAt", "Position" = excluded."Position",
          "VisibleAt" = excluded."VisibleAt"
          WHERE "Publications"."Revision" < excluded."Revision"
        """;

    private static readonly (NpgsqlDbType Type, Func<PublicationRow, object?> Value)[] Columns =
    [
        (NpgsqlDbType.Text, row => row.Journal), (NpgsqlDbType.Text, row => row.Subject), (NpgsqlDbType.Text, row => row.Cluster),
        (NpgsqlDbType.Text, row => row.Kind), (NpgsqlDbType.Bigint, row => row.Revision), (NpgsqlDbType.Text, row => row.Digest),
        (NpgsqlDbType.Text, row => row.Data), (NpgsqlDbType.TimestampTz, row => row.PublishedAt),
            (NpgsqlDbType.TimestampTz, row => row.RevisedAt),
        (NpgsqlDbType.Bigint, row => row.Position), (NpgsqlDbType.TimestampTz, row => row.VisibleAt),
    ];

    private readonly NpgsqlConnection connection;

    private BareUpsert(NpgsqlConnection connection) => this.connection = connection;

    public static async Task<BareUpsert> OpenAsync(LocalPostgres postgres)
    {
        var database = await postgres.CreateDatabaseAsync();
        await using var hub = new PostgresHubContext(new DbContextOptionsBuilder<PostgresHubContext>().UseNpgsql(database).Options);
        await hub.Database.MigrateAsync();
        var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        return new BareUpsert(connection);
    }

    /// <summary>Until the last transaction is committed.</summary>
    public async Task<TimeSpan> RunAsync(IReadOnlyList<PublicationRow> rows, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        foreach (var chunk in rows.Chunk(RowsPerTransaction))
        {
            await WriteAsync(chunk, stop);
        }

        return watch.Elapsed;
    }

    /// <summary>One statement, which is a transaction of its own.</summary>
    public async Task WriteAsync(PublicationRow[] rows, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(Statement, connection);
        foreach (var (type, value) in Columns)
        {
            command.Parameters.Add(
                new NpgsqlParameter { Value = ArrayOf(type, rows.Select(value)), NpgsqlDbType = NpgsqlDbType.Array | type });
        }

        await command.PrepareAsync(stop);
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary><c>COPY</c> into a table of its own, and one upsert from there.</summary>
    public async Task<TimeSpan> CopyAsync(IReadOnlyList<PublicationRow> rows, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        await using (var table = new NpgsqlCommand(
            "CREATE TEMP TABLE given (LIKE \"Publications\")", connection))
        {
            await table.ExecuteNonQueryAsync(stop);
        }

        await using (var copy = await connection.BeginBinaryImportAsync($"COPY given ({Names}) FROM STDIN (FORMAT BINARY)", stop))
        {
            foreach (var row in rows)
            {
                await copy.StartRowAsync(stop);
                foreach (var (type, value) in Columns)
                {
                    await copy.WriteAsync(value(row), type, stop);
                }
            }

            await copy.CompleteAsync(stop);
        }

        await using var upsert = new NpgsqlCommand(
            $"""INSERT INTO "Publications" ({Names}) SELECT {Names} FROM given ON CONFLICT ("Journal", "Subject") DO NOTHING""",
            connection);
        await upsert.ExecuteNonQueryAsync(stop);
        return watch.Elapsed;
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private static Array ArrayOf(NpgsqlDbType type, IEnumerable<object?> values) => type switch
    {
        NpgsqlDbType.Bigint => values.Cast<long>().ToArray(),
        NpgsqlDbType.TimestampTz => values.Cast<DateTime?>().ToArray(),
        _ => values.Cast<string?>().ToArray(),
    };
}
