using System.CommandLine;
using System.Text.Json.Nodes;
using Interclustering.Accounts.PersonalData;
using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Interclustering.Hub;
using Interclustering.Hub.Operators;
using Interclustering.Node;
using Interclustering.Node.PersonalData;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Registrations;
using Interclustering.Server.Configuration;
using Interclustering.Server.Databases;
using Interclustering.Server.Hosting;
using Microsoft.AspNetCore.DataProtection;

namespace Interclustering.Server.Commands;

/// <summary>
/// <c>person export</c> and <c>person erase</c>: what is kept of one person, for that person; and its end. <c>erase</c> takes one id.
/// </summary>
internal static class PersonCommand
{
    public static Command Create(Func<ParseResult, IConfiguration> configure)
    {
        var person = new Argument<string>("person") { Description = "An address, or a name" };
        var cluster = new Option<string>("--cluster") { Description = "Code of the cluster", Required = true };
        var file = new Option<string>("--to") { Description = "New file, JSON", Required = true };
        var yes = new Option<bool>("--yes") { Description = "Do it; otherwise it shows what would go" };
        var export = new Command("export", "Write what is kept of one person to a file, for that person") { person, cluster, file };
        export.SetAction((parsed, cancellation) => WithAsync(configure(parsed), parsed.GetRequiredValue(cluster),
            parsed.GetRequiredValue(person).Trim(), parsed.InvocationConfiguration, (settings, db, known) => ExportAsync(
                settings, db, known, parsed.GetRequiredValue(cluster), parsed.GetRequiredValue(person).Trim(),
                parsed.GetRequiredValue(file), parsed.InvocationConfiguration, cancellation), cancellation));
        var erase = new Command("erase", "Erase a person: account, records, name; shows first what would go") { person, cluster, yes };
        erase.SetAction((parsed, cancellation) => WithAsync(configure(parsed), parsed.GetRequiredValue(cluster),
            parsed.GetRequiredValue(person).Trim(), parsed.InvocationConfiguration, (_, db, known) => EraseAsync(
                db, known, parsed.GetRequiredValue(cluster), parsed.GetValue(yes), parsed.InvocationConfiguration, cancellation),
            cancellation));
        return new Command("person", "What is kept of one person") { export, erase };
    }

    private static async Task<int> WithAsync(IConfiguration configuration, string code, string text, InvocationConfiguration console,
        Func<ServerSettings, NodeContext, KnownPerson, Task<int>> run, CancellationToken cancellation)
    {
        var settings = SettingsReader.Read(configuration);
        if (settings.HostedClusters.All(hosted => hosted.Code != code))
        {
            await console.Error.WriteLineAsync($"This installation hosts no cluster \"{code}\". Hosted here: "
                + $"{string.Join(", ", settings.HostedClusters.Select(hosted => hosted.Code))}.");
            return 2;
        }

        await using NodeContext db = new DatabaseFactories(settings).Node(code);
        await SchemaUpgrade.RequireAsync(db, code, cancellation);
        try
        {
            var services = new ServiceCollection();
            services.AddCookieKeys(settings);
            await using var provider = services.BuildServiceProvider();
            var known = await KnownPerson.FindAsync(db, code, text, cancellation);
            return await run(settings, db, await known.WithRegistrationsAsync(
                db, code, new RegistrationSeal(provider.GetRequiredService<IDataProtectionProvider>()), cancellation));
        }
        catch (SeveralAccountsException exception)
        {
            await console.Error.WriteLineAsync(exception.Message);
            return 2;
        }
    }

    private static async Task<int> ExportAsync(ServerSettings settings, NodeContext db, KnownPerson person, string code, string text,
        string file, InvocationConfiguration console, CancellationToken cancellation)
    {
        var kept = new Dictionary<string, JsonObject> { [code] = await PersonExport.ReadAsync(db, person, cancellation) };
        if (settings.HostsHub)
        {
            await using HubContext hub = new DatabaseFactories(settings).CreateDbContext();
            await SchemaUpgrade.RequireAsync(hub, FederationDirectory.HubCode, cancellation);
            kept[FederationDirectory.HubCode] = await PersonRows.ReadAsync(
                hub, OperatorTables.All, await OperatorTables.KeysAsync(hub, person.Keys, cancellation), cancellation);
        }

        if (kept.Values.All(rows => rows.Count == 0))
        {
            await console.Error.WriteLineAsync($"{code} keeps nothing of \"{text}\".");
            return 1;
        }

        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            await using var writer = new StreamWriter(file, options);
            await writer.WriteAsync(PersonExport.Write(text, TimeProvider.System.GetUtcNow().UtcDateTime, kept));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await console.Error.WriteLineAsync(exception.Message);
            return 2;
        }

        await console.Output.WriteLineAsync($"{file} has what {string.Join(" and ", kept.Keys)} keep. Hand it over by a way that keeps "
            + "secrets, and delete it.");
        return 0;
    }

    private static async Task<int> EraseAsync(NodeContext db, KnownPerson person, string code, bool isMeant,
        InvocationConfiguration console, CancellationToken cancellation)
    {
        var found = await PersonErasure.LookAsync(db, person, cancellation);
        if (found.Count == 0)
        {
            await console.Error.WriteLineAsync($"{code} keeps nothing of this person.");
            return 1;
        }

        foreach (var record in person.Records)
        {
            await console.Output.WriteLineAsync($"withdrawn everywhere  {record.Subject}  {record.Title}");
        }

        foreach (var (table, rows, stays) in found)
        {
            await console.Output.WriteLineAsync(stays is null ? $"goes   {rows,5}  {table}" : $"stays  {rows,5}  {table}: {stays}");
        }

        if (await PersonErasure.IsLastAdministratorAsync(db, person, cancellation))
        {
            await console.Error.WriteLineAsync("The last administrator can't be erased: give another member this role first.");
            return 2;
        }

        if (!isMeant)
        {
            await console.Error.WriteLineAsync("Nothing is erased yet: the same command with --yes does it, for good.");
            return 0;
        }

        await PersonErasure.RunAsync(
            db, new PublicationEditor(db, new Journal(code, TimeProvider.System), TimeProvider.System), person, cancellation);
        await console.Output.WriteLineAsync("Erased here. The hub and the other nodes follow as soon as they have read it; backups and "
            + "the database server's own logs are yours to expire.");
        return 0;
    }
}
