using System.Net;
using Interclustering.Accounts;
using Interclustering.Accounts.Sessions;
using Interclustering.Node.Demonstration;
using Interclustering.Node.Workspace;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Accounts;

/// <summary>Sessions are rows: what ends one ends it, whatever copies of its cookie there are.</summary>
public sealed class SessionTests : TeamVisit
{
    private const string Account = "/espace/bsc/compte";
    private static readonly string Email = DemonstrationAccounts.EmailOf("bsc");
    private static readonly Dictionary<string, string> Nothing = [];

    [Fact]
    public async Task A_copied_cookie_opens_nothing_after_signing_out()
    {
        await SignInAsync();
        var copied = Cookies.ToDictionary();
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(Account)).StatusCode);
        await PostAsync("/espace/bsc/deconnexion", Nothing, from: Account);
        Become(copied);
        Assert.Equal(HttpStatusCode.Found, (await GetAsync(Account)).StatusCode);
    }

    [Theory]
    [InlineData(11, 29, HttpStatusCode.OK)]
    [InlineData(12, 1, HttpStatusCode.Found)]
    [InlineData(0, 30, HttpStatusCode.Found)]
    public async Task A_session_ends_after_twelve_idle_hours_and_after_thirty_days(int idleHours, int days, HttpStatusCode expected)
    {
        await SignInAsync();
        await using var db = Open();
        var now = DateTime.UtcNow;
        await db.Set<SessionRow>().ExecuteUpdateAsync(
            row => row.SetProperty(each => each.SeenAt, now.AddHours(-idleHours)).SetProperty(each => each.StartedAt, now.AddDays(-days)),
                Cancellation);
        Assert.Equal(expected, (await GetAsync(Account)).StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK ? 0 : 1, await AccountCleaning.RunAsync(db, now, Cancellation));
    }

    [Fact]
    public async Task Ones_own_sessions_are_listed_and_ended_one_by_one_or_all_but_this_one()
    {
        await SignInAsync();
        var (first, id) = (Cookies.ToDictionary(), await OnlySessionAsync());
        Cookies.Clear();
        await SignInAsync();
        var second = Cookies.ToDictionary();
        Cookies.Clear();
        await SignInAsync();
        var list = await WordsOfAsync(await GetAsync(Account));
        Assert.Equal(1, list.Split("cette session").Length - 1);
        Assert.Equal(2, list.Split("Mettre fin à la session ouverte").Length - 1);

        await PostAsync($"{Account}/sessions/{id}/terminer", Nothing, from: Account);
        var third = Cookies.ToDictionary();
        Become(first);
        Assert.Equal(HttpStatusCode.Found, (await GetAsync(Account)).StatusCode);
        Become(second);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(Account)).StatusCode);
        Become(third);
        await PostAsync($"{Account}/sessions/autres/terminer", Nothing, from: Account);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(Account)).StatusCode);
        Become(second);
        Assert.Equal(HttpStatusCode.Found, (await GetAsync(Account)).StatusCode);
    }

    [Fact]
    public async Task Only_an_administrator_ends_anothers_session()
    {
        await SignInAsync();
        var (administrator, id) = (Cookies.ToDictionary(), await OnlySessionAsync());
        await JoinAsync("Rémi", "remi@bsc.example", StaffRoles.Reader);
        var reader = Cookies.ToDictionary();
        await PostAsync($"{Account}/sessions/{id}/terminer", Nothing, from: Account);
        string remi;
        await using (var db = Open())
        {
            remi = (await db.Users.SingleAsync(member => member.Email == "remi@bsc.example", Cancellation)).Id;
        }

        Assert.Equal(HttpStatusCode.Forbidden,
            (await PostAsync($"/espace/bsc/equipe/{remi}/sessions/terminer", Nothing, from: Account)).StatusCode);
        Become(administrator);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(Account)).StatusCode);
        Assert.Contains("1 session ouverte", await WordsOfAsync(await GetAsync("/espace/bsc/equipe")), StringComparison.Ordinal);
        await PostAsync($"/espace/bsc/equipe/{remi}/sessions/terminer", Nothing, from: "/espace/bsc/equipe");
        Become(reader);
        Assert.Equal(HttpStatusCode.Found, (await GetAsync(Account)).StatusCode);
    }

    [Fact]
    public async Task A_new_password_of_ones_own_ends_the_other_sessions_and_is_told_by_mail()
    {
        await SignInAsync();
        var elsewhere = Cookies.ToDictionary();
        Cookies.Clear();
        await SignInAsync();
        await PostAsync($"{Account}/mot-de-passe", new Dictionary<string, string> { ["current"] = Password, ["password"] = Chosen },
            from: Account);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(Account)).StatusCode);
        Become(elsewhere);
        Assert.Equal(HttpStatusCode.Found, (await GetAsync(Account)).StatusCode);
        await using var db = Open();
        Assert.Equal("Votre mot de passe a été changé", (await db.Mails.SingleAsync(Cancellation)).Subject);
    }

    [Fact]
    public async Task Behind_https_every_cookie_is_secure_and_of_this_host_alone()
    {
        await SignInAsync();
        Assert.All(Cookies.Keys, name => Assert.StartsWith("ic-", name, StringComparison.Ordinal));
        var plain = Cookies.ToDictionary();
        Cookies.Clear();

        const string Origin = "https://localhost";
        var page = await GetAsync($"{Origin}/en/espace/bsc/connexion");
        var entered = await SendAsync($"{Origin}/en/espace/bsc/connexion", new Dictionary<string, string>
        {
            ["email"] = Email,
            ["password"] = Password,
            ["__RequestVerificationToken"] =
                TokenOf(await page.Content.ReadAsStringAsync(Cancellation)),
        });
        Assert.Equal(HttpStatusCode.Found, entered.StatusCode);
        Assert.All(page.Headers.GetValues("Set-Cookie").Concat(entered.Headers.GetValues("Set-Cookie")), cookie =>
        {
            Assert.StartsWith("__Host-ic-", cookie, StringComparison.Ordinal);
            Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("path=/;", cookie + ";", StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
        });
        Assert.Equal(HttpStatusCode.OK, (await GetAsync($"{Origin}{Account}")).StatusCode);

        // One that another host of the domain, or plain http, has set.
        Become(plain);
        Assert.Equal(HttpStatusCode.Found, (await GetAsync($"{Origin}{Account}")).StatusCode);
    }

    [Theory]
    [InlineData("/espace/bsc/equipe")]
    [InlineData("/espace/bsc/jetons")]
    public async Task What_changes_who_gets_in_asks_for_the_password_again_and_then_goes_on(string path)
    {
        var form = new Dictionary<string, string>
        {
            ["name"] = "Claire",
            ["email"] = "claire@bsc.example",
            ["role"] = StaffRoles.Editor,
            ["scope"] = "publications:read"
        };
        await SignInAsync();
        await LetConfirmationsAgeAsync();
        var asked = await PostAsync(path, form);
        Assert.Equal(HttpStatusCode.Forbidden, asked.StatusCode);
        var page = await asked.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("C’est bien vous ?", WebUtility.HtmlDecode(page).Replace('\u00a0', ' '), StringComparison.Ordinal);
        await using var db = Open();
        Assert.False(await db.AccessLinks.AnyAsync(Cancellation) || await db.Tokens.AnyAsync(Cancellation));

        var confirming = new Dictionary<string, string>(form)
        {
            ["confirmation"] = "wrong",
            ["confirmation-retour"] = path,
            ["confirmation-kept"] = "1",
            ["__RequestVerificationToken"] =
                TokenOf(page),
        };
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync("/espace/bsc/confirmer", confirming)).StatusCode);
        confirming["confirmation"] = Password;
        var confirmed = await SendAsync("/espace/bsc/confirmer", confirming);
        Assert.Equal((HttpStatusCode.TemporaryRedirect, path), (confirmed.StatusCode, confirmed.Headers.Location?.ToString()));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(path, confirming)).StatusCode);
        Assert.True(await db.AccessLinks.AnyAsync(Cancellation) || await db.Tokens.AnyAsync(Cancellation));
    }

    [Theory]
    [InlineData("equipe/x/role")]
    [InlineData("equipe/x/retirer")]
    [InlineData("equipe/x/sessions/terminer")]
    [InlineData("equipe/x/second-facteur/retirer")]
    [InlineData("compte/cles/options")]
    [InlineData("compte/cles")]
    [InlineData("compte/second-facteur")]
    [InlineData("compte/second-facteur/codes")]
    [InlineData("compte/second-facteur/retirer")]
    public async Task Without_a_recent_password_nothing_that_lets_in_is_changed(string path)
    {
        await SignInAsync();
        await LetConfirmationsAgeAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync($"/espace/bsc/{path}", Nothing, from: Account)).StatusCode);
    }

    private async Task<Guid> OnlySessionAsync()
    {
        await using var db = Open();
        return (await db.Set<SessionRow>().SingleAsync(Cancellation)).Id;
    }
}
