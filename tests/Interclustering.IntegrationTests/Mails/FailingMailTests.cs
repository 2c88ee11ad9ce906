using System.Net;
using Interclustering.IntegrationTests.Node;
using Interclustering.Node.Mail;
using Interclustering.Node.Workspace;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Mails;

/// <summary>A mail that does not leave is seen by those who can do something about it.</summary>
public sealed class FailingMailTests : WorkspaceVisit
{
    private const string Page = "/espace/bsc/mails-non-partis";

    [Fact]
    public async Task Administrators_see_each_mail_that_was_tried_in_vain_and_why()
    {
        await QueueAsync("Invitation", attempts: 3, "535 authentication failed");
        await QueueAsync("Nouvelle clé d’accès", attempts: MailRow.MostAttempts, "550 no such user");
        await QueueAsync("Ancienne", attempts: MailRow.MostAttempts, "550 long ago", daysAgo: 8);
        await QueueAsync("Remarque", attempts: 0, failure: null);
        await SignInAsync();

        var page = await WordsOfAsync(await GetAsync(Page));
        Assert.Contains("« Invitation » à a@bsc.example n’est pas encore parti", page, StringComparison.Ordinal);
        Assert.Contains("535 authentication failed", page, StringComparison.Ordinal);
        Assert.Contains("« Nouvelle clé d’accès » à a@bsc.example n’est pas parti, et n’est plus essayé", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Ancienne", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Remarque", page, StringComparison.Ordinal);
        Assert.Contains(
            "2 mails de cet espace ne sont pas partis", await WordsOfAsync(await GetAsync("/espace/bsc/")), StringComparison.Ordinal);
        using var team = await GetAsync("/espace/bsc/equipe");
        Assert.Contains(Page, await team.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Editors_do_not_see_to_whom_others_mails_go()
    {
        await QueueAsync("Invitation", attempts: 3, "535 authentication failed");
        await using (var db = Open())
        {
            await db.Users.ExecuteUpdateAsync(row => row.SetProperty(each => each.Role, StaffRoles.Editor), Cancellation);
        }

        await SignInAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(Page)).StatusCode);
        Assert.DoesNotContain("pas parti", await WordsOfAsync(await GetAsync("/espace/bsc/")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_all_mails_have_left_the_page_says_so()
    {
        await SignInAsync();
        Assert.Contains("tous les mails de cet espace sont partis", await WordsOfAsync(await GetAsync(Page)), StringComparison.Ordinal);
        Assert.DoesNotContain("pas parti", await WordsOfAsync(await GetAsync("/espace/bsc/")), StringComparison.Ordinal);
    }

    private async Task QueueAsync(string subject, int attempts, string? failure, int daysAgo = 0)
    {
        var at = DateTime.UtcNow.AddDays(-daysAgo);
        await using var db = Open();
        db.Add(new MailRow
        {
            Id = Guid.CreateVersion7(),
            To = "a@bsc.example",
            Subject = subject,
            Text = "x",
            Html = "x",
            CreatedAt = at,
            DueAt = at,
            Attempts = attempts,
            Failure = failure,
        });
        await db.SaveChangesAsync(Cancellation);
    }
}
