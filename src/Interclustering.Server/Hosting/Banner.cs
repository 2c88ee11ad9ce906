using Interclustering.Hub.Operators;
using Interclustering.Node.Demonstration;
using Interclustering.Server.Configuration;

namespace Interclustering.Server.Hosting;

/// <summary>Says where to look, once the server listens.</summary>
internal static class Banner
{
    private static readonly string[] Anywhere = ["[::]", "0.0.0.0", "*", "+"];

    public static void Print(WebApplication app, ServerSettings settings, string? password)
    {
        var address = OpenableOf(app.Urls.FirstOrDefault() ?? "");
        var output = Console.Out;
        output.WriteLine();
        output.WriteLine($"{ProgramVersion.Long} is running. Ctrl+C stops it.");
        output.WriteLine($"  Data            {settings.Data}");
        foreach (var listening in app.Urls)
        {
            output.WriteLine(
                $"  Listens on      {listening}   ({(Listening.IsOwn(listening) ? "this machine only" : "others can reach it")})");
        }

        if (settings.HostsHub)
        {
            output.WriteLine($"  National site   {address}/agenda");
            output.WriteLine($"  Federation      {address}/etat"
                + (password is null ? "" : $"   sign in as {DemonstrationOperator.Email}"));
        }

        foreach (var cluster in settings.HostedClusters)
        {
            output.WriteLine($"  Workspace       {address}/espace/{cluster.Code}"
                + (password is null ? "" : $"   sign in as {DemonstrationAccounts.EmailOf(cluster.Code)}"));
        }

        if (password is not null)
        {
            output.WriteLine($"  Mail            {address}/boite-aux-lettres   (on this machine only)");
            output.WriteLine($"  Password        {password}   (demonstration accounts; they exist only here)");
        }

        if (!app.Urls.All(Listening.IsOwn))
        {
            output.WriteLine(password is null
                ? "  Warning         Others can reach this server: put a TLS proxy in front of it. Without --demo it has no demonstration "
                    + "accounts."
                : "  Warning         Others can reach this server and sign in with the password. --no-demo removes the demonstration "
                    + "accounts.");
        }

        output.WriteLine();
    }

    /// <summary>« Every address of this machine » is none that a browser opens.</summary>
    private static string OpenableOf(string url) =>
        Anywhere.Aggregate(url, (address, any) => address.Replace($"//{any}:", "//localhost:", StringComparison.Ordinal));
}
