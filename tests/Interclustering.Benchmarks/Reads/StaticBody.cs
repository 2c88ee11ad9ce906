using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

[assembly: HostingStartup(typeof(Interclustering.Benchmarks.Reads.StaticBody))]

namespace Interclustering.Benchmarks.Reads;

/// <summary>
/// Answers, inside the server's own process and before everything of it, with fixed bytes of any size, and with the processor time used so
/// far. It gets there as a hosting start-up: the product knows nothing of it.
/// </summary>
public sealed class StaticBody : IHostingStartup, IStartupFilter
{
    public const string Bytes = "/benchmark/bytes/";
    public const string ProcessorTime = "/benchmark/processor-time";
    private static readonly ConcurrentDictionary<string, byte[]> Bodies = new();

    /// <summary>What the server's process must be started with.</summary>
    public static IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>
    {
        ["DOTNET_STARTUP_HOOKS"] = typeof(StaticBody).Assembly.Location,
        ["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = typeof(StaticBody).Assembly.GetName().Name!,
        // Servers of tests never compile again what is called often; one that is measured does, as in production.
        ["DOTNET_TC_CallCounting"] = "1",
    };

    public void Configure(IWebHostBuilder builder) => builder.ConfigureServices(services => services.AddSingleton<IStartupFilter>(this));

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => application =>
    {
        application.Use(AnswerAsync);
        next(application);
    };

    private static Task AnswerAsync(HttpContext http, RequestDelegate next)
    {
        var path = http.Request.Path.Value!;
        if (path == ProcessorTime)
        {
            return http.Response.WriteAsync(System.Environment.CpuUsage.TotalTime.TotalMicroseconds.ToString(CultureInfo.InvariantCulture));
        }

        if (!path.StartsWith(Bytes, StringComparison.Ordinal))
        {
            return next(http);
        }

        var body = Bodies.GetOrAdd(path, static address => Filled(int.Parse(address.AsSpan(Bytes.Length), CultureInfo.InvariantCulture)));
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.ContentLength = body.Length;
        return http.Response.Body.WriteAsync(body).AsTask();
    }

    private static byte[] Filled(int size)
    {
        var body = new byte[size];
        body.AsSpan().Fill((byte)'x');
        return body;
    }
}
