using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Interclustering.Testing;

namespace Interclustering.IntegrationTests.Participants;

/// <summary>participant.py while it takes part: a command a line, an answer a line.</summary>
public sealed class PythonParticipant : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);
    private readonly Process process;
    private readonly Task<string> errors;

    /// <summary>Starts the participant, or another program beside it.</summary>
    public PythonParticipant(string program, params string[] arguments)
    {
        var path = Path.Combine(Repository.Root, "tests", "Interclustering.IntegrationTests", "Participants", program);
        process = Process.Start(new ProcessStartInfo("/usr/bin/python3", [path, .. arguments])
        {
            Environment = { ["PYTHONDONTWRITEBYTECODE"] = "1" },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException("Python did not start.");
        errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>What the participant answers to a command.</summary>
    public async Task<JsonObject> DoAsync(string what, JsonObject? with = null)
    {
        var command = with ?? [];
        command["do"] = what;
        await process.StandardInput.WriteLineAsync(command.ToJsonString());
        await process.StandardInput.FlushAsync();
        using var deadline = new CancellationTokenSource(Deadline);
        var answer = await process.StandardOutput.ReadLineAsync(deadline.Token);
        return answer is null
            ? throw new InvalidOperationException($"The participant has ended: {await errors}")
            : JsonNode.Parse(answer)!.AsObject();
    }

    /// <summary>The same, read as a record. An error is none.</summary>
    public async Task<T> DoAsync<T>(string what, JsonObject? with = null)
    {
        var answer = await DoAsync(what, with);
        Assert.False(answer.ContainsKey("error"), answer.ToJsonString());
        return answer.Deserialize<T>(JsonSerializerOptions.Web) ?? throw new InvalidOperationException("An answer is an object.");
    }

    /// <summary>Says that no command will come any more; its exit code, and what else it printed.</summary>
    public async Task<(int ExitCode, string Output, string Errors)> EndAsync()
    {
        process.StandardInput.Close();
        using var deadline = new CancellationTokenSource(Deadline);
        var output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        return (process.ExitCode, output, await errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }
}
