using System.Diagnostics;
using Interclustering.Testing;

namespace Interclustering.Tests.Infra;

/// <summary><c>infra/pin-images.sh</c> keeps the images that are here, with a docker that only answers.</summary>
public sealed class PinnedImages : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ic-pin-").FullName;

    public PinnedImages()
    {
        Directory.CreateDirectory(Path.Combine(folder, "infra"));
        File.Copy(Repository.PathTo("infra", "pin-images.sh"), Path.Combine(folder, "infra", "pin-images.sh"));
        var docker = Path.Combine(folder, "docker");
        File.WriteAllText(docker, """
            #!/bin/sh
            case "$1 $4 $5" in
              compose*) echo '{"services":{"postgres":{"image":"postgres:17"},"hub":{"image":"interclustering:local"}}}' ;;
              *postgres:17) printf 'postgres@sha256:%064d\n' 7 ;;
            esac
            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(docker, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    private string said = "";

    private string Override => Path.Combine(folder, "docker-compose.override.yml");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Images_with_a_digest_are_pinned_and_those_built_here_are_not()
    {
        Assert.Equal(0, await RunAsync());
        Assert.Equal(0, await RunAsync());
        var text = await File.ReadAllTextAsync(Override);
        Assert.Contains($"\n  postgres:\n    image: postgres@sha256:{new string('0', 63)}7\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("hub", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_override_of_the_operator_is_not_replaced()
    {
        await File.WriteAllTextAsync(Override, "services: {}\n");
        Assert.Equal(1, await RunAsync());
        Assert.Equal("services: {}\n", await File.ReadAllTextAsync(Override));
    }

    [Fact]
    public async Task Without_compose_one_line_says_what_is_missing_and_nothing_is_written()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "docker"), "#!/bin/sh\necho 'docker: compose is no command' >&2\nexit 1\n");
        Assert.Equal(1, await RunAsync());
        Assert.Equal("This needs docker compose on this machine.\n", said);
        Assert.False(File.Exists(Override));
    }

    private async Task<int> RunAsync()
    {
        var start = new ProcessStartInfo("/bin/sh", [Path.Combine(folder, "infra", "pin-images.sh")]) { RedirectStandardOutput = true };
        start.Environment["PATH"] = $"{folder}:/usr/bin:/bin";
        using var process = Process.Start(start)!;
        said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
