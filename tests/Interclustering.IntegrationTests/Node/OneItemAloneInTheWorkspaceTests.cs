using System.Globalization;
using System.Net;
using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Interclustering.Node.DateHolds;
using Interclustering.Node.Mail;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.Scheduling;
using Interclustering.Node.Workspace;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Interclustering.IntegrationTests.Node;

/// <summary>What a node holds and can't read stands in no page's and no periodic job's way.</summary>
public sealed class OneItemAloneInTheWorkspaceTests : WorkspaceVisit
{
    private static readonly DateOnly Soon = DateOnly.FromDateTime(Paris.Now).AddDays(10);
    private static readonly string Start = Soon.ToString("yyyy-MM-dd'T09:00:00'", CultureInfo.InvariantCulture);
    private long position;

    private static IReadOnlyList<Event> Odd { get; } = [
        .. ((string[])["0001-01-01T00:00:00", "9999-12-31T23:59:59", "soon", ""])
            .Select(start => Morning("Bizarre") with { Sessions = [new Session("1", start)] }),
        Morning("Bizarre") with { Sessions = [null!] },
        Morning("Bizarre") with { Themes = [null!], Speakers = [null!], Audiences = [null!] },
        Morning("Bizarre") with { TimeZone = "Mars/Olympus", Recurrence = new Recurrence("FREQ=SOMETIMES", []) },
    ];

    [Fact]
    public async Task Pages_over_all_items_show_the_others()
    {
        foreach (var (odd, index) in Odd.Select((odd, index) => (odd, index)))
        {
            await TellAsync($"lsn-odd{index}", Kinds.Event, PublicationText.Of(odd));
        }

        await TellAsync("lsn-text", Kinds.Event, "{\"title\":");
        await TellAsync("lsn-hold", Kinds.DateHold, PublicationText.Of(
            new DateHold { Nonce = "", Title = "Bizarre", Start = "soon", ExpiresOn = "never", Purpose = HoldPurposes.Option }));
        await TellAsync("lsn-person", Kinds.Person, "[]");
        await TellAsync("lsn-fact", Kinds.JointWebinarFact, "[]");
        await TellAsync("lsn-good", Kinds.Event,
            PublicationText.Of(Morning("Bonne matinée") with { Sessions = [new Session("1", Start)] }));
        await KeepAsync([.. Odd, Morning("La nôtre") with { Sessions = [new Session("1", Start)] }]);
        await SignInAsync();
        foreach (var path in (string[])[
            "", "/publications", "/publications?etat=published", "/national", "/national/fiches", "/national/personnes", "/calendrier",
                $"/calendrier?month={Soon:yyyy-MM}", "/options", "/webinaires-communs",
            "/personnes", "/sources", "/evenements/nouveau", $"/radar?date={Soon:yyyy-MM-dd}"])
        {
            var answer = await GetAsync($"/espace/bsc{path}");
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path} answers {(int)answer.StatusCode}");
        }

        await using (var db = Open())
        {
            foreach (var subject in await db.WorkingCopies.Select(row => row.Subject).ToListAsync(Cancellation))
            {
                foreach (
                    var path in (string[])[$"/publications/{subject}", $"/evenements/{subject}", $"/publications/{subject}/historique"])
                {
                    var answer = await GetAsync($"/espace/bsc{path}");
                    Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path} answers {(int)answer.StatusCode}");
                }
            }
        }

        Assert.Contains("Bonne matinée", await WordsOfAsync(await GetAsync("/espace/bsc/national")), StringComparison.Ordinal);
        Assert.Contains("Bonne matinée", await WordsOfAsync(await GetAsync($"/espace/bsc/calendrier?month={Soon:yyyy-MM}")),
            StringComparison.Ordinal);
        Assert.Contains("La nôtre", await WordsOfAsync(await GetAsync("/espace/bsc/publications")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("/espace/bsc/national/lire/lsn-odd0")).StatusCode);
    }

    [Fact]
    public async Task Periodic_jobs_do_the_others()
    {
        await KeepAsync([Morning("Prête")]);
        await using (var db = Open())
        {
            await db.WorkingCopies.ExecuteUpdateAsync(row => row.SetProperty(copy => copy.State, PublicationState.Draft)
                .SetProperty(copy => copy.PublishAt, DateTime.UtcNow.AddMinutes(-1)), Cancellation);
            var ready = await db.WorkingCopies.AsNoTracking().SingleAsync(Cancellation);
            foreach (
                var (subject, kind, data) in new[] { ("bsc-0", Kinds.Event, "{"), ("bsc-1", Kinds.DateHold, "{"),
                ("bsc-2", Kinds.DateHold, PublicationText.Of(
                new DateHold { Nonce = "", Title = "x", Start = "soon", ExpiresOn = "2020-01-01", Purpose = HoldPurposes.Option })) })
            {
                db.Add(new WorkingCopy
                {
                    Subject = subject,
                    Kind = kind,
                    Data = data,
                    Title = "Bizarre",
                    EditedBy = "",
                    EditedAt = ready.EditedAt,
                    State = kind == Kinds.Event ? PublicationState.Draft : PublicationState.Published,
                    PublishAt = kind == Kinds.Event
                        ? ready.PublishAt!.Value.AddMinutes(-1) : null,
                });
            }

            var hold = new DateHold
            {
                Nonce = "",
                Title = "Passée",
                Start = "2020-01-01",
                End = "2020-01-02",
                ExpiresOn = "2020-01-01",
                Purpose = HoldPurposes.Option
            };
            await db.SaveChangesAsync(Cancellation);
            await new PublicationEditor(db, Journal, TimeProvider.System).PublishAsync(null, hold, "Anne", Cancellation);
        }

        using var publishing = new PublishScheduled(new Nodes([Node]), Mails, TimeProvider.System, NullLogger<PublishScheduled>.Instance);
        using var expiring = new ExpireHolds(new Nodes([Node]), Mails, TimeProvider.System, NullLogger<ExpireHolds>.Instance);
        await publishing.RunAsync(Node, Cancellation);
        await expiring.RunAsync(Node, Cancellation);
        await using var after = Open();
        Assert.Equal(PublicationState.Published, (await after.WorkingCopies.SingleAsync(row => row.Title == "Prête", Cancellation)).State);
        Assert.Equal(PublicationState.Withdrawn, (await after.WorkingCopies.SingleAsync(row => row.Title == "Passée", Cancellation)).State);
        await publishing.RunAsync(Node, Cancellation);
        var told = Assert.Single(await after.Mails.Where(mail => mail.Group == MailGroups.Failures).ToListAsync(Cancellation));
        Assert.Contains("« Bizarre » n’a pas paru à l’heure prévue", told.Subject.Replace('\u00a0', ' '), StringComparison.Ordinal);
    }

    private async Task TellAsync(string subject, string kind, string data)
    {
        await using var db = Open();
        db.Add(new PublicationRow
        {
            Journal = FederationDirectory.HubCode,
            Subject = subject,
            Cluster = "lsn",
            Kind = kind,
            Revision = 1,
            Digest = "",
            Data = data,
            Position = ++position,
            PublishedAt = DateTime.UtcNow,
            RevisedAt = DateTime.UtcNow,
            VisibleAt = DateTime.UtcNow,
        });
        if (await db.Cursors.SingleOrDefaultAsync(row => row.Journal == FederationDirectory.HubCode, Cancellation) is { } cursor)
        {
            cursor.Sequence = position;
        }
        else
        {
            db.Add(new ReplicaCursor { Journal = FederationDirectory.HubCode, Epoch = "e", Hash = "", Sequence = position });
        }

        await db.SaveChangesAsync(Cancellation);
    }

    /// <summary>As working copies that were kept before there were checks.</summary>
    private async Task KeepAsync(IReadOnlyList<Event> events)
    {
        foreach (var happening in events)
        {
            var subject = await PublishAsync(Morning(happening.Title));
            await using var db = Open();
            await db.WorkingCopies.Where(row => row.Subject == subject)
                .ExecuteUpdateAsync(row => row.SetProperty(copy => copy.Data, PublicationText.Of(happening)), Cancellation);
        }
    }
}
