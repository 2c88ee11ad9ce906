using System.Text.Json;
using Interclustering.Server.Configuration;
using Interclustering.Server.Hosting;

namespace Interclustering.Server.Doctor;

/// <summary>What the server that runs here says of itself, and of the versions of its peers.</summary>
internal static class ServerChecks
{
    private const string Subject = "server";

    public static async Task<IReadOnlyList<Finding>> OfAsync(IConfiguration configuration, CancellationToken cancellation)
    {
        if (Listening.Of(configuration).FirstOrDefault(Listening.IsAddress) is not { } address)
        {
            return [];
        }

        var port = BindingAddress.Parse(address).Port;
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        JsonElement said;
        try
        {
            using var answer = await http.GetAsync(new UriBuilder("http", "localhost", port, "/healthz/ready").Uri, cancellation);
            said = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation);
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or TaskCanceledException
            && !cancellation.IsCancellationRequested)
        {
            return [Finding.Look(Subject, $"None answers on port {port} of this machine", "Start it, then run doctor again")];
        }

        var version = Text(said, "version");
        return
        [
            version == ProgramVersion.Text ? Finding.Good(Subject, $"runs, {version}")
                : Finding.Look(Subject, $"runs as {version}; this program is {ProgramVersion.Text}", "Start it again after an upgrade"),
            .. Each(said, "problems").Select(problem => new Finding(Text(problem, "participant") is { Length: > 0 } code ? code : Subject,
                Text(problem, "severity") == "blocked" ? Standing.Wrong : Standing.Look, Text(problem, "detail"),
                $"docs/operations.md, « Health and metrics », says what {Text(problem, "kind")} means")),
            .. Each(said, "peers").Select(peer => Finding.Good(Text(peer, "participant"),
                $"hears {Text(peer, "peer")}, which runs {Text(peer, "software")}")),
        ];
    }

    private static IEnumerable<JsonElement> Each(JsonElement said, string name) =>
        said.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    private static string Text(JsonElement part, string name) =>
        part.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
}
