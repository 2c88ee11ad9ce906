using System.Net;
using Interclustering.Accounts.Passwords;
using Interclustering.Accounts.SignIn;
using Interclustering.Node.Demonstration;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Accounts;

/// <summary>Choosing, forgetting and guessing passwords.</summary>
public sealed class PasswordTests : TeamVisit
{
    private static readonly string Email = DemonstrationAccounts.EmailOf("bsc");

    [Theory]
    [InlineData("court", "Trop court")]
    [InlineData("aaaaaaaaaaaaaaaa", "Trop simple")]
    [InlineData("motdepasse1234", "Trop connu")]
    [InlineData("quaiquaiquaiquai", "Trop simple")]
    [InlineData("bcdefghijklmno", "Trop simple")]
    [InlineData("mon Interclustering à moi", "Trop facile")]
    [InlineData("le quai de claire", "Trop facile")]
    [InlineData("les camions de Lyonnais", "Trop facile")]
    [InlineData("Claire-Dupont-22", "Trop facile")]
    [InlineData("quatre palettes au quai", null)]
    [InlineData("8f#kQ2!mZ0@w", null)]
    public void A_password_is_long_and_not_what_is_tried_first(string password, string? refusal)
    {
        var said = PasswordRules.Refuse(password, ["Claire Dupont", "claire@bsc.example", "Lyonnais"]);
        Assert.Equal(refusal is null, said is null);
        Assert.StartsWith(refusal ?? "", said ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forgotten_password_is_chosen_anew_by_mail_once_and_ends_other_sessions()
    {
        await SignInAsync();
        var elsewhere = Cookies.ToDictionary();
        Cookies.Clear();
        var known = await WordsOfAsync(
            await PostAsync("/espace/bsc/mot-de-passe-oublie", new Dictionary<string, string> { ["email"] = Email }));
        var unknown = await WordsOfAsync(
            await PostAsync("/espace/bsc/mot-de-passe-oublie", new Dictionary<string, string> { ["email"] = "nobody@bsc.example" }));
        Assert.Equal(known, unknown);
        await Until.TrueAsync(async () =>
        {
            await using var waiting = Open();
            return await waiting.Mails.AnyAsync(Cancellation);
        }, () => Task.FromResult("no mail with a link"));
        var link = await LinkToAsync(Email);
        Assert.Equal("no-referrer", (await GetAsync(link)).Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal(HttpStatusCode.Found, (await PostAsync(link, new Dictionary<string, string> { ["password"] = Chosen })).StatusCode);
        Assert.Equal(HttpStatusCode.Gone,
            (await PostAsync(link, new Dictionary<string, string> { ["password"] = Chosen + "!" },
            from: "/espace/bsc/mot-de-passe-oublie")).StatusCode);

        Cookies.Clear();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignInAsync()).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await SignInAsAsync(Email, Chosen)).StatusCode);
        Cookies.Clear();
        foreach (var (name, value) in elsewhere)
        {
            Cookies[name] = value;
        }

        Assert.Equal(HttpStatusCode.Found, (await GetAsync("/espace/bsc/publications")).StatusCode);
        await using var db = Open();
        Assert.Equal(["Choisir un nouveau mot de passe", "Votre mot de passe a été changé"], await db.Mails.OrderBy(mail => mail.Id)
            .Select(mail => mail.Subject).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Guessing_is_stopped_in_the_same_words_and_the_owner_hears_of_it_once()
    {
        for (var attempt = 0; attempt < SignInLocks.MostFailures; attempt++)
        {
            await SignInAsync("wrong password");
        }

        var locked = await WordsOfAsync(await SignInAsync());
        var unknown = await WordsOfAsync(await SignInAsAsync("nobody@bsc.example", "wrong password"));
        Assert.Contains("Adresse ou mot de passe inconnu ici", locked, StringComparison.Ordinal);
        Assert.Contains("Adresse ou mot de passe inconnu ici", unknown, StringComparison.Ordinal);
        await using var db = Open();
        Assert.Contains("mots de passe faux", (await db.Mails.SingleAsync(Cancellation)).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_changes_with_the_current_one_only()
    {
        await SignInAsync();
        var wrong = await PostAsync("/espace/bsc/compte/mot-de-passe",
            new Dictionary<string, string> { ["current"] = "wrong", ["password"] = Chosen }, from: "/espace/bsc/compte");
        Assert.Contains("Ce n’est pas votre mot de passe actuel", await WordsOfAsync(wrong), StringComparison.Ordinal);
        var right = await PostAsync("/espace/bsc/compte/mot-de-passe",
            new Dictionary<string, string> { ["current"] = Password, ["password"] = Chosen }, from: "/espace/bsc/compte");
        Assert.Contains("Votre mot de passe est changé", await WordsOfAsync(await GetAsync(right.Headers.Location!.ToString())),
            StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/espace/bsc/compte")).StatusCode);
        Cookies.Clear();
        Assert.Equal(HttpStatusCode.Found, (await SignInAsAsync(Email, Chosen)).StatusCode);
    }
}
