using System.Diagnostics;
using System.Text.Json;
using Interclustering.Server.Hosting;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Trace;

namespace Interclustering.IntegrationTests.Logs;

/// <summary>What is written about requests forges nothing, and opens nothing.</summary>
public sealed class LogLineTests
{
    private const string Secret = "kUqXo3Zl0pQ8sTdVwYb1RA2c";
    private static readonly FakeTimeProvider Clock = new(new DateTimeOffset(2026, 11, 28, 9, 30, 0, TimeSpan.FromHours(1)));

    [Theory]
    [InlineData("a\r\nfail: Forged[0]")]
    [InlineData("a\u001b[2J")]
    [InlineData("a\u0085b\u2028c\u2029d")]
    [InlineData("a\u202etxt.exe")]
    [InlineData("a\u0000b\tc")]
    public void What_steers_a_terminal_or_begins_a_line_is_shown_and_not_done(string text)
    {
        var lines = Written(json: false, text).Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("2026-11-28T08:30:00.000Z warn: Sign.In[7]", lines[0]);
        Assert.StartsWith("      a\\u", Assert.Single(lines[1..]), StringComparison.Ordinal);
        var line = Written(json: true, text);
        Assert.Equal(1, line.Count(letter => letter == '\n'));
        using var read = JsonDocument.Parse(line);
        Assert.StartsWith("a\\u", read.RootElement.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_for_programs_is_one_object_with_its_time_in_UTC()
    {
        using var read = JsonDocument.Parse(
            Written(json: true, "« Été » refusé", new InvalidOperationException("first\r\nwarn: Forged[0]")));
        var entry = read.RootElement;
        Assert.Equal("2026-11-28T08:30:00Z", entry.GetProperty("time").GetString());
        Assert.Equal(("warning", "Sign.In", "7"),
            (entry.GetProperty("level").GetString(), entry.GetProperty("category").GetString(), entry.GetProperty("event").GetString()));
        Assert.Equal("« Été » refusé", entry.GetProperty("message").GetString());
        Assert.Contains("InvalidOperationException", entry.GetProperty("exception").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_line_of_an_exception_looks_like_another_entry() => Assert.Single(
        Written(json: false, "broken", new InvalidOperationException("first\r\nwarn: Forged[0]\nfail: Forged[0]"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries),
        line => !line.StartsWith(' '));

    [Theory]
    [InlineData($"GET http://localhost/espace/bsc/invitation/{Secret}")]
    [InlineData($"GET http://localhost/en/espace/bsc/mot-de-passe/{Secret} - 200")]
    [InlineData($"/apercu/{Secret}/integration")]
    [InlineData($"GET http://localhost/en/espace/bsc/calendrier/{Secret}.ics - 200")]
    [InlineData($"POST https://espace.bsc.example/espace/bsc/desabonnement/{Secret} - 200")]
    [InlineData($"POST http://localhost/en/espace/bsc/mon-inscription/{Secret} - 302")]
    [InlineData($"?retour=%2Fespace%2Fbsc%2Finvitation%2F{Secret}")]
    [InlineData($"Authorization: Bearer icl_{Secret}")]
    public void The_part_of_an_address_that_opens_is_not_written(string text)
    {
        Assert.DoesNotContain(Secret, Written(json: true, text), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, Written(json: false, "x", new InvalidOperationException(text)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/espace/bsc/mot-de-passe-oublie")]
    [InlineData("/evenements/bsc-0193a1b2-7000-7000-8000-000000000000/une-invitation")]
    [InlineData("/espace/bsc/equipe/invitations")]
    [InlineData("/espace/bsc/mon-calendrier/supprimer")]
    public void Other_addresses_are_written_as_they_are(string path)
    {
        Assert.Equal(path, SecretAddresses.Redact(path));
        Assert.False(SecretAddresses.Holds(path));
    }

    [Fact]
    public async Task A_trace_of_a_request_does_not_hold_the_part_that_opens()
    {
        var stop = TestContext.Current.CancellationToken;
        using var reading = new Reading("invitation");
        using var traces = Telemetry.Trace(Sdk.CreateTracerProviderBuilder()).AddProcessor(reading).Build();
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.UseSecurityHeaders();
        app.MapGet("/espace/bsc/invitation/{secret}", () => Results.Ok());
        await app.StartAsync(stop);

        using var answer = await app.GetTestClient().GetAsync($"/espace/bsc/invitation/{Secret}?again={Secret}", stop);

        // The answer is here before its span ends.
        var texts = await reading.Texts.WaitAsync(TimeSpan.FromSeconds(30), stop);
        Assert.Contains(texts, text => text.Contains("/espace/bsc/invitation/…", StringComparison.Ordinal));
        Assert.DoesNotContain(texts, text => text.Contains(Secret, StringComparison.Ordinal));
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public void A_trace_of_a_request_to_a_source_tells_its_host_only()
    {
        using var asking = new Activity("GET");
        asking.SetTag("url.full", $"https://calendar.example:8443/ical/private-{Secret}/basic.ics?key=1").Start();
        using var processor = new Telemetry.WithoutSecrets();
        processor.OnEnd(asking);
        Assert.Equal("https://calendar.example:8443/", asking.GetTagItem("url.full"));
    }

    [Fact]
    public void A_log_record_that_is_exported_does_not_hold_the_part_that_opens()
    {
        var kept = new List<string>();
        var address = $"/espace/bsc/invitation/{Secret}";
        using (var logging = LoggerFactory.Create(builder => builder.AddOpenTelemetry(options =>
        {
            options.IncludeFormattedMessage = true;
            options.AddProcessor(new LogsWithoutSecrets()).AddProcessor(new Keeping(kept));
        })))
        {
            KeyValuePair<string, object?>[] state = [new("Address", address), new("Count", 3), new("{OriginalFormat}", "asked")];
            logging.CreateLogger("test").Log(LogLevel.Warning, new EventId(7), state, new InvalidOperationException($"no {address}"),
                (_, _) => $"asked {address}");
        }

        Assert.Contains(kept, text => text == "asked /espace/bsc/invitation/…");
        Assert.Contains(kept, text => text == "exception.message=no /espace/bsc/invitation/…");
        Assert.Contains(kept, text => text == "Count=3");
        Assert.DoesNotContain(kept, text => text.Contains(Secret, StringComparison.Ordinal));
    }

    private static string Written(bool json, string message, Exception? exception = null)
    {
        using var output = new StringWriter();
        new LogLines(json, Clock)
            .Write(new LogEntry<string>(LogLevel.Warning, "Sign.In", new EventId(7), message, exception, (text, _) => text), null, output);
        return output.ToString();
    }

    /// <summary>All that an exporter would write of a record.</summary>
    private sealed class Keeping(List<string> kept) : BaseProcessor<LogRecord>
    {
        public override void OnEnd(LogRecord data) => kept.AddRange(
            [data.Body ?? "", data.FormattedMessage ?? "", $"{data.Exception}",
                .. (data.Attributes ?? []).Select(attribute => $"{attribute.Key}={attribute.Value}")]);
    }

    /// <summary>What the first span says in which a word stands: other tests' requests are traced as well.</summary>
    private sealed class Reading(string word) : BaseProcessor<Activity>
    {
        private readonly TaskCompletionSource<IReadOnlyList<string>> found = new();

        public Task<IReadOnlyList<string>> Texts => found.Task;

        public override void OnEnd(Activity data)
        {
            string[] texts = [data.DisplayName, .. data.TagObjects.Select(tag => $"{tag.Key}={tag.Value}")];
            if (texts.Any(text => text.Contains(word, StringComparison.Ordinal)))
            {
                found.TrySetResult(texts);
            }
        }
    }
}
