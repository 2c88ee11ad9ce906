using System.Net;
using System.Text.RegularExpressions;
using Interclustering.Contracts;
using Interclustering.IntegrationTests.Accounts;
using Interclustering.Node.Team;
using Interclustering.Node.Workspace;
using Interclustering.Testing;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.MemberCalendars;

/// <summary>The address of a member's private calendar: whom it opens to, for how long, and what is kept of it.</summary>
public sealed partial class CalendarAddressTests : TeamVisit
{
    private const string Page = "/espace/bsc/mon-calendrier";

    [Fact]
    public async Task It_is_shown_once_and_only_its_hash_is_kept()
    {
        await SignInAsync();
        Assert.Contains("Créer mon calendrier", await WordsOfAsync(await GetAsync(Page)), StringComparison.Ordinal);
        var path = await MakeAsync();
        var secret = SecretOf(path);
        Assert.Equal(43, secret.Length);
        var again = await WordsOfAsync(await GetAsync(Page));
        Assert.DoesNotContain(secret, again, StringComparison.Ordinal);
        Assert.Contains("pas encore servie", again, StringComparison.Ordinal);
        await using var db = Open();
        Assert.Equal(AccessLink.HashOf(secret), (await db.MemberCalendars.AsNoTracking().SingleAsync(Cancellation)).Hash);
        Assert.DoesNotContain(await db.Audit.Select(row => row.What).ToListAsync(Cancellation), what =>
            what.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_opens_without_a_cookie_and_its_last_use_is_shown()
    {
        await SignInAsync();
        var path = await MakeAsync();
        var session = new Dictionary<string, string>(Cookies);
        Cookies.Clear();
        var answer = await GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((true, true, false),
            (answer.Headers.CacheControl!.Private, answer.Headers.CacheControl.NoCache, answer.Headers.CacheControl.NoStore));
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Become(session);
        Assert.Contains("dernier usage", await WordsOfAsync(await GetAsync(Page)), StringComparison.Ordinal);
        Assert.Contains("last used", await WordsOfAsync(await GetAsync("/en" + Page)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_content_is_the_same_tag_and_is_not_sent_twice()
    {
        await SignInAsync();
        var path = await MakeAsync();
        var tag = (await GetAsync(path)).Headers.ETag!;
        Assert.Equal(HttpStatusCode.NotModified, (await AskAsync()).StatusCode);
        await PublishAsync(Morning() with { Sessions = [new Session("1", Paris.Now.AddDays(9).ToString("yyyy-MM-dd", null))] });
        var changed = await AskAsync();
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.NotEqual(tag, changed.Headers.ETag);

        Task<HttpResponseMessage> AskAsync()
        {
            var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.IfNoneMatch.Add(tag);
            return SendAsync(request);
        }
    }

    [Fact]
    public async Task Replaced_or_removed_it_opens_nothing_more()
    {
        await SignInAsync();
        var first = await MakeAsync();
        var second = await MakeAsync();
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK),
            ((await GetAsync(first)).StatusCode, (await GetAsync(second)).StatusCode));
        await PostAsync(Page + "/supprimer", new Dictionary<string, string>(), from: Page);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(second)).StatusCode);
        Assert.Contains("Créer mon calendrier", await WordsOfAsync(await GetAsync(Page)), StringComparison.Ordinal);
        var actions = await WordsOfAsync(await GetAsync("/espace/bsc/journal-des-actions"));
        Assert.Contains("a supprimé son calendrier privé", actions, StringComparison.Ordinal);
        Assert.Contains("a créé ou remplacé l’adresse de son calendrier privé", actions, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_opens_nothing_of_another_cluster_and_nothing_is_guessed()
    {
        await SignInAsync();
        var path = await MakeAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(path.Replace("/bsc/", "/lsn/", StringComparison.Ordinal))).StatusCode);
        var hash = AccessLink.HashOf(SecretOf(path));
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync($"/espace/bsc/calendrier/{hash}.ics")).StatusCode);
        var limit = Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .First(endpoint => endpoint.RoutePattern.RawText == "/espace/bsc/calendrier/{secret}.ics")
            .Metadata.GetMetadata<EnableRateLimitingAttribute>();
        Assert.Equal(RequestRates.Api, limit?.PolicyName);
    }

    [Fact]
    public async Task A_reader_has_one_too_which_ends_when_they_leave_and_sleeps_while_they_are_locked()
    {
        await SignInAsync();
        var administrator = new Dictionary<string, string>(Cookies);
        var own = await MakeAsync();
        await JoinAsync("Claire", "claire@bsc.example", StaffRoles.Reader);
        var path = await MakeAsync();
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(path)).StatusCode);

        await LockAsync(DateTimeOffset.UtcNow.AddDays(1));
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(path)).StatusCode);
        await LockAsync(null);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(path)).StatusCode);

        string id;
        await using (var db = Open())
        {
            id = (await db.Users.SingleAsync(member => member.Email == "claire@bsc.example", Cancellation)).Id;
        }

        Become(administrator);
        await PostAsync($"/espace/bsc/equipe/{id}/retirer", new Dictionary<string, string>(), from: "/espace/bsc/equipe");
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), ((await GetAsync(path)).StatusCode, (await GetAsync(own)).StatusCode));
        await using var after = Open();
        Assert.Single(await after.MemberCalendars.AsNoTracking().ToListAsync(Cancellation));

        async Task LockAsync(DateTimeOffset? until)
        {
            await using var db = Open();
            var member = await db.Users.SingleAsync(row => row.Email == "claire@bsc.example", Cancellation);
            member.LockoutEnd = until;
            await db.SaveChangesAsync(Cancellation);
        }
    }

    [Fact]
    public async Task It_is_made_only_after_the_password_was_given_lately_and_found_on_calendar_and_account()
    {
        await SignInAsync();
        foreach (var path in (string[])["/espace/bsc/calendrier", "/espace/bsc/compte"])
        {
            Assert.Contains($"href=\"{Page}\"", await WordsOfAsync(await GetAsync(path)), StringComparison.Ordinal);
        }

        await LetConfirmationsAgeAsync();
        await PostAsync(Page, new Dictionary<string, string>());
        await using var db = Open();
        Assert.Empty(await db.MemberCalendars.ToListAsync(Cancellation));
    }

    private async Task<string> MakeAsync()
    {
        var page = await WordsOfAsync(await PostAsync(Page, new Dictionary<string, string>()));
        Assert.Contains("href=\"webcal://localhost/espace/bsc/calendrier/", page, StringComparison.Ordinal);
        return new Uri(Address().Match(page).Groups[1].Value).PathAndQuery;
    }

    private static string SecretOf(string path) => path[(path.LastIndexOf('/') + 1)..^".ics".Length];

    [GeneratedRegex("id=\"adresse\" type=\"text\" readonly value=\"([^\"]+)\"")]
    private static partial Regex Address();
}
