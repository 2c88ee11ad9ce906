using System.Net;
using Interclustering.Node.Demonstration;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Node;

public sealed class WorkspaceSessionTests : WorkspaceVisit
{
    private const string SessionCookie = "ic-bsc";
    private static readonly Dictionary<string, string> Typed = new()
    {
        ["title"] = "Matinée « froid »",
        ["text"] = "Première ligne\nDeuxième ligne, <b>telle quelle</b>",
        ["date"] = "2026-12-10",
        ["themes"] = "logistique-urbaine",
        ["do"] = "publish",
    };

    [Fact]
    public async Task English_goes_through_signing_in_redirects_and_forms()
    {
        var asked = await GetAsync("/en" + NewEvent);
        Assert.StartsWith("/en/espace/bsc/connexion", asked.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
        Assert.Contains("Password", await WordsOfAsync(await GetAsync(asked.Headers.Location.PathAndQuery)), StringComparison.Ordinal);

        var entered = await SignInAsync(back: "/en" + NewEvent, language: "/en");
        Assert.Equal("/en" + NewEvent, entered.Headers.Location?.ToString());
        var form = await WordsOfAsync(await GetAsync("/en" + NewEvent));
        Assert.Contains("<html lang=\"en\">", form, StringComparison.Ordinal);
        Assert.Contains("New event", form, StringComparison.Ordinal);
        Assert.Contains($"<a href=\"{NewEvent}\" hreflang=\"fr\"", form, StringComparison.Ordinal);

        var saved = await PostAsync("/en" + NewEvent,
            new Dictionary<string, string> { ["title"] = "Morning", ["date"] = "2026-12-10", ["start"] = "09:00", ["do"] = "publish" });
        Assert.StartsWith("/en/espace/bsc/publications/bsc-", saved.Headers.Location?.ToString(), StringComparison.Ordinal);
        var page = await WordsOfAsync(await GetAsync(saved.Headers.Location!.ToString()));
        Assert.Contains("waiting to be sent", page, StringComparison.Ordinal);
        Assert.Contains("Thursday 10 December 2026, 9:00", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changing_the_language_while_signing_in_leads_to_the_same_page()
    {
        var entered = await SignInAsync(back: "/en" + NewEvent);
        Assert.Equal(NewEvent, entered.Headers.Location?.ToString());
    }

    [Theory]
    [InlineData("", "ce que vous aviez écrit est gardé", "rien n’a encore été envoyé")]
    [InlineData("/en", "what you had written is kept", "nothing has been sent yet")]
    public async Task A_form_sent_after_the_sessions_end_is_there_again_after_signing_in(string language, string kept, string notice)
    {
        await SignInAsync();
        Cookies.Remove(SessionCookie);
        var asked = await SendAsync(language + NewEvent, Typed);
        Assert.Equal(HttpStatusCode.Unauthorized, asked.StatusCode);
        Assert.Contains(kept, await WordsOfAsync(asked), StringComparison.Ordinal);

        var fields = SignInFields(await asked.Content.ReadAsStringAsync(Cancellation));
        (fields["email"], fields["password"]) = (DemonstrationAccounts.EmailOf("bsc"), "wrong");
        var refused = await SendAsync(language + "/espace/bsc/connexion", fields);
        fields = SignInFields(await refused.Content.ReadAsStringAsync(Cancellation));
        Assert.DoesNotContain("password", fields.Keys);
        (fields["email"], fields["password"]) = (DemonstrationAccounts.EmailOf("bsc"), Password);
        var entered = await SendAsync(language + "/espace/bsc/connexion", fields);
        Assert.Equal(HttpStatusCode.TemporaryRedirect, entered.StatusCode);
        Assert.Equal(language + NewEvent, entered.Headers.Location?.ToString());

        var page = await WordsOfAsync(await SendAsync(language + NewEvent, fields));
        Assert.Contains(notice, page, StringComparison.Ordinal);
        Assert.Contains("value=\"Matinée « froid »\"", page, StringComparison.Ordinal);
        Assert.Contains(Typed["text"], page, StringComparison.Ordinal);
        Assert.Contains("value=\"logistique-urbaine\" checked", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, page, StringComparison.Ordinal);
        await AssertNothingPublishedAsync();
    }

    [Fact]
    public async Task A_form_without_a_valid_token_does_nothing_and_is_shown_with_a_new_one()
    {
        await SignInAsync();
        var answer = await SendAsync(NewEvent, new Dictionary<string, string>(Typed) { ["__RequestVerificationToken"] = "forged" });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await WordsOfAsync(answer);
        Assert.Contains("rien n’a encore été envoyé", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Matinée « froid »\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("forged", page, StringComparison.Ordinal);
        await AssertNothingPublishedAsync();
    }

    [Fact]
    public async Task A_text_larger_than_any_publication_is_not_carried_and_says_so()
    {
        var answer = await SendAsync(NewEvent, new Dictionary<string, string>(Typed) { ["text"] = new string('a', 400_001) });
        var page = await WordsOfAsync(answer);
        Assert.Contains("trop long pour être gardé", page, StringComparison.Ordinal);
        Assert.True(page.Length < 20_000);
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        await SignInAsync();
        var left = await PostAsync("/espace/bsc/deconnexion", new Dictionary<string, string>(), from: "/espace/bsc");
        Assert.Equal("/espace/bsc/connexion", left.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Redirect, (await GetAsync("/espace/bsc")).StatusCode);
    }

    [Fact]
    public async Task An_unknown_address_and_a_wrong_password_are_told_the_same()
    {
        var wrong = await WordsOfAsync(await SignInAsync("wrong"));
        var unknown = await WordsOfAsync(
            await PostAsync("/espace/bsc/connexion",
            new Dictionary<string, string> { ["email"] = "personne@bsc.example", ["password"] = "wrong", ["retour"] = "" }));
        Assert.All([wrong, unknown], page => Assert.Contains("Adresse ou mot de passe inconnu ici", page, StringComparison.Ordinal));
    }

    private async Task AssertNothingPublishedAsync()
    {
        await using var db = Open();
        Assert.Equal(0, await db.Journal.CountAsync(Cancellation));
        Assert.Equal(0, await db.WorkingCopies.CountAsync(Cancellation));
    }
}
