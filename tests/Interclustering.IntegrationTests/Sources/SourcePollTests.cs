using Interclustering.Contracts;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Sources;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Sources;

/// <summary>What a source's next look does to what it brought before.</summary>
public sealed class SourcePollTests : SourceRehearsal
{
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
        Site.Serve("/agenda.ics", AwkwardSite.Calendar(Events("a")), etag: "\"v1\"");
        Assert.Equal((1, 0, 0), Counts(await LookAsync(source)));
        Assert.True((await LookAsync(source)).NotModified);
        Site.Serve("/agenda.ics", AwkwardSite.Calendar(Events("a", "b")), etag: "\"v2\"");
        Assert.Equal((1, 0, 1), Counts(await LookAsync(source)));
    }

    [Fact]
    public async Task A_source_that_fails_is_asked_less_and_less_and_nothing_is_taken_away()
    {
        var source = await SourceAsync();
        await LookAsync(source, Events("a", "b"));
        Site.Fail("/agenda.ics", 500);
        for (var failures = 1; failures <= 4; failures++)
        {
            Assert.Contains("500", (await LookAsync(source)).Failure, StringComparison.Ordinal);
            await using var db = Node.Open();
            var wait = (await db.Sources.SingleAsync(Stop)).DueAt - Clock.GetUtcNow().UtcDateTime;
            Assert.InRange(wait, TimeSpan.FromHours(Math.Min(24, 6 * Math.Pow(2, failures))),
                TimeSpan.FromHours(Math.Min(24, 6 * Math.Pow(2, failures))) + TimeSpan.FromMinutes(10));
        }

        Site.Serve("/agenda.ics", "<html>maintenance</html>", "text/html");
        Assert.NotNull((await LookAsync(source)).Failure);
        Assert.Equal(2, (await TitlesAsync(PublicationState.Published)).Count);
        Assert.Equal((0, 0, 2), Counts(await LookAsync(source, Events("a", "b"))));
        await using var after = Node.Open();
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
        Site.Pages["/agenda.ics"] = http =>
        {
            http.Response.StatusCode = 503;
            http.Response.Headers.RetryAfter = retryAfter;
            return Task.CompletedTask;
        };

        Assert.Contains("503", (await LookAsync(source)).Failure, StringComparison.Ordinal);

        await using var db = Node.Open();
        var wait = (await db.Sources.SingleAsync(Stop)).DueAt - Clock.GetUtcNow().UtcDateTime;
        Assert.InRange(wait, TimeSpan.FromHours(hours), TimeSpan.FromHours(hours) + TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task Proposals_wait_and_a_refused_one_comes_again_only_when_it_changes()
    {
        var source = await SourceAsync(propose: true);
        Assert.Equal(2, (await LookAsync(source, Events("a", "b"))).Proposed);
        Assert.Empty(await TitlesAsync(PublicationState.Published));
        await using (var db = Node.Open())
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
        await using (var db = Node.Open())
        {
            await Node.Editor(db).PublishAsync(subject, await EventAsync("a") with { Title = "Notre titre" }, "Zoé", Stop);
        }

        await LookAsync(source, [("a", "Réunion a bis", Today.AddDays(12))]);
        var kept = await EventAsync("a");
        Assert.Equal(("Notre titre", "2026-12-05T13:00:00"), (kept.Title, kept.Sessions[0].Start));
        await using (var db = Node.Open())
        {
            var copy = await db.WorkingCopies.AsNoTracking().SingleAsync(row => row.Subject == subject, Stop);
            Assert.Equal(["title"], SourceMerge.Changed(copy));
            Assert.True(await Node.Editor(db).GiveBackAsync(subject, "Zoé", copy.Version, Stop));
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
        await using (var db = Node.Open())
        {
            await Node.Editor(db).WithdrawAsync(await SubjectAsync("a"), null, "Zoé", Stop);
            await Node.Editor(db).EraseAsync(await SubjectAsync("b"), Stop);
        }

        await LookAsync(source, [("a", "Réunion a bis", Today.AddDays(10)), .. Events("b")]);
        await LookAsync(source, Events("a", "b"));
        Assert.Empty(await TitlesAsync(PublicationState.Published));
    }

    [Fact]
    public async Task Categories_become_the_themes_that_were_chosen()
    {
        var source = await SourceAsync(themes: """{"Ateliers":"logistique-urbaine"}""");
        await LookAsync(source, Events("a"));
        Assert.Equal([KnownThemes.Urban], (await EventAsync("a")).Themes);
    }
}
