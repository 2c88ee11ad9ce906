using Interclustering.Federation.Journals;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.FaultTests;

/// <summary>Rows 11, 12, 13, and 15: databases that were restored, doubled, or dropped.</summary>
internal static class Losses
{
    private const string Hub = FederationUnderFault.Hub;

    public static async Task<Counted> RestoreNodesAsync(FederationUnderFault federation, FaultSize size)
    {
        var longest = 0.0;
        var nodes = federation.Nodes.Take(size.Of(6, 1)).ToList();
        foreach (var code in nodes)
        {
            var backup = await federation.BackUpAsync(code);
            await federation.PublishAsync(code, 100);
            await federation.ConvergeAsync();
            await federation[code].TerminateAsync();
            federation.Use(code, backup);
            await federation.PublishAsync(code, 50);
            await federation[code].StartAsync();
            await FederationUnderFault.UntilAsync($"{code} notices", () => StoppedAsync(federation, code));
            await federation.RecoverAsync(code);
            longest = Math.Max(longest, await federation.ConvergeAsync());
        }

        return new Counted(nodes.Count, "100 entries back, then 50 new ones, each", longest);
    }

    public static async Task<Counted> RestoreHubAsync(FederationUnderFault federation, FaultSize size)
    {
        var longest = 0.0;
        for (var restore = 0; restore < 3; restore++)
        {
            var backup = await federation.BackUpAsync(Hub);
            foreach (var code in federation.Nodes)
            {
                await federation.PublishAsync(code, 1 + (1000 / federation.Nodes.Count));
            }

            await federation.ConvergeAsync();
            await federation[Hub].TerminateAsync();
            federation.Use(Hub, backup);
            await federation[Hub].StartAsync();
            await FederationUnderFault.UntilAsync("the hub notices", () => StoppedAsync(federation, Hub));
            await federation.RecoverAsync(Hub);
            longest = Math.Max(longest, await federation.ConvergeAsync());
        }

        return new Counted(3, "1,000 entries back", longest);
    }

    public static async Task<Counted> CloneAsync(FederationUnderFault federation, FaultSize size)
    {
        const string Code = "bsc";
        const string Clone = "bsc-clone";
        var longest = 0.0;
        for (var round = 0; round < 5; round++)
        {
            await federation[Code].TerminateAsync();
            var copy = await federation.Postgres.CopyDatabaseAsync(federation.ConnectionOf(Code));
            await federation[Code].StartAsync();
            var twin = federation.Add(Clone, Code, copy);
            CopyKeys(federation[Code].Data, twin.Data);
            await twin.StartAsync();
            await federation.PublishAsync(Code, 10);
            await federation.PublishAsync(Clone, 10, Code);
            await FederationUnderFault.UntilAsync(() => $"one of the two, or the hub, notices\n{federation.Logs()}", async () =>
            {
                await using var hub = federation.Open(Hub);
                return await StoppedAsync(federation, Code) || await StoppedAsync(federation, Clone, Code)
                    || await hub.Set<ReplicaCursor>().AnyAsync(cursor => cursor.Journal == Code && cursor.StoppedBecause != null);
            });
            // One of them is ended, the other recovers; then the first, for what only it has.
            await twin.TerminateAsync();
            await federation.RecoverAsync(Code);
            await FederationUnderFault.UntilAsync("the hub follows again", async () => await AtEndAsync(federation, Code));
            await federation[Code].TerminateAsync();
            await twin.StartAsync();
            await federation.RecoverAsync(Clone, Code);
            await twin.TerminateAsync();
            federation.Use(Code, copy);
            await federation.RemoveAsync(Clone);
            await federation[Code].StartAsync();
            longest = Math.Max(longest, await federation.ConvergeAsync());
        }

        return new Counted(5, "", longest);
    }

    public static async Task<Counted> DropHubAsync(FederationUnderFault federation, FaultSize size)
    {
        await federation[Hub].KillAsync();
        federation.Use(Hub, await federation.Postgres.CreateDatabaseAsync());
        await federation[Hub].StartAsync();
        await federation.RecoverAsync(Hub);
        return new Counted(1, "", await federation.ConvergeAsync());
    }

    private static async Task<bool> StoppedAsync(FederationUnderFault federation, string name, string? code = null)
    {
        await using var db = federation.Open(name, code ?? name);
        return await db.Set<ReceiptRow>().AnyAsync(row => row.StoppedBecause != null);
    }

    private static async Task<bool> AtEndAsync(FederationUnderFault federation, string code)
    {
        await using var db = federation.Open(code);
        await using var hub = federation.Open(Hub);
        var head = await db.Set<JournalHead>().AsNoTracking().SingleAsync();
        return await hub.Set<ReplicaCursor>().AnyAsync(cursor => cursor.Journal == code && cursor.Hash == head.Hash);
    }

    private static void CopyKeys(string from, string to)
    {
        Directory.CreateDirectory(Path.Combine(to, "keys"));
        foreach (var file in Directory.GetFiles(Path.Combine(from, "keys"), "*.pem"))
        {
            File.Copy(file, Path.Combine(to, "keys", Path.GetFileName(file)), overwrite: true);
        }
    }
}
