using System.Diagnostics;

namespace Interclustering.Testing.Debian13;

/// <summary>
/// A Debian 13 in a folder, made once on this machine by tests/debian13.sh: it has the versions that docker-compose.yml names.
/// </summary>
/// <param name="Folder">Where it is; empty where it can't be made.</param>
/// <param name="Missing">Why it can't be made; null when it is there.</param>
public sealed record Debian13Root(string Folder, string? Missing)
{
    private const int NotHere = 3;
    private static readonly Lazy<Task<Debian13Root>> Made = new(MakeAsync);

    /// <summary>Makes it unless it is there: a minute or two.</summary>
    public static Task<Debian13Root> GetAsync() => Made.Value;

    private static async Task<Debian13Root> MakeAsync()
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "tests", "debian13.sh"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var script = Process.Start(start) ?? throw new InvalidOperationException("The script did not start.");
        var (said, errors) = (script.StandardOutput.ReadToEndAsync(), script.StandardError.ReadToEndAsync());
        await script.WaitForExitAsync();
        return script.ExitCode switch
        {
            0 => new Debian13Root((await said).Trim(), null),
            NotHere => new Debian13Root("", $"no Debian 13: {(await said).Trim()}"),
            _ => throw new InvalidOperationException($"debian13.sh ended with {script.ExitCode}:\n{await said}{await errors}"),
        };
    }
}
