using System.Diagnostics;
using Interclustering.Server.Configuration;
using Interclustering.Testing;

namespace Interclustering.Tests.Infra;

/// <summary>The units of infra/systemd, as systemd itself reads them.</summary>
public sealed class SystemdUnits : IDisposable
{
    private const string One = "interclustering.service", Each = "interclustering@.service";

    /// <summary>Of 100, as <c>systemd-analyze security</c> counts; a unit without any of it has 96.</summary>
    private const string MostExposure = "20";

    private readonly string folder = Directory.CreateTempSubdirectory("ic-units-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(One, One)]
    [InlineData(Each, "interclustering@bsc.service")]
    public async Task Systemd_takes_the_unit_and_counts_little_exposure(string file, string unit)
    {
        // The program is not installed here.
        var lines = File.ReadAllLines(PathTo(file))
            .Select(line => line.StartsWith("ExecStart=", StringComparison.Ordinal) ? "ExecStart=/bin/true" : line);
        var path = Path.Combine(folder, unit);
        await File.WriteAllLinesAsync(path, lines);
        // An unknown option is words, and no failure.
        Assert.Equal((0, ""), await AnalyseAsync("verify", path));
        var (exit, output) = await AnalyseAsync("security", "--offline=true", $"--threshold={MostExposure}", path);
        Assert.True(exit == 0, output);
    }

    [Fact]
    public void Both_units_are_hardened_alike() => Assert.Equal(Hardening(One), Hardening(Each));

    [Fact]
    public void The_units_set_what_the_server_knows()
    {
        foreach (var key in ((string[])[One, Each]).SelectMany(file => File.ReadAllLines(PathTo(file)))
            .Where(line => line.StartsWith("Environment=", StringComparison.Ordinal))
            .SelectMany(line => line["Environment=".Length..].Split(' ')).Select(pair => pair.Split('=')[0]))
        {
            Assert.Contains(Setting.All, setting => $"Interclustering__{setting.Key.Replace(":", "__", StringComparison.Ordinal)}" == key);
        }
    }

    /// <summary>A shell reads the files of settings for verbs, and systemd for the server: what is quoted means the same to both.</summary>
    [Fact]
    public async Task A_verb_has_the_settings_and_the_place_of_its_unit()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "common.env"), "A=\"Host=a;Database=b\"\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "bsc.env"), "Interclustering__Bus__Host=broker.example\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "interclustering.env"), "A=\"one; process\"\n");
        const string Print = "printf '%s|' \"$A\" \"$Interclustering__Bus__Host\" \"$Interclustering__Roles\" \"$Interclustering__Data\"";
        Assert.Equal("Host=a;Database=b|broker.example|bsc|/var/lib/interclustering/bsc|", await VerbAsync("@bsc", "-c", Print));
        Assert.Equal("one; process|||/var/lib/interclustering/data|", await VerbAsync("-c", Print));
    }

    private static string PathTo(string file) => Repository.PathTo("infra", "systemd", file);

    private static IEnumerable<string> Hardening(string file) =>
        File.ReadAllLines(PathTo(file)).SkipWhile(line => !line.StartsWith("# It writes under", StringComparison.Ordinal));

    private static Task<(int Exit, string Output)> AnalyseAsync(params string[] arguments) =>
        RunAsync(new ProcessStartInfo("/usr/bin/systemd-analyze", arguments));

    private async Task<string> VerbAsync(params string[] arguments)
    {
        // As root it would change to the user of the units, whom this machine does not have.
        var script = Path.Combine(folder, "interclustering");
        await File.WriteAllTextAsync(script, (await File.ReadAllTextAsync(PathTo("interclustering")))
            .Replace("\"$(id -u)\" -eq 0", "\"$(id -u)\" -eq -1", StringComparison.Ordinal));
        var start = new ProcessStartInfo("/bin/sh", [script, .. arguments]);
        (start.Environment["INTERCLUSTERING_ETC"], start.Environment["INTERCLUSTERING_PROGRAM"]) = (folder, "/bin/sh");
        var (exit, output) = await RunAsync(start);
        Assert.True(exit == 0, output);
        return output;
    }

    private static async Task<(int Exit, string Output)> RunAsync(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
