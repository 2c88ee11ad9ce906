using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.FaultTests;

/// <summary>Rows 19 and 20: one participant sends or asks far more than others, and what the others wait meanwhile.</summary>
internal static class Floods
{
    private const string Hub = FederationUnderFault.Hub;
    private const string Much = "bsc", Little = "tenlog";
    private const int MostPublications = 2_000;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(300);

    /// <summary>A node comes back with a long unread journal.</summary>
    public static async Task<Counted> PublishAsync(FederationUnderFault federation, FaultSize size)
    {
        var count = size.Of(20_000, 1_000);
        var token = await federation.TokenAsync(Little);
        await federation[Much].TerminateAsync();
        await federation.PublishAsync(Much, count, batch: 500);
        var end = await EndAsync(federation, Much);
        await federation[Much].StartAsync();
        var waits = await WhileAsync(federation, token, async () => await ReadAsync(federation, Much) < end);
        return new Counted(1, Told($"{count} entries at once", waits), await federation.ConvergeAsync());
    }

    /// <summary>A participant asks for its own journal a thousand times in a row, and takes nothing from its queue.</summary>
    public static async Task<Counted> AskBackAsync(FederationUnderFault federation, FaultSize size)
    {
        var count = size.Of(1_000, 100);
        await federation.PublishAsync(Much, size.Of(1_000, 100));
        await federation.ConvergeAsync();
        var (epoch, token) = (await EpochAsync(federation), await federation.TokenAsync(Little));
        await federation[Much].TerminateAsync();
        var before = await federation.Broker.CountAsync($"ic.cmd.{Much}");
        using var key = federation.KeyOf(Much);
        await using (var sender = await Hostility.Sender.OpenAsync(federation.Broker, Much))
        {
            for (var number = 0; number < count; number++)
            {
                await sender.SendAsync(new FederationMessage
                {
                    ReplayRequest = key.Sign(new ReplayRequest { Journal = Much, From = Much, Epoch = epoch, Keyid = "", After = 0 }),
                });
            }
        }

        var waits = await WhileAsync(federation, token, async () => await federation.Broker.CountAsync($"ic.cmd.{Hub}") > 0);
        var answers = await federation.Broker.CountAsync($"ic.cmd.{Much}") - before;
        await federation[Much].StartAsync();
        return new Counted(count, Told($"{count} requests, {answers} messages in answer", waits), await federation.ConvergeAsync());
    }

    /// <summary>
    /// Another cluster publishes over its API as long as the flood lasts, one after the other, twenty times at least. How long each took
    /// from the call to the hub's commit, in seconds.
    /// </summary>
    private static async Task<List<double>> WhileAsync(FederationUnderFault federation, string token, Func<Task<bool>> flooding)
    {
        var waits = new List<double>();
        while (waits.Count < 20 || await flooding())
        {
            Assert.True(waits.Count < MostPublications, "The flood does not end.");
            var watch = Stopwatch.StartNew();
            await PutAsync(federation, token, waits.Count);
            var end = await EndAsync(federation, Little);
            await FederationUnderFault.UntilAsync(
                "the hub has what the other cluster published", async () => await ReadAsync(federation, Little) >= end,
                pause: TimeSpan.FromMilliseconds(10));
            waits.Add(watch.Elapsed.TotalSeconds);
            await Task.Delay(Between);
        }

        return waits;
    }

    private static async Task PutAsync(FederationUnderFault federation, string token, int number)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/espace/{Little}/api/v1/publications/essai/{number}")
        {
            Content = new StringContent(
                """{"kind":"event","title":"Visite (démonstration)","sessions":[{"start":"2027-01-14T09:00:00"}]}""",
                Encoding.UTF8, "application/json"),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };
        using var answer = await federation[Little].Http.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    private static string Told(string what, List<double> waits)
    {
        waits.Sort();
        var high = waits[(int)Math.Ceiling(waits.Count * 0.99) - 1];
        return string.Create(
            CultureInfo.InvariantCulture,
                $"{what}; {waits.Count} publications of another cluster meanwhile: p50 {waits[waits.Count / 2]:0.00} s, p99 {high:0.00} s");
    }

    private static async Task<long> EndAsync(FederationUnderFault federation, string code)
    {
        await using var db = federation.Open(code);
        return await db.Set<JournalHead>().Select(head => head.Sequence).SingleAsync();
    }

    private static async Task<string> EpochAsync(FederationUnderFault federation)
    {
        await using var db = federation.Open(Much);
        return await db.Set<JournalHead>().Select(head => head.Epoch).SingleAsync();
    }

    private static async Task<long> ReadAsync(FederationUnderFault federation, string code)
    {
        await using var db = federation.Open(Hub);
        return await db.Set<ReplicaCursor>().Where(cursor => cursor.Journal == code).Select(cursor => cursor.Sequence).SingleAsync();
    }
}
