using System.Net;
using Interclustering.Contracts;
using Interclustering.Node.Workspace;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Letters;

/// <summary>« Lettre »: items are chosen, the letter is looked at and kept, in three formats.</summary>
public sealed class LetterPagesTests : LetterVisit
{
    [Fact]
    public async Task Own_items_come_first_then_the_others_and_what_is_for_teams_never()
    {
        await SignInAsync();
        await PublishAsync(On("Visite du quai", 12));
        await TellAsync("lsn-1", Kinds.Event, On("Salon du port", 3));
        await TellAsync("lsn-2", Kinds.BestPractice, new BestPractice { Nonce = "", Title = "Mutualiser" });
        await TellAsync("lsn-3", Kinds.Event, On("Entre nous", 4) with { Visibility = Visibility.Staff });
        await TellAsync("lsn-4", Kinds.Event, On("Pour adhérents", 5) with { Visibility = Visibility.Members, Summary = "Secret du port" });
        await TellAsync("lsn-5", Kinds.Event, On("Trop tard", 100));
        var page = await WordsOfAsync(await GetAsync(New));
        var titles = (string[])["Visite du quai", "Salon du port", "Pour adhérents", "Mutualiser"];
        Assert.Equal(titles, titles.OrderBy(title => page.IndexOf(title, StringComparison.Ordinal)));
        Assert.All(titles, title => Assert.Contains(title, page, StringComparison.Ordinal));
        Assert.All(["Entre nous", "Trop tard", "Secret du port"], words => Assert.DoesNotContain(words, page, StringComparison.Ordinal));
        Assert.Contains("aria-current=\"page\"", await WordsOfAsync(await GetAsync(Start)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_in_the_address_narrows_the_list()
    {
        await SignInAsync();
        await TellAsync("lsn-1", Kinds.Event, On("Salon du port", 3) with { Themes = [KnownThemes.Urban] });
        await TellAsync("lsn-2", Kinds.Webinar, new Webinar { Nonce = "", Title = "Canicules", Sessions = On("", 4).Sessions });
        var urban = await WordsOfAsync(await GetAsync($"{New}?from={Day(0)}&to={Day(30)}&theme=logistique-urbaine"));
        Assert.Contains("Salon du port", urban, StringComparison.Ordinal);
        Assert.DoesNotContain("Canicules", urban, StringComparison.Ordinal);
        Assert.Contains("<details open", urban, StringComparison.Ordinal);
        var none = await WordsOfAsync(await GetAsync($"{New}?from={Day(0)}&to={Day(30)}&cluster=bsc"));
        Assert.Contains("Rien n’est annoncé sur cette période", none, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_filter_keeps_what_was_typed_and_its_address_says_what_it_shows()
    {
        await SignInAsync();
        await TellAsync("lsn-1", Kinds.Event, On("Salon du port", 3));
        await TellAsync("lsn-2", Kinds.Event, On("Visite du canal", 4));
        var answer = await PostLetterAsync(["lsn-1"], introduction: "Chers adhérents", does: "list");
        Assert.Contains($"from={Day(0)}&to={Day(60)}", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        var page = await WordsOfAsync(await GetAsync(answer.Headers.Location.ToString().Split('#')[0]));
        Assert.Contains("Chers adhérents</textarea>", page, StringComparison.Ordinal);
        Assert.Contains("value=\"lsn-1\" checked", page, StringComparison.Ordinal);
        // Not listed before: it is proposed.
        Assert.Contains("value=\"lsn-2\" checked", page, StringComparison.Ordinal);
        Assert.Contains("/lettre/nouvelle?saisie=", await WordsOfAsync(await GetAsync("/espace/bsc")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_letter_is_previewed_apart_and_downloaded_in_three_formats()
    {
        await SignInAsync();
        await TellAsync("lsn-1", Kinds.Event, On("Salon du port", 3));
        var letter = await ComposeAsync("lsn-1");
        var shown = await GetAsync(letter);
        Assert.Contains("frame-src 'self'", shown.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var page = await WordsOfAsync(shown);
        Assert.All([$"src=\"{letter}/apercu\" sandbox=", "data-copies=\"html\"", "data-copies=\"markdown\"", "data-copies=\"texte\"",
            "copy.js",
            $"href=\"{letter}/lettre.html\" download", "Marquer comme envoyée"], words =>
                Assert.Contains(words, page, StringComparison.Ordinal));

        var preview = await GetAsync(letter + "/apercu");
        Assert.Equal("default-src 'none'; style-src 'unsafe-inline'; img-src https:; base-uri 'none'; form-action 'none'; "
            + "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox",
            preview.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Contains($"href=\"{Site}/evenements/lsn-1\"", await preview.Content.ReadAsStringAsync(Cancellation),
            StringComparison.Ordinal);
        foreach (var (ending, type) in ((string, string)[])[("html", "text/html"), ("md", "text/markdown"), ("txt", "text/plain")])
        {
            var file = await GetAsync($"{letter}/lettre.{ending}");
            Assert.Equal((type, "utf-8", "attachment"),
                (file.Content.Headers.ContentType?.MediaType, file.Content.Headers.ContentType?.CharSet,
                file.Content.Headers.ContentDisposition?.DispositionType));
            var text = await file.Content.ReadAsStringAsync(Cancellation);
            Assert.All(["La lettre", "Salon du port", $"{Site}/evenements/lsn-1", "tous"], words =>
                Assert.Contains(words, text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task What_is_missing_is_said_beside_its_field_and_nothing_is_kept()
    {
        await SignInAsync();
        await TellAsync("lsn-1", Kinds.Event, On("Salon du port", 3));
        var answer = await PostLetterAsync([], title: " ", introduction: "Chers adhérents" + new string('x', 10_001));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await WordsOfAsync(answer);
        Assert.All(["Donnez un titre", "L’introduction a 10000 caractères au plus", "Chers adhérents"], words =>
            Assert.Contains(words, page.Replace(" 000 ", "000 ", StringComparison.Ordinal), StringComparison.Ordinal));
        await using var db = Open();
        Assert.False(await db.Letters.AnyAsync(Cancellation));
    }

    [Fact]
    public async Task A_letter_that_mail_programs_would_cut_is_refused_with_how_many_to_untick()
    {
        await SignInAsync();
        var subjects = Enumerable.Range(0, 80).Select(index => $"lsn-{index}").ToList();
        foreach (var subject in subjects)
        {
            await TellAsync(subject, Kinds.Event, On(new string('é', 200), 3) with { Summary = new string('é', 500) });
        }

        var answer = await PostLetterAsync(subjects);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Matches("La lettre ferait \\d+ Ko\\. Au-delà de 100 Ko, Gmail en cache la fin\\. Décochez au moins \\d+ éléments\\.",
            await WordsOfAsync(answer));
        var letter = await ComposeAsync([.. subjects.Take(30)]);
        Assert.True((await (await GetAsync(letter + "/lettre.html")).Content.ReadAsByteArrayAsync(Cancellation)).Length <= 100_000);
    }

    [Fact]
    public async Task A_draft_that_has_grown_too_long_is_not_handed_out_as_HTML()
    {
        await SignInAsync();
        var chosen = Enumerable.Range(0, 45).Select(index => $"lsn-{index}").ToArray();
        foreach (var subject in chosen)
        {
            await TellAsync(subject, Kinds.Event, On("Salon", 3));
        }

        var letter = await ComposeAsync(chosen);
        foreach (var subject in chosen)
        {
            await TellAsync(subject, Kinds.Event, On(new string('é', 200), 3) with { Summary = new string('é', 500) }, revision: 2);
        }

        var page = await WordsOfAsync(await GetAsync(letter));
        Assert.Contains("Décochez au moins", page, StringComparison.Ordinal);
        Assert.All(["<iframe", "/envoyee\""], words => Assert.DoesNotContain(words, page, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await GetAsync(letter + "/lettre.html")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(letter + "/lettre.txt")).StatusCode);
    }

    [Fact]
    public async Task A_reader_looks_and_copies_and_sees_no_button_that_writes()
    {
        await SignInAsync();
        await TellAsync("lsn-1", Kinds.Event, On("Salon du port", 3));
        var letter = await ComposeAsync("lsn-1");
        await JoinAsync("Claire", "claire@bsc.example", StaffRoles.Reader);
        var start = await WordsOfAsync(await GetAsync(Start));
        Assert.All(["Préparer une lettre", "/lettre/nouvelle"], words => Assert.DoesNotContain(words, start, StringComparison.Ordinal));
        var page = await WordsOfAsync(await GetAsync(letter));
        Assert.All(["/envoyee", "/modifier", "/supprimer"], words => Assert.DoesNotContain(words, page, StringComparison.Ordinal));
        Assert.Contains("data-copies=\"html\"", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(New)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(letter + "/modifier")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden,
            (await PostAsync(letter + "/envoyee", new Dictionary<string, string>(), from: Start)).StatusCode);
    }

    /// <summary>What stood in it, and nothing of its words: others count how often they are taken up.</summary>
    [Fact]
    public async Task What_stood_in_a_letter_that_was_sent_is_told_to_the_teams()
    {
        await SignInAsync();
        var own = await PublishAsync(On("Visite du quai", 12));
        var letter = (await PostLetterAsync([own], "Mot-de-la-lettre")).Headers.Location!.ToString();
        await using var db = Open();
        Assert.False(await db.Publications.AnyAsync(row => row.Kind == Kinds.LetterIssue, Cancellation));
        await SendLetterAsync(letter);
        var told = await db.Publications.SingleAsync(row => row.Kind == Kinds.LetterIssue, Cancellation);
        Assert.Contains(own, told.Data, StringComparison.Ordinal);
        Assert.DoesNotContain("Mot-de-la-lettre", told.Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_is_changed_and_deleted_and_a_form_sent_twice_is_one_letter()
    {
        await SignInAsync();
        await TellAsync("lsn-1", Kinds.Event, On("Salon du port", 3));
        await TellAsync("lsn-2", Kinds.Event, On("Visite du canal", 4));
        var letter = await ComposeAsync("lsn-1", "lsn-2");
        var edit = letter + "/modifier";
        var page = await (await GetAsync(edit)).Content.ReadAsStringAsync(Cancellation);
        var key = page.Split("name=\"form\" value=\"")[1].Split('"')[0];
        var fields = new List<KeyValuePair<string, string>>
        {
            new("__RequestVerificationToken", TokenOf(page)), new("form", key), new("title", "Autre titre"), new("from", Day(0)),
                new("to", Day(60)),
            new("do", "show"), new("item", "lsn-1"), new("item", "lsn-2"), new("listed", "lsn-1"), new("listed", "lsn-2"),
            new("place-lsn-1", "1"), new("place-lsn-2", "1"),
        };
        Assert.Equal(letter, (await SendAsync(edit, fields)).Headers.Location?.ToString());
        Assert.Equal(letter, (await SendAsync(edit, fields)).Headers.Location?.ToString());
        var text = await (await GetAsync(letter + "/lettre.txt")).Content.ReadAsStringAsync(Cancellation);
        Assert.StartsWith("Autre titre", text, StringComparison.Ordinal);
        Assert.True(text.IndexOf("Visite du canal", StringComparison.Ordinal) < text.IndexOf("Salon du port", StringComparison.Ordinal));
        await using (var db = Open())
        {
            Assert.Equal(1, await db.Letters.CountAsync(Cancellation));
        }

        await PostAsync(letter + "/supprimer", new Dictionary<string, string>(), from: letter);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(letter)).StatusCode);
    }

    [Fact]
    public async Task A_form_from_a_page_of_another_session_is_shown_again_and_nothing_is_kept()
    {
        await SignInAsync();
        await TellAsync("lsn-1", Kinds.Event, On("Salon du port", 3));
        var answer = await SendAsync($"{Start}/{Guid.NewGuid():N}/modifier",
            [new("title", "Lettre gardée"), new("do", "show"), new("item", "lsn-1"), new("listed", "lsn-1")]);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Lettre gardée", await WordsOfAsync(answer), StringComparison.Ordinal);
        await using var db = Open();
        Assert.False(await db.Letters.AnyAsync(Cancellation));
    }

    [Theory]
    [InlineData("rien")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public async Task What_is_no_letter_is_said_kindly(string id)
    {
        await SignInAsync();
        foreach (var path in (string[])["", "/modifier", "/apercu", "/lettre.html"])
        {
            var answer = await GetAsync($"{Start}/{id}{path}");
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Contains("Aucune lettre n’a cette adresse", await WordsOfAsync(answer), StringComparison.Ordinal);
        }
    }
}
