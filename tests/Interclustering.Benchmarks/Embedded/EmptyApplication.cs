using System.Diagnostics;
using Interclustering.Testing.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Interclustering.Benchmarks.Embedded;

/// <summary>A web application that does nothing but answer, in a process of its own: what any server costs.</summary>
internal static class EmptyApplication
{
    /// <summary>First argument of the process.</summary>
    public const string Verb = "empty-application";

    public static async Task RunAsync(string url)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.Urls.Add(url);
        app.MapGet(IdleServer.FirstPage, () => Results.Text("empty"));
        await app.RunAsync();
    }

    public static Process Start(out Uri address)
    {
        address = new Uri($"http://localhost:{ServerProgram.FreePort()}");
        var start = new ProcessStartInfo("dotnet", [typeof(EmptyApplication).Assembly.Location, Verb, address.OriginalString]);
        // As any web application has it: the settings of this program are for its other measurements.
        start.Environment["DOTNET_gcServer"] = "1";
        return Process.Start(start) ?? throw new InvalidOperationException("The empty application did not start.");
    }
}
