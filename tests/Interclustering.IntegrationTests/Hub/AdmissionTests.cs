using System.Collections.Concurrent;
using Interclustering.Hub.ReadModel;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Hub;

/// <summary>What a start of the catalogue tries its readers on.</summary>
public sealed class AdmissionTests
{
    private readonly ConcurrentBag<string> tried = [];

    [Fact]
    public async Task A_start_tries_readers_on_what_is_new_and_on_what_was_set_aside_and_on_nothing_else()
    {
        await using var hub = await TemporaryHub.CreateAsync();
        var known = await hub.ShowAsync(Happening.On("2026-12-01", title: "Connu"));
        var broken = await hub.ShowAsync(Happening.On("2026-12-02", title: "Illisible"));
        var of = await UntilNotedAsync(hub, "");

        // Other readers have tried nothing yet, whatever the site's have.
        var first = await StartAsync(hub, "agenda", of);
        Assert.Equal([known, broken], tried.Order());
        Assert.Equal([broken], first.SetAside);
        Assert.Equal([known], first.Items.Keys);

        tried.Clear();
        var fresh = await hub.ShowAsync(Happening.On("2026-12-03", title: "Nouveau"));
        var second = await StartAsync(hub, "agenda", null);
        Assert.Equal([broken, fresh], tried.Order());
        Assert.Equal([broken], second.SetAside);
        Assert.Equal([known, fresh], second.Items.Keys);
        Assert.Equal([known, fresh], second.Agenda.Select(time => time.Event.Id));
    }

    [Fact]
    public async Task Another_set_of_readers_tries_everything_again()
    {
        await using var hub = await TemporaryHub.CreateAsync();
        var known = await hub.ShowAsync(Happening.On("2026-12-01", title: "Connu"));
        await StartAsync(hub, "agenda", await UntilNotedAsync(hub, ""));
        tried.Clear();
        await StartAsync(hub, "calendar", null);
        Assert.Equal([known], tried);
    }

    [Fact]
    public async Task Another_month_tries_everything_again()
    {
        await using var hub = await TemporaryHub.CreateAsync();
        var known = await hub.ShowAsync(Happening.On("2026-12-01", title: "Connu"));
        await StartAsync(hub, "agenda", await UntilNotedAsync(hub, ""));
        tried.Clear();
        hub.Clock.Advance(TimeSpan.FromDays(31));
        await StartAsync(hub, "agenda", null);
        Assert.Equal([known], tried);
    }

    /// <summary>Starts a catalogue with one reader, and stops it once it shows everything.</summary>
    /// <param name="hub">Whose database it reads.</param>
    /// <param name="reader">Its name.</param>
    /// <param name="noted">Waits until something else than this is noted; null does not wait.</param>
    private async Task<Snapshot> StartAsync(TemporaryHub hub, string reader, string? noted)
    {
        using var catalogue = hub.Stopped([new RenderProbe(reader, (published, _) =>
        {
            tried.Add(published.Id);
            if (published.Title == "Illisible")
            {
                throw new FormatException("Not for this reader.");
            }
        })]);
        await catalogue.StartAsync(TestContext.Current.CancellationToken);
        await Until.TrueAsync(() => Task.FromResult(catalogue.Current.Position >= hub.Shown.Position), () =>
            Task.FromResult($"the catalogue reads position {hub.Shown.Position}"));
        if (noted is not null)
        {
            await UntilNotedAsync(hub, noted);
        }

        await catalogue.StopAsync(TestContext.Current.CancellationToken);
        return catalogue.Current;
    }

    /// <summary>Waits until a build notes what the site shows; which one.</summary>
    private static async Task<string> UntilNotedAsync(TemporaryHub hub, string before)
    {
        var noted = new List<string>();
        var shown = hub.Shown.Position;
        await Until.TrueAsync(
            async () => (noted = await hub.ReadAsync(db => db.Database
                .SqlQuery<string>($"SELECT build AS \"Value\" FROM catalogue_admissions WHERE position = {shown} AND build <> {before}")
                .ToListAsync(TestContext.Current.CancellationToken))).Count > 0,
            () => Task.FromResult($"position {shown} is noted"));
        return noted[0];
    }
}
