using System.Net;
using Interclustering.Contracts;

namespace Interclustering.IntegrationTests.JointWebinars;

/// <summary>A replay comes after the webinar, and can be taken back.</summary>
public sealed class ReplayTests : DossierPagesVisit
{
    private static readonly Dictionary<string, string> Typed = new()
    {
        ["url"] = "https://video.example/1",
        ["questions"] = "Et la nuit ?",
    };

    [Fact]
    public async Task Before_the_webinar_the_page_says_when_it_is_and_takes_no_replay()
    {
        var id = await AgreedAsync();
        await HearAsync("lsn", Fact(id, JointWebinarFacts.Announced) with { Announcement = new Announcement("Canicules") });
        await SignInAsync();
        var before = await ReadAsync($"{List}/{id}/apres");
        Assert.Contains("Le webinaire n’a pas encore eu lieu", before, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"url\"", before, StringComparison.Ordinal);

        using var answer = await PostAsync($"{List}/{id}/apres", Typed, $"{List}/{id}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var again = await WordsOfAsync(answer);
        Assert.All(["Le webinaire n’a pas encore eu lieu", "value=\"https://video.example/1\"", "Et la nuit ?"], words =>
            Assert.Contains(words, again, StringComparison.Ordinal));
        Assert.Null((await DossierAsync(id)).Replay);
    }

    [Fact]
    public async Task One_that_another_cluster_gave_before_the_webinar_does_not_count()
    {
        var id = await AgreedAsync();
        await HearAsync("lsn", Fact(id, JointWebinarFacts.Announced) with { Announcement = new Announcement("Canicules") });
        await HearAsync("lsn", Fact(id, JointWebinarFacts.ReplayPublished) with { Replay = new Replay("https://video.example/1") });

        var dossier = await DossierAsync(id);
        Assert.Equal((null, JointWebinarStates.Announced), (dossier.Replay, dossier.State));
        Assert.Equal(RefusalReasons.NotHeld, Assert.Single(dossier.Refused).Reason);
    }

    [Fact]
    public async Task One_that_was_given_is_taken_back_by_any_who_take_part_and_awaited_again()
    {
        var id = await HeldAsync();
        await SignInAsync();
        await PostAsync($"{List}/{id}/apres", Typed);
        Assert.Equal("https://video.example/1", (await DossierAsync(id)).Replay!.Url);
        Assert.Contains("Retirer le replay", await ReadAsync($"{List}/{id}/apres"), StringComparison.Ordinal);

        using var answer = await PostAsync($"{List}/{id}/apres/retirer", new Dictionary<string, string>(), $"{List}/{id}/apres");
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal((null, JointWebinarStates.Announced), ((await DossierAsync(id)).Replay, (await DossierAsync(id)).State));
        var page = await ReadAsync($"{List}/{id}/apres");
        Assert.Contains("Tenu", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Retirer le replay", page, StringComparison.Ordinal);
        await CorrectAsync($"{List}/{id}/apres", $"{List}/{id}/apres", "apres",
            new Dictionary<string, string> { ["url"] = "https://video.example/2" });
        Assert.Equal("https://video.example/2", (await DossierAsync(id)).Replay!.Url);
    }

    [Fact]
    public async Task What_was_held_is_neither_put_off_nor_called_off()
    {
        var id = await HeldAsync();
        await SignInAsync();
        foreach (var ending in new[] { "reporter", "annuler" })
        {
            await PostAsync($"{List}/{id}/{ending}", new Dictionary<string, string> { ["reason"] = "Trop tard" }, $"{List}/{id}");
        }

        Assert.Equal((JointWebinarStates.Announced, SlotIn(-1)), ((await DossierAsync(id)).State, (await DossierAsync(id)).Slot));
    }
}
