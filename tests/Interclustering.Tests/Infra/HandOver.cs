using Interclustering.Server.Commands;

namespace Interclustering.Tests.Infra;

/// <summary>What <c>cluster add</c> hands over. <c>ClusterAdded</c> starts a node with it.</summary>
public sealed class HandOver : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ic-hand-over-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>The hub's own way to the broker may lead nowhere from another house.</summary>
    [Theory]
    [InlineData(null, "broker", "5672", "false")]
    [InlineData("broker.example", "broker.example", "5671", "true")]
    [InlineData("broker.example:5700", "broker.example:5700", "5671", "true")]
    [InlineData("a.example, b.example", "a.example, b.example", "5671", "true")]
    public async Task It_leads_to_the_broker(string? given, string host, string port, string tls)
    {
        Assert.Equal(0, await AddAsync(given));
        var settings = await File.ReadAllLinesAsync(Path.Combine(folder, "given", "settings.env"), TestContext.Current.CancellationToken);
        Assert.Contains($"Interclustering__Bus__Host={host}", settings);
        Assert.Contains($"Interclustering__Bus__Port={port}", settings);
        Assert.Contains($"Interclustering__Bus__Tls={tls}", settings);
    }

    [Fact]
    public async Task What_is_no_host_is_refused()
    {
        Assert.Equal(2, await AddAsync("amqps://broker.example/x"));
        Assert.False(Directory.Exists(Path.Combine(folder, "given")));
    }

    private async Task<int> AddAsync(string? broker)
    {
        var directory = Path.Combine(folder, "directory.json");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "directory.json"), directory);
        using var error = new StringWriter();
        return await CommandLine.RunAsync(
            ["cluster", "add", "paca", "--name", "Essai", "--region", "93", "--hand-over", Path.Combine(folder, "given"),
                .. broker is null ? Array.Empty<string>() : ["--broker", broker]],
            new Dictionary<string, string?>
            {
                ["Interclustering:Directory"] = directory,
                ["Interclustering:Data"] = folder,
                ["Interclustering:Roles"] = "hub",
                ["Interclustering:Bus:Transport"] = "rabbitmq",
                ["Interclustering:Bus:Host"] = "broker",
                ["Interclustering:Bus:Password"] = "p",
                ["Interclustering:Bus:Tls"] = "false",
            }, error, TestContext.Current.CancellationToken);
    }
}
