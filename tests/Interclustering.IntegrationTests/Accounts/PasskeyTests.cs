using System.Net;
using Interclustering.Accounts.SignIn;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Accounts;

/// <summary>Passkeys: added, told of by mail, a way in once per challenge, and shown when the password is reset.</summary>
public sealed class PasskeyTests : TeamVisit
{
    private const string Account = "/espace/bsc/compte", Realm = "/espace/bsc/connexion", Origin = "http://localhost";
    private static readonly string Email = Interclustering.Node.Demonstration.DemonstrationAccounts.EmailOf("bsc");

    [Fact]
    public async Task A_passkey_opens_the_workspace_and_the_same_answer_does_not_open_it_twice()
    {
        using var device = await AddedAsync();
        Cookies.Clear();
        var (form, options) = await AskAsync(Realm, $"{Realm}/cle/options");
        form["credential"] = device.Get(options, Origin);
        var ceremony = Cookies.ToDictionary();
        Assert.Equal(HttpStatusCode.Found, (await SendFromPageAsync($"{Realm}/cle", form)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(Account)).StatusCode);

        Become(ceremony);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendFromPageAsync($"{Realm}/cle", form)).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await GetAsync(Account)).StatusCode);
        await using var db = Open();
        Assert.False(await db.Set<ChallengeRow>().AnyAsync(Cancellation));
    }

    [Fact]
    public async Task A_new_passkey_is_told_by_mail_and_confirms_as_a_password_does()
    {
        using var device = await AddedAsync();
        await using var db = Open();
        Assert.Equal("Une clé d’accès a été ajoutée à votre compte", (await db.Mails.SingleAsync(Cancellation)).Subject);
        await LetConfirmationsAgeAsync();
        var (form, options) = await AskAsync("/espace/bsc/confirmer", "/espace/bsc/confirmer/cle/options");
        (form["confirmation-credential"], form["confirmation-retour"]) = (device.Get(options, Origin), Account);
        Assert.Equal(Account, (await SendFromPageAsync("/espace/bsc/confirmer/cle", form)).Headers.Location?.ToString());
        await PostAsync("/espace/bsc/jetons", new Dictionary<string, string> { ["name"] = "site", ["scope"] = "publications:read" });
        Assert.Equal(1, await db.Tokens.CountAsync(Cancellation));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Choosing_a_new_password_shows_the_passkeys_and_removes_them_where_that_is_asked(bool remove)
    {
        using var device = await AddedAsync();
        await PostAsync("/espace/bsc/deconnexion", new Dictionary<string, string>(), from: Account);
        await PostAsync("/espace/bsc/mot-de-passe-oublie", new Dictionary<string, string> { ["email"] = Email });
        await Until.TrueAsync(async () =>
        {
            await using var waiting = Open();
            return await waiting.Mails.CountAsync(Cancellation) == 2;
        }, () => Task.FromResult("no mail with a link"));
        var link = await LinkToAsync(Email);
        Assert.Contains("mon appareil", await WordsOfAsync(await GetAsync(link)), StringComparison.Ordinal);
        await PostAsync(link, new Dictionary<string, string> { ["password"] = Chosen, ["passkeys"] = remove ? "remove" : "" });
        Assert.Equal(remove, !(await WordsOfAsync(await GetAsync(Account))).Contains("mon appareil", StringComparison.Ordinal));
    }

    /// <summary>Signs in, and adds a passkey.</summary>
    private async Task<Authenticator> AddedAsync()
    {
        await SignInAsync();
        var (form, options) = await AskAsync(Account, $"{Account}/cles/options");
        var device = new Authenticator();
        (form["credential"], form["passkey"]) = (device.Create(options, Origin), "mon appareil");
        Assert.Equal(HttpStatusCode.Found, (await SendFromPageAsync($"{Account}/cles", form)).StatusCode);
        return device;
    }

    /// <summary>The token of a page's forms, and a challenge.</summary>
    private async Task<(Dictionary<string, string> Form, string Options)> AskAsync(string page, string options)
    {
        var form = new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = TokenOf(await (await GetAsync(page)).Content.ReadAsStringAsync(Cancellation))
        };
        var answer = await SendFromPageAsync(options, form);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (form, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    /// <summary>As a browser does, which says where a form comes from.</summary>
    private Task<HttpResponseMessage> SendFromPageAsync(string path, Dictionary<string, string> form)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add("Origin", Origin);
        return SendAsync(request);
    }
}
