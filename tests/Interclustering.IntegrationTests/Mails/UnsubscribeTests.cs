using System.Net;
using Interclustering.IntegrationTests.Accounts;
using Interclustering.Node.Demonstration;
using Interclustering.Node.Mail;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Mails;

/// <summary>A kind of mail is turned off by what a mail program sends (RFC 8058), and by nothing less.</summary>
public sealed class UnsubscribeTests : TeamVisit
{
    private static readonly KeyValuePair<string, string>[] OneClickBody = [new("List-Unsubscribe", "One-Click")];

    [Fact]
    public async Task A_post_without_cookies_and_forms_turns_a_group_off_at_once_and_twice_is_the_same()
    {
        var path = await PathAsync(MailGroups.Talk);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var answer = await SendAsync(path, OneClickBody);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.False(answer.Headers.Contains("Set-Cookie"));
            Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
            var page = await WordsOfAsync(answer);
            Assert.Contains("Vous ne recevez plus « Échanges dans les dossiers »", page, StringComparison.Ordinal);
            Assert.Contains("href=\"/espace/bsc/mes-mails\"", page, StringComparison.Ordinal);
        }

        Assert.Equal(MailTimes.Never, await TimeOfAsync(MailGroups.Talk));
        Assert.Equal(MailTimes.AtOnce, await TimeOfAsync(MailGroups.Dates));
        Assert.Equal(MailTimes.Daily, await TimeOfAsync(MailGroups.Digest));
    }

    [Fact]
    public async Task As_a_multipart_form_it_counts_as_well()
    {
        var path = await PathAsync(MailGroups.Digest);
        using var form = new MultipartFormDataContent { { new StringContent("One-Click"), "List-Unsubscribe" } };
        var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = form });
        Assert.Equal((HttpStatusCode.OK, MailTimes.Never), (answer.StatusCode, await TimeOfAsync(MailGroups.Digest)));
    }

    [Fact]
    public async Task Opening_it_asks_and_changes_nothing_and_neither_does_another_body()
    {
        var path = await PathAsync(MailGroups.Dates);
        var opened = await GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        Assert.False(opened.Headers.Contains("Set-Cookie"));
        var page = await WordsOfAsync(opened);
        Assert.Contains("name=\"List-Unsubscribe\" value=\"One-Click\"", page, StringComparison.Ordinal);
        Assert.Contains("Ne plus les recevoir", page, StringComparison.Ordinal);
        Assert.Contains("Stop them", await WordsOfAsync(await GetAsync("/en" + path)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(path + "?List-Unsubscribe=One-Click")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(path, [])).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity,
            (await SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent("List-Unsubscribe=One-Click") }))
                .StatusCode);
        Assert.Equal(MailTimes.AtOnce, await TimeOfAsync(MailGroups.Dates));
    }

    [Fact]
    public async Task An_unknown_token_another_clusters_and_one_of_a_member_who_left_find_nothing()
    {
        var path = await PathAsync(MailGroups.Talk);
        foreach (var wrong in (string[])["/espace/bsc/desabonnement/rien", path[..^3] + "AAA", path + path[^40..],
            path.Replace("/bsc/", "/lsn/", StringComparison.Ordinal)])
        {
            var answer = await SendAsync(wrong, OneClickBody);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Contains("Ce lien ne sert plus", await WordsOfAsync(answer), StringComparison.Ordinal);
        }

        Assert.Equal(MailTimes.InDigest, await TimeOfAsync(MailGroups.Talk));
        await using (var db = Open())
        {
            await db.Users.Where(member => member.Email == DemonstrationAccounts.EmailOf("bsc")).ExecuteDeleteAsync(Cancellation);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(path, OneClickBody)).StatusCode);
        await using var after = Open();
        Assert.Empty(await after.MailChoices.ToListAsync(Cancellation));
    }

    [Fact]
    public async Task What_has_not_left_yet_is_not_sent_and_mails_of_the_account_still_are()
    {
        var (me, now) = (await MemberAsync(), DateTime.UtcNow);
        await using (var db = Open())
        {
            await Mails.TellOnceAsync(
                Node, db, me, MailGroups.Questions, new MailTemplate("Question", ["Texte"]), now, "", "q1", Cancellation);
        }

        await SendAsync(await PathAsync(MailGroups.Questions), OneClickBody);
        await using (var db = Open())
        {
            await Mails.TellOnceAsync(
                Node, db, me, MailGroups.Questions, new MailTemplate("Question", ["Texte"]), now, "", "q2", Cancellation);
            new MailTemplate("Votre mot de passe a été changé", ["Texte"]).Queue(db, me.Email!, now);
            await db.SaveChangesAsync(Cancellation);
        }

        var transport = new ListTransport();
        await SendMailAsync(transport, TimeProvider.System);
        Assert.Equal(["Texte"], transport.Taken.Select(taken => taken.Text!.Trim()));
        await using var after = Open();
        Assert.Equal(3, await after.Mails.CountAsync(Cancellation));
    }

    [Fact]
    public async Task The_page_of_ones_own_turns_it_on_again_and_asks_for_an_answer_to_each()
    {
        await SendAsync(await PathAsync(MailGroups.Dates), OneClickBody);
        await SignInAsync();
        var page = await WordsOfAsync(await GetAsync(OwnPage));
        Assert.Contains("name=\"dates\" value=\"never\" checked", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"{OwnPage}\"", await WordsOfAsync(await GetAsync("/espace/bsc/compte")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(OwnPage, new Dictionary<string, string>())).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(OwnPage, Answers(dates: "demain"))).StatusCode);
        Assert.Equal(MailTimes.Never, await TimeOfAsync(MailGroups.Dates));
        var saved = await PostAsync(OwnPage, Answers(MailTimes.AtOnce));
        Assert.Contains("C’est enregistré.", await WordsOfAsync(saved), StringComparison.Ordinal);
        Assert.Equal(MailTimes.AtOnce, await TimeOfAsync(MailGroups.Dates));
        Assert.Equal(MailTimes.Weekly, await TimeOfAsync(MailGroups.Digest));
    }

    private const string OwnPage = "/espace/bsc/mes-mails";

    private static Dictionary<string, string> Answers(string dates) => new()
    {
        ["questions"] = "now",
        ["dates"] = dates,
        ["failures"] = "digest",
        ["talk"] = "now",
        ["holds"] = "never",
        ["digest"] = "monday",
    };

    private async Task<string> PathAsync(string group) =>
        $"/espace/bsc{UnsubscribeLinks.Path}/{Service<UnsubscribeLinks>().TokenOf(Node, (await MemberAsync()).Id, group)}";

    private async Task<string> TimeOfAsync(string group)
    {
        await using var db = Open();
        return (await MailChoices.OfAsync(db, (await MemberAsync()).Id, Cancellation))[group];
    }
}
