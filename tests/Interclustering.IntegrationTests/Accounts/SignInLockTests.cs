using System.Net;
using Interclustering.Accounts.SignIn;
using Interclustering.Node.Demonstration;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Accounts;

/// <summary>Guessing is stopped where it comes from, and tells nothing.</summary>
public sealed class SignInLockTests : TeamVisit
{
    private static readonly string Email = DemonstrationAccounts.EmailOf("bsc");

    [Fact]
    public async Task Guessing_from_elsewhere_does_not_lock_the_owner_out()
    {
        From = IPAddress.Parse("198.51.100.1");
        for (var attempt = 0; attempt < SignInLocks.MostFailures; attempt++)
        {
            await SignInAsync("wrong password");
        }

        // Another address of the same network is locked as well.
        From = IPAddress.Parse("198.51.100.200");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignInAsync()).StatusCode);
        From = IPAddress.Parse("203.0.113.9");
        Assert.Equal(HttpStatusCode.Found, (await SignInAsync()).StatusCode);
    }

    [Fact]
    public async Task Guessing_from_many_networks_locks_all_but_those_that_the_owner_came_from()
    {
        await using var db = Open();
        var (key, now) = (SignInLocks.KeyOf("password", Email), DateTime.UtcNow);
        await SignInLocks.CountAsync(db, key, "home", now, Cancellation);
        await SignInLocks.SucceedAsync(db, key, "home", now, Cancellation);
        for (var attempt = 0; attempt < SignInLocks.MostFailuresEverywhere; attempt++)
        {
            Assert.True((await SignInLocks.CountAsync(db, key, $"network {attempt}", now, Cancellation)).Allowed);
        }

        Assert.False((await SignInLocks.CountAsync(db, key, "one more", now, Cancellation)).Allowed);
        Assert.True((await SignInLocks.CountAsync(db, key, "home", now, Cancellation)).Allowed);
        Assert.True(
            (await SignInLocks.CountAsync(
            db, key, "one more", now.AddMinutes(SignInLocks.LockoutMinutesEverywhere), Cancellation)).Allowed);
    }

    [Fact]
    public async Task A_lock_ends_after_fifteen_minutes_and_trying_meanwhile_does_not_lengthen_it()
    {
        await using var db = Open();
        var (key, now) = (SignInLocks.KeyOf("password", Email), DateTime.UtcNow);
        for (var attempt = 1; attempt <= SignInLocks.MostFailures; attempt++)
        {
            Assert.Equal(new CountedAttempt(true, attempt == SignInLocks.MostFailures),
                await SignInLocks.CountAsync(db, key, "there", now, Cancellation));
        }

        Assert.False((await SignInLocks.CountAsync(db, key, "there", now.AddMinutes(14), Cancellation)).Allowed);
        Assert.True((await SignInLocks.CountAsync(db, key, "there", now.AddMinutes(SignInLocks.LockoutMinutes), Cancellation)).Allowed);
    }

    [Fact]
    public async Task Answers_are_the_same_for_a_known_an_unknown_and_a_locked_address()
    {
        var known = await TriesAsync(Email);
        var unknown = await TriesAsync("personne@bsc.example");
        Assert.Equal(known.Answers, unknown.Answers);
        Assert.Equal(known.Rows, unknown.Rows);
    }

    [Theory]
    [InlineData("192.0.2.77", "192.0.2.0/24")]
    [InlineData("::ffff:192.0.2.77", "192.0.2.0/24")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    public void A_network_is_what_one_subscriber_has(string address, string network) =>
        Assert.Equal(network, Network.Of(IPAddress.Parse(address)));

    private async Task<(List<string> Answers, (int Attempts, int Audit) Rows)> TriesAsync(string email)
    {
        Cookies.Clear();
        await using var db = Open();
        var before = (await db.Set<SignInAttempts>().CountAsync(Cancellation), await db.Audit.CountAsync(Cancellation));
        var answers = new List<string>();
        for (var attempt = 0; attempt <= SignInLocks.MostFailures + 1; attempt++)
        {
            var answer = await SignInAsAsync(email, "wrong password");
            var page = (await WordsOfAsync(answer)).Replace(email, "", StringComparison.Ordinal);
            answers.Add(
                $"{answer.StatusCode} {answer.Headers.Contains("Set-Cookie")} {page.Replace(TokenOf(page), "", StringComparison.Ordinal)}");
        }

        return (answers, (await db.Set<SignInAttempts>().CountAsync(Cancellation) - before.Item1,
            await db.Audit.CountAsync(Cancellation) - before.Item2));
    }
}
