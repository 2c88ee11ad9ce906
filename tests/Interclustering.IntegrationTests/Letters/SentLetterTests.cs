using System.Net;
using Interclustering.Contracts;
using Interclustering.Node.Letters;
using Interclustering.Node.Retention;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Interclustering.IntegrationTests.Letters;

/// <summary>What was sent is remembered: the next letter knows it, and what has changed since is corrected once.</summary>
public sealed class SentLetterTests : LetterVisit
{
    private const string Correction = Start + "/rectificatif";

    [Fact]
    public async Task What_was_sent_is_kept_with_revision_date_and_status_and_the_next_letter_marks_it()
    {
        await SignInAsync();
        var own = await PublishAsync(On("Visite du quai", 12));
        await TellAsync("lsn-1", Kinds.Event, On("Salon du port", 3), revision: 7);
        await TellAsync("lsn-2", Kinds.Event, On("Visite du canal", 4));
        var letter = await ComposeAsync(own, "lsn-1");
        Assert.Equal(letter, (await SendLetterAsync(letter)).Headers.Location?.ToString());

        var items = await SentItemsAsync();
        Assert.Equal([(own, 1L), ("lsn-1", 7L)], items.Select(item => (item.Subject, item.Revision)));
        Assert.Equal((Day(3) + "T09:00:00", EventStatus.Confirmed, "Salon du port"), (items[1].Start, items[1].Status, items[1].Title));

        var page = await WordsOfAsync(await GetAsync(New));
        Assert.Contains("déjà dans votre lettre du", page, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"lsn-1\" checked", page, StringComparison.Ordinal);
        Assert.Contains("value=\"lsn-2\" checked", page, StringComparison.Ordinal);
        var news = await WordsOfAsync(await GetAsync($"{New}?from={Day(0)}&to={Day(60)}&news=1"));
        Assert.Contains("Préparer une lettre", news, StringComparison.Ordinal);
        Assert.DoesNotContain("Visite du canal", news, StringComparison.Ordinal);

        var start = await WordsOfAsync(await GetAsync(Start));
        Assert.All(["La lettre", "Marquée comme envoyée à", "Repartir de cette lettre"], words =>
            Assert.Contains(words, start, StringComparison.Ordinal));
        var again = await WordsOfAsync(await GetAsync($"{New}?depuis={letter.Split('/')[^1]}"));
        Assert.All(["value=\"La lettre\"", "Bonjour **à tous**</textarea>"], words =>
            Assert.Contains(words, again, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(letter + "/modifier")).StatusCode);
    }

    [Fact]
    public async Task What_changes_while_the_page_is_open_is_said_before_it_is_marked()
    {
        await SignInAsync();
        await TellAsync("lsn-1", Kinds.Event, On("Salon du port", 3));
        var letter = await ComposeAsync("lsn-1");
        var page = await (await GetAsync(letter)).Content.ReadAsStringAsync(Cancellation);
        await TellAsync("lsn-1", Kinds.Event, On("Salon du port", 5), revision: 2);
        var answer = await SendAsync(letter + "/envoyee",
            [new("__RequestVerificationToken", TokenOf(page)), new("seen", page.Split("name=\"seen\" value=\"")[1].Split('"')[0])]);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("Quelque chose a changé", await WordsOfAsync(answer), StringComparison.Ordinal);
        Assert.Empty(await SentItemsAsync());
        Assert.Equal(HttpStatusCode.Found, (await SendLetterAsync(letter)).StatusCode);
    }

    [Fact]
    public async Task What_is_withdrawn_before_it_is_sent_is_left_out()
    {
        await SignInAsync();
        await TellAsync("lsn-1", Kinds.Event, On("Salon du port", 3));
        await TellAsync("lsn-2", Kinds.Event, On("Visite du canal", 4));
        var letter = await ComposeAsync("lsn-1", "lsn-2");
        await TellAsync("lsn-2", Kinds.Event, null, revision: 2);
        Assert.Contains("1 élément n’est plus publié", await WordsOfAsync(await GetAsync(letter)), StringComparison.Ordinal);
        await SendLetterAsync(letter);
        Assert.Equal(["lsn-1"], (await SentItemsAsync()).Select(item => item.Subject));
    }

    [Fact]
    public async Task Moved_cancelled_and_withdrawn_since_are_corrected_once_with_old_and_new_date()
    {
        await SignInAsync();
        var own = await PublishAsync(On("Visite du quai", 12));
        await TellAsync("lsn-1", Kinds.Event, On("Salon du port", 3));
        await TellAsync("lsn-2", Kinds.Event, On("Visite du canal", 4));
        await TellAsync("lsn-3", Kinds.Event, On("Sans changement", 5));
        await SendLetterAsync(await ComposeAsync(own, "lsn-1", "lsn-2", "lsn-3"));
        Assert.DoesNotContain("rectificatif", await WordsOfAsync(await GetAsync("/espace/bsc")), StringComparison.Ordinal);
        Assert.Contains("Rien à rectifier", await WordsOfAsync(await GetAsync(Correction)), StringComparison.Ordinal);

        await EditAsync(own, On("Visite du quai", 20));
        await TellAsync("lsn-1", Kinds.Event, On("Salon du port", 3) with { Status = EventStatus.Cancelled }, revision: 2);
        await TellAsync("lsn-2", Kinds.Event, null, revision: 2);
        var toDo = await WordsOfAsync(await GetAsync("/espace/bsc"));
        Assert.All(["Nouvelle date depuis votre lettre du", "Annulé depuis votre lettre du", "Retiré du programme depuis votre lettre du",
            "href=\"/espace/bsc/lettre/rectificatif\""], words => Assert.Contains(words, toDo, StringComparison.Ordinal));
        Assert.Contains("3 dates annoncées dans une lettre ont changé", await WordsOfAsync(await GetAsync(Start)),
            StringComparison.Ordinal);

        foreach (var ending in (string[])["html", "md", "txt"])
        {
            var file = await GetAsync($"{Correction}/lettre.{ending}");
            var text = WebUtility.HtmlDecode(await file.Content.ReadAsStringAsync(Cancellation));
            Assert.All(["Annulé", "Retiré du programme", "Était annoncé", "Nouvelle date", "Visite du quai", "Salon du port",
                "Visite du canal"],
                words => Assert.Contains(words, text, StringComparison.Ordinal));
            Assert.DoesNotContain("Sans changement", text, StringComparison.Ordinal);
        }

        var sent = await SendLetterAsync(Correction);
        Assert.Contains("Ce qu’elle annonçait", await WordsOfAsync(await GetAsync(sent.Headers.Location!.ToString())),
            StringComparison.Ordinal);
        Assert.DoesNotContain("rectificatif", await WordsOfAsync(await GetAsync("/espace/bsc")), StringComparison.Ordinal);
        Assert.Contains("Rien à rectifier", await WordsOfAsync(await GetAsync(Correction)), StringComparison.Ordinal);

        await EditAsync(own, On("Visite du quai", 25));
        Assert.Contains("Nouvelle date depuis votre lettre du", await WordsOfAsync(await GetAsync("/espace/bsc")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_over_is_not_corrected_and_what_is_gone_is_forgotten_with_its_day()
    {
        await SignInAsync();
        await TellAsync("lsn-1", Kinds.Event, On("Salon du port", 3));
        await SendLetterAsync(await ComposeAsync("lsn-1"));
        await TellAsync("lsn-1", Kinds.Event, null, revision: 2);
        await PurgeAsync();
        Assert.Equal("Salon du port", (await SentItemsAsync()).Single().Title);
        await using (var db = Open())
        {
            var yesterday = DateOnly.FromDateTime(Paris.Now).AddDays(-2);
            await db.LetterItems.ExecuteUpdateAsync(item => item.SetProperty(each => each.LastDay, yesterday), Cancellation);
        }

        Assert.Contains("Rien à rectifier", await WordsOfAsync(await GetAsync(Correction)), StringComparison.Ordinal);
        await PurgeAsync();
        Assert.Equal("", (await SentItemsAsync()).Single().Title);
    }

    [Fact]
    public async Task What_is_erased_leaves_no_word_in_letters()
    {
        await SignInAsync();
        var own = await PublishAsync(On("Visite du quai", 12));
        await PublishAsync(On("Matinée", 13) with { });
        var answer = await PostLetterAsync([own], introduction: "Ne manquez pas Visite du quai !");
        await SendLetterAsync(answer.Headers.Location!.ToString());
        await PostAsync($"/espace/bsc/publications/{own}/effacer", new Dictionary<string, string>());
        Assert.Equal("", (await SentItemsAsync()).Single().Title);
        await using var db = Open();
        Assert.Equal("", (await db.Letters.AsNoTracking().SingleAsync(Cancellation)).Introduction);
    }

    [Fact]
    public async Task A_members_date_is_announced_and_corrected_without_its_hour()
    {
        await SignInAsync();
        await TellAsync("lsn-1", Kinds.Event, On("Pour adhérents", 3) with { Visibility = Visibility.Members });
        var letter = await ComposeAsync("lsn-1");
        var text = await (await GetAsync(letter + "/lettre.txt")).Content.ReadAsStringAsync(Cancellation);
        Assert.DoesNotMatch("9.h", text);
        await SendLetterAsync(letter);
        Assert.Equal(Day(3), (await SentItemsAsync()).Single().Start);
    }

    private async Task PurgeAsync()
    {
        using var purge = new PurgeExpired(new Interclustering.Node.Workspace.Nodes([Node]), TimeProvider.System,
            NullLogger<PurgeExpired>.Instance);
        await purge.RunAsync(Node, Cancellation);
    }
}
