using System.Net;
using Interclustering.Accounts.Passwords;
using Interclustering.Federation.Operations;
using Interclustering.Hub.Operators;
using Interclustering.IntegrationTests.Node;
using Interclustering.Node.Demonstration;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Hub;

public sealed class OperatorTests : IAsyncLifetime
{
    private const string Password = "correct horse battery", Cookie = "ic-hub-operators";
    private TemporaryNode bsc = null!;
    private TemporaryHub hub = null!;
    private Browser browser = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        bsc = await TemporaryNode.CreateAsync();
        await DemonstrationAccounts.CreateAsync(bsc.Instance, new(() => PasswordHashes.Of(Password)), Cancellation);
        hub = await TemporaryHub.CreateAsync(bsc.Instance);
        await hub.ChangeAsync(db => DemonstrationOperator.CreateAsync(db, Password, hub.Clock.GetUtcNow().UtcDateTime, Cancellation));
        browser = new Browser(hub.Http);
    }

    public async ValueTask DisposeAsync()
    {
        await hub.DisposeAsync();
        await bsc.DisposeAsync();
    }

    [Fact]
    public async Task Signing_in_opens_the_operators_pages_and_signing_out_closes_them()
    {
        var asked = await browser.GetAsync("/etat/quarantaine?page=2");
        Assert.Equal("/etat/connexion?retour=%2Fetat%2Fquarantaine%3Fpage%3D2", asked.Headers.Location?.PathAndQuery);
        var entered = await SignInAsync(back: "/etat/quarantaine?page=2");
        Assert.Equal("/etat/quarantaine?page=2", entered.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/etat/quarantaine")).StatusCode);
        Assert.Contains("Opérateur de démonstration", await browser.ReadAsync("/etat"), StringComparison.Ordinal);

        var left = await browser.PostAsync("/etat/deconnexion", from: "/etat");
        Assert.Equal("/etat", left.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/etat/quarantaine")).StatusCode);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_are_told_the_same()
    {
        foreach (var answer in (HttpResponseMessage[])[
            await SignInAsync("wrong"), await SignInAsync(email: "personne@hub.example"), await SignInAsync(email: "")])
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Contains("Adresse ou mot de passe inconnu ici", await Browser.WordsOfAsync(answer), StringComparison.Ordinal);
        }

        Assert.DoesNotContain(Cookie, browser.Cookies.Keys);
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_until_it_is_given_a_new_one()
    {
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await SignInAsync("wrong");
        }

        // In the words that an unknown address gets as well.
        Assert.Contains("Adresse ou mot de passe inconnu ici, ou trop d’essais", await Browser.WordsOfAsync(await SignInAsync()),
            StringComparison.Ordinal);
        await hub.ChangeAsync(db => OperatorAccounts.PutAsync(
            db, DemonstrationOperator.Email, null, "another one", hub.Clock.GetUtcNow().UtcDateTime, Cancellation));
        Assert.Equal(HttpStatusCode.Redirect, (await SignInAsync("another one")).StatusCode);
    }

    [Fact]
    public async Task A_new_password_ends_the_sessions_of_the_old_one()
    {
        await SignInAsync();
        await hub.ChangeAsync(db => OperatorAccounts.PutAsync(
            db, DemonstrationOperator.Email.ToUpperInvariant(), "Zoé", "another one", hub.Clock.GetUtcNow().UtcDateTime, Cancellation));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/etat/quarantaine")).StatusCode);
        Assert.Equal("Zoé", (await hub.ReadAsync(db => db.Users.SingleAsync())).Name);
    }

    [Fact]
    public async Task A_copied_cookie_opens_nothing_after_signing_out()
    {
        await SignInAsync();
        var copied = new Dictionary<string, string>(browser.Cookies);
        await browser.PostAsync("/etat/deconnexion", from: "/etat");
        var other = new Browser(hub.Http);
        copied.ToList().ForEach(cookie => other.Cookies[cookie.Key] = cookie.Value);
        Assert.Equal(HttpStatusCode.Redirect, (await other.GetAsync("/etat/quarantaine")).StatusCode);
    }

    [Fact]
    public async Task Operators_see_their_sessions_change_their_password_and_read_who_did_what()
    {
        await SignInAsync();
        var elsewhere = new Browser(hub.Http);
        browser.Cookies.ToList().ForEach(cookie => elsewhere.Cookies[cookie.Key] = cookie.Value);
        browser.Cookies.Clear();
        await SignInAsync();
        var account = await browser.ReadAsync("/etat/compte");
        Assert.Contains("cette session", account, StringComparison.Ordinal);
        Assert.Contains("un second facteur protège aussi", account, StringComparison.Ordinal);

        await browser.PostAsync("/etat/compte/mot-de-passe", new() { ["current"] = Password, ["password"] = "quatre palettes au quai" },
            from: "/etat/compte");
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/etat/compte")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await elsewhere.GetAsync("/etat/compte")).StatusCode);
        var actions = await browser.ReadAsync("/etat/journal-des-actions");
        Assert.All(["compte créé sur le serveur", "s’est connecté(e)", "a changé son mot de passe"], words =>
            Assert.Contains(words, actions, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_operators_passkey_and_authenticator_app_ask_for_a_recent_password()
    {
        await SignInAsync();
        hub.Clock.Advance(TimeSpan.FromMinutes(11));
        foreach (var path in (string[])["/etat/compte/cles/options", "/etat/compte/second-facteur"])
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync(path, from: "/etat/compte")).StatusCode);
        }
    }

    [Fact]
    public async Task A_session_ends_after_twelve_hours_without_a_request()
    {
        await SignInAsync();
        hub.Clock.Advance(TimeSpan.FromHours(11));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/etat/compte")).StatusCode);
        hub.Clock.Advance(TimeSpan.FromHours(11));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/etat/compte")).StatusCode);
        hub.Clock.Advance(TimeSpan.FromHours(12));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/etat/compte")).StatusCode);
    }

    [Fact]
    public async Task A_printed_password_opens_only_the_choice_of_ones_own_and_ends_after_a_day()
    {
        const string Given = "k7wn-k7wn-k7wn-k7wn", Chosen = "quatre palettes au quai";
        await hub.ChangeAsync(db => OperatorAccounts.PutAsync(
            db, DemonstrationOperator.Email, null, Given, hub.Clock.GetUtcNow().UtcDateTime, Cancellation, printed: true));
        hub.Clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal(HttpStatusCode.Redirect, (await SignInAsync(Given)).StatusCode);
        Assert.Equal("/etat/compte", (await browser.GetAsync("/etat/quarantaine")).Headers.Location?.ToString());
        Assert.Equal("/etat/compte", (await browser.PostAsync("/etat/reprise", from: "/etat/compte")).Headers.Location?.ToString());
        Assert.Contains("Choisissez maintenant le vôtre", await browser.ReadAsync("/etat/compte"), StringComparison.Ordinal);

        hub.Clock.Advance(TimeSpan.FromHours(1));
        browser.Cookies.Clear();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignInAsync(Given)).StatusCode);

        await hub.ChangeAsync(db => OperatorAccounts.PutAsync(
            db, DemonstrationOperator.Email, null, Given, hub.Clock.GetUtcNow().UtcDateTime, Cancellation, printed: true));
        await SignInAsync(Given);
        await browser.PostAsync("/etat/compte/mot-de-passe", new() { ["current"] = Given, ["password"] = Chosen }, from: "/etat/compte");
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/etat/quarantaine")).StatusCode);
        Assert.Empty(await hub.ReadAsync(db => db.Set<OperationRow>().ToListAsync()));
    }

    [Fact]
    public async Task A_visitor_sees_no_button_gets_no_cookie_and_can_start_nothing()
    {
        var page = await browser.ReadAsync("/etat");
        Assert.Contains("/etat/connexion", page, StringComparison.Ordinal);
        Assert.DoesNotContain("method=\"post\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("@hub.example", page, StringComparison.Ordinal);
        Assert.Empty(browser.Cookies);

        foreach (var path in (string[])["/etat/reprise", "/etat/reexamen"])
        {
            var asked = await browser.PostAsync(path, from: "/etat/connexion");
            Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
            Assert.Equal("/etat/connexion", asked.Headers.Location?.ToString());
        }

        Assert.Empty(await hub.ReadAsync(db => db.Set<OperationRow>().ToListAsync()));
    }

    [Fact]
    public async Task A_workspaces_cookie_opens_nothing_here_and_an_operators_nothing_there()
    {
        await SignInAsync();
        await browser.PostAsync("/espace/bsc/connexion",
            new() { ["email"] = DemonstrationAccounts.EmailOf("bsc"), ["password"] = Password });
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/espace/bsc")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/etat/quarantaine")).StatusCode);

        (browser.Cookies[Cookie], browser.Cookies["ic-bsc"]) = (browser.Cookies["ic-bsc"], browser.Cookies[Cookie]);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/espace/bsc")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/etat/quarantaine")).StatusCode);
        Assert.DoesNotContain("Se déconnecter", await browser.ReadAsync("/etat"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_from_elsewhere_carries_nothing_out()
    {
        var entering = await browser.SendAsync(
            "/etat/connexion", new() { ["email"] = DemonstrationOperator.Email, ["password"] = Password });
        Assert.Equal(HttpStatusCode.BadRequest, entering.StatusCode);
        Assert.DoesNotContain(Cookie, browser.Cookies.Keys);

        await SignInAsync();
        foreach (var path in (string[])["/etat/reprise", "/etat/reexamen", "/etat/deconnexion"])
        {
            var answer = await browser.SendAsync(path, new() { ["__RequestVerificationToken"] = "forged" });
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains("rien n’a été fait", await Browser.WordsOfAsync(answer), StringComparison.Ordinal);
        }

        Assert.Empty(await hub.ReadAsync(db => db.Set<OperationRow>().ToListAsync()));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/etat/quarantaine")).StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/etat")]
    [InlineData("/etat/../espace")]
    [InlineData("/etat/compte/../../espace")]
    [InlineData("/etat\\evil.example")]
    [InlineData("/etat/reprise")]
    [InlineData("/espace/bsc")]
    public async Task Signing_in_never_leads_elsewhere(string back) =>
        Assert.Equal("/etat", (await SignInAsync(back: back)).Headers.Location?.ToString());

    [Fact]
    public async Task No_cache_keeps_what_operators_see()
    {
        await SignInAsync();
        foreach (var path in (string[])["/etat", "/etat/quarantaine", "/etat/connexion", "/en/etat"])
        {
            Assert.True((await browser.GetAsync(path)).Headers.CacheControl?.NoStore, path);
        }

        Assert.DoesNotContain("Se déconnecter", await new Browser(hub.Http).ReadAsync("/etat"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task English_goes_through_signing_in_and_the_operators_pages()
    {
        var asked = await browser.GetAsync("/en/etat/quarantaine");
        Assert.StartsWith("/en/etat/connexion", asked.Headers.Location?.PathAndQuery, StringComparison.Ordinal);
        var entered = await SignInAsync(back: "/en/etat/quarantaine", language: "/en");
        Assert.Equal("/en/etat/quarantaine", entered.Headers.Location?.ToString());
        Assert.Contains("Nothing is set aside here.", await browser.ReadAsync("/en/etat/quarantaine"), StringComparison.Ordinal);
        Assert.Contains("Recover the national site’s journal", await browser.ReadAsync("/en/etat"), StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> SignInAsync(
        string password = Password, string email = DemonstrationOperator.Email, string back = "", string language = "") =>
            browser.PostAsync(
        $"{language}/etat/connexion", new() { ["email"] = email, ["password"] = password, ["retour"] = back });
}
