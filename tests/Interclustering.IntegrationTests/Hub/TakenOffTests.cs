using System.Net;
using Interclustering.Contracts;
using Interclustering.Testing;

namespace Interclustering.IntegrationTests.Hub;

/// <summary>What leaves the national site is gone for all its readers, whatever the hub's process remembers.</summary>
public sealed class TakenOffTests
{
    private static readonly Event Shown =
        new() { Nonce = "0123456789abcdef0123456789abcdef", Title = "Matinée", Sessions = [new Session("1", "2026-12-10T09:00:00")] };
    private static readonly string Id = "bsc-0193b3a0-0000-7000-8000-000000000001";
    private long sequence;

    [Fact]
    public async Task An_item_turned_over_to_the_teams_stays_removed_after_a_restart()
    {
        await using var hub = await TemporaryHub.CreateAsync();
        await RecordAsync(hub, Shown, 1);
        await RecordAsync(hub, Shown with { Visibility = Visibility.Staff }, 2);
        var removed = Assert.Single(hub.Shown.Withdrawn.Values);
        await RecordAsync(hub, Shown with { Visibility = Visibility.Staff, Title = "Entre nous" }, 3);
        Assert.Equal(HttpStatusCode.Gone, (await hub.GetAsync($"/evenements/{Id}/x")).Status);
        Assert.Equal(HttpStatusCode.Gone, (await hub.GetAsync($"/api/v1/publications/{Id}")).Status);

        var again = await hub.StartAgainAsync();
        Assert.Equal(removed, Assert.Single(again.Withdrawn.Values));
        // That the teams go on with it is not told.
        Assert.Equal((2, removed.Position), (removed.Revision, Assert.Single(hub.Shown.Withdrawn.Values).Position));
    }

    [Fact]
    public async Task A_members_item_turned_over_to_the_teams_is_removed_as_well()
    {
        await using var hub = await TemporaryHub.CreateAsync();
        await RecordAsync(hub, Shown with { Visibility = Visibility.Members }, 1);
        await RecordAsync(hub, Shown with { Visibility = Visibility.Staff }, 2);
        Assert.Equal([Id], (await hub.StartAgainAsync()).Withdrawn.Keys);
    }

    [Fact]
    public async Task What_only_the_teams_ever_saw_is_no_removal()
    {
        await using var hub = await TemporaryHub.CreateAsync();
        await RecordAsync(hub, Shown with { Visibility = Visibility.Staff }, 1);
        await RecordAsync(hub, Shown with { Visibility = Visibility.Staff }, 2);
        Assert.Equal(HttpStatusCode.NotFound, (await hub.GetAsync($"/evenements/{Id}/x")).Status);
        Assert.Empty(hub.Shown.Withdrawn);
        Assert.Empty((await hub.StartAgainAsync()).Withdrawn);
    }

    [Fact]
    public async Task Shown_again_it_is_there_also_after_a_restart()
    {
        await using var hub = await TemporaryHub.CreateAsync();
        await RecordAsync(hub, Shown, 1);
        await RecordAsync(hub, Shown with { Visibility = Visibility.Staff }, 2);
        await RecordAsync(hub, Shown, 3);
        Assert.Equal((0, 1), (hub.Shown.Withdrawn.Count, hub.Shown.Items.Count));
        var again = await hub.StartAgainAsync();
        Assert.Equal((0, 1), (again.Withdrawn.Count, again.Items.Count));
    }

    [Fact]
    public async Task Withdrawn_and_taken_up_again_by_the_teams_it_stays_removed()
    {
        await using var hub = await TemporaryHub.CreateAsync();
        await RecordAsync(hub, Shown, 1);
        await hub.HearAsync(Entries.Of(new Withdrawal { Nonce = Shown.Nonce }, Kinds.Withdrawn, Id, 2, ++sequence));
        await RecordAsync(hub, Shown with { Visibility = Visibility.Staff }, 3);
        Assert.Equal([Id], hub.Shown.Withdrawn.Keys);
        Assert.Equal([Id], (await hub.StartAgainAsync()).Withdrawn.Keys);
    }

    [Theory]
    [InlineData(true, Attendance.OnSite)]
    [InlineData(true, Attendance.Hybrid)]
    [InlineData(false, Attendance.Online)]
    public async Task What_is_followed_online_has_no_place_anywhere(bool moved, string attendance)
    {
        await using var hub = await TemporaryHub.CreateAsync();
        var id = await hub.ShowAsync(Shown with
        {
            MovedOnline = moved,
            Attendance = attendance,
            OnlineUrl = "https://visio.example/1",
            Themes = [KnownThemes.Urban],
            Place = new Place
            {
                Name = "Halle Sansnom",
                Street = "1 quai Sansnom",
                PostalCode = "35000",
                City = "Sansnom",
                Latitude = "48.1",
                Longitude = "-1.6"
            },
        });
        foreach (var path in (string[])[
            "/agenda", "/agenda/carte", "/agenda/2026-12", "/agenda.ics", "/agenda.csv", "/agenda.jscal.json",
            "/agenda.rss", "/agenda.atom", "/agenda.json", "/embed/agenda",
                "/embed/agenda.json", $"/evenements/{id}/matinee", $"/evenements/{id}.ics",
            "/themes/logistique-urbaine", "/api/v1/publications", $"/api/v1/publications/{id}"])
        {
            var (status, body) = await hub.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.False(body.Contains("Sansnom", StringComparison.Ordinal) || body.Contains("48.1", StringComparison.Ordinal), path);
            Assert.True(path == "/agenda/carte" || path == "/agenda/2026-12" || body.Contains("Matinée", StringComparison.Ordinal), path);
        }

        Assert.Contains("LOCATION:https://visio.example/1", (await hub.GetAsync("/agenda.ics")).Body, StringComparison.Ordinal);
        Assert.Contains("En ligne", (await hub.GetAsync("/embed/agenda.json")).Body, StringComparison.Ordinal);
        Assert.Contains("Matinée", (await hub.GetAsync("/agenda?attendance=online")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Matinée", (await hub.GetAsync("/agenda?attendance=on-site")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Matinée", (await hub.GetAsync("/agenda?q=Sansnom")).Body, StringComparison.Ordinal);
    }

    private Task<string> RecordAsync(TemporaryHub hub, Event said, long revision) =>
        hub.HearAsync(Entries.Of(said, Kinds.Event, Id, revision, ++sequence));
}
