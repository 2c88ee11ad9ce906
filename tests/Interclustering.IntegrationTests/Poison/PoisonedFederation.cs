using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Interclustering.Contracts;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Verification;
using Interclustering.IntegrationTests.Sources;
using Interclustering.Testing;
using Interclustering.Testing.Servers;

namespace Interclustering.IntegrationTests.Poison;

/// <summary>Hub and node on SQLite.</summary>
public sealed class PoisonedSqlite : PoisonedFederation
{
    protected override Task<Dictionary<string, string>> DatabasesAsync() => Task.FromResult(new Dictionary<string, string>());
}

/// <summary>Hub and node on PostgreSQL.</summary>
public sealed class PoisonedPostgres : PoisonedFederation
{
    private readonly LocalPostgres postgres = new();

    protected override async Task<Dictionary<string, string>> DatabasesAsync()
    {
        await postgres.InitializeAsync();
        return new()
        {
            ["Interclustering__Database__Provider"] = "postgres",
            ["Interclustering__Database__Hub"] = await postgres.CreateDatabaseAsync(),
            ["Interclustering__Database__Nodes__bsc"] = await postgres.CreateDatabaseAsync(),
        };
    }

    protected override ValueTask EndDatabasesAsync() => postgres.DisposeAsync();
}

/// <summary>
/// A hub and a node as processes, and a participant with its own key. Every item of the corpus has gone through every door: form, API,
/// the four kinds of sources, the participant's journal. Then every address was asked for, before and after a restart.
/// </summary>
public abstract partial class PoisonedFederation : IAsyncLifetime
{
    public const string Good = "bonne";
    private const string Node = "bsc", Odd = "tenlog", Workspace = $"/espace/{Node}";
    private static readonly HttpStatusCode[] Expected = [
        HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.BadRequest, HttpStatusCode.Conflict, HttpStatusCode.RequestEntityTooLarge,
        HttpStatusCode.UnprocessableEntity,
    ];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly LocalBroker broker = new();
    private readonly string folder = Directory.CreateTempSubdirectory("interclustering-poison-").FullName;
    private AwkwardSite site = null!;
    private ServerProcess hub = null!, node = null!;
    private TeamMember staff = null!;

    /// <summary>What a door answered, by door and item, when it was neither taken nor refused.</summary>
    public List<string> DoorFailures { get; } = [];

    /// <summary>How many items each door was handed.</summary>
    public Dictionary<string, int> Handed { get; } = [];

    /// <summary>Addresses that failed, by round.</summary>
    public Dictionary<string, List<string>> Failures { get; } = [];

    /// <summary>Addresses that were asked for, by round.</summary>
    public Dictionary<string, int> Asked { get; } = [];

    /// <summary>Doors whose good item the national site shows.</summary>
    public List<string> GoodOnes { get; } = [];

    /// <summary>What the workspace says of its sources when all has settled.</summary>
    public string SourcesSay { get; private set; } = "";

    /// <summary>The exit codes of the stops that were asked for.</summary>
    public List<int> ExitCodes { get; private set; } = [];

    /// <summary>Where the hub stands in the participant's journal, and how long that is.</summary>
    public (FollowedJournal? Hub, long Sequence) Journal { get; private set; }

    /// <summary>The participant's entries that the hub journaled as quarantined, as the participant reads them.</summary>
    public long Quarantined { get; private set; }

    /// <summary>Lines of the log that say that something ended that has to go on.</summary>
    public List<string> Ends { get; private set; } = [];

    protected abstract Task<Dictionary<string, string>> DatabasesAsync();

    protected virtual ValueTask EndDatabasesAsync() => ValueTask.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        if (!HostileRuns.AreAsked)
        {
            return;
        }

        await broker.InitializeAsync();
        site = await AwkwardSite.StartAsync();
        using var key = SigningKey.OpenOrCreate(Path.Combine(folder, "tenlog.pem"));
        await StartAsync(key);
        await staff.JoinAsync();
        await FillFormsAsync();
        await CallApiAsync();
        await FollowSourcesAsync();
        var participant = new OddParticipant(Odd, key);
        await SendJournalAsync(participant);
        await SettleAsync(participant);
        SourcesSay = Words(await staff.Http.GetStringAsync($"{Workspace}/sources"), 4_000);
        await LookAsync("before the restart");
        ExitCodes = [await node.TerminateAsync(), await hub.TerminateAsync()];
        await hub.StartAsync();
        await node.StartAsync();
        await staff.SignInAsync();
        await LookAsync("after the restart");
        Ends = [.. (await LogAsync(hub)).Concat(await LogAsync(node)).Where(line => End().IsMatch(line))];
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        staff?.Dispose();
        await (node?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (hub?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (site?.DisposeAsync() ?? ValueTask.CompletedTask);
        if (HostileRuns.AreAsked)
        {
            await broker.DisposeAsync();
            await EndDatabasesAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    private async Task StartAsync(SigningKey key)
    {
        var databases = await DatabasesAsync();
        Dictionary<string, string> SettingsOf(string code) => new(databases)
        {
            ["Interclustering__Roles"] = code,
            ["Interclustering__Demonstration"] = "false",
            ["Interclustering__Bus__Transport"] = "rabbitmq",
            ["Interclustering__Bus__Host"] = "127.0.0.1",
            ["Interclustering__Bus__Port"] = broker.Port.ToString(CultureInfo.InvariantCulture),
            ["Interclustering__Bus__Password"] = LocalBroker.Password,
            ["Interclustering__Sources__Allow"] = $"{site.Address.Host}:{site.Address.Port}",
            ["Interclustering__Api__RequestsPerMinute"] = "1000000",
        };
        var (hubs, nodes) = (SettingsOf("hub"), SettingsOf(Node));
        (hub, node) = (new ServerProcess(hubs), new ServerProcess(nodes));
        var directory = new JsonObject { ["hub"] = await EntryAsync(hub, "hub") };
        var odd = JsonNode.Parse((await EntryAsync(node, Node)).ToJsonString()
            .Replace($"\"{Node}\"", $"\"{Odd}\"", StringComparison.Ordinal))!;
        odd["keys"] = new JsonArray(JsonSerializer.SerializeToNode(key.Public, ContractJson.Options));
        directory["clusters"] = new JsonArray(await EntryAsync(node, Node), odd);
        var path = hubs["Interclustering__Directory"] = nodes["Interclustering__Directory"] = Path.Combine(folder, "directory.json");
        await File.WriteAllTextAsync(path, directory.ToJsonString());
        await hub.StartAsync();
        await node.StartAsync();
        staff = new TeamMember(node, Node);
    }

    private static async Task<JsonNode> EntryAsync(ServerProcess server, string code)
    {
        var (exit, output) = await server.RunAsync("keys", "create", "--cluster", code);
        return exit == 0 ? JsonNode.Parse(output)! : throw new InvalidOperationException(output);
    }

    private async Task FillFormsAsync()
    {
        foreach (var poison in PoisonCorpus.Contents.Append(GoodOf("formulaire")))
        {
            var path = poison.Kind switch
            {
                Kinds.Webinar => "/webinaires/nouveau",
                Kinds.BestPractice => "/fiches/nouvelle",
                _ => "/evenements/nouveau"
            };
            await TryAsync("form", poison, () => PostAsync(Workspace + path, [("do", "publish"), .. PoisonDoors.Form(poison.Content())]));
        }
    }

    private async Task CallApiAsync()
    {
        var token = await staff.CreateTokenAsync();
        foreach (var (poison, number) in PoisonCorpus.Contents.Append(GoodOf("api")).Select((poison, number) => (poison, number)))
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, $"{Workspace}/api/v1/publications/site-web/{number}")
            {
                Content = new StringContent(PoisonDoors.Api(poison), Encoding.UTF8, "application/json"),
                Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
            };
            await TryAsync("api", poison, () => node.Http.SendAsync(request));
        }
    }

    private async Task FollowSourcesAsync()
    {
        // A file of a source has an end: the longest texts take turns.
        var contents = PoisonCorpus.Contents.Where((poison, number) => poison.Kind == Kinds.Event
            && (poison.Text().Length < 20_000 || number % 2 == 0)).ToList();
        foreach (var (path, type, write) in ((string, string, Func<IEnumerable<Poison>, string>)[])
        [
            ("agenda.ics", "text/calendar", PoisonDoors.Calendar), ("tec.json", "application/json", PoisonDoors.TheEventsCalendar),
            ("openagenda.json", "application/json", PoisonDoors.OpenAgenda), ("page.html", "text/html", PoisonDoors.Page),
        ])
        {
            site.Serve($"/{path}", write([.. contents, GoodOf(path)]), type);
            using var answer = await PostAsync($"{Workspace}/sources",
                [("address", site.To(path)), ("name", path), ("policy", "publish"), ("gone", "cancel"), ("hours", "24")],
                $"{Workspace}/sources");
            Handed[path] = contents.Count;
            if (!answer.IsSuccessStatusCode)
            {
                DoorFailures.Add($"{(int)answer.StatusCode} {path}: {Words(await answer.Content.ReadAsStringAsync())}");
            }
        }
    }

    private async Task SendJournalAsync(OddParticipant participant)
    {
        foreach (var poison in PoisonCorpus.Contents.Concat(PoisonCorpus.Envelopes).Where(participant.TryJournal))
        {
            Handed["journal"] = Handed.GetValueOrDefault("journal") + 1;
        }

        Assert.True(participant.TryJournal(GoodOf("journal")));
        await participant.SendAsync(broker);
    }

    /// <summary>Waits until hub and node have taken in all journals to their ends, and the search finds the good items.</summary>
    private async Task SettleAsync(OddParticipant participant)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < Patience)
        {
            var (atHub, atNode) = (await ReportAsync(hub, "hub"), await ReportAsync(node, Node));
            Journal = (atHub.Follow(Odd), participant.Sequence);
            Quarantined = Journal.Hub?.Quarantined ?? 0;
            await FindGoodOnesAsync();
            if (Journal.Hub?.Watermark == participant.Sequence && atHub.Follow(Node)?.Watermark == atNode.Sequence
                && atNode.Follow("hub")?.Watermark == atHub.Sequence && GoodOnes.Count == 7)
            {
                return;
            }

            await Task.Delay(200);
        }
    }

    private async Task FindGoodOnesAsync()
    {
        foreach (var door in (string[])["formulaire", "api", "agenda.ics", "tec.json", "openagenda.json", "page.html", "journal"])
        {
            if (!GoodOnes.Contains(door) && (await hub.Http.GetStringAsync($"/api/v1/search?q={Good}+{Letters(door)}"))
                .Contains($"{Good} {Letters(door)}", StringComparison.Ordinal))
            {
                GoodOnes.Add(door);
            }
        }
    }

    private async Task LookAsync(string round)
    {
        var items = await ItemsAsync();
        var site = await new Crawl(hub.Http, path => !path.StartsWith("/espace", StringComparison.Ordinal)
            && !path.StartsWith("/en/espace", StringComparison.Ordinal) && !path.StartsWith("/fichiers/", StringComparison.Ordinal))
            .RunAsync([.. Starts, .. items.SelectMany(id =>
                (string[])[$"/evenements/{id}", $"/evenements/{id}.ics", $"/ressources/{id}", $"/api/v1/publications/{id}"])],
                mostOfAShape: 60);
        var workspace = await new Crawl(staff.Http, path => path.StartsWith(Workspace, StringComparison.Ordinal))
            .RunAsync([Workspace, $"{Workspace}/publications", $"{Workspace}/calendrier"], mostOfAShape: 150);
        Failures[round] = [.. site.Failures, .. workspace.Failures];
        Asked[round] = site.Answers.Values.Sum() + workspace.Answers.Values.Sum();
        Assert.True(workspace.Answers.GetValueOrDefault(HttpStatusCode.OK) > 100,
            $"Only {workspace.Answers.GetValueOrDefault(HttpStatusCode.OK)} pages of the workspace were there.");
    }

    private static IEnumerable<string> Starts => [
        "/", "/en/", "/agenda", "/agenda?from=2000-01-01&to=2200-12-31", "/agenda?q=%3E%3E", "/agenda/2027-03", "/agenda/2027-W10",
        "/agenda/carte", "/agenda.csv?from=1990-01-01&to=2199-12-31", "/agenda.ics", "/agenda.ics?from=1990-01-01&to=2199-12-31",
        "/agenda.rss", "/agenda.atom", "/agenda.json", "/ressources", "/ressources.rss", "/themes", "/clusters", "/abonnement",
        "/integrer", "/etat", "/embed/agenda", "/embed/agenda.json", "/sitemap.xml", "/robots.txt",
        "/recherche?q=%C3%A9preuve", "/recherche/suggestions?q=%C3%A9pr", "/api", "/api/v1/publications", "/api/v1/publications?limit=100",
        "/api/v1/filters", "/api/v1/clusters", "/api/v1/search?q=%C3%A9preuve",
        "/openapi/v1.json", "/healthz/live", "/healthz/ready", "/clusters.css", "/api/v1/federation/hub",
    ];

    /// <summary>Every public item, as the API lists them.</summary>
    private async Task<List<string>> ItemsAsync()
    {
        var items = new List<string>();
        for (var next = "/api/v1/publications?limit=100"; next is not null;)
        {
            using var page = JsonDocument.Parse(await hub.Http.GetStringAsync(next));
            items.AddRange(page.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            next = page.RootElement.TryGetProperty("next", out var cursor) && cursor.GetString() is { } after
                ? $"/api/v1/publications?limit=100&cursor={Uri.EscapeDataString(after)}" : null;
        }

        return items;
    }

    private async Task TryAsync(string door, Poison poison, Func<Task<HttpResponseMessage>> send)
    {
        Handed[door] = Handed.GetValueOrDefault(door) + 1;
        try
        {
            using var answer = await send();
            if (!Expected.Contains(answer.StatusCode))
            {
                DoorFailures.Add($"{(int)answer.StatusCode} {door}: {poison.Name}");
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            DoorFailures.Add($"no answer {door}: {poison.Name}");
        }
    }

    private Task<HttpResponseMessage> PostAsync(string path, IEnumerable<(string Name, string Value)> fields, string? formAt = null) =>
        staff.PostAsync(path, fields.Select(field =>
            (field.Name, field.Value.Replace(Poison.LoneSurrogate, "\ufffd", StringComparison.Ordinal))), formAt);

    private static async Task<ParticipantReport> ReportAsync(ServerProcess server, string code) =>
        await server.Http.GetFromJsonAsync<ParticipantReport>($"/api/v1/federation/{code}")
            ?? throw new InvalidOperationException("A report is an object.");

    private static async Task<List<string>> LogAsync(ServerProcess server)
    {
        await using var file = new FileStream(server.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return [.. (await reader.ReadToEndAsync()).Split('\n')];
    }

    private static Poison GoodOf(string door) => new($"{Good} {Letters(door)}", _ => { });

    private static string Letters(string door) => "porte" + string.Concat(door.Where(char.IsAsciiLetter));

    private static string Words(string html, int most = 400) =>
        WebUtility.HtmlDecode(Tags().Replace(html, " ")) is var words && words.Length > most ? words[..most] : words;

    [GeneratedRegex(@"(?s)<(style|script|head).*?</\1>|<[^>]*>|\s{2,}")]
    private static partial Regex Tags();

    [GeneratedRegex("[Uu]nhandled exception|BackgroundService failed|is shutting down because|has stopped following|could not be dealt "
        + "with|\"Critical\"|^crit:")]
    private static partial Regex End();
}
