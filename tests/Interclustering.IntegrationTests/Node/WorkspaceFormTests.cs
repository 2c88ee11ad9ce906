using System.Globalization;
using System.Net;
using Interclustering.Contracts;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Testing;
using Interclustering.Ui.Words;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Node;

public sealed class WorkspaceFormTests : WorkspaceVisit
{
    [Theory]
    [InlineData("", "Donnez un titre", "La fin est avant le début", "Le résumé dépasse la longueur permise : 10 000 caractères",
        "Ce que vous avez écrit est gardé")]
    [InlineData("/en", "Give it a title", "The end is before the start", "The summary is too long: 10,000 characters",
        "What you wrote is kept")]
    public async Task An_unfinished_form_says_kindly_what_to_correct_and_keeps_every_word(string language, params string[] said)
    {
        await SignInAsync(language: language);
        var emoji = string.Concat(Enumerable.Repeat("😀", 10_000));
        var answer = await PostAsync(language + NewEvent, new Dictionary<string, string>
        {
            ["title"] = "",
            ["summary"] = emoji,
            ["date"] = "2026-12-10",
            ["start"] = "12:00",
            ["end"] = "09:00",
            ["city"] = "Rennes",
            ["do"] = "publish",
        });
        var page = await WordsOfAsync(answer);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.All(said.Append(emoji).Append("value=\"Rennes\"").Append("value=\"09:00\""), words =>
            Assert.Contains(words, page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/en")]
    public async Task A_script_in_a_title_or_a_text_is_only_text(string language)
    {
        await SignInAsync(language: language);
        var preview = await PostAsync(language + NewEvent, new Dictionary<string, string>
        {
            ["title"] = "<script>alert(1)</script>",
            ["text"] = "**Gras** <script>alert(2)</script> [ici](javascript:alert(3))",
            ["date"] = "2026-12-10",
            ["do"] = "preview",
        });
        var raw = await preview.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("<strong>Gras</strong>", raw, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", raw, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("href=\"javascript:", raw, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("<script>alert(1)</script>", await WordsOfAsync(preview), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "publish", false)]
    [InlineData(1, "draft", false)]
    [InlineData(-1, "publish", true)]
    public async Task A_replay_comes_after_the_first_start(int days, string pressed, bool taken)
    {
        await SignInAsync();
        var fields = new List<KeyValuePair<string, string>>
        {
            new("title", "Webinaire"), new("replayUrl", "https://video.example/1"), new("attendance", Attendance.Online),
            new("do", pressed),
        };
        foreach (var day in new[] { days, 20 })
        {
            fields.AddRange([
                new("sessionId", ""), new("date", Paris.Now.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                new("start", "11:00"), new("end", "12:00"), new("endDate", ""), new("label", "")]);
        }

        using var answer = await PostAsync("/espace/bsc/webinaires/nouveau", fields);
        Assert.Equal(taken ? HttpStatusCode.Redirect : HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(!taken, (await WordsOfAsync(answer)).Contains("Le webinaire n’a pas encore commencé", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("imageUrl", "javascript:alert(1)")]
    [InlineData("replayUrl", "ftp://bsc.example/replay")]
    [InlineData("replayUrl", "//bsc.example/replay")]
    [InlineData("platformUrl", "data:text/html,x")]
    [InlineData("slides", "Diaporama — file:///etc/passwd")]
    public async Task An_address_is_one_of_the_web(string field, string address)
    {
        await SignInAsync();
        var page = await WordsOfAsync(await PostAsync("/espace/bsc/webinaires/nouveau", new Dictionary<string, string>
        {
            ["title"] = "Webinaire",
            ["date"] = "2026-12-10",
            ["start"] = "09:00",
            ["imageAlt"] = "Une image",
            [field] = address,
            ["do"] = "publish",
        }));
        Assert.Contains("https:// (ou http://)", page, StringComparison.Ordinal);
        Assert.Contains(address, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_has_the_text_and_the_hours_and_neither_the_dates_nor_the_status()
    {
        await SignInAsync();
        var subject = await PublishAsync(Morning("À refaire") with
        {
            Sessions = [new Session("7", "2026-12-10T09:15:00", "2026-12-10T11:45:00")],
            Text = "Un texte.",
            Status = EventStatus.Cancelled,
            StatusReason = "La neige",
            Full = true,
        });
        var page = await WordsOfAsync(await GetAsync($"{NewEvent}?copie={subject}"));
        Assert.All(["Copie de « À refaire »", "Un texte.", "value=\"09:15\"", "value=\"11:45\"", "name=\"version\" value=\"0\""], part =>
            Assert.Contains(part, page, StringComparison.Ordinal));
        Assert.All(["2026-12-10", "La neige", "name=\"full\" checked"], part =>
            Assert.DoesNotContain(part, page, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync($"{NewEvent}?copie=bsc-1")).StatusCode);
    }

    [Fact]
    public async Task Enter_saves_a_draft_of_what_is_new_and_publishes_nothing()
    {
        await SignInAsync();
        var form = await (await GetAsync(NewEvent)).Content.ReadAsStringAsync(Cancellation);
        var first = form[form.IndexOf("<form method=\"post\" id=\"item\"", StringComparison.Ordinal)..];
        Assert.StartsWith("<button class=\"unseen\" name=\"do\" value=\"draft\"",
            first[first.IndexOf("<button", StringComparison.Ordinal)..], StringComparison.Ordinal);

        var answer = await PostAsync(NewEvent, new Dictionary<string, string> { ["title"] = "Matinée", ["date"] = "", ["do"] = "draft" });
        Assert.Contains("/espace/bsc/evenements/bsc-", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Contains("Brouillon enregistré à", await WordsOfAsync(await GetAsync(answer.Headers.Location.ToString())),
            StringComparison.Ordinal);
        await using var db = Open();
        Assert.Equal(0, await db.Journal.CountAsync(Cancellation));
    }

    [Fact]
    public async Task Enter_in_what_is_published_shows_it_again_and_saves_nothing()
    {
        var subject = await PublishAsync(Morning());
        await SignInAsync();
        var path = $"/espace/bsc/evenements/{subject}";
        Assert.Contains("<button class=\"unseen\" name=\"do\" value=\"preview\"",
            await (await GetAsync(path)).Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        var page = await WordsOfAsync(
            await PostAsync(path, new Dictionary<string, string> { ["title"] = "Soirée", ["version"] = "1", ["do"] = "preview" }));
        Assert.Contains("value=\"Soirée\"", page, StringComparison.Ordinal);
        Assert.Contains("Rien n’a encore été enregistré", page, StringComparison.Ordinal);
        Assert.Equal("Matinée", (await CopyAsync(subject)).Title);
    }

    [Fact]
    public async Task A_new_event_stands_in_the_region_of_its_cluster_and_in_Paris_time()
    {
        await SignInAsync();
        var page = await WordsOfAsync(await GetAsync(NewEvent));
        Assert.Contains("<option value=\"53\" selected>Bretagne", page, StringComparison.Ordinal);
        Assert.Contains("<option value=\"Europe/Paris\" selected>", page, StringComparison.Ordinal);
        Assert.Equal(18, page.Split("<option value=\"").Count(option => option.Length > 2 && char.IsDigit(option[0]) && option[2] == '"'));
    }

    [Fact]
    public async Task What_an_import_brought_is_kept_where_the_form_does_not_offer_it()
    {
        var imported = Morning() with { TimeZone = "Asia/Tokyo", Format = "meetup", Place = new Place { City = "Tokyo", Region = "13" } };
        var subject = await PublishAsync(imported);
        await SignInAsync();
        var path = $"/espace/bsc/evenements/{subject}";
        var page = await WordsOfAsync(await GetAsync(path));
        Assert.All(["Asia/Tokyo", "meetup", "13"], kept =>
            Assert.Contains($"<option value=\"{kept}\" selected>", page, StringComparison.Ordinal));

        var answer = await PostAsync(path, new Dictionary<string, string>
        {
            ["title"] = "Soirée",
            ["sessionId"] = "1",
            ["date"] = "2026-12-10",
            ["start"] = "19:00",
            ["city"] = "Tokyo",
            ["region"] = "13",
            ["timeZone"] = "Asia/Tokyo",
            ["format"] = "meetup",
            ["version"] = "1",
            ["do"] = "publish",
        });
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var copy = await CopyAsync(subject);
        var saved = (Event)PublicationText.Read(copy.Kind, copy.Data);
        Assert.Equal(("Asia/Tokyo", "meetup", "13"), (saved.TimeZone, saved.Format, saved.Place?.Region));
    }

    [Fact]
    public async Task Every_session_of_a_long_series_is_kept()
    {
        var days = Enumerable.Range(0, 300)
            .Select(day => new DateOnly(2027, 1, 1).AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).ToList();
        var subject = await PublishAsync(
            Morning() with { Sessions = [.. days.Select((day, index) => new Session($"{index + 1}", $"{day}T09:00:00"))] });
        await SignInAsync();
        var path = $"/espace/bsc/evenements/{subject}";
        var fields = days.SelectMany((day, index) => new[]
        {
            KeyValuePair.Create("sessionId", $"{index + 1}"), KeyValuePair.Create("date", day), KeyValuePair.Create("start", "10:00"),
            KeyValuePair.Create("end", ""), KeyValuePair.Create("endDate", ""), KeyValuePair.Create("label", ""),
        });
        var answer = await PostAsync(path,
            [KeyValuePair.Create("title", "Série"), KeyValuePair.Create("version", "1"), KeyValuePair.Create("do", "publish"), .. fields]);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var copy = await CopyAsync(subject);
        Assert.Equal(300, ((Event)PublicationText.Read(copy.Kind, copy.Data)).Sessions.Count);
    }

    [Theory]
    [InlineData("annuler", "")]
    [InlineData("retirer", "/retirer")]
    public async Task A_reason_that_is_too_long_is_kept_beside_a_kind_word(string action, string page)
    {
        var subject = await PublishAsync(Morning());
        await SignInAsync();
        var (reason, address) = (new string('é', 501), $"/espace/bsc/publications/{subject}");
        var answer = await PostAsync($"{address}/{action}", new Dictionary<string, string> { ["reason"] = reason, ["version"] = "1" },
            from: address + page);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var words = await WordsOfAsync(answer);
        Assert.Contains("501 caractères, 500 au plus", words, StringComparison.Ordinal);
        Assert.Contains(reason, words, StringComparison.Ordinal);
        Assert.Equal(1, (await CopyAsync(subject)).Revision);
    }

    [Theory]
    [InlineData("annuler", "")]
    [InlineData("retirer", "/retirer")]
    public async Task What_was_edited_meanwhile_is_neither_cancelled_nor_withdrawn_unseen(string action, string page)
    {
        var subject = await PublishAsync(Morning());
        await SignInAsync();
        await EditAsync(subject, Morning("Soirée"));
        var address = $"/espace/bsc/publications/{subject}";
        var stale = await PostAsync($"{address}/{action}", new Dictionary<string, string> { ["reason"] = "Grève", ["version"] = "1" },
            from: address + page);
        var words = await WordsOfAsync(stale);
        Assert.Contains("Zoé a enregistré une autre version", words, StringComparison.Ordinal);
        Assert.Contains("Grève", words, StringComparison.Ordinal);
        Assert.Equal(2, (await CopyAsync(subject)).Revision);

        var confirmed = await PostAsync($"{address}/{action}", new Dictionary<string, string> { ["reason"] = "Grève", ["version"] = "2" },
            from: address + page);
        Assert.Equal(HttpStatusCode.Redirect, confirmed.StatusCode);
        Assert.Equal(3, (await CopyAsync(subject)).Revision);
    }

    [Theory]
    [InlineData("100%", "100% utile")]
    [InlineData("a_b", "a_b c")]
    [InlineData("c:\\d", "c:\\d e")]
    [InlineData("UTILE", "100% utile")]
    public async Task What_is_sought_is_taken_literally(string sought, string found)
    {
        await PublishAsync(Morning("100% utile"));
        await PublishAsync(Morning("a_b c"));
        await PublishAsync(Morning("c:\\d e"));
        await PublishAsync(Morning("1000 axb c:d"));
        await SignInAsync();
        var page = await WordsOfAsync(await GetAsync($"/espace/bsc/publications?q={Uri.EscapeDataString(sought)}"));
        Assert.Contains(found, page, StringComparison.Ordinal);
        Assert.Single(page.Split("<h2>").Skip(1));
    }

    [Theory]
    [InlineData("/espace/bsc/nulle/part", "Aucune page")]
    [InlineData("/espace/bsc/publications/bsc-1", "Aucune publication")]
    [InlineData("/espace/bsc/fiches/bsc-1", "Aucune publication")]
    [InlineData("/en/espace/bsc/publications/bsc-1/retirer", "No publication")]
    public async Task An_address_without_a_page_says_so_in_words(string path, string said)
    {
        await SignInAsync();
        var answer = await GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var page = await WordsOfAsync(answer);
        Assert.Contains(said, page, StringComparison.Ordinal);
        Assert.Contains("<nav class=\"side\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fr-FR", "le dim. 22 nov. à 9 h 05", "jeudi 10 décembre 2026, 9 h")]
    [InlineData("en-GB", "Sun 22 Nov at 9:05", "Thursday 10 December 2026, 9:00")]
    public void Moments_are_said_in_the_language_of_the_page(string culture, string yesterday, string start)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        var now = new DateTime(2026, 11, 23, 8, 5, 0, DateTimeKind.Utc);
        Assert.Equal(yesterday, Moments.At(now.AddDays(-1), now).Replace('\u00a0', ' '));
        Assert.Equal(start, Moments.Start("2026-12-10T09:00:00").Replace('\u00a0', ' '));
        CultureInfo.CurrentUICulture = before;
    }
}
