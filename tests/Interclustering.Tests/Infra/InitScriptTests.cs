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
        File.Copy(Repository.PathTo("docker-compose.yml"), Path.Combine(folder, "docker-compose.yml"));
        File.Copy(Repository.PathTo(".env.example"), Path.Combine(folder, ".env.example"));
    }

    private string Written => Path.Combine(folder, ".env");

    [Fact]
    public async Task Every_secret_is_made_once_and_differs_from_the_others()
    {
        await RunAsync("", "--defaults");
        var (first, secrets) = (Values(), Secrets());
        Assert.Equal(Names(), first.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("\n", secrets["mail-password"]);
        var made = secrets.Where(secret => secret.Key != "mail-password").Select(secret => secret.Value)
            .Append(first["BROKER_COOKIE"] + "\n").ToList();
        Assert.Equal(16, made.Count);
        Assert.All(made, secret => Assert.Matches("^[A-Za-z0-9]{40}\n$", secret));
        Assert.Equal(16, made.Distinct().Count());
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            Assert.Equal(Own, File.GetUnixFileMode(Written));
            // Others of this machine do not enter; the user of a container reads the file that it is given.
            Assert.Equal(Own | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(folder, "secrets")));
            foreach (var file in Directory.GetFiles(Path.Combine(folder, "secrets")))
            {
                Assert.Equal(Own | UnixFileMode.GroupRead | UnixFileMode.OtherRead, File.GetUnixFileMode(file));
            }
        }

        await RunAsync("", "--defaults");
        Assert.Equal(first, Values());
        Assert.Equal(secrets, Secrets());
    }

    [Fact]
    public async Task Secrets_of_an_older_file_move_into_files_of_their_own()
    {
        await File.WriteAllTextAsync(Written, "BROKER_COOKIE=chosen\nBROKER_PASSWORD_HUB=of-the-hub\nDATABASE_PASSWORD_ADMIN=of-all\n"
            + "MAIL_PASSWORD='it\\'s $5 #1'\nOWN=stays\n");
        await RunAsync("", "--defaults");
        var secrets = Secrets();
        Assert.Equal(("of-the-hub\n", "of-all\n", "it's $5 #1\n"),
            (secrets["broker-password-hub"], secrets["database-password-admin"], secrets["mail-password"]));
        Assert.Equal(("chosen", "stays"), (Values()["BROKER_COOKIE"], Values()["OWN"]));
        Assert.DoesNotContain("PASSWORD", await File.ReadAllTextAsync(Written), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_password_of_a_mail_user_is_asked_for()
    {
        await File.WriteAllTextAsync(Written, string.Concat(Names().Select(name => $"{name}=x\n")));
        await RunAsync("mail's password\n", "");
        Assert.Equal("mail's password\n", Secrets()["mail-password"]);
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

    [Theory]
    [InlineData("https://bsc.example", "\n", true, "tls")]
    [InlineData("https://bsc.example/", "\n", true, "tls")]
    [InlineData("https://bsc.example", "none\n", true, "none")]
    // The end of the input is no answer: a proxy of one's own that runs already keeps its ports.
    [InlineData("https://bsc.example", "", true, "")]
    [InlineData("https://bsc.example:8443", "\n", false, "")]
    [InlineData("http://bsc.example", "\n", false, "")]
    [InlineData("http://bsc.example", "tls\n", false, "tls")]
    public async Task The_TLS_proxy_is_offered_where_every_address_can_have_a_certificate(
        string address, string answer, bool offered, string profiles)
    {
        await File.WriteAllTextAsync(Written, string.Concat(Names().Where(name => name != "COMPOSE_PROFILES")
            .Select(name => $"{name}={(name == "ADDRESS_BSC" ? address : "https://a.example")}\n")));
        var output = await RunAsync(answer, "");
        Assert.Equal(offered, output.Contains("COMPOSE_PROFILES [tls]: ", StringComparison.Ordinal));
        Assert.Equal(profiles, Values()["COMPOSE_PROFILES"]);
    }

    [Theory]
    [InlineData("", "docker compose up --build --detach")]
    [InlineData("ghcr.io/owner/name:0.2.0", "docker compose pull && docker compose up --detach")]
    public async Task The_last_line_says_what_comes_next(string image, string next)
    {
        await File.WriteAllTextAsync(Written, $"INTERCLUSTERING_IMAGE={image}\n");
        Assert.EndsWith($" secrets were made. Next: {next}\n", await RunAsync("", "--defaults"), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static IEnumerable<string> Names() => File.ReadAllLines(Repository.PathTo(".env.example"))
        .Where(line => line.Contains('=', StringComparison.Ordinal) && !line.StartsWith('#')).Select(line => line.Split('=')[0])
        .Order(StringComparer.Ordinal);

    private Dictionary<string, string> Values() => File.ReadAllLines(Written).Select(line => line.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => pair[1]);

    private Dictionary<string, string> Secrets() => Directory.GetFiles(Path.Combine(folder, "secrets"))
        .ToDictionary(file => Path.GetFileName(file), File.ReadAllText);

    /// <summary>What it prints.</summary>
    private async Task<string> RunAsync(string answers, string argument)
    {
        var start = new ProcessStartInfo("sh", [Path.Combine(folder, "infra", "init.sh"), argument])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(answers);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
