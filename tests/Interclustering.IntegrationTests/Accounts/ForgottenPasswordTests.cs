using System.Globalization;
using Interclustering.Node.Demonstration;
using Interclustering.Node.Team;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Accounts;

/// <summary>A forgotten password is answered behind the request's back, once in five minutes.</summary>
public sealed class ForgottenPasswordTests : TeamVisit
{
    private static readonly string Email = DemonstrationAccounts.EmailOf("bsc");

    [Fact]
    public async Task An_account_gets_one_link_in_five_minutes_and_an_unknown_address_none()
    {
        var requests = Service<PasswordRequests>();
        PasswordRequest For(string email) =>
            new(Node, email, "http://localhost/espace/bsc/mot-de-passe/", CultureInfo.GetCultureInfo("fr-FR"));
        Assert.True(await requests.AnswerAsync(For(Email), Cancellation));
        Assert.False(await requests.AnswerAsync(For(Email.ToUpperInvariant()), Cancellation));
        Assert.False(await requests.AnswerAsync(For("personne@bsc.example"), Cancellation));

        await using var db = Open();
        Assert.Equal(1, await db.Mails.CountAsync(Cancellation));
        await db.AccessLinks.ExecuteUpdateAsync(row =>
            row.SetProperty(link => link.CreatedAt, DateTime.UtcNow - PasswordRequests.Pause), Cancellation);
        Assert.True(await requests.AnswerAsync(For(Email), Cancellation));
        Assert.Equal(2, await db.Mails.CountAsync(Cancellation));
    }

    [Fact]
    public async Task The_answer_is_the_same_to_the_letter()
    {
        var known = await AskAsync(Email);
        var unknown = await AskAsync("personne@bsc.example");
        Assert.Equal(known, unknown);
    }

    [Fact]
    public async Task One_address_that_asks_again_and_again_gets_the_same_page_and_starts_nothing_more()
    {
        string? page = null;
        for (var attempt = 0; attempt < 60; attempt++)
        {
            page = await AskAsync($"personne-{attempt}@bsc.example");
        }

        Assert.Equal(page, await AskAsync(Email));
        await using var db = Open();
        Assert.False(await db.Mails.AnyAsync(Cancellation));
    }

    private async Task<string> AskAsync(string email)
    {
        Cookies.Clear();
        var page = await WordsOfAsync(
            await PostAsync("/espace/bsc/mot-de-passe-oublie", new Dictionary<string, string> { ["email"] = email }));
        return page.Replace(TokenOf(page) is { Length: > 0 } token ? token : "\0", "", StringComparison.Ordinal);
    }
}
