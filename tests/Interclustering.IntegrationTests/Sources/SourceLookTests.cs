using Interclustering.Contracts;
using Interclustering.IntegrationTests.Node;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Sources;
using Interclustering.Node.Sources.Fetching;
using Interclustering.Node.Sources.Reading;
using Interclustering.Node.Sources.Rounds;
using Interclustering.Node.Workspace;
using Interclustering.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Interclustering.IntegrationTests.Sources;

/// <summary>What a source's next look does to what it brought before.</summary>
public sealed class SourceLookTests : IAsyncLifetime
{
    private static readonly DateOnly Today = new(2026, 11, 23);
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(Today, new TimeOnly(9, 0), TimeSpan.Zero));
    private TemporaryNode node = null!;
    private AwkwardSite site = null!;
    private SourceFetch fetch = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        node = await TemporaryNode.CreateAsync();
        site = await AwkwardSite.StartAsync();
        fetch = new SourceFetch(new FetchSettings { Allowed = [site.Allowed], Patience = TimeSpan.FromSeconds(30) });
    }

    public async ValueTask DisposeAsync()
    {
        fetch.Dispose();
        await site.DisposeAsync();
        await node.DisposeAsync();
    }

    [Fact]
    public async Task What_is_new_is_created_what_changed_is_updated_and_what_is_the_same_is_left()
    {
        var source = await SourceAsync();
        Assert.Equal((2, 0, 0), Counts(await LookAsync(source, Events("a", "b"))));
        Assert.Equal((0, 0, 2), Counts(await LookAsync(source, Events("a", "b"))));
        Assert.Equal((1, 1, 1), Counts(await LookAsync(source, [("a", "Réunion a, salle B", Today.AddDays(10)), .. Events("b", "c")])));
        Assert.Equal(["Réunion a, salle B", "Réunion b", "Réunion c"], await TitlesAsync(PublicationState.Published));
    }

    [Fact]
    public async Task A_site_that_says_nothing_has_changed_is_believed()
    {
        var source = await SourceAsync();
        site.Serve("/agenda.ics", AwkwardSite.Calendar(Events("a")), etag: "\"v1\"");
        Assert.Equal((1, 0, 0), Counts(await LookAsync(source)));
        Assert.True((await LookAsync(source)).NotModified);
        site.Serve("/agenda.ics", AwkwardSite.Calendar(Events("a", "b")), etag: "\"v2\"");
        Assert.Equal((1, 0, 1), Counts(await LookAsync(source)));
    }

    [Fact]
    public async Task A_source_that_fails_is_asked_less_and_less_and_nothing_is_taken_away()
    {
        var source = await SourceAsync();
        await LookAsync(source, Events("a", "b"));
        site.Fail("/agenda.ics", 500);
        for (var failures = 1; failures <= 4; failures++)
        {
            Assert.Contains("500", (await LookAsync(source)).Failure, StringComparison.Ordinal);
            await using var db = node.Open();
            var wait = (await db.Sources.SingleAsync(Stop)).DueAt - clock.GetUtcNow().UtcDateTime;
            Assert.InRange(wait, TimeSpan.FromHours(Math.Min(24, 6 * Math.Pow(2, failures))),
                TimeSpan.FromHours(Math.Min(24, 6 * Math.Pow(2, failures))) + TimeSpan.FromMinutes(10));
        }

        site.Serve("/agenda.ics", "<html>maintenance</html>", "text/html");
        Assert.NotNull((await LookAsync(source)).Failure);
        Assert.Equal(2, (await TitlesAsync(PublicationState.Published)).Count);
        Assert.Equal((0, 0, 2), Counts(await LookAsync(source, Events("a", "b"))));
        await using var after = node.Open();
        Assert.Equal(0, (await after.Sources.SingleAsync(Stop)).Failures);
    }

    [Theory]
    [InlineData("172800", 48)]
    [InlineData("Thu, 26 Nov 2026 09:00:00 GMT", 72)]
    [InlineData("60", 12)]
    [InlineData("99999999", 24 * 7)]
    public async Task A_site_that_asks_to_be_left_alone_for_longer_than_we_would_is(string retryAfter, int hours)
    {
        var source = await SourceAsync();
        site.Pages["/agenda.ics"] = http =>
        {
            http.Response.StatusCode = 503;
            http.Response.Headers.RetryAfter = retryAfter;
            return Task.CompletedTask;
        };

        Assert.Contains("503", (await LookAsync(source)).Failure, StringComparison.Ordinal);

        await using var db = node.Open();
        var wait = (await db.Sources.SingleAsync(Stop)).DueAt - clock.GetUtcNow().UtcDateTime;
        Assert.InRange(wait, TimeSpan.FromHours(hours), TimeSpan.FromHours(hours) + TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task What_disappears_is_cancelled_after_two_looks_that_agree_and_comes_back_confirmed()
    {
        var source = await SourceAsync();
        await LookAsync(source, Events("a", "b", "c"));
        Assert.Equal(0, (await LookAsync(source, Events("a", "b"))).Disappeared);
        Assert.Equal(EventStatus.Confirmed, (await EventAsync("c")).Status);
        // There again: the count begins anew.
        await LookAsync(source, Events("a", "b", "c"));
        await LookAsync(source, Events("a", "b"));
        Assert.Equal(EventStatus.Confirmed, (await EventAsync("c")).Status);
        Assert.Equal(1, (await LookAsync(source, Events("a", "b"))).Disappeared);
        Assert.Equal(EventStatus.Cancelled, (await EventAsync("c")).Status);
        await LookAsync(source, Events("a", "b", "c"));
        Assert.Equal(EventStatus.Confirmed, (await EventAsync("c")).Status);
    }

    [Fact]
    public async Task What_disappears_is_withdrawn_where_that_was_chosen()
    {
        var source = await SourceAsync(withdraws: true);
        await LookAsync(source, Events("a", "b", "c"));
        await LookAsync(source, Events("a", "b"));
        await LookAsync(source, Events("a", "b"));
        Assert.Equal(["Réunion c"], await TitlesAsync(PublicationState.Withdrawn));
        await LookAsync(source, Events("a", "b", "c"));
        Assert.Empty(await TitlesAsync(PublicationState.Withdrawn));
    }

    [Fact]
    public async Task Nothing_is_taken_away_when_nearly_everything_is_missing_at_once()
    {
        var source = await SourceAsync();
        await LookAsync(source, Events("a", "b", "c", "d", "e"));
        for (var look = 0; look < 3; look++)
        {
            Assert.Contains("manquent d’un coup", (await LookAsync(source, Events("a", "b"))).Doubt, StringComparison.Ordinal);
        }

        Assert.All(["c", "d", "e"], key => Assert.Equal(EventStatus.Confirmed, EventAsync(key).GetAwaiter().GetResult().Status));
        // Another calendar altogether behind the address: the old one is as good as empty.
        Assert.Contains("Aucun des 5", (await LookAsync(source, [("z", "Tout autre chose", Today.AddDays(3))])).Doubt,
            StringComparison.Ordinal);
        Assert.Equal(EventStatus.Confirmed, (await EventAsync("a")).Status);
    }

    [Fact]
    public async Task What_is_over_may_leave_its_source()
    {
        var source = await SourceAsync();
        Assert.Equal(
            3, (await LookAsync(
            source, [("old", "Demain", Today.AddDays(1)), ("older", "Hier", Today.AddDays(-1)), .. Events("a", "b")])).Created);
        clock.Advance(TimeSpan.FromDays(2));
        await LookAsync(source, Events("a", "b"));
        Assert.Null((await LookAsync(source, Events("a", "b"))).Doubt);
        Assert.Equal(EventStatus.Confirmed, (await EventAsync("old")).Status);
    }

    [Fact]
    public async Task An_event_under_a_new_key_stays_the_same_publication_when_there_is_no_doubt()
    {
        var source = await SourceAsync();
        await LookAsync(source, Events("a", "b"));
        var before = await SubjectAsync("a");
        // The same title and time; and another one moved by two days in the same room.
        var run = await LookAsync(source, [("a2", "Réunion a", Today.AddDays(10)), ("b2", "Réunion b", Today.AddDays(13))]);
        Assert.Equal((0, 2, 0), Counts(run));
        Assert.Equal(before, await SubjectAsync("a2"));
        Assert.Equal(2, (await TitlesAsync(PublicationState.Published)).Count);
    }

    [Fact]
    public async Task An_event_that_may_be_the_same_is_asked_about_before_anything_is_doubled()
    {
        var source = await SourceAsync();
        await LookAsync(source, Events("a", "b", "c"));
        var run = await LookAsync(source, [.. Events("b", "c"), ("x", "Réunion a", Today.AddDays(50))]);
        Assert.Equal((0, 1), (run.Created, run.Proposed));
        await LookAsync(source, [.. Events("b", "c"), ("x", "Réunion a", Today.AddDays(50))]);
        await LookAsync(source, [.. Events("b", "c"), ("x", "Réunion a", Today.AddDays(50))]);
        Assert.Equal(3, (await TitlesAsync(PublicationState.Published)).Count);
        Assert.Equal(EventStatus.Confirmed, (await EventAsync("a")).Status);
        await using var db = node.Open();
        var asked = await db.SourceItems.SingleAsync(item => item.State == SourceItemState.AskSame, Stop);
        Assert.Equal(("x", "a"), (asked.Key, asked.LikelyKey));
    }

    [Fact]
    public async Task Proposals_wait_and_a_refused_one_comes_again_only_when_it_changes()
    {
        var source = await SourceAsync(propose: true);
        Assert.Equal(2, (await LookAsync(source, Events("a", "b"))).Proposed);
        Assert.Empty(await TitlesAsync(PublicationState.Published));
        await using (var db = node.Open())
        {
            await db.SourceItems.Where(item => item.Key == "a")
                .ExecuteUpdateAsync(row => row.SetProperty(item => item.State, SourceItemState.Refused), Stop);
        }

        Assert.Equal(1, (await LookAsync(source, Events("a", "b"))).Proposed);
        Assert.Equal(2, (await LookAsync(source, [("a", "Réunion a, salle B", Today.AddDays(10)), .. Events("b")])).Proposed);
    }

    [Fact]
    public async Task What_an_editor_changed_counts_field_by_field_until_it_is_given_back()
    {
        var source = await SourceAsync();
        await LookAsync(source, Events("a"));
        var subject = await SubjectAsync("a");
        await using (var db = node.Open())
        {
            await node.Editor(db).PublishAsync(subject, await EventAsync("a") with { Title = "Notre titre" }, "Zoé", Stop);
        }

        await LookAsync(source, [("a", "Réunion a bis", Today.AddDays(12))]);
        var kept = await EventAsync("a");
        Assert.Equal(("Notre titre", "2026-12-05T13:00:00"), (kept.Title, kept.Sessions[0].Start));
        await using (var db = node.Open())
        {
            var copy = await db.WorkingCopies.AsNoTracking().SingleAsync(row => row.Subject == subject, Stop);
            Assert.Equal(["title"], SourceMerge.Changed(copy));
            Assert.True(await node.Editor(db).GiveBackAsync(subject, "Zoé", copy.Version, Stop));
        }

        Assert.Equal("Réunion a bis", (await EventAsync("a")).Title);
        await LookAsync(source, [("a", "Réunion a ter", Today.AddDays(12))]);
        Assert.Equal("Réunion a ter", (await EventAsync("a")).Title);
    }

    [Fact]
    public async Task What_was_withdrawn_or_erased_here_does_not_come_back_by_itself()
    {
        var source = await SourceAsync();
        await LookAsync(source, Events("a", "b"));
        await using (var db = node.Open())
        {
            await node.Editor(db).WithdrawAsync(await SubjectAsync("a"), null, "Zoé", Stop);
            await node.Editor(db).EraseAsync(await SubjectAsync("b"), Stop);
        }

        await LookAsync(source, [("a", "Réunion a bis", Today.AddDays(10)), .. Events("b")]);
        await LookAsync(source, Events("a", "b"));
        Assert.Empty(await TitlesAsync(PublicationState.Published));
    }

    [Fact]
    public async Task What_disappears_after_a_local_change_is_asked_about()
    {
        var source = await SourceAsync();
        await LookAsync(source, Events("a", "b"));
        await using (var db = node.Open())
        {
            await node.Editor(db).PublishAsync(await SubjectAsync("a"), await EventAsync("a") with { Title = "Notre titre" }, "Zoé", Stop);
        }

        await LookAsync(source, Events("b"));
        await LookAsync(source, Events("b"));
        Assert.Equal(EventStatus.Confirmed, (await EventAsync("a")).Status);
        await using var after = node.Open();
        Assert.Equal("a", (await after.SourceItems.SingleAsync(item => item.State == SourceItemState.AskGone, Stop)).Key);
    }

    [Fact]
    public async Task Categories_become_the_themes_that_were_chosen()
    {
        var source = await SourceAsync(themes: """{"Ateliers":"logistique-urbaine"}""");
        await LookAsync(source, Events("a"));
        Assert.Equal([KnownThemes.Urban], (await EventAsync("a")).Themes);
    }

    [Fact]
    public async Task Every_page_of_a_site_is_read_and_none_of_another()
    {
        await using var other = await AwkwardSite.StartAsync();
        site.Serve("/events", Page(1, site.To("/events2")), "application/json");
        site.Serve("/events2", Page(2, other.To("/events3").Replace("127.0.0.1", "127.0.0.2", StringComparison.Ordinal)),
            "application/json");
        var read = await ReadingOf(fetch).ReadAsync(site.To("/events"), null, Stop);
        Assert.Equal(["x?id=1", "x?id=2"], read!.Document.Events.Select(item => item.Key));
        Assert.Empty(other.Asked);
        Assert.Contains("un autre site", read.Document.Incomplete, StringComparison.Ordinal);

        static string Page(int id, string next) =>
            $$"""{"events":[{"id":{{id}},"global_id":"x?id={{id}}","title":"E{{id}}","start_date":"2026-12-0{{id}}"""
                + $$""" 09:00:00","utc_start_date":"2026-12-0{{id}} 08:00:00"}],"rest_url":"x","next_rest_url":"{{next}}"}""";
    }

    [Fact]
    public async Task What_an_incomplete_answer_lacks_is_still_there()
    {
        var source = await SourceAsync();
        var whole = AwkwardSite.Calendar(Events("a", "b", "c", "d", "e"));
        site.Serve("/agenda.ics", whole);
        await LookAsync(source);
        site.Serve("/agenda.ics", whole[..(whole.LastIndexOf("UID:e", StringComparison.Ordinal) + 3)]);
        for (var look = 0; look < 3; look++)
        {
            Assert.Contains("coupé", (await LookAsync(source)).Doubt, StringComparison.Ordinal);
        }

        Assert.Equal(EventStatus.Confirmed, (await EventAsync("e")).Status);
    }

    [Fact]
    public async Task What_is_listed_and_can_not_be_read_is_still_there()
    {
        var source = await SourceAsync();
        await LookAsync(source, Events("a", "b", "c"));
        site.Serve("/agenda.ics", AwkwardSite.Calendar(Events("a", "b", "c"))
            .Replace($"DTSTART:{Today.AddDays(12):yyyyMMdd}T120000Z", "DTSTART:bientôt", StringComparison.Ordinal));
        for (var look = 0; look < 3; look++)
        {
            var run = await LookAsync(source);
            Assert.Equal((1, 0), (run.Rejected, run.Absent));
        }

        Assert.Equal(EventStatus.Confirmed, (await EventAsync("c")).Status);
    }

    [Theory]
    [InlineData("<html><body>Erreur critique</body></html>", "text/html", 200)]
    [InlineData("""{"events":[],"rest_url":"x"}""", "application/json", 200)]
    [InlineData("", "text/plain", 500)]
    public async Task What_stands_on_a_page_that_fails_is_still_there(string second, string type, int status)
    {
        var source = await SourceAsync(system: ImportDocument.TheEventsCalendar);
        site.Serve("/agenda.ics", EventsPage("/agenda2", 1, 2, 3), "application/json");
        site.Serve("/agenda2", EventsPage(null, 4), "application/json");
        Assert.Equal(4, (await LookAsync(source)).Created);
        site.Pages["/agenda2"] = http =>
        {
            (http.Response.StatusCode, http.Response.ContentType) = (status, type);
            return http.Response.WriteAsync(second, Stop);
        };
        for (var look = 0; look < 3; look++)
        {
            Assert.Contains("La page 2", (await LookAsync(source)).Doubt, StringComparison.Ordinal);
        }

        Assert.Equal(EventStatus.Confirmed, (await EventAsync("x?id=4")).Status);
    }

    [Fact]
    public async Task A_site_that_writes_its_name_in_another_way_is_read_to_its_end()
    {
        site.Serve("/events", EventsPage(site.To("/events2").Replace("127.0.0.1", "www.127.0.0.1", StringComparison.Ordinal), 1),
            "application/json");
        site.Serve("/events2", EventsPage(null, 2), "application/json");
        var read = await ReadingOf(fetch).ReadAsync(site.To("/events"), null, Stop);
        Assert.Equal(["x?id=1", "x?id=2"], read!.Document.Events.Select(item => item.Key));
        Assert.Null(read.Document.Incomplete);
    }

    [Fact]
    public async Task Thirty_pages_are_all_read()
    {
        for (var page = 1; page <= 30; page++)
        {
            site.Serve($"/p{page}", EventsPage(page == 30 ? null : $"/p{page + 1}", page % 9 + 1), "application/json");
        }

        var read = await ReadingOf(fetch).ReadAsync(site.To("/p1"), null, Stop);
        Assert.Equal((9, 30, (string?)null), (read!.Document.Events.Count, site.Asked.Count, read.Document.Incomplete));
    }

    [Fact]
    public async Task What_has_begun_may_leave_a_list_of_what_is_to_come()
    {
        var source = await SourceAsync();
        List<(string, string, DateOnly)> ahead = [.. Events("a", "b", "c")];
        // The clock shows 10 in Paris: the first one begins at 13 and the other was moved to 7.
        var calendar = AwkwardSite.Calendar([("morning", "Matinale du jour", Today), .. ahead])
            .Replace($"DTSTART:{Today:yyyyMMdd}T120000Z", $"DTSTART:{Today:yyyyMMdd}T060000Z", StringComparison.Ordinal);
        site.Serve("/agenda.ics", calendar.Replace("END:VCALENDAR\r\n", "BEGIN:VEVENT\r\nUID:fair\r\nSUMMARY:Salon\r\n"
            + $"DTSTART:{Today.AddDays(-1):yyyyMMdd}T080000Z\r\nDTEND:{Today.AddDays(1):yyyyMMdd}T170000Z\r\n"
            + "END:VEVENT\r\nEND:VCALENDAR\r\n",
            StringComparison.Ordinal));
        Assert.Equal(5, (await LookAsync(source)).Created);
        for (var look = 0; look < 3; look++)
        {
            Assert.Equal((0, 0), (await LookAsync(source, ahead)) is var run ? (run.Absent, run.Disappeared) : default);
        }

        Assert.Equal(EventStatus.Confirmed, (await EventAsync("morning")).Status);
        Assert.Equal(EventStatus.Confirmed, (await EventAsync("fair")).Status);
    }

    [Fact]
    public async Task A_removal_arrives_from_a_site_that_knows_what_was_asked_before()
    {
        var source = await SourceAsync();
        site.Serve("/agenda.ics", AwkwardSite.Calendar(Events("a", "b", "c", "d", "e")), etag: "\"v1\"");
        await LookAsync(source);
        Assert.True((await LookAsync(source)).NotModified);
        site.Serve("/agenda.ics", AwkwardSite.Calendar(Events("a", "b", "c", "d")), etag: "\"v2\"");
        Assert.Equal(1, (await LookAsync(source)).Absent);
        Assert.Equal(1, (await LookAsync(source)).Disappeared);
        Assert.Equal(EventStatus.Cancelled, (await EventAsync("e")).Status);
        await LookAsync(source);
        Assert.True((await LookAsync(source)).NotModified);
    }

    [Fact]
    public async Task Two_calendars_that_count_from_one_do_not_touch_each_other()
    {
        var (one, two) = (await SourceAsync(), await SourceAsync(path: "/autre.ics"));
        site.Serve("/autre.ics", AwkwardSite.Calendar([("1", "Formation", Today.AddDays(40)), ("2", "Formation 2", Today.AddDays(41))]));
        for (var look = 0; look < 3; look++)
        {
            await LookAsync(one, [("1", "Atelier", Today.AddDays(20)), ("2", "Atelier 2", Today.AddDays(21))]);
            await LookAsync(two);
        }

        Assert.Equal(["Atelier", "Atelier 2", "Formation", "Formation 2"], await TitlesAsync(PublicationState.Published));
        await LookAsync(one, [("2", "Atelier 2", Today.AddDays(21))]);
        await LookAsync(one, [("2", "Atelier 2", Today.AddDays(21))]);
        await using var db = node.Open();
        var cancelled = (await db.WorkingCopies.AsNoTracking().ToListAsync(Stop))
            .Where(copy => ((Event)PublicationText.Read(copy.Kind, copy.Data)).Status == EventStatus.Cancelled).Select(copy => copy.Title);
        Assert.Equal(["Atelier"], cancelled);
    }

    [Fact]
    public async Task A_series_whose_keys_are_new_at_every_look_is_recognised_without_a_question()
    {
        var source = await SourceAsync();
        for (var look = 0; look < 3; look++)
        {
            var run = await LookAsync(source, [.. Enumerable.Range(0, 4).Select(week =>
                ($"{look}-{week}", "Permanence", Today.AddDays(100 + (7 * week))))]);
            Assert.Equal((look == 0 ? 4 : 0, 0, 0), (run.Created, run.Proposed, run.Absent));
        }

        Assert.Equal(4, (await TitlesAsync(PublicationState.Published)).Count);
    }

    [Fact]
    public async Task What_another_source_publishes_already_is_asked_about_once()
    {
        var (one, two) = (await SourceAsync(), await SourceAsync(path: "/autre.ics"));
        await LookAsync(one, Events("a", "b"));
        site.Serve("/autre.ics", AwkwardSite.Calendar([("z", "Réunion a", Today.AddDays(10)), ("y", "Autre chose", Today.AddDays(15))]));
        var run = await LookAsync(two);
        Assert.Equal((1, 1), (run.Created, run.Proposed));
        await using (var db = node.Open())
        {
            var asked = await db.SourceItems.SingleAsync(item => item.State == SourceItemState.AskSame, Stop);
            Assert.Equal(SourceItem.OwnPublication + await SubjectAsync("a"), asked.LikelyKey);
            asked.State = SourceItemState.Elsewhere;
            await db.SaveChangesAsync(Stop);
        }

        Assert.Equal((0, 0), (await LookAsync(two)) is var again ? (again.Created, again.Proposed) : default);
        Assert.Equal(3, (await TitlesAsync(PublicationState.Published)).Count);
    }

    [Fact]
    public async Task A_publication_that_can_not_be_read_keeps_no_source_from_being_looked_at()
    {
        var (one, two) = (await SourceAsync(), await SourceAsync(path: "/autre.ics"));
        await LookAsync(one, Events("a"));
        await using (var db = node.Open())
        {
            await db.WorkingCopies.ExecuteUpdateAsync(row => row.SetProperty(copy => copy.Data, "{"), Stop);
        }

        site.Serve("/autre.ics", AwkwardSite.Calendar([("z", "Autre chose", Today.AddDays(15))]));
        var run = await LookAsync(two);
        Assert.Equal((null, 1), (run.Failure, run.Created));
    }

    [Fact]
    public async Task A_loss_in_doubt_that_lasts_is_asked_about()
    {
        var source = await SourceAsync();
        await LookAsync(source, Events("a", "b", "c", "d", "e"));
        for (var look = 0; look < 4; look++)
        {
            Assert.NotNull((await LookAsync(source, Events("a", "b"))).Doubt);
        }

        await using var db = node.Open();
        Assert.Equal(3, await db.SourceItems.CountAsync(item => item.State == SourceItemState.AskGone, Stop));
        Assert.Equal(EventStatus.Confirmed, (await EventAsync("c")).Status);
    }

    private static string EventsPage(string? next, params IEnumerable<int> ids)
    {
        var events = string.Join(',', ids.Select(id => $$"""
            {"id":{{id}},"global_id":"x?id={{id}}","title":"E{{id}}","start_date":"2026-12-0{{id}} 09:00:00"}
            """));
        return $$"""{"events":[{{events}}],"rest_url":"x" """ + (next is null ? "}" : $$""","next_rest_url":"{{next}}"}""");
    }

    [Fact]
    public async Task Sources_are_looked_at_when_they_are_due_and_not_before()
    {
        var source = await SourceAsync();
        site.Serve("/agenda.ics", AwkwardSite.Calendar(Events("a")));
        using var service = new PollSources(new Nodes([node.Instance]), ReadingOf(fetch), clock, NullLogger<PollSources>.Instance);
        await service.RunAsync(node.Instance, Stop);
        await service.RunAsync(node.Instance, Stop);
        Assert.Single(site.Asked);
        clock.Advance(TimeSpan.FromHours(6) + TimeSpan.FromMinutes(10));
        await service.RunAsync(node.Instance, Stop);
        Assert.Equal(2, site.Asked.Count);
    }

    [Fact]
    public async Task A_source_that_fails_unforeseen_waits_and_the_others_are_looked_at()
    {
        var (hostile, fine) = (await SourceAsync(), await SourceAsync());
        site.Serve("/agenda.ics", AwkwardSite.Calendar(Events("a")));
        var asked = 0;
        var reading = new SourceReading(fetch, (content, address, _) => asked++ == 0 ? throw new InvalidOperationException("unforeseen")
            : Task.FromResult(SourceContent.Read(content, address, Fixture.Today)));
        using var service = new PollSources(new Nodes([node.Instance]), reading, clock, NullLogger<PollSources>.Instance);
        await service.RunAsync(node.Instance, Stop);
        await service.RunAsync(node.Instance, Stop);
        await using var db = node.Open();
        var runs = await db.SourceRuns.AsNoTracking().ToListAsync(Stop);
        Assert.Equal((2, 1), (runs.Count, runs.Count(run => run.Failure is null)));
        Assert.Equal(2, runs.Select(run => run.Source).Distinct().Count());
        Assert.Contains(runs, run => run.Source == hostile || run.Source == fine);
        Assert.All(await db.Sources.AsNoTracking().ToListAsync(Stop), source => Assert.True(source.DueAt > clock.GetUtcNow().UtcDateTime));
    }

    [Fact]
    public async Task A_source_that_never_comes_to_an_end_is_left_when_its_time_is_over()
    {
        var source = await SourceAsync();
        site.Serve("/agenda.ics", AwkwardSite.Calendar(Events("a")));
        var begun = new TaskCompletionSource();
        var reading = new SourceReading(fetch, async (_, _, cancellation) =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
            throw new InvalidOperationException("never");
        });
        var look = new SourceLook(node.Instance, reading, clock).RunAsync(source, Stop);
        await begun.Task;
        clock.Advance(TimeSpan.FromMinutes(3));
        Assert.NotNull((await look).Failure);
    }

    [Fact]
    public async Task A_node_whose_sources_take_long_keeps_no_other_node_waiting()
    {
        await using var other = await TemporaryNode.CreateAsync("lsn");
        await SourceAsync();
        await using (var db = other.Open())
        {
            db.Add(new SourceRow { Name = "Site voisin", Address = site.To("/voisin.ics"), System = "icalendar", CreatedBy = "Zoé" });
            await db.SaveChangesAsync(Stop);
        }

        site.Serve("/agenda.ics", AwkwardSite.Calendar(Events("a")));
        site.Serve("/voisin.ics", AwkwardSite.Calendar(Events("b")));
        var reading = new SourceReading(fetch, async (content, address, cancellation) =>
        {
            if (address.AbsolutePath == "/agenda.ics")
            {
                await Task.Delay(Timeout.Infinite, cancellation);
            }

            return SourceContent.Read(content, address, Fixture.Today);
        });
        using var service = new PollSources(new Nodes([node.Instance, other.Instance]), reading, clock,
            NullLogger<PollSources>.Instance);
        await service.StartAsync(Stop);
        await Until.TrueAsync(
            async () =>
            {
                await using var db = other.Open();
                return await db.SourceRuns.AnyAsync(run => run.Created == 1, Stop);
            },
            () => Task.FromResult("the other node has looked at its source"));
        await service.StopAsync(Stop);
    }

    [Fact]
    public void A_source_whose_keys_all_changed_is_compared_in_linear_steps()
    {
        const int Count = 2_000;
        List<(int Item, Similarity Similarity)> all = [.. Enumerable.Range(0, Count).Select(number => (number, Similarity.Of(Same)))];
        var known = new Similarities<int>(all);
        Assert.True(all.Sum(item => known.Near(item.Similarity).Count) <= Count * 100);
    }

    private static Event Same { get; } = new() { Nonce = "", Title = "Réunion", Sessions = [new Session("1", "2026-12-10T09:00:00")] };

    private static IReadOnlyList<(string, string, DateOnly)> Events(params IEnumerable<string> keys) =>
        [.. keys.Select(key => (key, $"Réunion {key}", Today.AddDays(10 + key[0] - 'a')))];

    private static SourceReading ReadingOf(SourceFetch fetch) =>
        new(fetch, (content, address, _) => Task.FromResult(SourceContent.Read(content, address, Fixture.Today)));

    private static (int Created, int Updated, int Unchanged) Counts(SourceRun run) => (run.Created, run.Updated, run.Unchanged);

    private async Task<Guid> SourceAsync(bool propose = false, bool withdraws = false, string themes = "{}",
        string system = ImportDocument.Calendar, string path = "/agenda.ics")
    {
        await using var db = node.Open();
        var source = new SourceRow
        {
            Name = "Notre site",
            Address = site.To(path),
            System = system,
            Propose = propose,
            WithdrawsGone = withdraws,
            Themes = themes,
            CreatedBy = "Zoé",
        };
        db.Add(source);
        await db.SaveChangesAsync(Stop);
        return source.Id;
    }

    private async Task<SourceRun> LookAsync(Guid source, IReadOnlyList<(string, string, DateOnly)>? events = null)
    {
        if (events is not null)
        {
            site.Serve("/agenda.ics", AwkwardSite.Calendar(events));
        }

        return await new SourceLook(node.Instance, ReadingOf(fetch), clock).RunAsync(source, Stop);
    }

    private async Task<List<string>> TitlesAsync(string state)
    {
        await using var db = node.Open();
        return await db.WorkingCopies.Where(copy => copy.State == state).OrderBy(copy => copy.Title).Select(copy => copy.Title)
            .ToListAsync(Stop);
    }

    private async Task<Event> EventAsync(string key)
    {
        await using var db = node.Open();
        var copy = await db.WorkingCopies.AsNoTracking().SingleAsync(row => row.SourceKey == key, Stop);
        return (Event)PublicationText.Read(copy.Kind, copy.Data);
    }

    private async Task<string> SubjectAsync(string key)
    {
        await using var db = node.Open();
        return (await db.WorkingCopies.AsNoTracking().SingleAsync(row => row.SourceKey == key, Stop)).Subject;
    }
}
