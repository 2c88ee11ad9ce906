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
        // As Compose prints it. Docker's newer image store gives images that were built here a digest as well.
        DockerIs("""
            case "$*" in
              "compose version") ;;
              "compose --file docker-compose.yml config") printf '%s\n' 'name: interclustering' 'services:' \
                '  hub:' '    environment:' '      image: none' '    image: interclustering:local' \
                '  keys:' '    build:' '      context: .' '    image: interclustering:local' \
                '  postgres:' '    image: postgres:17' '    networks:' '      database: null' 'volumes:' '  own:' '    image: none' ;;
              *postgres:17) printf 'postgres@sha256:%064d\n' 7 ;;
              *interclustering:local) printf 'interclustering@sha256:%064d\n' 8 ;;
              *) exit 64 ;;
            esac
            """);
    }

    private string Override => Path.Combine(folder, "docker-compose.override.yml");

    private string Settings => Path.Combine(folder, ".env");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Images_of_others_are_pinned_and_that_of_the_program_is_not()
    {
        const string Said = "docker-compose.override.yml has the digests of 1 services.\n";
        Assert.Equal((0, Said), await RunAsync());
        Assert.Equal((0, Said), await RunAsync());
        Assert.Equal(["services:", "  postgres:", $"    image: postgres@sha256:{new string('0', 63)}7"],
            (await File.ReadAllLinesAsync(Override)).Skip(1));
    }

    /// <summary>Compose reads no override by itself where <c>COMPOSE_FILE</c> lists the files.</summary>
    [Theory]
    [InlineData("COMPOSE_FILE=docker-compose.yml:infra/rabbitmq/tls.yaml")]
    [InlineData("COMPOSE_FILE='docker-compose.yml:infra/rabbitmq/tls.yaml'")]
    [InlineData("COMPOSE_FILE=docker-compose.yml:infra/rabbitmq/tls.yaml:docker-compose.override.yml")]
    public async Task The_digests_are_listed_where_the_files_are(string line)
    {
        await File.WriteAllTextAsync(Settings, $"ADDRESS_HUB=\n{line}\n");
        Assert.Equal(0, (await RunAsync()).Exit);
        Assert.Equal("ADDRESS_HUB=\nCOMPOSE_FILE=docker-compose.yml:infra/rabbitmq/tls.yaml:docker-compose.override.yml\n",
            await File.ReadAllTextAsync(Settings));
    }

    [Fact]
    public async Task Compose_finds_the_digests_by_itself_where_no_files_are_listed()
    {
        await File.WriteAllTextAsync(Settings, "ADDRESS_HUB=\n");
        Assert.Equal(0, (await RunAsync()).Exit);
        Assert.Equal("ADDRESS_HUB=\n", await File.ReadAllTextAsync(Settings));
    }

    [Fact]
    public async Task One_line_says_that_compose_is_missing()
    {
        DockerIs("echo \"docker: unknown command: docker $1\" >&2; exit 1");
        Assert.Equal((1, "docker compose is missing: install Docker with its Compose plugin, version 2.15 or later.\n"), await RunAsync());
        Assert.False(File.Exists(Override));
    }

    [Fact]
    public async Task What_compose_finds_wrong_ends_it()
    {
        DockerIs("[ \"$2\" = version ] || { echo 'choose one in .env'; exit 15; }");
        Assert.Equal(15, (await RunAsync()).Exit);
        Assert.False(File.Exists(Override));
    }

    [Fact]
    public async Task An_override_of_the_operator_is_not_replaced()
    {
        await File.WriteAllTextAsync(Override, "services: {}\n");
        Assert.Equal((1, "docker-compose.override.yml is yours: move it away, and name it in COMPOSE_FILE of .env.\n"), await RunAsync());
        Assert.Equal("services: {}\n", await File.ReadAllTextAsync(Override));
    }

    private void DockerIs(string script)
    {
        var docker = Path.Combine(folder, "docker");
        File.WriteAllText(docker, "#!/bin/sh\n" + script);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(docker, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>The exit code, and all that is printed.</summary>
    private async Task<(int Exit, string Output)> RunAsync()
    {
        var start = new ProcessStartInfo("/bin/sh", [Path.Combine(folder, "infra", "pin-images.sh")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{folder}:/usr/bin:/bin";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }
}
