using System.Globalization;
using System.Net;
using Interclustering.Node.MemberCalendars;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.Scheduling;
using Interclustering.Node.Workspace;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Interclustering.IntegrationTests.Publishing;

/// <summary>A change of what is published may appear by itself, unless what is published has moved meanwhile.</summary>
public sealed class ScheduledChangeTests : DraftVisit
{
    private static readonly DateTime At = DateTime.UtcNow.Date.AddDays(20);

    private static string AtDay => At.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [Fact]
    public async Task It_is_published_at_its_time_and_not_before()
    {
        var subject = await OpenTeamAsync();
        Assert.Equal(HttpStatusCode.Found, (await SaveAsync(subject, "Visite de nuit", "schedule", at: AtDay)).StatusCode);
        Assert.Contains("Programmé : paraît", await ReadAsync(PageOf(subject)), StringComparison.Ordinal);
        Assert.Contains("Modification programmée par Équipe BSC : paraît", await ReadAsync("/espace/bsc/publications?etat=scheduled"),
            StringComparison.Ordinal);
        Assert.DoesNotContain("Brouillon d’une modification à terminer", await ToDoAsync(), StringComparison.Ordinal);
        await RunAsync(At.AddHours(-2));
        Assert.Equal(1, (await CopyAsync(subject)).Revision);
        await RunAsync(At.AddDays(1));
        var copy = await CopyAsync(subject);
        Assert.Equal(("Visite de nuit", 2, "Équipe BSC"), (copy.Title, copy.Revision, copy.EditedBy));
        Assert.Null(await ChangeAsync(subject));
        Assert.Empty(await MailsAsync());
    }

    [Fact]
    public async Task The_private_calendar_says_that_a_change_is_scheduled()
    {
        var subject = await OpenTeamAsync();
        await SaveAsync(subject, "Visite de nuit", "schedule", at: AtDay);
        await using var db = Open();
        var entries = await new CalendarContents("bsc", Directories.Two, "https://espace.example/espace/bsc", DateTime.UtcNow)
            .ReadAsync(db, Cancellation);
        var entry = Assert.Single(entries);
        Assert.Equal("Visite du quai", entry.Summary);
        Assert.Contains("Modification programmée", entry.Description, StringComparison.Ordinal);
        Assert.DoesNotContain("nuit", entry.Summary + entry.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_cancelled_and_stays_a_draft()
    {
        var subject = await OpenTeamAsync();
        await SaveAsync(subject, "Visite de nuit", "schedule", at: AtDay);
        Assert.Equal(HttpStatusCode.Found, (await DoAsync(subject, "modification/deprogrammer")).StatusCode);
        var change = (await ChangeAsync(subject))!;
        Assert.Equal((null, null, "Visite de nuit"), (change.PublishAt, change.Failure, change.Title));
        await RunAsync(At.AddDays(1));
        Assert.Equal(1, (await CopyAsync(subject)).Revision);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_the_published_text_has_moved_it_is_not_published_and_its_author_is_told(bool withdrawn)
    {
        var subject = await OpenTeamAsync();
        await SaveAsync(subject, "Visite de nuit", "schedule", at: AtDay);
        if (withdrawn)
        {
            await using var db = Open();
            await new PublicationEditor(db, Journal, TimeProvider.System).WithdrawAsync(subject, null, "Zoé", Cancellation);
        }
        else
        {
            await EditAsync(subject, Visit("Visite de Zoé"));
        }

        await RunAsync(At.AddDays(1));
        await RunAsync(At.AddDays(2));
        Assert.Equal((withdrawn ? PublicationState.Withdrawn : PublicationState.Published, 2),
            ((await CopyAsync(subject)).State, (await CopyAsync(subject)).Revision));
        var change = (await ChangeAsync(subject))!;
        Assert.Equal((null, ScheduleFailure.Moved, "Visite de nuit"), (change.PublishAt, change.Failure, change.Title));
        Assert.Contains("Cette modification programmée n’a pas paru : la version publiée a changé", await ToDoAsync(),
            StringComparison.Ordinal);
        Assert.Contains("n’a pas paru à l’heure prévue", Assert.Single(await MailsAsync()).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_can_not_stand_does_not_stop_the_next()
    {
        var subject = await OpenTeamAsync();
        var other = await PublishAsync(Visit("Visite du port"));
        await SaveAsync(subject, "Visite de nuit", "schedule", at: AtDay);
        await SaveAsync(other, "Visite du port, le soir", "schedule", at: AtDay);
        await using (var db = Open())
        {
            var change = await db.PendingChanges.SingleAsync(row => row.Subject == subject, Cancellation);
            change.Data = change.Data.Replace("Visite de nuit", "", StringComparison.Ordinal);
            await db.SaveChangesAsync(Cancellation);
        }

        await RunAsync(At.AddDays(1));
        Assert.Equal(("Visite du quai", "Visite du port, le soir"), ((await CopyAsync(subject)).Title, (await CopyAsync(other)).Title));
        Assert.Equal(ScheduleFailure.Refused, (await ChangeAsync(subject))!.Failure);
        Assert.Contains("elle ne peut pas être publiée telle quelle", await ToDoAsync(), StringComparison.Ordinal);
    }

    private async Task RunAsync(DateTime now)
    {
        using var job = new PublishScheduled(new Nodes([Node]), Mails, new FakeTimeProvider(new DateTimeOffset(now, TimeSpan.Zero)),
            NullLogger<PublishScheduled>.Instance);
        await job.RunAsync(Node, Cancellation);
    }
}
