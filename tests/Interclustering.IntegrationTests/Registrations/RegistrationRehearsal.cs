using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Interclustering.Files;
using Interclustering.Node;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Registrations;
using Interclustering.Node.Workspace;
using Interclustering.Testing;
using Interclustering.Testing.Servers;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Registrations;

/// <summary>
/// Two thousand people want a hundred places of one event, which three clusters give out, while the server is killed twenty times.
/// </summary>
public sealed class RegistrationRehearsal
{
    private const int People = 2000, Kills = 20, AnswersBetweenKills = 150, AtOnce = 300;
    private static readonly (string Code, int Places)[] Quotas = [("lsn", 34), ("bsc", 33), ("tenlog", 33)];
    private readonly ConcurrentDictionary<HttpStatusCode, int> answers = [];
    private int killed, broken;

    private int Answered => answers.Values.Sum();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hundred_get_a_place_the_others_wait_in_order_and_no_name_leaves_the_node()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("INTERCLUSTERING_REHEARSALS") is { Length: > 0 },
            "Two thousand people register while a server is killed twenty times: tests/run.sh --rehearsals runs it.");
        // Each person has an address of their own.
        await using var server = new ServerProcess(new Dictionary<string, string>
        {
            ["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true",
        });
        await server.StartAsync();
        await server.TerminateAsync();
        var id = await PublishAsync(server.Data);
        await server.StartAsync();
        foreach (var (code, _) in Quotas)
        {
            await Until.TrueAsync(async () => await StatusAsync(server, HttpMethod.Get, FormOf(code, id), 0) == HttpStatusCode.OK,
                () => Task.FromResult($"The form of {code} is not open."));
        }

        answers.Clear();
        var killing = KillAsync(server);
        await Parallel.ForEachAsync(Enumerable.Range(0, People), Together, async (person, _) => await SendAsync(
            server, FormOf(Quotas[person % 3].Code, id), person,
            ("name", NameOf(person)), ("email", $"{NameOf(person)}@exemple.invalid")));
        var links = await LinksAsync(server, id);
        Assert.Equal(People, links.Count);
        await Parallel.ForEachAsync(links.Index(), Together, async (link, _) =>
            await SendAsync(server, link.Item, link.Index, ("do", "confirm")));
        await killing;

        foreach (var (code, places) in Quotas)
        {
            await using var db = Open(server.Data, code);
            var rows = await db.Registrations.AsNoTracking().Where(row => row.Event == id).OrderBy(row => row.Arrival)
                .ToListAsync(Cancellation);
            Assert.Equal(places, rows.Count(row => row.State == RegistrationState.Registered));
            Assert.All(rows.Take(places), row => Assert.Equal(RegistrationState.Registered, row.State));
            Assert.All(rows.Skip(places), row => Assert.Equal(RegistrationState.Waiting, row.State));
        }

        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{killed} kills, {broken} requests broken off and sent again, answers: "
            + $"{string.Join(", ", answers.OrderBy(answer => answer.Key).Select(answer => $"{(int)answer.Key} {answer.Value} times"))}"));
        Assert.Equal(Kills, killed);
        Assert.DoesNotContain(answers.Keys, status => (int)status >= 500);
        await server.TerminateAsync();
        AssertNameless(server);
    }

    private static ParallelOptions Together => new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = Cancellation };

    private static string NameOf(int person) => string.Create(CultureInfo.InvariantCulture, $"Personne{person:0000}Secret");

    private static string FormOf(string code, string id) => $"/espace/{code}/inscription/{id}";

    /// <summary>Whatever the server keeps and prints, but the mails that stand for a mail server.</summary>
    private static void AssertNameless(ServerProcess server)
    {
        var files = Directory.EnumerateFiles(server.Data, "*", SearchOption.AllDirectories)
            .Where(file => !file.StartsWith(Path.Combine(server.Data, "mail"), StringComparison.Ordinal)).Append(server.Log).ToList();
        Assert.Contains(files, file => file.EndsWith("hub.db", StringComparison.Ordinal));
        foreach (var file in files)
        {
            var bytes = File.ReadAllBytes(file).AsSpan();
            foreach (var word in (string[])["Secret@", "@exemple.invalid", "0001Secret"])
            {
                Assert.True(bytes.IndexOf(Encoding.UTF8.GetBytes(word)) < 0, $"{file} holds {word}");
            }
        }
    }

    /// <summary>Each time after some more answers: in the midst of work.</summary>
    private async Task KillAsync(ServerProcess server)
    {
        while (killed < Kills)
        {
            var next = Answered + AnswersBetweenKills;
            await Until.TrueAsync(() => Task.FromResult(Answered >= next), () => Task.FromResult($"{Answered} answers, not {next}"));
            await server.KillAsync();
            killed++;
            await server.StartAsync();
        }
    }

    /// <summary>A person who presses again where no answer comes.</summary>
    private Task SendAsync(ServerProcess server, string path, int person, params (string Name, string Value)[] fields) =>
        Until.TrueAsync(
            async () =>
            {
                try
                {
                    var status = await StatusAsync(server, HttpMethod.Post, path, person, fields);
                    Assert.True(status == HttpStatusCode.Redirect || (int)status >= 500, $"{path}: {status}");
                    return status == HttpStatusCode.Redirect;
                }
                catch (Exception exception) when (exception is HttpRequestException or IOException or TaskCanceledException
                    or ObjectDisposedException)
                {
                    Interlocked.Increment(ref broken);
                    return false;
                }
            },
            () => Task.FromResult($"{path} is answered"));

    private async Task<HttpStatusCode> StatusAsync(
        ServerProcess server, HttpMethod method, string path, int person, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("X-Forwarded-For", $"198.18.{person / 250}.{person % 250}");
        request.Content = fields.Length == 0 ? null
            : new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var answer = await server.Http.SendAsync(request, Cancellation);
        answers.AddOrUpdate(answer.StatusCode, 1, (_, times) => times + 1);
        return answer.StatusCode;
    }

    /// <summary>The links that the mails hold, made under the server's own keys: mails leave at their own pace.</summary>
    private static async Task<IReadOnlyList<string>> LinksAsync(ServerProcess server, string id)
    {
        var keys = DataProtectionProvider.Create(new DirectoryInfo(Path.Combine(server.Data, "keys", "cookies")),
            options => options.SetApplicationName("interclustering"));
        var (links, found) = (new RegistrationLinks(keys), new List<string>());
        foreach (var (code, _) in Quotas)
        {
            await using var db = Open(server.Data, code);
            var node = InstanceOf(code, () => Open(server.Data, code));
            found.AddRange((await db.Registrations.AsNoTracking().Where(row => row.Event == id).Select(row => row.Id)
                .ToListAsync(Cancellation)).Select(row => $"/espace/{code}{links.OwnOf(node, row)}"));
        }

        return found;
    }

    /// <summary>lsn's event with its places, and what the two others say of their part.</summary>
    private static async Task<string> PublishAsync(string data)
    {
        var day = DateOnly.FromDateTime(Paris.Now.AddDays(30)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var id = await PublishAsync(data, "lsn", new Event
        {
            Nonce = "",
            Title = "Répétition des inscriptions",
            Sessions = [new Session("1", $"{day}T09:00:00")],
            CoOrganisers = ["bsc", "tenlog"],
            Registration = new RegistrationTerms { Places = Quotas[0].Places },
            RegistrationUrl = "https://lsn.exemple.invalid/inscription",
        });
        foreach (var (code, places) in Quotas[1..])
        {
            await PublishAsync(data, code, new CoOrganisation
            {
                Nonce = "",
                Event = id,
                Cluster = code,
                Answer = CoOrganisationAnswers.Agreed,
                Registration = new RegistrationTerms { Places = places },
                RegistrationUrl = $"https://{code}.exemple.invalid/inscription",
            });
        }

        return id;
    }

    private static async Task<string> PublishAsync(string data, string code, Publication publication)
    {
        await using var db = Open(data, code);
        var journal = new Journal(code, TimeProvider.System);
        await journal.OpenAsync(db, Cancellation);
        var editor = new PublicationEditor(db, journal, TimeProvider.System);
        return (await editor.PublishAsync(null, publication, "Essai", Cancellation)).Subject;
    }

    private static SqliteNodeContext Open(string data, string code)
    {
        var connection = new SqliteConnectionStringBuilder { DataSource = Path.Combine(data, $"{code}.db"), Pooling = false };
        return new(new DbContextOptionsBuilder<SqliteNodeContext>().UseSqlite(connection.ToString()).Options);
    }

    private static NodeInstance InstanceOf(string code, Func<NodeContext> open) => new(
        new Cluster { Code = code, Name = code, Region = "", Insee = "53", Colour = new Colour("#14806F", "#5CC4B2") }, open,
        new Journal(code, TimeProvider.System), new ContentStore(Path.GetTempPath()));
}
