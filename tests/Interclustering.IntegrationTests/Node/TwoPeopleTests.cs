using System.Net;
using System.Text.RegularExpressions;
using Interclustering.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Node;

/// <summary>Two people write at one text: neither loses a word.</summary>
public sealed partial class TwoPeopleTests : WorkspaceVisit
{
    [Fact]
    public async Task The_second_to_save_sees_who_and_both_texts_and_keeps_theirs()
    {
        await SignInAsync();
        var subject = await PublishAsync(Morning());
        var opened = (await CopyAsync(subject)).Version;
        await EditAsync(subject, Morning("Matinée de Zoé") with { Place = new Place { City = "Brest" } });

        var answer = await SaveAsync(subject, opened, "Matinée de l’équipe");
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var page = await WordsOfAsync(answer);
        Assert.All(["Zoé a enregistré une autre version à ", "Matinée de Zoé", "Matinée de l’équipe", "Brest", "Prendre l’autre"], words =>
            Assert.Contains(words, page, StringComparison.Ordinal));
        // What both have, and what a form does not ask for, is no difference.
        Assert.Equal(["Titre", "Où"], Differing().Matches(page).Select(match => match.Groups[1].Value));
        Assert.Equal("Matinée de Zoé", (await CopyAsync(subject)).Title);

        Assert.Equal(HttpStatusCode.Redirect,
            (await SaveAsync(subject, (await CopyAsync(subject)).Version, "Matinée de l’équipe")).StatusCode);
        Assert.Equal("Matinée de l’équipe", (await CopyAsync(subject)).Title);
        await using var db = Open();
        Assert.False(await db.UnsavedTexts.AnyAsync(Cancellation));
    }

    [Fact]
    public async Task A_member_who_takes_the_other_text_finds_their_own_again()
    {
        await SignInAsync();
        var subject = await PublishAsync(Morning());
        var opened = (await CopyAsync(subject)).Version;
        await EditAsync(subject, Morning("Matinée de Zoé"));
        await SaveAsync(subject, opened, "Matinée de l’équipe");

        var page = await WordsOfAsync(await GetAsync($"/espace/bsc/evenements/{subject}"));
        Assert.Contains("value=\"Matinée de Zoé\"", page, StringComparison.Ordinal);
        Assert.Contains("Vous aviez écrit sans enregistrer", page, StringComparison.Ordinal);
        Assert.Contains("Écrit sans enregistrer", await WordsOfAsync(await GetAsync("/espace/bsc")), StringComparison.Ordinal);
        Assert.Contains("value=\"Matinée de l’équipe\"",
            await WordsOfAsync(await GetAsync($"/espace/bsc/evenements/{subject}?saisie={subject}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_deleted_while_another_wrote_becomes_something_new()
    {
        await SignInAsync();
        var answer = await PostAsync(NewEvent, Fields("Brouillon", 0, "draft"));
        var subject = answer.Headers.Location!.ToString().Split('/')[^1];
        var opened = (await CopyAsync(subject)).Version;
        await using (var db = Open())
        {
            await db.WorkingCopies.Where(row => row.Subject == subject).ExecuteDeleteAsync(Cancellation);
        }

        answer = await PostAsync($"/espace/bsc/evenements/{subject}", Fields("Brouillon, suite", opened, "draft"), from: NewEvent);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var page = await WordsOfAsync(answer);
        Assert.All(["supprimé entre-temps", "value=\"Brouillon, suite\"", "action=\"/espace/bsc/evenements/nouveau\""], words =>
            Assert.Contains(words, page, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Redirect, (await PostAsync(NewEvent, Fields("Brouillon, suite", 0, "draft"))).StatusCode);
    }

    [GeneratedRegex("<dt>([^<]+)</dt>")]
    private static partial Regex Differing();

    private Task<HttpResponseMessage> SaveAsync(string subject, long version, string title) =>
        PostAsync($"/espace/bsc/evenements/{subject}", [.. Fields(title, version, "publish"), new("form", subject)]);

    private static Dictionary<string, string> Fields(string title, long version, string button) => new()
    {
        ["title"] = title,
        ["date"] = "2026-12-10",
        ["start"] = "09:00",
        ["end"] = "",
        ["endDate"] = "",
        ["label"] = "",
        ["sessionId"] = "1",
        ["timeZone"] = "Europe/Paris",
        ["attendance"] = Attendance.OnSite,
        ["visibility"] = Visibility.Public,
        ["version"] = $"{version}",
        ["do"] = button,
    };
}
