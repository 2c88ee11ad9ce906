using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Interclustering.Testing.Servers;

namespace Interclustering.Benchmarks.Reads;

/// <summary>A server of a Debian package with its own port and folder, that has what our server answers with; it ends with us.</summary>
internal sealed class OtherServer : IAsyncDisposable
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
    private const string Person = "reader", Calendar = $"/{Person}/agenda/", Collection = "/user/calendars/calendar/";
    private readonly string folder = Directory.CreateTempSubdirectory("interclustering-read-").FullName;
    private readonly int port = ServerProgram.FreePort();
    private Process? process;

    private OtherServer()
    {
    }

    private Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));

    /// <summary>nginx with a file of these bytes; null where it is not installed.</summary>
    public static async Task<(OtherServer Server, Uri Address)?> NginxAsync(byte[] bytes, CancellationToken stop)
    {
        var server = new OtherServer();
        if (!OperatingSystem.IsWindows())
        {
            // Its workers are another user where this one is root.
            File.SetUnixFileMode(server.folder, Readable);
        }

        await File.WriteAllBytesAsync(Path.Combine(server.folder, "page.html"), bytes, stop);
        var configuration = Path.Combine(server.folder, "nginx.conf");
        await File.WriteAllTextAsync(configuration, $$"""
            daemon off;
            worker_processes auto;
            pid {{server.folder}}/pid;
            error_log {{server.folder}}/error.log;
            events { worker_connections 1024; }
            http {
              access_log off;
              sendfile on;
              tcp_nopush on;
              keepalive_requests 100000000;
              types { text/html html; }
              client_body_temp_path {{server.folder}}/body;
              proxy_temp_path {{server.folder}}/proxy;
              fastcgi_temp_path {{server.folder}}/fastcgi;
              uwsgi_temp_path {{server.folder}}/uwsgi;
              scgi_temp_path {{server.folder}}/scgi;
              server { listen 127.0.0.1:{{server.port}}; root {{server.folder}}; }
            }
            """, stop);
        return await server.StartAsync("/usr/sbin/nginx", ["-e", $"{server.folder}/error.log", "-c", configuration], "/page.html", stop);
    }

    /// <summary>Radicale with these events in one collection, which one GET reads; null where it is not installed.</summary>
    public static async Task<(OtherServer Server, Uri Address)?> RadicaleAsync(byte[] calendar, CancellationToken stop)
    {
        var server = new OtherServer();
        return await server.StartAsync(
            "/usr/bin/radicale",
            ["--config", "", "--server-hosts", server.Address.Authority, "--auth-type", "none", "--storage-filesystem-folder",
                server.folder, "--logging-level", "error", "--server-max-connections", "100"],
            Calendar, stop, calendar);
    }

    /// <summary>
    /// Xandikos with each of these events as a resource of one calendar: it answers no GET for that, so a REPORT reads them, as calendar
    /// clients do. Null where it is not installed.
    /// </summary>
    public static async Task<(OtherServer Server, Uri Address)?> XandikosAsync(byte[] calendar, CancellationToken stop)
    {
        var server = new OtherServer();
        var started = await server.StartAsync(
            "/usr/bin/xandikos",
            ["--directory", server.folder, "--defaults", "--listen-address", "127.0.0.1", "--port",
                server.port.ToString(CultureInfo.InvariantCulture)],
            Collection, stop);
        if (started is not null)
        {
            using var http = new HttpClient();
            var text = Encoding.UTF8.GetString(calendar);
            var zone = text[text.IndexOf("BEGIN:VTIMEZONE", StringComparison.Ordinal)..];
            foreach (var lines in text.Split("BEGIN:VEVENT\r\n").Skip(1).Select(part => part.Split("END:VEVENT\r\n")[0])
                .GroupBy(lines => lines.Split("UID:")[1].Split('\r')[0]))
            {
                var one = $"BEGIN:VCALENDAR\r\nPRODID:x\r\nVERSION:2.0\r\n{string.Concat(lines.Select(
                    each => $"BEGIN:VEVENT\r\n{each}END:VEVENT\r\n"))}{zone}";
                await PutAsync(http, new Uri(server.Address, $"{Collection}{lines.Key}.ics"), Encoding.UTF8.GetBytes(one), stop);
            }
        }

        return started;
    }

    /// <summary>Reads every event of a calendar (RFC 4791 §7.8).</summary>
    public static HttpRequestMessage Report(Uri address)
    {
        var report = Request(new HttpMethod("REPORT"), address);
        report.Headers.Add("Depth", "1");
        report.Content = new StringContent(
            """<c:calendar-query xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop><c:calendar-data/></d:prop>"""
            + """<c:filter><c:comp-filter name="VCALENDAR"/></c:filter></c:calendar-query>""",
            Encoding.UTF8, "application/xml");
        return report;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    public static HttpRequestMessage Get(Uri address) => Request(HttpMethod.Get, address);

    /// <summary>Radicale answers in HTTP/1.0 and hangs up.</summary>
    public static HttpRequestMessage GetOnce(Uri address)
    {
        var request = Get(address);
        request.Headers.ConnectionClose = true;
        return request;
    }

    private async Task<(OtherServer, Uri)?> StartAsync(
        string program, IReadOnlyList<string> arguments, string path, CancellationToken stop, byte[]? calendar = null)
    {
        if (!File.Exists(program))
        {
            Console.WriteLine($"  {program} is not there: Debian's package {Path.GetFileName(program)} brings it");
            await DisposeAsync();
            return null;
        }

        try
        {
            process = Process.Start(
                new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            var address = new Uri(Address, path);
            await UntilAnswersAsync(address, calendar, stop);
            return (this, address);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    private async Task UntilAnswersAsync(Uri address, byte[]? calendar, CancellationToken stop)
    {
        using var http = new HttpClient();
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                if (calendar is not null)
                {
                    await PutAsync(http, address, calendar, stop);
                }
                else
                {
                    using var answer = await http.GetAsync(address, stop);
                    answer.EnsureSuccessStatusCode();
                }

                return;
            }
            catch (HttpRequestException failure) when (failure.StatusCode is null && watch.Elapsed < TimeSpan.FromSeconds(20)
                && process is { HasExited: false })
            {
                await Task.Delay(100, stop);
            }
        }
    }

    /// <summary>A request as the servers that know people expect it.</summary>
    private static HttpRequestMessage Request(HttpMethod method, Uri address)
    {
        var person = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Person}:x"));
        return new(method, address) { Headers = { Authorization = new AuthenticationHeaderValue("Basic", person) } };
    }

    private static async Task PutAsync(HttpClient http, Uri address, byte[] calendar, CancellationToken stop)
    {
        using var put = Request(HttpMethod.Put, address);
        put.Content = new ByteArrayContent(calendar)
        { Headers = { ContentType = new MediaTypeHeaderValue("text/calendar") { CharSet = "utf-8" } } };
        using var answer = await http.SendAsync(put, stop);
        answer.EnsureSuccessStatusCode();
    }
}
