using Interclustering.Testing;
using Npgsql;

namespace Interclustering.IntegrationTests.Backups;

public sealed class BackupOnPostgres(PostgresPlace place) : BackupTests(place), IClassFixture<PostgresPlace>
{
    /// <summary>Copied one after the other, a reader could have what its owner's copy does not have yet.</summary>
    [Fact]
    public async Task While_it_waits_for_one_database_no_journal_of_another_grows()
    {
        await using var server = await place.StartedAsync();
        Assert.Equal(0, await server.TerminateAsync());
        Task<(int ExitCode, string Output)> saving;
        await using (var writer = await OpenAsync("bsc"))
        {
            await RunAsync(writer, "BEGIN; SELECT 1 FROM \"JournalHead\" FOR UPDATE");
            saving = server.RunAsync("backup", Path.Combine(server.Data, "saved.tar.gz"));
            await Until.TrueAsync(
                async () =>
                {
                    await using var other = await OpenAsync("hub");
                    try
                    {
                        await RunAsync(other, "SELECT 1 FROM \"JournalHead\" FOR UPDATE NOWAIT");
                        return false;
                    }
                    catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
                    {
                        return true;
                    }
                },
                () => Task.FromResult($"the hub's journal is locked, {(saving.IsCompleted ? "and the backup has ended" : "")}"));
            Assert.False(saving.IsCompleted);
        }

        Assert.Equal(0, (await saving).ExitCode);
    }

    private async Task<NpgsqlConnection> OpenAsync(string code)
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(place.Databases[code]) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string statement)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
