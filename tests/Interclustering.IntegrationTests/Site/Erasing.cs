using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Interclustering.IntegrationTests.Sources;
using Interclustering.Testing;
using Interclustering.Testing.Servers;

namespace Interclustering.IntegrationTests.Site;

/// <summary>Erasing on the embedded combination, looked for in the files themselves.</summary>
public sealed class Erasing : IAsyncLifetime
{
    private const string Name = "Rencontre-à-effacer-0193";
    private AwkwardSite site = null!;
    private ServerProcess server = null!;

    public async ValueTask InitializeAsync()
    {
        site = await AwkwardSite.StartAsync();
        server = new(new Dictionary<string, string>
        {
            ["Interclustering__Demonstration"] = "false",
            ["Interclustering__Sources__Allow"] = site.Allowed
        });
        await server.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await site.DisposeAsync();
    }

    [Fact]
    public async Task What_is_erased_is_in_no_file_of_the_hub_or_of_a_node_any_more()
    {
        var id = await PublishAsync();
        Assert.NotEmpty(FilesWith(Name));

        var (exit, output) = await server.RunAsync("erase", "--cluster", "tenlog", id);
        Assert.True(exit == 0, output);
        (exit, output) = await server.RunAsync("verify", "--wait", "120");
        Assert.True(exit == 0, output);

        await AssertNowhereAsync(Name);
        using var page = await server.Http.GetAsync($"/evenements/{id}");
        Assert.DoesNotContain(Name, await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        (exit, output) = await server.RunAsync("erase", "--cluster", "tenlog", id + "0");
        Assert.True(exit == 1 && output.Contains("has published nothing", StringComparison.Ordinal), output);
    }

    [Fact]
    public async Task What_a_source_brought_and_a_member_half_wrote_is_in_no_file_either()
    {
        site.Serve("/agenda.ics", $"""
            BEGIN:VCALENDAR
            VERSION:2.0
            BEGIN:VEVENT
            UID:1
            DTSTAMP:20260101T000000Z
            DTSTART;TZID=Europe/Paris:20270112T090000
            DTEND;TZID=Europe/Paris:20270112T120000
            SUMMARY:{Name}
            DESCRIPTION:Rendez-vous pour « {Name} ».
            END:VEVENT
            END:VCALENDAR
            """);
        using var member = new TeamMember(server, "tenlog");
        await member.JoinAsync();
        using var added = await member.PostAsync($"{member.Workspace}/sources",
            [("address", site.To("agenda.ics")), ("name", "Site"), ("policy", "publish"), ("gone", "cancel"), ("hours", "24")],
                $"{member.Workspace}/sources");
        Assert.True(added.IsSuccessStatusCode, await added.Content.ReadAsStringAsync());
        var id = "";
        await Until.TrueAsync(
            async () => (id = await IdOfAsync(Name)).Length > 0,
            async () => await member.Http.GetStringAsync($"{member.Workspace}/sources"));
        using var kept = await member.PostAsync(
            $"{member.Workspace}/saisie/event", [("title", Name + " bis"), ("text", Name)], $"{member.Workspace}/evenements/{id}");
        Assert.True(kept.IsSuccessStatusCode, await kept.Content.ReadAsStringAsync());
        using var edited = await member.PostAsync($"{member.Workspace}/evenements/{id}",
            [("title", Name + " ter"), ("date", "2027-01-13"), ("start", "09:00"), ("attendance", "on-site"), ("visibility", "public"),
                ("do", "correct")]);
        Assert.True(edited.IsSuccessStatusCode, await edited.Content.ReadAsStringAsync());
        var page = WebUtility.HtmlDecode(await member.Http.GetStringAsync($"{member.Workspace}/publications/{id}"));
        Assert.True(page.Contains(Name + " ter", StringComparison.Ordinal),
            WebUtility.HtmlDecode(await edited.Content.ReadAsStringAsync()));
        using var half = await member.PostAsync(
            $"{member.Workspace}/saisie/event", [("title", Name + " bis"), ("text", Name)], $"{member.Workspace}/evenements/{id}");
        Assert.True(half.IsSuccessStatusCode, await half.Content.ReadAsStringAsync());

        using var erased = await member.PostAsync($"{member.Workspace}/publications/{id}/effacer", []);
        Assert.True(erased.IsSuccessStatusCode, await erased.Content.ReadAsStringAsync());

        var (exit, output) = await server.RunAsync("verify", "--wait", "120");
        Assert.True(exit == 0, output);
        await AssertNowhereAsync(Name);
    }

    [Fact]
    public async Task Verbs_say_what_they_can_not_do_and_recover_goes_on()
    {
        var (exit, output) = await server.RunAsync("recover", "--cluster", "ailleurs");
        Assert.True(exit == 2 && output.Contains("does not host \"ailleurs\"", StringComparison.Ordinal), output);
        (exit, output) = await server.RunAsync("keys", "revoke", "--cluster", "tenlog", "--from", "5000");
        Assert.True(exit == 2 && output.Contains("--from holds 5000", StringComparison.Ordinal), output);

        await PublishAsync();
        (exit, output) = await server.RunAsync("recover", "--cluster", "tenlog");
        Assert.True(exit == 0 && output.Contains("a new epoch continues", StringComparison.Ordinal), output);
        (exit, output) = await server.RunAsync("hub", "rebuild");
        Assert.True(exit == 0 && output.Contains("all to their end", StringComparison.Ordinal), output);
        (exit, output) = await server.RunAsync("verify", "--wait", "120");
        Assert.True(exit == 0, output);
    }

    [Fact]
    public async Task A_rotated_key_signs_after_the_next_start()
    {
        await PublishAsync();
        var (exit, before) = await server.RunAsync("keys", "create", "--cluster", "tenlog");
        Assert.Equal(0, exit);
        (exit, var rotated) = await server.RunAsync("keys", "rotate", "--cluster", "tenlog");
        Assert.True(exit == 0 && rotated.Contains("The next key of tenlog", StringComparison.Ordinal), rotated);
        Assert.Equal(0, await server.TerminateAsync());
        await server.StartAsync();

        (_, var after) = await server.RunAsync("keys", "create", "--cluster", "tenlog");
        Assert.NotEqual(KeyidOf(before), KeyidOf(after));
        await PublishAsync("Après");
        (exit, var output) = await server.RunAsync("verify", "--wait", "120");
        Assert.True(exit == 0, output);
    }

    private static string KeyidOf(string entry) => JsonNode.Parse(entry)!["keys"]![0]!["keyid"]!.GetValue<string>();

    private async Task<string> PublishAsync(string name = Name)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, new JsonObject
        {
            ["events"] = new JsonArray(new JsonObject
            {
                ["uid"] = name,
                ["title"] = new JsonObject { ["fr"] = name },
                ["timezone"] = "Europe/Paris",
                ["attendanceMode"] = 1,
                ["timings"] =
                    new JsonArray(new JsonObject { ["begin"] = "2027-01-12T09:00:00+01:00", ["end"] = "2027-01-12T12:00:00+01:00" }),
            }),
        }.ToJsonString());
        var (exit, output) = await server.RunAsync("import", "--cluster", "tenlog", file);
        File.Delete(file);
        Assert.True(exit == 0, output);
        (exit, output) = await server.RunAsync("verify", "--wait", "120");
        Assert.True(exit == 0, output);
        return await IdOfAsync(name);
    }

    /// <summary>Empty while the site does not have it.</summary>
    private async Task<string> IdOfAsync(string name)
    {
        var page = JsonNode.Parse(await server.Http.GetStringAsync($"/api/v1/publications?q={Uri.EscapeDataString(name)}"))!;
        return page["items"]!.AsArray() is [var item, ..] ? item!["id"]!.GetValue<string>() : "";
    }

    private async Task AssertNowhereAsync(string text)
    {
        var left = FilesWith(text);
        for (var look = 0; left.Count > 0 && look < 100; look++)
        {
            // A checkpoint waits for readers.
            await Task.Delay(100);
            left = FilesWith(text);
        }

        Assert.Empty(left);
    }

    private List<string> FilesWith(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        // As JSON may write it, too.
        var escaped = Encoding.UTF8.GetBytes(text.Replace("à", "\\u00E0", StringComparison.Ordinal));
        // The relays' locks hold nothing, and no other process may open them.
        return [.. Directory.GetFiles(server.Data, "*", SearchOption.AllDirectories)
            .Where(path => !path.EndsWith(".relay", StringComparison.Ordinal)
            && Read(path) is var content && (content.AsSpan().IndexOf(bytes) >= 0 || content.AsSpan().IndexOf(escaped) >= 0))];
    }

    private static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var content = new MemoryStream();
        file.CopyTo(content);
        return content.ToArray();
    }
}
