using Interclustering.Testing;
using Interclustering.Testing.Servers;
using Microsoft.Data.Sqlite;

namespace Interclustering.IntegrationTests.Backups;

public sealed class BackupOnSqlite(SqlitePlace place) : BackupTests(place), IClassFixture<SqlitePlace>
{
    /// <summary>The server would put it over the restored database at its next start, without a word.</summary>
    [Theory]
    [InlineData("hub.db-wal")]
    [InlineData("bsc.db-shm")]
    public async Task A_log_that_was_left_beside_a_database_that_is_gone_is_refused(string left)
    {
        await using var server = new ServerProcess(new Dictionary<string, string>());
        Directory.CreateDirectory(server.Data);
        await File.WriteAllTextAsync(Path.Combine(server.Data, left), "left", TestContext.Current.CancellationToken);

        var archive = Path.GetTempFileName();
        var (exit, output) = await server.RunAsync("restore", archive);

        Assert.Equal(1, exit);
        Assert.Contains(left, output, StringComparison.Ordinal);
        File.Delete(archive);
    }

    /// <summary>Copied one after the other, a reader could have what its owner's copy does not have yet.</summary>
    [Fact]
    public async Task While_it_waits_for_one_database_no_journal_of_another_grows()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var server = await place.StartedAsync();
        Assert.Equal(0, await server.TerminateAsync());
        var archive = Path.Combine(server.Data, "saved.tar.gz");
        Task<(int ExitCode, string Output)> saving;
        await using (var writer = await OpenAsync(server, "bsc.db"))
        {
            await RunAsync(writer, "BEGIN IMMEDIATE");
            saving = server.RunAsync("backup", archive);
            await Until.TrueAsync(
                async () =>
                {
                    await using var other = await OpenAsync(server, "hub.db");
                    try
                    {
                        await RunAsync(other, "BEGIN IMMEDIATE; ROLLBACK");
                        return false;
                    }
                    catch (SqliteException exception) when (exception.SqliteErrorCode == SQLitePCL.raw.SQLITE_BUSY)
                    {
                        return true;
                    }
                },
                () => Task.FromResult($"the hub's journal is locked, {(saving.IsCompleted ? "and the backup has ended" : "")}"));
            Assert.False(saving.IsCompleted);
        }

        Assert.Equal(0, (await saving).ExitCode);

        static async Task RunAsync(SqliteConnection connection, string statement)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = statement;
            // The library waits by itself for as long as a command may take.
            command.CommandTimeout = 1;
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_rehearsal_finds_a_journal_that_was_changed_before_it_was_saved()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var server = await place.StartedAsync();
        Assert.Equal(0, await server.TerminateAsync());
        await using (var database = await OpenAsync(server, "bsc.db"))
        {
            await using var forge = database.CreateCommand();
            forge.CommandText = "UPDATE JournalEntries SET Text = replace(Text, '\"revision\":', '\"revision\":1') WHERE Sequence = 3";
            Assert.Equal(1, await forge.ExecuteNonQueryAsync(stop));
        }

        var archive = Path.Combine(server.Data, "saved.tar.gz");
        Assert.Equal(0, (await server.RunAsync("backup", archive)).ExitCode);
        var (exit, output) = await server.RunAsync("backup", "rehearse", "--file", archive);

        Assert.Equal(1, exit);
        Assert.Contains("the journal breaks at entry 3", output, StringComparison.Ordinal);
    }

    private static async Task<SqliteConnection> OpenAsync(ServerProcess server, string name)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(server.Data, name)};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }
}
