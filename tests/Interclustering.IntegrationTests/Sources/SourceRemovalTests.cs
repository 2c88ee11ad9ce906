using Interclustering.Contracts;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Sources.Reading;
using Interclustering.Node.Sources;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Sources;

/// <summary>What a source no longer has is taken away when that is sure, and only then.</summary>
public sealed class SourceRemovalTests : SourceRehearsal
{
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
        Clock.Advance(TimeSpan.FromDays(2));
        await LookAsync(source, Events("a", "b"));
        Assert.Null((await LookAsync(source, Events("a", "b"))).Doubt);
        Assert.Equal(EventStatus.Confirmed, (await EventAsync("old")).Status);
    }

    [Fact]
    public async Task What_disappears_after_a_local_change_is_asked_about()
    {
        var source = await SourceAsync();
        await LookAsync(source, Events("a", "b"));
        await using (var db = Node.Open())
        {
            await Node.Editor(db).PublishAsync(await SubjectAsync("a"), await EventAsync("a") with { Title = "Notre titre" }, "Zoé", Stop);
        }

        await LookAsync(source, Events("b"));
        await LookAsync(source, Events("b"));
        Assert.Equal(EventStatus.Confirmed, (await EventAsync("a")).Status);
        await using var after = Node.Open();
        Assert.Equal("a", (await after.SourceItems.SingleAsync(item => item.State == SourceItemState.AskGone, Stop)).Key);
    }

    [Fact]
    public async Task What_its_source_makes_private_is_withdrawn_at_once_and_comes_back_with_it()
    {
        var source = await SourceAsync();
        await LookAsync(source, Events("a", "b", "c"));
        await PrivateAsync(source, ["a", "b", "c"], ["c"]);
        Assert.Equal(["Réunion c"], await TitlesAsync(PublicationState.Withdrawn));
        await LookAsync(source, Events("a", "b", "c"));
        Assert.Equal(["Réunion a", "Réunion b", "Réunion c"], await TitlesAsync(PublicationState.Published));
        Assert.Equal(EventStatus.Confirmed, (await EventAsync("c")).Status);
    }

    [Fact]
    public async Task A_source_that_makes_nearly_everything_private_is_asked_about()
    {
        var source = await SourceAsync();
        await LookAsync(source, Events("a", "b", "c", "d"));
        await PrivateAsync(source, ["a", "b", "c", "d"], ["a", "b", "c", "d"]);
        Assert.Equal(4, (await TitlesAsync(PublicationState.Published)).Count);
        await using var db = Node.Open();
        Assert.Equal(4, await db.SourceItems.CountAsync(item => item.State == SourceItemState.AskGone, Stop));
    }

    [Fact]
    public async Task What_was_changed_here_and_is_made_private_is_asked_about()
    {
        var source = await SourceAsync();
        await LookAsync(source, Events("a", "b"));
        await using (var own = Node.Open())
        {
            var changed = (await EventAsync("b")) with { Title = "Réunion b, avec un buffet" };
            await new PublicationEditor(own, Node.Instance.Journal, Clock).PublishAsync(await SubjectAsync("b"), changed, "Zoé", Stop);
        }

        await PrivateAsync(source, ["a", "b"], ["b"]);
        await using var db = Node.Open();
        Assert.Equal("b", (await db.SourceItems.SingleAsync(item => item.State == SourceItemState.AskGone, Stop)).Key);
        Assert.Equal(2, (await TitlesAsync(PublicationState.Published)).Count);
    }

    [Fact]
    public async Task What_an_incomplete_answer_lacks_is_still_there()
    {
        var source = await SourceAsync();
        var whole = AwkwardSite.Calendar(Events("a", "b", "c", "d", "e"));
        Site.Serve("/agenda.ics", whole);
        await LookAsync(source);
        Site.Serve("/agenda.ics", whole[..(whole.LastIndexOf("UID:e", StringComparison.Ordinal) + 3)]);
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
        Site.Serve("/agenda.ics", AwkwardSite.Calendar(Events("a", "b", "c"))
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
        Site.Serve("/agenda.ics", EventsPage("/agenda2", 1, 2, 3), "application/json");
        Site.Serve("/agenda2", EventsPage(null, 4), "application/json");
        Assert.Equal(4, (await LookAsync(source)).Created);
        Site.Pages["/agenda2"] = http =>
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
    public async Task What_has_begun_may_leave_a_list_of_what_is_to_come()
    {
        var source = await SourceAsync();
        List<(string, string, DateOnly)> ahead = [.. Events("a", "b", "c")];
        // The Clock shows 10 in Paris: the first one begins at 13 and the other was moved to 7.
        var calendar = AwkwardSite.Calendar([("morning", "Matinale du jour", Today), .. ahead])
            .Replace($"DTSTART:{Today:yyyyMMdd}T120000Z", $"DTSTART:{Today:yyyyMMdd}T060000Z", StringComparison.Ordinal);
        Site.Serve("/agenda.ics", calendar.Replace("END:VCALENDAR\r\n", "BEGIN:VEVENT\r\nUID:fair\r\nSUMMARY:Salon\r\n"
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
        Site.Serve("/agenda.ics", AwkwardSite.Calendar(Events("a", "b", "c", "d", "e")), etag: "\"v1\"");
        await LookAsync(source);
        Assert.True((await LookAsync(source)).NotModified);
        Site.Serve("/agenda.ics", AwkwardSite.Calendar(Events("a", "b", "c", "d")), etag: "\"v2\"");
        Assert.Equal(1, (await LookAsync(source)).Absent);
        Assert.Equal(1, (await LookAsync(source)).Disappeared);
        Assert.Equal(EventStatus.Cancelled, (await EventAsync("e")).Status);
        await LookAsync(source);
        Assert.True((await LookAsync(source)).NotModified);
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

        await using var db = Node.Open();
        Assert.Equal(3, await db.SourceItems.CountAsync(item => item.State == SourceItemState.AskGone, Stop));
        Assert.Equal(EventStatus.Confirmed, (await EventAsync("c")).Status);
    }

    private Task<SourceRun> PrivateAsync(Guid source, IEnumerable<string> listed, IEnumerable<string> hidden)
    {
        var calendar = AwkwardSite.Calendar(Events(listed));
        foreach (var key in hidden)
        {
            calendar = calendar.Replace($"UID:{key}\r\n", $"UID:{key}\r\nCLASS:PRIVATE\r\n", StringComparison.Ordinal);
        }

        Site.Serve("/agenda.ics", calendar);
        return LookAsync(source);
    }
}
