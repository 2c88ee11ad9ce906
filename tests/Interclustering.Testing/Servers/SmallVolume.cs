using System.Diagnostics;
using System.Globalization;

namespace Interclustering.Testing.Servers;

/// <summary>A volume of a few megabytes in memory.</summary>
public sealed class SmallVolume : IAsyncDisposable
{
    private readonly string mountedAt, seenAt;
    private readonly string[] entering;

    private SmallVolume(string path, Process? server, string root)
    {
        Path = path;
        // A server that has mounts of its own does not see new ones of ours: it gets the volume among its own, which end with it.
        var id = server?.Id.ToString(CultureInfo.InvariantCulture);
        entering = id is null ? [] : ["/usr/bin/nsenter", $"--mount=/proc/{id}/ns/mnt"];
        mountedAt = root + path;
        seenAt = id is null ? path : $"/proc/{id}/root{path}";
    }

    /// <summary>Where the server finds it.</summary>
    public string Path { get; }

    private string Filler => System.IO.Path.Combine(seenAt, "filler");

    /// <summary>Mounts it.</summary>
    /// <param name="megabytes">Its size.</param>
    /// <param name="owner">Whom it belongs to.</param>
    /// <param name="server">Who sees it, where that has mounts of its own.</param>
    /// <param name="root">The folder of the Debian in which that server runs.</param>
    public static async Task<SmallVolume> MountAsync(int megabytes, string owner, Process? server, string root = "")
    {
        var volume = new SmallVolume(Directory.CreateTempSubdirectory("interclustering-volume-").FullName, server, root);
        var size = string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m");
        await volume.RunAsync("/bin/mount", "-t", "tmpfs", "-o", size, "tmpfs", volume.mountedAt);
        await volume.RunAsync("/bin/chown", owner, volume.mountedAt);
        return volume;
    }

    /// <summary>Writes until nothing more fits.</summary>
    public void Fill()
    {
        using var file = File.Create(Filler);
        var block = new byte[64 * 1024];
        try
        {
            while (true)
            {
                file.Write(block);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // Full: what was wanted.
        }
    }

    public void Free() => File.Delete(Filler);

    public async ValueTask DisposeAsync()
    {
        await RunAsync("/bin/umount", "-l", mountedAt);
        Directory.Delete(Path);
    }

    private async Task RunAsync(params string[] command)
    {
        string[] whole = [.. entering, .. command];
        using var process = Process.Start(whole[0], whole[1..]);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', whole)} ended with {process.ExitCode}.");
        }
    }
}
