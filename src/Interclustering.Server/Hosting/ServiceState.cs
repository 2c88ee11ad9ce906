using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Interclustering.Server.Hosting;

/// <summary>
/// Tells systemd how far the process is, by sd_notify(3): with <c>Type=notify</c>, <c>systemctl start</c> returns when the server listens.
/// A start within the process counts as a reload: after <c>STOPPING=1</c> systemd would kill it.
/// </summary>
internal sealed partial class ServiceState(DirectoryWatch directory, IHostApplicationLifetime lifetime, ILogger<ServiceState> logger)
{
    /// <summary>Begins to tell, where there is something that listens.</summary>
    public void Follow()
    {
        if (Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is not { Length: > 0 } path)
        {
            return;
        }

        lifetime.ApplicationStarted.Register(() => Tell(path, "READY=1"));
        lifetime.ApplicationStopping.Register(() => Tell(path, directory.HasChanged
            ? string.Create(CultureInfo.InvariantCulture, $"RELOADING=1\nMONOTONIC_USEC={Stopwatch.GetTimestamp() / 1000}")
            : "STOPPING=1"));
    }

    private void Tell(string path, string state)
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            // An @ stands for the zero byte of a name that is no file.
            socket.SendTo(Encoding.ASCII.GetBytes(state), new UnixDomainSocketEndPoint(path[0] == '@' ? $"\0{path[1..]}" : path));
        }
        catch (SocketException exception)
        {
            LogUnheard(path, exception.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "NOTIFY_SOCKET {Path} takes no message: {Reason}")]
    private partial void LogUnheard(string path, string reason);
}
