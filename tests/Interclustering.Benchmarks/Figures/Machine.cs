using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Interclustering.Benchmarks.Figures;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    public static async Task PrintAsync()
    {
        var configuration = typeof(Machine).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        Console.WriteLine($"{Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, "
            + $"{RuntimeInformation.FrameworkDescription}, {configuration} build");
        Console.WriteLine($"RabbitMQ {await PackageAsync("rabbitmq-server")}, PostgreSQL {await PackageAsync("postgresql-[1-9][0-9]")}, "
            + $"MassTransit {VersionOf(typeof(MassTransit.IBus))}, RabbitMQ.Client {VersionOf(typeof(RabbitMQ.Client.IConnection))}, "
            + $"Npgsql {VersionOf(typeof(Npgsql.NpgsqlConnection))}");
        Console.WriteLine($"load before the start (1, 5, 15 minutes): "
            + $"{(File.Exists("/proc/loadavg") ? (await File.ReadAllTextAsync("/proc/loadavg"))[..14] : "not known")}");
    }

    private static string VersionOf(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static async Task<string> PackageAsync(string name)
    {
        try
        {
            var start = new ProcessStartInfo(
                "dpkg-query", ["-W", "-f=${Version}", name])
            { RedirectStandardOutput = true, RedirectStandardError = true };
            using var query = Process.Start(start)!;
            var version = await query.StandardOutput.ReadToEndAsync();
            return version.Length == 0 ? "(not Debian's)" : version;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "(not known)";
        }
    }
}
