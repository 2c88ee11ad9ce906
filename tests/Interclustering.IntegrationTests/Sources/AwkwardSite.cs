using System.Globalization;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Interclustering.IntegrationTests.Sources;

/// <summary>A site on this machine that answers as it is told to, well or badly.</summary>
internal sealed class AwkwardSite : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly CancellationTokenSource stop = new();

    private AwkwardSite()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(AnswerAsync);
    }

    public Uri Address => new(app.Urls.Single());

    /// <summary>What may be fetched although it is on this machine.</summary>
    public string Allowed => $"{Address.Host}:{Address.Port}";

    /// <summary>By path.</summary>
    public Dictionary<string, Func<HttpContext, Task>> Pages { get; } = [];

    public List<string> Asked { get; } = [];

    public static async Task<AwkwardSite> StartAsync()
    {
        var site = new AwkwardSite();
        await site.app.StartAsync();
        return site;
    }

    public string To(string path) => new Uri(Address, path).AbsoluteUri;

    public void Serve(string path, string content, string type = "text/calendar", string? etag = null) => Pages[path] = http =>
    {
        if (etag is not null)
        {
            http.Response.Headers.ETag = etag;
            if (http.Request.Headers.IfNoneMatch == etag)
            {
                http.Response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }
        }

        http.Response.ContentType = type;
        return http.Response.WriteAsync(content);
    };

    public void Fail(string path, int status) => Pages[path] = http =>
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    public void Redirect(string path, string to) => Pages[path] = http =>
    {
        http.Response.Redirect(to);
        return Task.CompletedTask;
    };

    /// <summary>Nothing, for as long as the client waits.</summary>
    public void Hang(string path) => Pages[path] = async http =>
        await Task.Delay(Timeout.Infinite, CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stop.Token).Token)
        .ContinueWith(_ => { }, TaskScheduler.Default);

    /// <summary>A beginning at once, and then one byte after another.</summary>
    public void Drip(string path) => Pages[path] = async http =>
    {
        while (!http.RequestAborted.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            await http.Response.Body.WriteAsync("B"u8.ToArray(), http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            await Task.Delay(20, CancellationToken.None);
        }
    };

    /// <summary>More and more, without an end.</summary>
    public void Flood(string path) => Pages[path] = async http =>
    {
        var block = new byte[65_536];
        while (!http.RequestAborted.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            await http.Response.Body.WriteAsync(block, http.RequestAborted);
        }
    };

    /// <summary>A few kilobytes that unfold to <paramref name="mebibytes"/>.</summary>
    public void Bomb(string path, int mebibytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var block = new byte[1 << 20];
            for (var written = 0; written < mebibytes; written++)
            {
                gzip.Write(block);
            }
        }

        var bytes = packed.ToArray();
        Pages[path] = http =>
        {
            http.Response.Headers.ContentEncoding = "gzip";
            return http.Response.Body.WriteAsync(bytes).AsTask();
        };
    }

    /// <summary>A calendar of events at noon (UTC) on the days given.</summary>
    public static string Calendar(params IEnumerable<(string Uid, string Title, DateOnly Day)> events)
    {
        var text = new StringBuilder("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//FR\r\n");
        foreach (var (uid, title, day) in events)
        {
            text.Append(CultureInfo.InvariantCulture, $"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r\n"
                + $"DTSTART:{day:yyyyMMdd}T120000Z\r\nDTEND:{day:yyyyMMdd}T130000Z\r\n"
                + $"SUMMARY:{title}\r\nLOCATION:Salle A\r\nCATEGORIES:Ateliers\r\nEND:VEVENT\r\n");
        }

        return text.Append("END:VCALENDAR\r\n").ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        stop.Dispose();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        lock (Asked)
        {
            Asked.Add(http.Request.Path + http.Request.QueryString);
        }

        if (Pages.TryGetValue(http.Request.Path, out var answer))
        {
            await answer(http);
        }
        else
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }
}
