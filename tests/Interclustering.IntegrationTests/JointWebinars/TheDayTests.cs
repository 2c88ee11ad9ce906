using System.Net;
using System.Text.RegularExpressions;
using Interclustering.Contracts;

namespace Interclustering.IntegrationTests.JointWebinars;

/// <summary>The day of a joint webinar: teams note what begins, and a speaker reads it without an account.</summary>
public sealed partial class TheDayTests : DossierPagesVisit
{
    [Fact]
    public async Task What_begins_is_noted_shown_and_can_be_taken_back()
    {
        var id = await TodayAsync();
        await SignInAsync();
        var page = $"{List}/{id}/jour-j";
        Assert.Contains("Commence", await ReadAsync(page), StringComparison.Ordinal);
        await NoteAsync(id, "a", "commence");
        Assert.NotNull((await DossierAsync(id)).Run[0].BegunAt);
        var told = await ReadAsync(page);
        Assert.All(["En ce moment : « Ouverture »", "Ensuite : « Témoignage »", "aria-current=\"step\""], words =>
            Assert.Contains(words, told, StringComparison.Ordinal));

        await NoteAsync(id, "a", "non");
        Assert.Null((await DossierAsync(id)).Run[0].BegunAt);
    }

    /// <summary>Changing the text of a line leaves what has begun.</summary>
    [Fact]
    public async Task Correcting_a_line_keeps_when_it_began()
    {
        var id = await TodayAsync();
        await SignInAsync();
        await NoteAsync(id, "a", "commence");
        var begun = (await DossierAsync(id)).Run[0].BegunAt;
        using var answer = await CorrectAsync($"{List}/{id}/deroule", $"{List}/{id}/preparation", "deroulea",
            new Dictionary<string, string> { ["time"] = "11:00", ["what"] = "Ouverture à deux", ["do"] = "save" });
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(("Ouverture à deux", begun), ((await DossierAsync(id)).Run[0].What, (await DossierAsync(id)).Run[0].BegunAt));
    }

    [Fact]
    public async Task On_another_day_nothing_begins()
    {
        var id = await AgreedAsync();
        await HearAsync("lsn", Line(id, "a", 0, "Ouverture"));
        await SignInAsync();
        Assert.DoesNotContain("value=\"commence\"", await ReadAsync($"{List}/{id}/jour-j"), StringComparison.Ordinal);
        await NoteAsync(id, "a", "commence");
        Assert.Null((await DossierAsync(id)).Run[0].BegunAt);
    }

    [Fact]
    public async Task A_speaker_follows_it_by_a_link_without_an_account()
    {
        var id = await TodayAsync();
        await HearAsync("lsn", Fact(id, JointWebinarFacts.RemarkMade) with { Text = "Entre nous" });
        await HearAsync("lsn", Fact(id, JointWebinarFacts.TaskWritten) with { Task = new PreparationTask("t", "Tâche interne") });
        await SignInAsync();
        var link = new Uri(Link().Match(await ReadAsync($"{List}/{id}/jour-j")).Groups[1].Value).AbsolutePath;
        await NoteAsync(id, "a", "commence");
        Cookies.Clear();
        using var answer = await GetAsync(link);
        Assert.Equal((HttpStatusCode.OK, true), (answer.StatusCode, answer.Headers.CacheControl!.NoStore));
        var page = await WordsOfAsync(answer);
        Assert.All(["Canicules", "En ce moment : « Ouverture »", "noindex"], words =>
            Assert.Contains(words, page, StringComparison.Ordinal));
        Assert.All(["Entre nous", "Tâche interne", "<button", "mailto:"], words =>
            Assert.DoesNotContain(words, page, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(link[..^3] + "abc")).StatusCode);
        // Another cluster's workspace has not made it.
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(link.Replace("/bsc/", "/lsn/", StringComparison.Ordinal))).StatusCode);
    }

    [Fact]
    public async Task The_link_ends_when_the_date_is_another_one()
    {
        var id = await TodayAsync();
        await SignInAsync();
        var link = new Uri(Link().Match(await ReadAsync($"{List}/{id}/jour-j")).Groups[1].Value).AbsolutePath;
        await HearAsync("lsn", Fact(id, JointWebinarFacts.Announced) with { Announcement = new Announcement("Canicules") });
        await HearAsync("lsn", Fact(id, JointWebinarFacts.Postponed) with { Text = "Plus tard" });
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(link)).StatusCode);
    }

    /// <summary>Both take part, and it is today at eleven.</summary>
    private async Task<string> TodayAsync()
    {
        var id = $"lsn-{Guid.CreateVersion7()}";
        var before = DateTime.UtcNow.AddDays(-20);
        var slot = $"{Iso(Today)}T11:00:00";
        await HearAsync("lsn", Fact(id, JointWebinarFacts.Proposed) with
        {
            Proposal = new WebinarProposal("Canicules", 60, ["bsc"], [slot], Iso(Today.AddDays(-10))),
        }, before);
        await HearAsync("bsc", Fact(id, JointWebinarFacts.Answered) with { Answer = new ClusterAnswer(JoinAnswers.Yes, []) }, before);
        await HearAsync("lsn", Fact(id, JointWebinarFacts.SlotChosen) with { Slot = slot }, before);
        await HearAsync("lsn", Line(id, "a", 0, "Ouverture"));
        await HearAsync("lsn", Line(id, "b", 5, "Témoignage"));
        return id;
    }

    private static JointWebinarFact Line(string id, string line, int minute, string what) =>
        Fact(id, JointWebinarFacts.LineWritten) with { Line = new RunLine(line, minute, what) };

    private async Task NoteAsync(string id, string line, string action)
    {
        using var answer = await PostAsync($"{List}/{id}/jour-j", new Dictionary<string, string> { ["line"] = line, ["do"] = action });
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }

    [GeneratedRegex("readonly value=\"([^\"]+)\"")]
    private static partial Regex Link();
}
