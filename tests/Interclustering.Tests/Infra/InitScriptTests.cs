using System.Diagnostics;
using Interclustering.Testing;

namespace Interclustering.Tests.Infra;

/// <summary><c>infra/init.sh</c> makes what <c>docker-compose.yml</c> asks for.</summary>
public sealed class InitScriptTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ic-init-").FullName;

    public InitScriptTests()
    {
        Directory.CreateDirectory(Path.Combine(folder, "infra"));
        File.Copy(Repository.PathTo("infra", "init.sh"), Path.Combine(folder, "infra", "init.sh"));
        File.Copy(Repository.PathTo(".env.example"), Path.Combine(folder, ".env.example"));
    }

    private string Written => Path.Combine(folder, ".env");

    [Fact]
    public async Task Every_secret_is_made_once_and_differs_from_the_others()
    {
        await RunAsync("", "--defaults");
        var first = Values();
        Assert.Equal(Names(), first.Keys.Order(StringComparer.Ordinal));
        var secrets = first.Where(value => value.Key.Contains("_PASSWORD_", StringComparison.Ordinal)
            || value.Key.EndsWith("_COOKIE", StringComparison.Ordinal)).ToList();
        Assert.Equal(16, secrets.Count);
        Assert.All(secrets, secret => Assert.Matches("^[A-Za-z0-9]{40}$", secret.Value));
        Assert.Equal(16, secrets.Select(secret => secret.Value).Distinct().Count());
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Written) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));

        await RunAsync("", "--defaults");
        Assert.Equal(first, Values());
    }

    [Fact]
    public async Task What_is_asked_is_kept_and_what_was_answered_is_not_asked_again()
    {
        await File.WriteAllTextAsync(Written, "ADDRESS_LSN=https://lsn.example\nBROKER_COOKIE=chosen\n");
        await RunAsync("https://agenda.example/\nhttps://a.example/$b #c'd\n", "");
        var values = Values();
        Assert.Equal("https://agenda.example/", values["ADDRESS_HUB"]);
        Assert.Equal(@"'https://a.example/$b #c\'d'", values["ADDRESS_EURALOGISTIC"]);
        Assert.Equal(("https://lsn.example", "chosen", ""), (values["ADDRESS_LSN"], values["BROKER_COOKIE"], values["ADDRESS_BSC"]));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static IEnumerable<string> Names() => File.ReadAllLines(Repository.PathTo(".env.example"))
        .Where(line => line.Contains('=', StringComparison.Ordinal) && !line.StartsWith('#')).Select(line => line.Split('=')[0])
        .Order(StringComparer.Ordinal);

    private Dictionary<string, string> Values() => File.ReadAllLines(Written).Select(line => line.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => pair[1]);

    private async Task RunAsync(string answers, string argument)
    {
        var start = new ProcessStartInfo("sh", [Path.Combine(folder, "infra", "init.sh"), argument])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(answers);
        process.StandardInput.Close();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}
