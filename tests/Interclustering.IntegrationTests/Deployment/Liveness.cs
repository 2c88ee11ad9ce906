using System.Text.RegularExpressions;
using Interclustering.Testing;
using Interclustering.Testing.Servers;

namespace Interclustering.IntegrationTests.Deployment;

/// <summary>A server says what keeps it from its work, and ends when only a restart helps.</summary>
public sealed class Liveness(LocalBroker broker) : IClassFixture<LocalBroker>
{
    /// <summary>With each try of the bus, which are left out otherwise.</summary>
    private static readonly Dictionary<string, string> WholeLog = new() { ["Logging__LogLevel__MassTransit"] = "Debug" };

    [Fact]
    public async Task A_refused_login_shows_in_readiness_and_ends_the_process_with_69()
    {
        await using var server = Server("bsc", "not-the-password", exitAfter: 5);
        server.Launch();

        Assert.Contains("\"bus\"", await UntilReadinessAsync(server, says: "\"bus\""), StringComparison.Ordinal);
        Assert.Equal(69, await server.UntilEndedAsync(TimeSpan.FromSeconds(90)));
    }

    [Fact]
    public async Task A_refused_login_is_one_line_of_the_log_however_often_it_is_tried()
    {
        await using var server =
            Server("pil", "not-the-password", exitAfter: 5, more: new() { ["Interclustering__Logs__Format"] = "text" });
        server.Launch();
        Assert.Equal(69, await server.UntilEndedAsync(TimeSpan.FromSeconds(90)));

        var log = await server.LogAsync();
        Assert.Single(Regex.Matches(log, "it refuses the login of pil: look at Interclustering:Bus:Username"));
        Assert.DoesNotContain("   at ", log, StringComparison.Ordinal);
        // That the bus was started anew, and that the process ends, are entries of their own.
        Assert.Equal(3, Regex.Count(log, "^[0-9T:.-]+Z (warn|fail|crit): ", RegexOptions.Multiline));
    }

    [Fact]
    public async Task A_login_that_is_refused_for_a_while_needs_no_restart()
    {
        await using var server = Server("tenlog", LocalBroker.Password, exitAfter: 20, WholeLog);
        await server.StartAsync();

        await broker.ControlAsync("change_password", "tenlog", "another-password");
        await broker.ControlAsync("close_all_connections", "--global", "the login is refused from now on");
        Assert.Contains("\"bus\"", await UntilReadinessAsync(server, says: "\"bus\""), StringComparison.Ordinal);
        await Until.TrueAsync(
            async () => (await File.ReadAllTextAsync(server.Log)).Contains("ReceiveTransport Cannot Retry", StringComparison.Ordinal), () =>
                Task.FromResult("the reading has ended for good"));
        await broker.ControlAsync("change_password", "tenlog", LocalBroker.Password);

        Assert.DoesNotContain("\"bus\"", await UntilReadinessAsync(server, lacks: "\"bus\""), StringComparison.Ordinal);
        Assert.False(server.HasExited, ServerProgram.Tail(server.Log));
    }

    [Fact]
    public async Task A_broker_that_comes_long_after_the_server_is_found()
    {
        await broker.KillAsync();
        await using var server = Server("lsn", LocalBroker.Password, exitAfter: 2, WholeLog);
        server.Launch();
        Assert.Contains("\"bus\"", await UntilReadinessAsync(server, says: "\"bus\""), StringComparison.Ordinal);
        // By its fifth look the bus waits longer for the next one than the server for it, so that it has to be started anew.
        await Until.TrueAsync(
            async () => (await File.ReadAllTextAsync(server.Log)).Split("Connection Failed").Length > 5, () =>
                Task.FromResult("the bus has looked five times"));

        await broker.StartAsync();

        Assert.DoesNotContain("\"bus\"", await UntilReadinessAsync(server, lacks: "\"bus\""), StringComparison.Ordinal);
        Assert.False(server.HasExited, ServerProgram.Tail(server.Log));
    }

    /// <summary>What /healthz/ready answers once it says a word, or no longer does; or last, when the process has ended.</summary>
    private static async Task<string> UntilReadinessAsync(ServerProcess server, string? says = null, string? lacks = null)
    {
        var stop = TestContext.Current.CancellationToken;
        var seen = "the server has never answered";
        var asExpected = false;
        while (!server.HasExited && !asExpected)
        {
            try
            {
                using var ready = await server.Http.GetAsync("/healthz/ready", stop);
                seen = await ready.Content.ReadAsStringAsync(stop);
                asExpected = (says is null || seen.Contains(says, StringComparison.Ordinal))
                    && (lacks is null || !seen.Contains(lacks, StringComparison.Ordinal));
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(100, stop);
        }

        return server.HasExited ? $"The server has ended: {ServerProgram.Tail(server.Log)}" : seen;
    }

    private ServerProcess Server(string code, string password, int exitAfter, Dictionary<string, string>? more = null) => new(
        new Dictionary<string, string>(more ?? [])
        {
            ["Interclustering__Roles"] = code,
            ["Interclustering__Bus__Transport"] = "rabbitmq",
            ["Interclustering__Bus__Host"] = "127.0.0.1",
            ["Interclustering__Bus__Port"] = $"{broker.Port}",
            ["Interclustering__Bus__Password"] = password,
            ["Interclustering__Demonstration"] = "false",
            ["Interclustering__Federation__ExitAfter"] = $"00:00:{exitAfter:00}",
        });
}
