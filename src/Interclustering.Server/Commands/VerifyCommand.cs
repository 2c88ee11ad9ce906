using System.CommandLine;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation.Verification;
using Interclustering.Server.Configuration;
using Interclustering.Server.Databases;

namespace Interclustering.Server.Commands;

/// <summary>
/// <c>verify</c>: does every participant hold the same? Exit code 1 when not, and when one of them does not answer: the others are compared
/// all the same.
/// </summary>
internal static class VerifyCommand
{
    public static Command Create(Func<ParseResult, IConfiguration> configure)
    {
        var wait = new Option<int>("--wait") { Description = "Seconds to wait for agreement", DefaultValueFactory = _ => 0 };
        var command = new Command("verify", "Compare sequences, watermarks, chain heads and state digests of hub and nodes") { wait };
        command.SetAction((parsed, cancellation) => RunAsync(
            SettingsReader.Read(configure(parsed)), TimeSpan.FromSeconds(parsed.GetValue(wait)), parsed.InvocationConfiguration,
                cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        ServerSettings settings, TimeSpan wait, InvocationConfiguration console, CancellationToken cancellation)
    {
        var databases = new DatabaseFactories(settings);
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        var deadline = TimeProvider.System.GetUtcNow() + wait;
        while (true)
        {
            var late = TimeProvider.System.GetUtcNow() >= deadline;
            try
            {
                var (compared, silent) = await CompareAsync(settings, databases, http, cancellation);
                if (late || (silent.Count == 0 && compared.All(line => line.Agrees)))
                {
                    return Print(compared, silent, WithoutAddress(settings), console.Output);
                }
            }
            catch (NoAnswerException exception) when (late)
            {
                await console.Error.WriteLineAsync(exception.Message);
                return 1;
            }
            catch (NoAnswerException)
            {
                // A participant that is still starting is asked again.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250), cancellation);
        }
    }

    /// <exception cref="NoAnswerException">The hub gives no report: nothing can be compared with it.</exception>
    private static async Task<(IReadOnlyList<Compared> Compared, IReadOnlyList<string> Silent)> CompareAsync(
        ServerSettings settings, DatabaseFactories databases, HttpClient http, CancellationToken cancellation)
    {
        var hub = await ReadAsync(FederationDirectory.HubCode);
        var (nodes, silent) = (new List<ParticipantReport>(), new List<string>());
        foreach (var cluster in settings.Directory.Current)
        {
            if (IsAsked(settings, cluster))
            {
                try
                {
                    nodes.Add(await ReadAsync(cluster.Code));
                }
                catch (NoAnswerException exception)
                {
                    silent.Add(exception.Message);
                }
            }
        }

        return (Comparison.Compare(hub, nodes), silent);

        async Task<ParticipantReport> ReadAsync(string code)
        {
            if (settings.Roles.Contains(code))
            {
                await using var db = databases.Open(code);
                await SchemaUpgrade.RequireAsync(db, code, cancellation);
                return await ParticipantReport.ReadAsync(code, db, cancellation);
            }

            var address = settings.Addresses.GetValueOrDefault(code)
                ?? throw new WrongSettingException($"Interclustering:Addresses:{code}", null, $"the address where {code} answers");
            try
            {
                return await http.GetFromJsonAsync<ParticipantReport>($"{address}/api/v1/federation/{code}", cancellation)
                    ?? throw new HttpRequestException("an empty report");
            }
            catch (Exception exception) when (exception is HttpRequestException or JsonException
                || (exception is TaskCanceledException && !cancellation.IsCancellationRequested))
            {
                throw new NoAnswerException(code, address, exception);
            }
        }
    }

    /// <summary>In a deployment by roles, only those with an address take part in the comparison.</summary>
    private static bool IsAsked(ServerSettings settings, Cluster cluster) =>
        settings.Roles.Contains(cluster.Code) || settings.Addresses.ContainsKey(cluster.Code);

    private static IEnumerable<string> WithoutAddress(ServerSettings settings) =>
        settings.Directory.Current.Where(cluster => !IsAsked(settings, cluster)).Select(cluster => cluster.Code);

    private static int Print(
        IReadOnlyList<Compared> compared, IReadOnlyList<string> silent, IEnumerable<string> without, TextWriter output)
    {
        foreach (var line in compared)
        {
            output.WriteLine(line.Agrees
                ? $"ok      {line.Cluster,-14} {line.What}  {line.Here}"
                : $"DIFFERS {line.Cluster,-14} {line.What}\n          here  {line.Here}\n          there {line.There}");
        }

        var differing = compared.Count(line => !line.Agrees);
        output.WriteLine(differing == 0 ? $"{compared.Count} comparisons agree." : $"{differing} of {compared.Count} comparisons differ.");
        foreach (var line in silent)
        {
            output.WriteLine($"SILENT  {line}");
        }

        foreach (var code in without)
        {
            output.WriteLine($"LEFT OUT {code}: it has no address. Set Interclustering:Addresses:{code}, or `address` in the directory.");
        }

        return differing == 0 && silent.Count == 0 ? 0 : 1;
    }

    private sealed class NoAnswerException(string code, string address, Exception cause)
        : Exception($"{code} gives no report at {address}: {cause.Message}", cause);
}
