using System.Text.Json;
using System.Text.Json.Nodes;
using Interclustering.Testing;
using Interclustering.Testing.Deployment;
using Interclustering.Testing.Servers;

namespace Interclustering.IntegrationTests.Deployment;

/// <summary>What an operator does with a deployment, and looks for.</summary>
internal static class DeploymentSteps
{
    public static async Task VerifyAsync(this HubAndNodes deployment)
    {
        var (exit, output) = await deployment["hub"].RunAsync("verify", "--wait", "180");
        Assert.True(exit == 0, output + string.Concat(
            deployment.Codes.Select(code => $"\n--- {code}\n{ServerProgram.Tail(deployment[code].Log)}")));
    }

    /// <summary>The databases agree before the hub's search has taken up the last batch.</summary>
    public static Task UntilFoundAsync(this HubAndNodes deployment, string word, int count) =>
        deployment["hub"].UntilFoundAsync(word, count);

    /// <summary>Until the first have arrived.</summary>
    public static Task UntilSomeAreFoundAsync(this HubAndNodes deployment, string word) => Until.TrueAsync(
        async () => await CountAsync(deployment["hub"], word) > 0, () => Task.FromResult($"some are found by « {word} »"));

    /// <summary>Until the site of this process finds so many.</summary>
    public static Task UntilFoundAsync(this ServerProcess hub, string word, int count) =>
        Until.TrueAsync(async () => await CountAsync(hub, word) == count, async () =>
            $"{await CountAsync(hub, word)} of {count} are found by « {word} »");

    /// <summary>How many publications the national site's API gives for a word, over all pages.</summary>
    private static async Task<int> CountAsync(ServerProcess hub, string word)
    {
        var count = 0;
        for (string? cursor = ""; cursor is not null;)
        {
            using var page = JsonDocument.Parse(await hub.Http.GetStringAsync(
                $"/api/v1/publications?limit=200&q={word}{(cursor.Length == 0 ? "" : $"&cursor={cursor}")}"));
            count += page.RootElement.GetProperty("items").GetArrayLength();
            cursor = page.RootElement.TryGetProperty("next", out var next) ? next.GetString() : null;
        }

        return count;
    }

    public static async Task ImportAsync(this HubAndNodes deployment, string code, string word, int count)
    {
        var events = Enumerable.Range(1, count).Select(number => (JsonNode)new JsonObject
        {
            ["uid"] = $"{code}-{word}-{number}",
            ["title"] = new JsonObject { ["fr"] = $"Rencontre {word} {number}" },
            ["timezone"] = "Europe/Paris",
            ["timings"] = new JsonArray(new JsonObject { ["begin"] = "2036-12-02T09:00:00+01:00", ["end"] = "2036-12-02T12:00:00+01:00" }),
            ["attendanceMode"] = 1,
        });
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, new JsonObject { ["events"] = new JsonArray([.. events]) }.ToJsonString());
        var (exit, output) = await deployment[code].RunAsync("import", "--cluster", code, file);
        File.Delete(file);
        Assert.True(exit == 0 && output.Contains($"{count} created", StringComparison.Ordinal), output);
    }
}
