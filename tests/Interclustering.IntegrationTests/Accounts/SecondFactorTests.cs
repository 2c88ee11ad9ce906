using System.Net;
using System.Text.RegularExpressions;
using Interclustering.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OtpNet;

namespace Interclustering.IntegrationTests.Accounts;

/// <summary>An authenticator app as second factor, without script.</summary>
public sealed partial class SecondFactorTests : TeamVisit
{
    private const string Account = "/espace/bsc/compte", SetUp = "/espace/bsc/compte/second-facteur", Code = "/espace/bsc/connexion/code";

    [Fact]
    public async Task A_code_of_the_app_is_asked_after_the_password_and_counts_once()
    {
        var (app, _) = await SetUpAsync();
        await using var db = Open();
        Assert.Equal("Une application d’authentification a été ajoutée à votre compte", (await db.Mails.SingleAsync(Cancellation)).Subject);
        Assert.DoesNotContain(Base32Encoding.ToString(app.Secret), (await db.Users.SingleAsync(Cancellation)).TotpSecret,
            StringComparison.Ordinal);

        // The code that set it up has counted.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await EnterAsync(app.Used)).StatusCode);
        var next = app.At(DateTime.UtcNow.AddSeconds(30));
        Assert.Equal(HttpStatusCode.Found, (await EnterAsync(next)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(Account)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await EnterAsync(next)).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await GetAsync(Account)).StatusCode);
    }

    [Fact]
    public async Task A_recovery_code_stands_in_for_the_app_once()
    {
        var (_, codes) = await SetUpAsync();
        Assert.Equal(10, codes.Count);
        Assert.Equal(HttpStatusCode.Found, (await EnterAsync(codes[0])).StatusCode);
        Assert.Contains("Il reste 9 codes de secours", await WordsOfAsync(await GetAsync(Account)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await EnterAsync(codes[0])).StatusCode);
    }

    [Fact]
    public async Task A_recovery_code_can_not_be_found_from_what_is_kept()
    {
        const double BitsOfALetter = 4.95;
        var (_, codes) = await SetUpAsync();
        Assert.All(codes, code => Assert.InRange(code.Count(char.IsLetterOrDigit) * BitsOfALetter, 112, 1000));
        await using var db = Open();
        var kept = (await db.Users.SingleAsync(Cancellation)).RecoveryCodes;
        Assert.All(codes, code => Assert.DoesNotContain(code, kept, StringComparison.Ordinal));
        Assert.All(codes, code => Assert.DoesNotContain(code.Replace("-", "", StringComparison.Ordinal), kept, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Five_wrong_codes_are_the_last_ones_even_before_the_right_one()
    {
        var (app, _) = await SetUpAsync();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await EnterAsync("12345")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await EnterAsync(app.At(DateTime.UtcNow.AddSeconds(30)))).StatusCode);
    }

    [Fact]
    public async Task Without_a_setting_an_administrator_gets_a_hint_until_there_is_a_second_factor()
    {
        await SignInAsync();
        Assert.Contains("un second facteur protège aussi", await WordsOfAsync(await GetAsync(Account)), StringComparison.Ordinal);
        await SetUpAsync();
        await SignInAsync();
        Assert.DoesNotContain("un second facteur protège aussi", await WordsOfAsync(await GetAsync(Account)), StringComparison.Ordinal);
    }

    /// <summary>Signs in, and adds an app.</summary>
    private async Task<(App App, List<string> Codes)> SetUpAsync()
    {
        await SignInAsync();
        var page = await WordsOfAsync(await GetAsync(SetUp));
        var secret = Base32Encoding.ToBytes(Secret().Match(page).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal));
        var app = new App(secret, new Totp(secret).ComputeTotp(DateTime.UtcNow));
        var made = await SendAsync(SetUp, new Dictionary<string, string>
        {
            ["ticket"] = Ticket().Match(page).Groups[1].Value,
            ["code"] = app.Used,
            ["__RequestVerificationToken"] = TokenOf(page),
        });
        return (app, [.. Recovery().Matches(await made.Content.ReadAsStringAsync(Cancellation)).Select(match => match.Groups[1].Value)]);
    }

    /// <summary>The password, and then a code.</summary>
    private async Task<HttpResponseMessage> EnterAsync(string code)
    {
        Cookies.Clear();
        var page = await (await SignInAsync()).Content.ReadAsStringAsync(Cancellation);
        return await SendAsync(Code, new Dictionary<string, string>
        {
            ["ticket"] = Ticket().Match(page).Groups[1].Value,
            ["code"] = code,
            ["__RequestVerificationToken"] = TokenOf(page),
        });
    }

    private sealed record App(byte[] Secret, string Used)
    {
        public string At(DateTime time) => new Totp(Secret).ComputeTotp(time);
    }

    [GeneratedRegex("<code class=\"token\">([A-Z2-7 ]+)</code>")]
    private static partial Regex Secret();

    [GeneratedRegex("name=\"ticket\" value=\"([^\"]+)\"")]
    private static partial Regex Ticket();

    [GeneratedRegex("<li><code>([^<]+)</code>")]
    private static partial Regex Recovery();
}

/// <summary>A workspace whose settings ask administrators for a second factor.</summary>
public sealed class RequiredSecondFactorTests : TeamVisit
{
    protected override Task PrepareAsync(IServiceCollection services)
    {
        services.AddSingleton(new AccountSettings(SecondFactor: true));
        return Task.CompletedTask;
    }

    [Fact]
    public async Task An_administrator_without_a_second_factor_sets_one_up_before_anything_else()
    {
        await SignInAsync();
        foreach (var path in (string[])["/espace/bsc", "/espace/bsc/equipe", NewEvent, "/espace/bsc/compte"])
        {
            Assert.Equal("/espace/bsc/compte/second-facteur", (await GetAsync(path)).Headers.Location?.ToString());
        }

        Assert.Equal(HttpStatusCode.Found,
            (await PostAsync(NewEvent, new Dictionary<string, string> { ["title"] = "Non", ["do"] = "publish" },
            from: "/espace/bsc/compte/second-facteur")).StatusCode);
        Assert.Contains("un second facteur est demandé ici", await WordsOfAsync(await GetAsync("/espace/bsc/compte/second-facteur")),
            StringComparison.Ordinal);
        await using var db = Open();
        Assert.False(await db.WorkingCopies.AnyAsync(Cancellation));
        await db.Users.ExecuteUpdateAsync(row =>
            row.SetProperty(member => member.Role, Interclustering.Node.Workspace.StaffRoles.Editor), Cancellation);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/espace/bsc")).StatusCode);
    }
}
