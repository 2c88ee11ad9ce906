using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Interclustering.Contracts;
using Interclustering.IntegrationTests.Node;
using Interclustering.Node.Audit;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Publishing;

/// <summary>The list of publications: what it finds, its tabs, and several at once.</summary>
public sealed partial class PublicationListTests : WorkspaceVisit
{
    private const string List = "/espace/bsc/publications", Several = List + "/plusieurs";

    [Theory]
    [InlineData("entrepot décarboner", new[] { "Décarboner l’entrepôt" })]
    [InlineData("ENTREPÔT", new[] { "Décarboner l’entrepôt" })]
    [InlineData("quimper visite", new[] { "Visite du quai" })]
    [InlineData("urbaine", new[] { "Visite du quai" })]
    [InlineData("fiche", new[] { "Mutualiser les tournées" })]
    [InlineData("visite entrepôt", new string[0])]
    public async Task Every_word_is_found_whatever_accents_case_and_order(string sought, string[] found)
    {
        await FillAsync();
        Assert.Equal(found, await TitlesAsync($"?q={Uri.EscapeDataString(sought)}"));
    }

    [Theory]
    [InlineData("", 5)]
    [InlineData("?vue=a-venir", 1)]
    [InlineData("?vue=passees", 1)]
    [InlineData("?vue=fiches", 1)]
    [InlineData("?vue=brouillons", 1)]
    [InlineData("?vue=passees&kind=webinar", 0)]
    [InlineData("?theme=logistique-urbaine", 1)]
    [InlineData("?etat=withdrawn", 1)]
    [InlineData("?vue=rien", 5)]
    public async Task Tabs_and_filters_stand_in_the_address(string query, int count)
    {
        await FillAsync();
        var drafts = await TitlesAsync(query);
        Assert.Equal(count, drafts.Count);
    }

    [Fact]
    public async Task What_is_to_come_begins_with_the_nearest_and_what_is_past_with_the_latest()
    {
        await SignInAsync();
        foreach (var days in (int[])[30, 3, 12, -2, -40])
        {
            await PublishAsync(On(days, $"Dans {days}"));
        }

        Assert.Equal(["Dans 3", "Dans 12", "Dans 30"], await TitlesAsync("?vue=a-venir"));
        Assert.Equal(["Dans -2", "Dans -40"], await TitlesAsync("?vue=passees"));
        var moved = (await TitlesAsync("?vue=a-venir"))[0];
        await using var db = Open();
        var subject = await db.WorkingCopies.Where(row => row.Title == moved).Select(row => row.Subject).SingleAsync(Cancellation);
        await EditAsync(subject, On(-1, moved));
        Assert.Equal([moved, "Dans -2", "Dans -40"], await TitlesAsync("?vue=passees"));
    }

    [Fact]
    public async Task A_long_list_has_pages_which_keep_the_filter()
    {
        await SignInAsync();
        for (var number = 1; number <= 31; number++)
        {
            await PublishAsync(On(number, $"Visite {number}"));
        }

        var page = await WordsOfAsync(await GetAsync(List + "?vue=a-venir&q=visite"));
        Assert.Contains("href=\"/espace/bsc/publications?vue=a-venir&q=visite&page=2\"", page, StringComparison.Ordinal);
        Assert.Equal(["Visite 31"], await TitlesAsync("?vue=a-venir&q=visite&page=2"));
    }

    [Fact]
    public async Task Several_are_withdrawn_after_one_question_that_names_them()
    {
        await SignInAsync();
        var (one, other, kept) = (await PublishAsync(On(3, "Première")), await PublishAsync(On(4, "Deuxième")),
            await PublishAsync(On(5, "Troisième")));
        var asked = await GetAsync($"{Several}?do=retirer&id={one}&id={other}");
        var page = await WordsOfAsync(asked);
        Assert.All(["Retirer 2 publications ?", "Première", "Deuxième"], words => Assert.Contains(words, page, StringComparison.Ordinal));
        Assert.Equal(PublicationState.Published, (await CopyAsync(one)).State);

        var done = await SendAsync(await ItemsOfAsync(page), ("do", "retirer"));
        Assert.Contains("2 publications sont retirées.", done, StringComparison.Ordinal);
        Assert.All([one, other], subject => Assert.Equal(PublicationState.Withdrawn, CopyAsync(subject).Result.State));
        Assert.Equal(PublicationState.Published, (await CopyAsync(kept)).State);
        await using var db = Open();
        Assert.Equal(["Première", "Deuxième"], await db.Audit.Where(row => row.Action == AuditedActions.Withdrawn).OrderBy(row => row.Id)
            .Select(row => row.What).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task One_that_was_changed_meanwhile_is_named_and_does_not_stop_the_others()
    {
        await SignInAsync();
        var (one, other) = (await PublishAsync(On(3, "Première")), await PublishAsync(On(4, "Deuxième")));
        var items = await ItemsOfAsync(await WordsOfAsync(await GetAsync($"{Several}?do=theme&id={one}&id={other}")));
        await EditAsync(one, On(6, "Première, déplacée"));
        var done = await SendAsync(items, ("do", "theme"), ("theme", KnownThemes.Urban));
        Assert.All(["1 publication a ce thème.", "Première, déplacée", "modifiée par quelqu’un d’autre"], words =>
            Assert.Contains(words, done, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("Deuxième", done, StringComparison.Ordinal);
        Assert.Empty(((PublishedItem)PublicationText.Read(Kinds.Event, (await CopyAsync(one)).Data)).Themes);
        Assert.Equal([KnownThemes.Urban], ((PublishedItem)PublicationText.Read(Kinds.Event, (await CopyAsync(other)).Data)).Themes);
        Assert.Equal(2, (await CopyAsync(other)).Revision);
    }

    [Fact]
    public async Task Several_are_archived_and_nothing_else_changes()
    {
        await SignInAsync();
        var one = await PublishAsync(On(3, "Première"));
        await using (var db = Open())
        {
            await new PublicationEditor(db, Journal, TimeProvider.System)
                .SaveDraftAsync(null, On(4, "Brouillon"), "Anne", 0, Cancellation);
        }

        var draft = (await TitlesAsync("?vue=brouillons"))[0];
        Assert.Equal("Brouillon", draft);
        var page = await WordsOfAsync(await GetAsync($"{Several}?do=archiver&id={one}"));
        var done = await SendAsync(await ItemsOfAsync(page), ("do", "archiver"));
        Assert.Contains("1 publication est archivée.", done, StringComparison.Ordinal);
        Assert.Equal(["Brouillon"], await TitlesAsync(""));
        Assert.Equal(1, (await CopyAsync(one)).Revision);
    }

    [Fact]
    public async Task Nothing_ticked_and_no_theme_are_said()
    {
        await SignInAsync();
        var one = await PublishAsync(On(3, "Première"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await GetAsync($"{Several}?do=retirer")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await GetAsync($"{Several}?do=effacer&id={one}")).StatusCode);
        var items = await ItemsOfAsync(await WordsOfAsync(await GetAsync($"{Several}?do=theme&id={one}")));
        var answer = await PostAsync(Several, [.. items, KeyValuePair.Create("do", "theme")], from: $"{Several}?do=theme&id={one}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.All(["Choisissez un thème.", "Première"], words =>
            Assert.Contains(words, WordsOfAsync(answer).Result, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_page_of_a_publication_shows_what_is_published()
    {
        await SignInAsync();
        var subject = await PublishAsync(On(10, "Visite du quai") with
        {
            Summary = "Un quai, trois idées.",
            Text = "Venez **tôt**.",
            Place = new Place { Name = "La Halle", City = "Quimper" },
            RegistrationUrl = "https://inscription.example/1",
            Themes = [KnownThemes.Urban],
        });
        var page = await WordsOfAsync(await GetAsync($"{List}/{subject}"));
        Assert.All(["Ce qui est publié", "Un quai, trois idées.", "<strong>tôt</strong>", "La Halle", "https://inscription.example/1",
            "Logistique urbaine", "<time datetime=\"" + Day(10)], words => Assert.Contains(words, page, StringComparison.Ordinal));
    }

    private static string Day(int days) =>
        DateOnly.FromDateTime(Paris.Now).AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Event On(int days, string title) =>
        new() { Nonce = "", Title = title, Sessions = [new Session("1", Day(days) + "T09:00:00")] };

    private async Task FillAsync()
    {
        await SignInAsync();
        await PublishAsync(On(10, "Visite du quai") with { Place = new Place { City = "Quimper" }, Themes = [KnownThemes.Urban] });
        await PublishAsync(On(-10, "Décarboner l’entrepôt"));
        await PublishAsync(new BestPractice { Nonce = "", Title = "Mutualiser les tournées" });
        var withdrawn = await PublishAsync(new Event
        {
            Nonce = "",
            Title = "Date à fixer",
            Status = EventStatus.Postponed,
            Sessions = [new Session("1", Day(10) + "T09:00:00")],
        });
        await using var db = Open();
        var editor = new PublicationEditor(db, Journal, TimeProvider.System);
        await editor.WithdrawAsync(withdrawn, null, "Anne", Cancellation);
        await editor.SaveDraftAsync(null, On(20, "Rencontre"), "Anne", 0, Cancellation);
    }

    private async Task<List<string>> TitlesAsync(string query)
    {
        var page = await WordsOfAsync(await GetAsync(List + query));
        return [.. Title().Matches(page).Select(match => match.Groups[1].Value)];
    }

    private static Task<List<KeyValuePair<string, string>>> ItemsOfAsync(string page) =>
        Task.FromResult(Item().Matches(page).Select(match => KeyValuePair.Create("item", match.Groups[1].Value)).ToList());

    /// <summary>What the page says to which the form leads.</summary>
    private async Task<string> SendAsync(List<KeyValuePair<string, string>> items, params (string Name, string Value)[] fields)
    {
        Assert.NotEmpty(items);
        var answer = await PostAsync(Several, [.. items, .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))],
            from: "/espace/bsc/compte");
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return await WordsOfAsync(await GetAsync(answer.Headers.Location!.ToString()));
    }

    [GeneratedRegex("<h2><a [^>]*>([^<]*)</a></h2>")]
    private static partial Regex Title();

    [GeneratedRegex("name=\"item\" value=\"([^\"]+)\"")]
    private static partial Regex Item();
}
