using System.CommandLine;
using Interclustering.Federation;
using Interclustering.Server.Configuration;
using Interclustering.Server.Databases;
using Interclustering.Server.Hosting;

namespace Interclustering.Server.Commands;

/// <summary>The verbs of the executable; <c>serve</c> without any.</summary>
internal static class CommandLine
{
    /// <summary>What a shell gives a program that Ctrl+C has ended.</summary>
    public const int Interrupted = 130;

    private static readonly Option<string?> Data = new("--data") { Description = "Folder for databases, keys and mail", Recursive = true };
    private static readonly Option<string?> Urls = new("--urls") { Description = "Addresses to listen on, e.g. http://localhost:5080" };
    private static readonly Option<bool> Demo =
        new("--demo") { Description = "Make demonstration accounts and content, also on addresses that others reach" };
    private static readonly Option<bool> NoDemo = new("--no-demo") { Description = "Start without demonstration content" };

    public static Task<int> RunAsync(string[] args)
    {
        FilePermissions.CreateForThisUserOnly();
        return RunAsync(args, new Dictionary<string, string?>(), Console.Error, CancellationToken.None);
    }

    /// <param name="args">As typed.</param>
    /// <param name="settings">Besides those of files, environment and command line.</param>
    /// <param name="error">Where a failure is said in words.</param>
    /// <param name="cancellation">Ends it as Ctrl+C does.</param>
    internal static async Task<int> RunAsync(
        string[] args, IReadOnlyDictionary<string, string?> settings, TextWriter error, CancellationToken cancellation)
    {
        try
        {
            return await Root(settings).Parse(args).InvokeAsync(
                new InvocationConfiguration
                {
                    EnableDefaultExceptionHandler = false,
                    // The default of 2 s would end a busy server in the middle of its orderly stop. The host's own limit is 30 s.
                    ProcessTerminationTimeout = TimeSpan.FromSeconds(35),
                },
                cancellation);
        }
        catch (Exception exception) when (exception is WrongSettingException or ForeignDatabaseException or OldDatabaseException)
        {
            await error.WriteLineAsync(exception.Message);
            return 2;
        }
        catch (InvalidDataException exception)
        {
            await error.WriteLineAsync($"A file of settings can't be read: {exception.Message} {exception.InnerException?.Message}");
            return 2;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("Stopped before it was done. What was done stays; the same command again goes on.");
            return Interrupted;
        }
        catch (Exception exception) when (DatabaseFailure.Is(exception))
        {
            await error.WriteLineAsync($"The database failed: {exception.GetBaseException().Message}. What was done before it "
                + $"stays; the same command again goes on.");
            return 1;
        }
    }

    private static RootCommand Root(IReadOnlyDictionary<string, string?> settings)
    {
        var serve = new Command("serve", "Run the hub and the nodes that the configuration names (the default)") { Urls, Demo, NoDemo };
        serve.SetAction(ServeAsync);
        var root = new RootCommand("Interclustering: the clusters publish once and are seen nationally")
        {
            Data, Urls, Demo, NoDemo, serve, ImportCommand.Create(Configure), VerifyCommand.Create(Configure),
                ExportCommand.Create(Configure), KeysCommand.Create(Configure),
            RecoverCommand.Create(Configure), EraseCommand.Create(Configure), PersonCommand.Create(Configure),
            OperatorsCommand.Create(Configure), StaffCommand.Create(Configure), HubCommand.Create(Configure),
            BackupCommand.Create(Configure), RestoreCommand.Create(Configure),
            InfraCommand.Create(Configure), ClusterCommand.Create(Configure), AttachmentTextCommand.Create(), SourceTextCommand.Create(),
            PictureCommand.Create(), DoctorCommand.Create(Configure, Urls),
        };
        root.SetAction(ServeAsync);
        return root;

        async Task<int> ServeAsync(ParseResult parsed, CancellationToken cancellation)
        {
            // The library listens for Ctrl+C once this returns a task, and SQLite never makes one wait.
            await Task.Yield();
            int exit;
            do
            {
                exit = await Program.ServeAsync(WebApplicationOf(parsed), cancellation);
            }
            while (exit == Program.StartsAgain);

            return exit;
        }

        // By the server's own builder: a verb that reads a little less works on another database.
        IConfiguration Configure(ParseResult parsed) => WebApplicationOf(parsed).Configuration;

        WebApplicationBuilder WebApplicationOf(ParseResult parsed)
        {
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions
            {
                ContentRootPath = AppContext.BaseDirectory,
                ApplicationName = typeof(CommandLine).Assembly.GetName().Name,
            });
            builder.Configuration.AddInMemoryCollection(settings);
            builder.Configuration.AddInMemoryCollection(Overrides(parsed));
            builder.Configuration.AddInMemoryCollection(SettingFiles.Read(builder.Configuration));
            return builder;
        }
    }

    private static Dictionary<string, string?> Overrides(ParseResult parsed)
    {
        var given = new Dictionary<string, string?>();
        if (parsed.GetValue(Data) is { } data)
        {
            given["Interclustering:Data"] = data;
        }

        if (parsed.CommandResult.GetResult(Urls) is not null && parsed.GetValue(Urls) is { } urls)
        {
            given["urls"] = urls;
        }

        if (parsed.CommandResult.GetResult(Demo) is not null && parsed.GetValue(Demo))
        {
            given["Interclustering:Demonstration"] = "true";
        }

        if (parsed.CommandResult.GetResult(NoDemo) is not null && parsed.GetValue(NoDemo))
        {
            given["Interclustering:Demonstration"] = "false";
        }

        return given;
    }
}
