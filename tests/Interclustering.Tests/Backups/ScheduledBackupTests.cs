using Interclustering.Server.Backups;
using Interclustering.Server.Configuration;
using Interclustering.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Interclustering.Tests.Backups;

/// <summary>What the names of backups say of their age.</summary>
public sealed class ScheduledBackupTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ic-backups-").FullName;
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_is_older_than_it_is_kept_goes_and_the_last_one_stays()
    {
        var backups = new BackupFolder(Settings("bsc"));
        foreach (var name in (string[])["interclustering-bsc-20261101T030000Z.tar.gz", "interclustering-bsc-20261102T030000Z.tar.gz.cms",
            "interclustering-hub-20261101T030000Z.tar.gz", "interclustering-bsc-notes.txt"])
        {
            File.WriteAllText(Path.Combine(folder, name), "");
        }

        backups.Forget(clock.GetUtcNow().UtcDateTime);

        Assert.Equal(
            ["interclustering-bsc-20261102T030000Z.tar.gz.cms", "interclustering-bsc-notes.txt",
                "interclustering-hub-20261101T030000Z.tar.gz"],
            Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_name_tells_whose_it_is_and_when_it_was_made()
    {
        var backups = new BackupFolder(Settings("bsc,hub"));
        var path = backups.PathOf(clock.GetUtcNow().UtcDateTime);
        Assert.Equal("interclustering-bsc+hub-20261130T120000Z.tar.gz", Path.GetFileName(path));
        Assert.Null(backups.Newest);
        File.WriteAllText(path, "");
        Assert.Equal((path, clock.GetUtcNow().UtcDateTime), backups.Newest);
    }

    [Fact]
    public async Task A_backup_that_is_twice_too_old_is_a_problem_and_one_of_today_is_none()
    {
        using var service = new ScheduledBackups(Settings("bsc"), clock, NullLogger<ScheduledBackups>.Instance);
        File.WriteAllText(Path.Combine(folder, "interclustering-bsc-20261130T030000Z.tar.gz"), "");
        Assert.Empty(await service.FindAsync(TestContext.Current.CancellationToken));
        Assert.Equal(TimeSpan.FromHours(9), service.Age);

        clock.Advance(TimeSpan.FromHours(41));

        var problem = Assert.Single(await service.FindAsync(TestContext.Current.CancellationToken));
        Assert.Equal(("backup", "The last backup is 50 hours old."), (problem.Kind, problem.Detail));
    }

    [Fact]
    public async Task A_backup_that_fails_is_a_problem_until_one_is_made()
    {
        // There is no database to save.
        using var service = new ScheduledBackups(Settings("bsc"), clock, NullLogger<ScheduledBackups>.Instance);
        await service.StartAsync(TestContext.Current.CancellationToken);

        await Until.TrueAsync(
            async () => (await service.FindAsync(TestContext.Current.CancellationToken)).Count > 0, () => Task.FromResult("it has failed"));

        clock.Advance(TimeSpan.FromMinutes(14));
        var problem = Assert.Single(await service.FindAsync(TestContext.Current.CancellationToken));
        Assert.Equal(("backup", "There is no backup."), (problem.Kind, problem.Detail));
        Assert.NotNull(problem.Cause);
        await service.StopAsync(TestContext.Current.CancellationToken);
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    [Theory]
    [InlineData("Backup:EveryHours", "0", "a whole number from 1 to 168")]
    [InlineData("Backup:KeepDays", "two", "a whole number from 1 to 3650")]
    [InlineData("Backup:Recipient", "/nowhere/cert.pem", "the path of a certificate")]
    [InlineData("Backup:PostgresPrograms", "/nowhere", "the folder of pg_dump and pg_restore")]
    [InlineData("Metrics:Listen", "localhost", "an http address with a port of its own")]
    [InlineData("Metrics:Listen", "http://localhost:5080", "an http address with a port of its own")]
    public void A_wrong_setting_is_refused_with_what_is_allowed(string key, string value, string allowed)
    {
        var wrong = Assert.Throws<WrongSettingException>(() => SettingsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?> { [$"Interclustering:{key}"] = value, ["urls"] = "http://localhost:5080" }).Build()));
        Assert.Contains($"Interclustering:{key} holds \"{value}\"", wrong.Message, StringComparison.Ordinal);
        Assert.Contains(allowed, wrong.Message, StringComparison.Ordinal);
    }

    private ServerSettings Settings(string roles) => SettingsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(
        new Dictionary<string, string?>
        {
            ["Interclustering:Roles"] = roles,
            ["Interclustering:Data"] = Path.Combine(folder, "none"),
            ["Interclustering:Backup:Folder"] = folder,
        }).Build());
}
