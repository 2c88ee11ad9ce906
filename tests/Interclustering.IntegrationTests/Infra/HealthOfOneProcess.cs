using System.Net;
using System.Text.Json;
using Interclustering.Federation.Journals;
using Interclustering.Hub;
using Interclustering.Node.Mail;
using Interclustering.Node.Workspace;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.IntegrationTests.Infra;

/// <summary>Readiness does not say healthy where something keeps from its work what this process hosts.</summary>
public sealed class HealthOfOneProcess : IAsyncDisposable
{
    private readonly OneProcess process = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => process.DisposeAsync();

    [Theory]
    [InlineData(2, HttpStatusCode.OK, "notice")]
    [InlineData(100, HttpStatusCode.ServiceUnavailable, "blocked")]
    public async Task A_disk_that_is_nearly_full_is_told_and_one_that_is_full_is_not_ready(int times, HttpStatusCode code, string severity)
    {
        var free = new DriveInfo(process.Folder).AvailableFreeSpace / (1024 * 1024);
        await process.StartAsync("hub,bsc", ("Health:LeastFreeMebibytes", $"{Math.Min((free + 1) * times, 1_000_000_000)}"));

        var (answered, problem) = await process.UntilToldAsync("disk", "");

        Assert.Equal((code, severity), (answered, problem.GetProperty("severity").GetString()));
        Assert.Contains("MiB are free", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_on_a_bus_in_memory_without_its_hub_is_not_ready()
    {
        await process.StartAsync("bsc");
        var (answered, problem) = await process.UntilToldAsync("alone", "bsc");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "blocked"), (answered, problem.GetProperty("severity").GetString()));
        Assert.Contains("hub run elsewhere", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hub_on_a_bus_in_memory_says_which_clusters_it_does_not_reach()
    {
        await process.StartAsync("hub,bsc");
        var (answered, problem) = await process.UntilToldAsync("alone", "hub");
        Assert.Equal((HttpStatusCode.OK, "notice"), (answered, problem.GetProperty("severity").GetString()));
        Assert.Contains("lsn, pasca", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("bsc", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_that_was_tried_in_vain_is_told_until_it_has_left()
    {
        await process.StartAsync("hub,bsc");
        var id = Guid.CreateVersion7();
        await using (var db = process.Services.GetRequiredService<Nodes>().Find("bsc")!.Open())
        {
            db.Add(new MailRow
            {
                Id = id,
                To = "a@bsc.example",
                Subject = "Invitation",
                Text = "x",
                Html = "x",
                CreatedAt = DateTime.UtcNow,
                DueAt = DateTime.UtcNow.AddHours(1),
                Attempts = 3,
                Failure = "535 secret-account: authentication failed",
            });
            await db.SaveChangesAsync(Cancellation);
        }

        var (answered, problem) = await process.UntilToldAsync("mail", "bsc");
        Assert.Equal((HttpStatusCode.OK, "notice"), (answered, problem.GetProperty("severity").GetString()));
        Assert.Contains("1 mails", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret-account", problem.ToString(), StringComparison.Ordinal);

        await using (var db = process.Services.GetRequiredService<Nodes>().Find("bsc")!.Open())
        {
            await db.Mails.Where(row => row.Id == id).ExecuteUpdateAsync(
                row => row.SetProperty(each => each.SentAt, DateTime.UtcNow), Cancellation);
        }

        await Until.TrueAsync(
            async () => !(await process.ReadAsync()).Problems.Any(each => each.GetProperty("kind").GetString() == "mail"),
            () => Task.FromResult("the mail has left"));
    }

    [Fact]
    public async Task A_journal_that_is_not_followed_any_more_is_not_ready()
    {
        await process.StartAsync("hub,bsc");
        var databases = process.Services.GetRequiredService<IDbContextFactory<HubContext>>();
        await Until.TrueAsync(
            async () =>
            {
                await using var db = await databases.CreateDbContextAsync(Cancellation);
                return await db.Cursors.Where(cursor => cursor.Journal == "bsc")
                    .ExecuteUpdateAsync(cursor => cursor.SetProperty(row => row.StoppedBecause, "it is a fork"), Cancellation) == 1;
            },
            () => Task.FromResult("the hub follows bsc"));

        var (answered, problem) = await process.UntilToldAsync("stopped", "hub");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "blocked"), (answered, problem.GetProperty("severity").GetString()));
        Assert.Contains("it is a fork", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_is_not_told_which_version_runs()
    {
        await process.StartAsync("bsc");
        var answer = await process.Http.GetStringAsync("/healthz/live", Cancellation);
        var (_, whole, _) = await process.ReadAsync();
        Assert.DoesNotContain("0.2.", answer + whole, StringComparison.Ordinal);
        Assert.DoesNotContain("software", whole, StringComparison.OrdinalIgnoreCase);
    }
}
