using System.CommandLine;
using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Operations;
using Interclustering.Server.Configuration;
using Interclustering.Server.Databases;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Server.Commands;

/// <summary>
/// <c>recover</c> and <c>hub rebuild</c>: asks the running server to continue a journal that was restored, doubled, or lost, and watches
/// it.
/// </summary>
internal static class RecoverCommand
{
    private static readonly TimeSpan TakenUp = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    public static Command Create(Func<ParseResult, IConfiguration> configure)
    {
        var cluster = new Option<string>("--cluster") { Description = "Code of the cluster, or hub", Required = true };
        var command = new Command(
            "recover", "Continue a journal after its database was restored from a backup, written by two processes, or lost") { cluster };
        command.SetAction((parsed, cancellation) => RunAsync(
            SettingsReader.Read(configure(parsed)), parsed.GetRequiredValue(cluster), parsed.InvocationConfiguration, cancellation));
        return command;
    }

    /// <summary><c>hub rebuild</c>: the same for the hub, and then every cluster's journal to its end.</summary>
    public static Command CreateRebuild(Func<ParseResult, IConfiguration> configure)
    {
        var command = new Command("rebuild", "Bring the hub's database back from the nodes, and wait until it is complete");
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = SettingsReader.Read(configure(parsed));
            var exit = await RunAsync(settings, FederationDirectory.HubCode, parsed.InvocationConfiguration, cancellation);
            return exit == 0 ? await UntilDoneAsync(settings, parsed.InvocationConfiguration, cancellation) : exit;
        });
        return command;
    }

    private static async Task<int> RunAsync(
        ServerSettings settings, string code, InvocationConfiguration console, CancellationToken cancellation)
    {
        if (!settings.Roles.Contains(code))
        {
            await console.Error.WriteLineAsync(
                $"This installation does not host \"{code}\". Hosted here: {string.Join(", ", settings.Roles)}. Only the owner of a "
                    + $"journal can recover it.");
            return 2;
        }

        await using var db = new DatabaseFactories(settings).Open(code);
        await SchemaUpgrade.RequireAsync(db, code, cancellation);
        var operation = await OperationRow.RequestAsync(db, OperationRow.Recover, null, TimeProvider.System, cancellation);
        var bar = new ProgressBar($"{code}: own entries fetched back");
        while (operation.FinishedAt is null)
        {
            if (operation.StartedAt is null && TimeProvider.System.GetUtcNow().UtcDateTime - operation.RequestedAt > TakenUp)
            {
                await console.Error.WriteLineAsync(
                    $"No running server of {code} has taken this up yet. It will, as soon as one starts; nothing else is to be done.");
                return 3;
            }

            await Task.Delay(Look, cancellation);
            operation = await db.Set<OperationRow>().AsNoTracking().SingleAsync(row => row.Id == operation.Id, cancellation);
            bar.Report((operation.Done, operation.Total));
        }

        await console.Output.WriteLineAsync($"{code}: {operation.Outcome}");
        return operation.Failed ? 1 : 0;
    }

    private static async Task<int> UntilDoneAsync(ServerSettings settings, InvocationConfiguration console, CancellationToken cancellation)
    {
        var bar = new ProgressBar("hub: clusters' entries");
        await using var db = new DatabaseFactories(settings).Open(FederationDirectory.HubCode);
        var start = TimeProvider.System.GetUtcNow().UtcDateTime;
        while (true)
        {
            var cursors = await db.Set<ReplicaCursor>().AsNoTracking().ToListAsync(cancellation);
            bar.Report((cursors.Sum(cursor => cursor.Sequence), cursors.Sum(cursor => Math.Max(cursor.Announced, cursor.Sequence))));
            var silent = cursors.Where(cursor => settings.Directory.Find(cursor.Journal)?.Left is null
                    && (cursor.HeardAt is null || cursor.HeardAt < start))
                .Select(cursor => cursor.Journal).ToList();
            var waited = TimeProvider.System.GetUtcNow().UtcDateTime - start;
            if (cursors.All(cursor => cursor.Sequence >= cursor.Announced) && (silent.Count == 0 || waited > TakenUp))
            {
                await console.Output.WriteLineAsync(
                    $"hub: {cursors.Sum(cursor => cursor.Sequence)} entries of {cursors.Count} clusters"
                    + (silent.Count == 0
                        ? ", all to their end."
                        : $"; not heard of: {string.Join(", ", silent)}. What they have comes when they are back."));
                return 0;
            }

            await Task.Delay(Look, cancellation);
        }
    }
}
