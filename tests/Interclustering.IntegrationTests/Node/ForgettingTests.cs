using System.Net;
using Interclustering.Contracts;
using Interclustering.IntegrationTests.Accounts;
using Interclustering.Node.Audit;
using Interclustering.Node.DateHolds;
using Interclustering.Node.Demonstration;
using Interclustering.Node.Mail;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.Scheduling;
using Interclustering.Node.Retention;
using Interclustering.Node.Sources;
using Interclustering.Node.Team;
using Interclustering.Node.Workspace;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Interclustering.IntegrationTests.Node;

/// <summary>What is kept for a time only ends by itself, and what is erased is gone beside its own rows too.</summary>
public sealed class ForgettingTests : TeamVisit
{
    private static readonly DateTime Now = DateTime.UtcNow;

    [Fact]
    public async Task Actions_texts_mails_and_links_end_without_a_visit()
    {
        await using (var db = Open())
        {
            foreach (var (days, name) in new[] { (364, "kept"), (366, "old") })
            {
                db.Add(new AuditRow { Action = AuditedActions.Saved, What = name, At = Now.AddDays(-days) });
            }

            foreach (var (days, name) in new[] { (29, "kept"), (31, "old") })
            {
                db.Add(new UnsavedText { Member = "bsc/x", Form = name, Kind = Kinds.Event, Fields = "[]", SavedAt = Now.AddDays(-days) });
                db.Add(new AccessLink
                {
                    Purpose = AccessLink.Invitation,
                    Hash = name,
                    Email = $"{name}@bsc.example",
                    ExpiresAt = Now.AddDays(-days)
                });
            }

            foreach (var (days, name) in new[] { (89, "kept"), (91, "old"), (800, "very old") })
            {
                new MailTemplate(name, [name]).Queue(db, $"{name}@bsc.example", Now.AddDays(-days), "dossier/1");
            }

            await db.SaveChangesAsync(Cancellation);
        }

        using var forgetting = new PurgeExpired(new Nodes([Node]), TimeProvider.System, NullLogger<PurgeExpired>.Instance);
        await forgetting.RunAsync(Node, Cancellation);

        await using var left = Open();
        Assert.Equal(["kept"], await left.Audit.Select(row => row.What).ToListAsync(Cancellation));
        Assert.Equal(["kept"], await left.UnsavedTexts.Select(row => row.Form).ToListAsync(Cancellation));
        Assert.Equal(["kept"], await left.AccessLinks.Select(row => row.Hash).ToListAsync(Cancellation));
        Assert.Equal(["", "kept"], await left.Mails.Select(row => row.Subject).Order().ToListAsync(Cancellation));
        Assert.Single(await left.Mails.Where(row => row.To == "" && row.Text == "" && row.Html == "").ToListAsync(Cancellation));
    }

    [Fact]
    public async Task A_mail_that_does_not_leave_is_shown_where_it_belongs()
    {
        await SignInAsync();
        await InviteAsync("Claire", "claire@bsc.example", StaffRoles.Editor);
        var invited = await LinkToAsync("claire@bsc.example");
        var forgotten = await WordsOfAsync(
            await PostAsync("/espace/bsc/mot-de-passe-oublie",
            new Dictionary<string, string> { ["email"] = DemonstrationAccounts.EmailOf("bsc") }));
        await Until.TrueAsync(IsQueuedAsync, () => Task.FromResult("the mail for a new password is queued behind the answer"));
        var refusing = new ListTransport(refusals: 20);
        await SendMailAsync(refusing, TimeProvider.System);

        var team = await WordsOfAsync(await GetAsync("/espace/bsc/equipe"));
        Assert.Contains("à claire@bsc.example n’est pas encore parti", team, StringComparison.Ordinal);
        Assert.Contains($"à {DemonstrationAccounts.EmailOf("bsc")} n’est pas encore parti", team, StringComparison.Ordinal);
        Assert.Contains("421 later", team, StringComparison.Ordinal);
        Assert.DoesNotContain("421 later", forgotten, StringComparison.Ordinal);

        await using (var db = Open())
        {
            await db.Mails.ExecuteUpdateAsync(row => row.SetProperty(each => each.Attempts, MailRow.MostAttempts), Cancellation);
        }

        Assert.Contains("n’est plus essayé", await WordsOfAsync(await GetAsync("/espace/bsc/equipe")), StringComparison.Ordinal);
        Cookies.Clear();
        await PostAsync(invited, new Dictionary<string, string> { ["name"] = "Claire", ["password"] = Chosen });
        Assert.DoesNotContain("421 later", await WordsOfAsync(await GetAsync("/espace/bsc/equipe")), StringComparison.Ordinal);

        async Task<bool> IsQueuedAsync()
        {
            await using var db = Open();
            return await db.Mails.AnyAsync(row => row.To == DemonstrationAccounts.EmailOf("bsc"), Cancellation);
        }
    }

    [Fact]
    public async Task Of_two_members_of_one_name_the_one_who_placed_a_hold_is_told()
    {
        await SignInAsync();
        string mine;
        await using (var db = Open())
        {
            var me = await db.Users.SingleAsync(Cancellation);
            mine = me.Email!;
            db.Users.Add(new StaffMember
            {
                Name = me.Name,
                UserName = "other@bsc.example",
                NormalizedUserName = "OTHER@BSC.EXAMPLE",
                Email = "other@bsc.example",
                NormalizedEmail = "OTHER@BSC.EXAMPLE"
            });
            await db.SaveChangesAsync(Cancellation);
        }

        var day = DateOnly.FromDateTime(Now.AddDays(40)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await PostAsync("/espace/bsc/options", new Dictionary<string, string>
        {
            ["title"] = "Comité",
            ["date"] = day,
            ["days"] = "7",
            ["purpose"] = HoldPurposes.Option,
            ["scope"] = HoldScopes.Regional,
            ["until"] = "",
            ["start"] = "",
            ["end"] = ""
        });
        using var expiring = new ExpireHolds(
            new Nodes([Node]), Mails, new FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(30)), NullLogger<ExpireHolds>.Instance);
        await expiring.RunAsync(Node, Cancellation);

        await using var after = Open();
        Assert.Equal(mine, Assert.Single(await after.Mails.ToListAsync(Cancellation)).To);
    }

    [Fact]
    public async Task A_person_is_journaled_with_the_first_publication_and_not_with_a_draft()
    {
        await SignInAsync();
        var draft = await PostAsync(NewEvent, Form("draft", "Anne Démonstration — directrice"));
        var edit = draft.Headers.Location!.ToString();
        await using (var db = Open())
        {
            Assert.Empty(await db.Journal.ToListAsync(Cancellation));
            Assert.Equal(PublicationState.Draft, (await db.WorkingCopies.SingleAsync(row => row.Kind == Kinds.Person, Cancellation)).State);
        }

        var page = await WordsOfAsync(await GetAsync(edit));
        Assert.Contains("Anne Démonstration — directrice", page, StringComparison.Ordinal);
        Assert.Contains("Anne Démonstration", await WordsOfAsync(await GetAsync("/espace/bsc/personnes")), StringComparison.Ordinal);

        // A time that has come publishes as the button does.
        await using (var db = Open())
        {
            await db.WorkingCopies.Where(row => row.Kind == Kinds.Event)
                .ExecuteUpdateAsync(row => row.SetProperty(copy => copy.PublishAt, Now.AddMinutes(-1)), Cancellation);
        }

        using var publishing = new PublishScheduled(new Nodes([Node]), Mails, TimeProvider.System, NullLogger<PublishScheduled>.Instance);
        await publishing.RunAsync(Node, Cancellation);

        await using var after = Open();
        Assert.Equal(
            [Kinds.Person, Kinds.Event],
            await after.WorkingCopies.Where(row => row.State == PublicationState.Published).OrderBy(row => row.Sequence)
                .Select(row => row.Kind).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task A_person_whom_no_draft_names_any_more_is_forgotten()
    {
        await SignInAsync();
        await PostAsync(NewEvent, Form("draft", "Anne Démonstration"));
        using var forgetting = new PurgeExpired(new Nodes([Node]), TimeProvider.System, NullLogger<PurgeExpired>.Instance);
        await forgetting.RunAsync(Node, Cancellation);
        await using var db = Open();
        Assert.Single(await db.WorkingCopies.Where(row => row.Kind == Kinds.Person).ToListAsync(Cancellation));

        await db.WorkingCopies.Where(row => row.Kind == Kinds.Event).ExecuteDeleteAsync(Cancellation);
        await forgetting.RunAsync(Node, Cancellation);
        Assert.Empty(await db.WorkingCopies.ToListAsync(Cancellation));
    }

    [Fact]
    public async Task What_is_erased_leaves_no_word_in_actions_mails_or_what_its_source_gave()
    {
        await SignInAsync();
        var subject = await PublishAsync(Morning("Rencontre très secrète") with { Source = new SourceReference("ical", "k", null) });
        await EditAsync(subject, Morning("Rencontre plus secrète encore") with { Source = new SourceReference("ical", "k", null) });
        var source = new SourceRow { Name = "Site", Address = "https://bsc.example/a.ics", System = "ical", CreatedBy = "Anne" };
        await using (var db = Open())
        {
            db.Add(source);
            db.Add(new SourceItem { Source = source.Id, Key = "k", Title = "Rencontre très secrète", Data = "Rencontre très secrète" });
            db.Add(new SourceRun { Source = source.Id, Remarks = "Rencontre très secrète : illisible" });
            db.Note("x", AuditedActions.Published, "Rencontre très secrète", Now);
            db.Note("x", AuditedActions.PublishedByToken, "site : Rencontre plus secrète encore", Now);
            db.Note("x", AuditedActions.Published, "Rencontre très secrète à Brest", Now);
            new MailTemplate("Objet", ["« Rencontre très secrète » est reporté"]).Queue(db, "a@bsc.example", Now);
            new MailTemplate("Objet", ["Autre chose"]).Queue(db, "b@bsc.example", Now);
            await db.SaveChangesAsync(Cancellation);
        }

        Assert.Equal(HttpStatusCode.Found,
            (await PostAsync($"/espace/bsc/publications/{subject}/effacer", new Dictionary<string, string>())).StatusCode);

        await using var left = Open();
        Assert.Equal(["", "", "Rencontre très secrète à Brest"], await left.Audit.Where(row => row.Member == "x").Select(row => row.What)
            .Order().ToListAsync(Cancellation));
        Assert.Equal(["", "b@bsc.example"], await left.Mails.Select(row => row.To).Order().ToListAsync(Cancellation));
        var item = await left.SourceItems.SingleAsync(Cancellation);
        Assert.Equal(("k", "", "", SourceItemState.Erased), (item.Key, item.Title, item.Data, item.State));
        Assert.Equal("", (await left.SourceRuns.SingleAsync(Cancellation)).Remarks);
    }

    [Fact]
    public async Task A_mail_that_is_forgotten_is_deleted_where_mail_is_files()
    {
        var folder = Directory.CreateTempSubdirectory("ic-mail-").FullName;
        await using (var db = Open())
        {
            new MailTemplate("Objet", ["Texte"]).Queue(db, "a@bsc.example", Now);
            await db.SaveChangesAsync(Cancellation);
        }

        var transport = new FileTransport(folder);
        await SendMailAsync(transport, TimeProvider.System);
        Assert.Single(Directory.EnumerateFiles(folder));
        await using (var db = Open())
        {
            await MailRow.ForgetAsync(db.Mails, Cancellation);
        }

        await SendMailAsync(transport, TimeProvider.System);
        Assert.Empty(Directory.EnumerateFiles(folder));
        Directory.Delete(folder);
    }

    private static Dictionary<string, string> Form(string button, string speakers) => new()
    {
        ["title"] = "Matinée",
        ["date"] = "2026-12-10",
        ["start"] = "09:00",
        ["speakers"] = speakers,
        ["attendance"] = "on-site",
        ["visibility"] = "public",
        ["status"] = "confirmed",
        ["do"] = button,
    };
}
