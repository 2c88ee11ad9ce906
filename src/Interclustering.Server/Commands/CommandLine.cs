using System.CommandLine;
using Interclustering.Federation;
using Interclustering.Server.Configuration;
using Interclustering.Server.Databases;
using Interclustering.Server.Hosting;

namespace Interclustering.Server.Commands;

/// <summary>The verbs of the executable; <c>serve</c> without any.</summary>
internal static class CommandLine
{
    private static readonly Option<string?> Data = new("--data") { Description = "Folder for databases, keys and mail", Recursive = true };
    private static readonly Option<string?> Urls = new("--urls") { Description = "Addresses to listen on, e.g. http://localhost:5080" };
    private static readonly Option<bool> Demo =
        new("--demo") { Description = "Make demonstration accounts and content, also on addresses that others reach" };
    private static readonly Option<bool> NoDemo = new("--no-demo") { Description = "Start without demonstration content" };

    public static async Task<int> RunAsync(string[] args)
    {
        var serve = new Command("serve", "Run the hub and the nodes that the configuration names (the default)") { Urls, Demo, NoDemo };
        serve.SetAction(ServeAsync);
        var root = new RootCommand("Interclustering: the clusters publish once and are seen nationally")
        {
            Data, Urls, Demo, NoDemo, serve, ImportCommand.Create(Configure), VerifyCommand.Create(Configure),
                ExportCommand.Create(Configure), KeysCommand.Create(Configure),
            RecoverCommand.Create(Configure), EraseCommand.Create(Configure),
            OperatorsCommand.Create(Configure), StaffCommand.Create(Configure), HubCommand.Create(Configure),
            BackupCommand.Create(Configure), RestoreCommand.Create(Configure),
            InfraCommand.Create(), AttachmentTextCommand.Create(), SourceTextCommand.Create(),
        };
        root.SetAction(ServeAsync);
        FilePermissions.CreateForThisUserOnly();
        try
        {
            return await root.Parse(args).InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                // The default of 2 s would end a busy server in the middle of its orderly stop. The host's own limit is 30 s.
                ProcessTerminationTimeout = TimeSpan.FromSeconds(35),
            });
        }
        catch (Exception exception) when (exception is WrongSettingException or ForeignDatabaseException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 2;
        }
        catch (Exception exception) when (DatabaseFailure.Is(exception))
        {
            await Console.Error.WriteLineAsync($"The database failed: {exception.GetBaseException().Message}. What was done before it "
                + $"stays; the same command again goes on.");
            return 1;
        }
    }

    private static Task<int> ServeAsync(ParseResult parsed, CancellationToken cancellation) =>
        Program.ServeAsync(WebApplicationOf(parsed), cancellation);

    private static WebApplicationBuilder WebApplicationOf(ParseResult parsed)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(Overrides(parsed));
        return builder;
    }

    /// <summary>By the server's own builder: a verb that reads a little less works on another database.</summary>
    private static IConfiguration Configure(ParseResult parsed) => WebApplicationOf(parsed).Configuration;

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
