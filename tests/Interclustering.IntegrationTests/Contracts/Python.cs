using System.Diagnostics;
using Interclustering.Testing;

namespace Interclustering.IntegrationTests.Contracts;

/// <summary>Runs the checks beside this file with the system's Python: an independent reader of schemas and vectors.</summary>
internal static class Python
{
    private const string Interpreter = "/usr/bin/python3";

    /// <summary>Exit code of a check whose Python package is missing.</summary>
    private const int Missing = 2;

    public static void Run(string check)
    {
        if (!File.Exists(Interpreter))
        {
            Skip($"{Interpreter} is not there, so {check} can't run");
        }

        using var process = Process.Start(new ProcessStartInfo(Interpreter, [check])
        {
            WorkingDirectory = Repository.PathTo("tests", "Interclustering.IntegrationTests", "Contracts"),
            Environment = { ["PYTHONDONTWRITEBYTECODE"] = "1", ["PYTHONIOENCODING"] = "utf-8" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        TestContext.Current.TestOutputHelper?.WriteLine(output);
        if (process.ExitCode == Missing)
        {
            Skip(output.Trim());
        }

        Assert.True(process.ExitCode == 0, $"{check}: {output}{errors.GetAwaiter().GetResult()}");
    }

    private static void Skip(string reason)
    {
        // On CI a check that silently never runs would be worse than a red one.
        var isOptional = Environment.GetEnvironmentVariable("CI") is null or "" or "false"
            || Environment.GetEnvironmentVariable("INTERCLUSTERING_PYTHON") == "optional";
        Assert.True(isOptional, $"{reason} (apt-get install python3-jsonschema python3-cryptography, or INTERCLUSTERING_PYTHON=optional)");
        Console.WriteLine($"skipped: {reason}");
        Assert.Skip(reason);
    }
}
