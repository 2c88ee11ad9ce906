using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Hub;
using Interclustering.Hub.Filters;
using Interclustering.Hub.ReadModel;
using Interclustering.Hub.Search;
using Interclustering.Ui.Words;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Search.Behaviours;

/// <summary>What a search does, whichever index it has: run on SQLite here, and on PostgreSQL by the system tests.</summary>
public abstract class SearchBehaviours : IAsyncLifetime
{
    private readonly Shelf shelf = new();
    private ISearchIndex index = null!;

    /// <summary>Where the index lives; a database of its own for each test.</summary>
    protected abstract Task<IDbContextFactory<HubContext>> CreateDatabaseAsync();

    protected abstract ISearchIndex IndexOf(IDbContextFactory<HubContext> databases);

    /// <summary>What the index has reached before, less a little: see docs/search.md.</summary>
    protected abstract double LeastRecall { get; }

    /// <inheritdoc cref="LeastRecall"/>
    protected abstract double LeastRank { get; }

    public async ValueTask InitializeAsync()
    {
        index = IndexOf(await CreateDatabaseAsync());
        await index.OpenAsync(TestContext.Current.CancellationToken);
    }

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Sixty queries as people type them, with what a reader of all items expects; written without knowing the index.</summary>
    [Fact]
    public async Task The_judged_queries_find_what_a_person_expects()
    {
        var judged = await Judged.ReadAsync("judged.json", TestContext.Current.CancellationToken);
        var figures = await MeasureAsync(judged.Items, judged.Queries);
        Assert.True(figures.Recall >= LeastRecall && figures.ReciprocalRank >= LeastRank, figures.Report);
    }

    /// <summary>Sixty more, in French and English, over more items.</summary>
    [Fact]
    public async Task The_judged_queries_in_two_languages_find_what_a_person_expects()
    {
        var first = await Judged.ReadAsync("judged.json", TestContext.Current.CancellationToken);
        var more = await Judged.ReadAsync("judged-more.json", TestContext.Current.CancellationToken);
        var figures = await MeasureAsync([.. first.Items, .. more.Items], more.Queries);
        Assert.True(figures.Recall >= LeastRecall && figures.ReciprocalRank >= LeastRank, figures.Report);
    }

    private async Task<JudgedFigures> MeasureAsync(IReadOnlyList<JudgedItem> items, IReadOnlyList<JudgedQuery> queries)
    {
        foreach (var item in items)
        {
            shelf.Add(item.Published);
        }

        await index.ApplyAsync([.. items.Select(item => SearchDocument.Of(item.Published, item.Files))], [], "e", 1,
            TestContext.Current.CancellationToken);
        var answers = new List<(JudgedQuery Query, IReadOnlyList<string> Found)>();
        foreach (var query in queries)
        {
            CultureInfo.CurrentUICulture = query.Lang == "en" ? Language.English : Language.French;
            answers.Add((query, [.. (await FindAsync(query.Q)).Hits.Select(hit => hit.Item.Id).Take(10)]));
        }

        var figures = Judged.Measure(answers);
        TestContext.Current.TestOutputHelper!.WriteLine(figures.Report);
        return figures;
    }

    /// <summary>Of each word alone the index names only the nearest.</summary>
    [Fact]
    public async Task What_has_two_words_is_found_though_thousands_are_nearer_to_each_of_them()
    {
        var both = Sheet("Une fiche parmi d’autres", text: "Un texte qui parle de logistique et aussi d’énergie. " + string.Concat(
            Enumerable.Repeat("Beaucoup de mots sans rapport suivent ici, et ils éloignent ceux qui comptent. ", 20)));
        await AddAsync([both, .. Enumerable.Range(0, 2100).SelectMany(_ => (Published[])[Sheet("Logistique"), Sheet("Énergie")])]);

        var results = await FindAsync("logistique énergie");

        Assert.Equal((both.Id, 2, false), (results.Hits[0].Item.Id, results.Hits[0].Matched, results.IsPartial));
    }

    [Theory]
    [InlineData("entrepôt")]
    [InlineData("ENTREPOTS")]
    [InlineData("l’entrepôt")]
    [InlineData("entrepot")]
    [InlineData("entrpot")]
    [InlineData("enterpot")]
    [InlineData("\"sécurité incendie\"")]
    [InlineData("bâtiment logistique")]
    [InlineData("feu dans un dépôt")]
    public async Task Word_forms_accents_typing_errors_and_other_words_for_the_same_find_it(string typed)
    {
        await AddAsync(Sheet("La sécurité incendie des entrepôts"), Sheet("Recruter des conducteurs"), Sheet("Une salle de sécurité"));
        var results = await FindAsync(typed);
        Assert.Equal("La sécurité incendie des entrepôts", results.Hits[0].Item.Title);
    }

    [Fact]
    public async Task What_was_corrected_is_said_and_what_is_right_is_left_alone()
    {
        await AddAsync(Sheet("Mutualisation des livraisons"), Sheet("La logistique"));
        Assert.Equal([("mutualisasion", "mutualisation")], (await FindAsync("mutualisasion")).Corrected);
        Assert.Equal([("logistqiue", "logistique")], (await FindAsync("logistqiue")).Corrected);
        Assert.Equal([("logistic", "logistique")], (await FindAsync("logistic")).Corrected);
        Assert.Empty((await FindAsync("livraison")).Corrected);
        Assert.Empty((await FindAsync("xyzxyzxyz")).Hits);
    }

    /// <summary>Whatever weighs more in the text of the other: the word that was typed comes before another word for it.</summary>
    [Theory]
    [InlineData("barge", "Un mot sur la barge, en passant", "Le transport fluvial")]
    [InlineData("fluvial", "Le transport fluvial", "Un mot sur la barge, en passant")]
    [InlineData("en ligne", "Une réunion en ligne", "Préparer un webinaire")]
    public async Task What_was_typed_stands_above_its_synonyms(string typed, string first, string second)
    {
        await AddAsync(Sheet("Le transport fluvial", text: "Les voies d’eau"), Sheet("Autre", text: "Un mot sur la barge, en passant"),
            Sheet("Une réunion en ligne"), Sheet("Préparer un webinaire"), Sheet("La ligne ferroviaire"));
        string Shown(SearchHit hit) => hit.Item.Title == "Autre" ? hit.Item.Item.Text! : hit.Item.Title;
        Assert.Equal([first, second], (await FindAsync(typed)).Hits.Select(Shown));
    }

    [Theory]
    [InlineData("webinaire", "La ligne ferroviaire")]
    [InlineData("ligne", "Une réunion en ligne")]
    [InlineData("distance", "Travailler à distance")]
    [InlineData("site", "Rendez-vous sur site")]
    public async Task An_expression_with_a_stop_word_is_not_its_other_word(string typed, string other)
    {
        await AddAsync(Sheet("La ligne ferroviaire"), Sheet("Une réunion en ligne"), Sheet("Travailler à distance"),
            Sheet("Rendez-vous sur site"), Sheet("Le webinaire du mois"), Sheet("Un site et sa distance"));
        var found = (await FindAsync(typed)).Hits.Select(hit => hit.Item.Title).ToList();
        Assert.NotEmpty(found);
        Assert.DoesNotContain(other, found);
    }

    [Theory]
    [InlineData("fr", "BSC", "À Brest")]
    [InlineData("fr", "lsn", "À deux")]
    [InlineData("fr", "Logistique Seine Normandie", "À deux")]
    [InlineData("fr", "ZFE", "Une zone à faibles émissions")]
    [InlineData("fr", "CO2", "Compter le CO₂")]
    [InlineData("fr", "bilan carbone", "Un bilan carbone")]
    [InlineData("fr", "rediffusion", "À revoir")]
    [InlineData("fr", "replay", "À revoir")]
    [InlineData("fr", "décembre", "À Brest")]
    [InlineData("en", "warehouses", "Un entrepôt")]
    [InlineData("en", "warehuses", "Un entrepôt")]
    [InlineData("en", "low emission zones", "Une zone à faibles émissions")]
    [InlineData("en", "webinar", "À revoir")]
    [InlineData("en", "in Brittany", "À Brest")]
    [InlineData("en", "how to recruit drivers", "Recruter des conducteurs")]
    [InlineData("en", "entrepôt", "Un entrepôt")]
    public async Task Short_names_and_english_words_find_what_is_meant(string language, string typed, string title)
    {
        CultureInfo.CurrentUICulture = language == "en" ? Language.English : Language.French;
        await AddAsync(Meeting("À Brest", "2026-12-01"), Sheet("Une zone à faibles émissions", cluster: "pasca"),
            Sheet("Compter le CO₂", cluster: "pasca"), Sheet("Un bilan carbone", cluster: "pasca"), Sheet("Un entrepôt", cluster: "pasca"),
            Sheet("Recruter des conducteurs", cluster: "pasca"),
            Shelf.Publish(new Event
            {
                Nonce = "n",
                Title = "À deux",
                CoOrganisers = ["lsn"],
                Sessions = [new Session("1", "2027-03-01")],
            }, cluster: "pasca"),
            Shelf.Publish(new Webinar
            {
                Nonce = "n",
                Title = "À revoir",
                Attendance = Attendance.Online,
                Sessions = [new Session("1", "2026-10-01T11:00:00")],
                ReplayUrl = "https://video.example/1",
            }, cluster: "pasca"));
        Assert.Equal(title, (await FindAsync(typed)).Hits[0].Item.Title);
    }

    /// <summary>« location » and « car » are French words too.</summary>
    [Fact]
    public async Task English_words_count_on_english_pages_only()
    {
        await AddAsync(Sheet("Un entrepôt"));
        CultureInfo.CurrentUICulture = Language.French;
        Assert.Empty((await FindAsync("warehousing")).Hits);
        CultureInfo.CurrentUICulture = Language.English;
        Assert.Single((await FindAsync("warehousing")).Hits);
    }

    [Fact]
    public async Task A_hit_in_a_pdf_leads_to_its_page_and_one_in_another_file_to_the_file()
    {
        var hash = new string('a', 64);
        var sheet = Shelf.Publish(new BestPractice
        {
            Nonce = "n",
            Title = "Une fiche",
            Files = [new Attachment("guide à lire.pdf", "application/pdf", 10, hash), new Attachment("liste.xlsx", "any", 10, hash)],
        });
        shelf.Add(sheet);
        await index.ApplyAsync([SearchDocument.Of(sheet,
            [new FileText("guide à lire.pdf", "Un.\f\fLe transstockeur."), new FileText("liste.xlsx", "Prix\fUne bergeronnette")])],
            [], "e", 1, TestContext.Current.CancellationToken);
        Assert.Equal(new FoundFile("guide à lire.pdf", $"/fichiers/{hash}/guide%20%C3%A0%20lire.pdf#page=3", 3),
            await FileAsync("transstockeur"));
        Assert.Equal(new FoundFile("liste.xlsx", $"/fichiers/{hash}/liste.xlsx", null), await FileAsync("bergeronnette"));

        async Task<FoundFile?> FileAsync(string typed)
        {
            var results = await FindAsync(typed);
            var files = await index.FilesOfAsync([sheet.Id], TestContext.Current.CancellationToken);
            return FoundItem.Of(Assert.Single(results.Hits), results.Query.Terms, files[sheet.Id]).File;
        }
    }

    [Fact]
    public async Task A_quotation_is_looked_for_as_it_stands()
    {
        await AddAsync(Sheet("Les quais de chargement"), Sheet("Chargement électrique à quai"));
        Assert.Equal(["Les quais de chargement"], (await FindAsync("« quais de chargement »")).Hits.Select(hit => hit.Item.Title));
        Assert.Equal(2, (await FindAsync("quais chargement")).Hits.Count);
    }

    [Fact]
    public async Task What_stands_in_an_attachment_is_found_and_its_name_is_told()
    {
        var sheet = Sheet("Une fiche");
        shelf.Add(sheet);
        await index.ApplyAsync(
            [SearchDocument.Of(sheet, [new FileText("presentation.pdf", "Page une.\u0000 Le transstockeur évite les gerbages.")])], [], "e",
            1, TestContext.Current.CancellationToken);
        var results = await FindAsync("transstockeurs");
        var files = await index.FilesOfAsync([sheet.Id], TestContext.Current.CancellationToken);
        var found = FoundItem.Of(Assert.Single(results.Hits), results.Query.Terms, files[sheet.Id]);
        Assert.Equal(("presentation.pdf", "transstockeur"), (found.File?.Name, Assert.Single(found.Text!, piece => piece.IsMarked).Text));
    }

    [Fact]
    public async Task What_weighs_more_and_what_is_to_come_stands_first()
    {
        await AddAsync(
            Sheet("Autre chose", "Une phrase qui parle de douane en passant, parmi bien d’autres choses."), Sheet("La douane"),
            Meeting("Rencontre fluviale", "2026-10-01"), Meeting("Rencontre fluviale", "2026-12-01"));
        Assert.Equal("La douane", (await FindAsync("douane")).Hits[0].Item.Title);
        Assert.Equal([new DateOnly(2026, 12, 1), new DateOnly(2026, 10, 1)],
            (await FindAsync("rencontre fluviale")).Hits.Select(hit => hit.Next!.Day));
    }

    [Fact]
    public async Task Where_nothing_has_every_word_what_has_some_is_shown_and_said()
    {
        await AddAsync(Sheet("Palettes en bois"), Sheet("Camions électriques"));
        var results = await FindAsync("palettes électriques");
        Assert.True(results.IsPartial);
        Assert.Equal(2, results.Hits.Count);
    }

    [Fact]
    public async Task Filters_restrict_and_facets_count_what_was_found()
    {
        await AddAsync(Sheet("Le froid", theme: KnownThemes.Urban), Meeting("Le froid en ville", "2026-12-01"));
        var all = await FindAsync("froid");
        Assert.Equal((1, 1), (all.Facets.Of(Criterion.Kind, Kinds.Event), all.Facets.Of(Criterion.Theme, KnownThemes.Urban)));
        Assert.Equal(["Le froid"], (await FindAsync("froid", new AgendaFilter().With(Criterion.Theme, KnownThemes.Urban))).Hits.Select(
            hit => hit.Item.Title));
    }

    [Fact]
    public async Task A_members_item_is_found_by_its_title_and_its_cluster_only()
    {
        var item = Shelf.Publish(Published.Redact(new BestPractice
        {
            Nonce = "n",
            Title = "Club fermé",
            Summary = "bordereau",
            Text = "bordereau",
            Visibility = Visibility.Members,
            Themes = [KnownThemes.Urban],
        }, new DateOnly(2026, 11, 23)));
        await AddAsync(item);
        Assert.Single((await FindAsync("fermé")).Hits);
        Assert.Single((await FindAsync("bretagne supply")).Hits);
        Assert.Empty((await FindAsync("bordereau")).Hits);
        Assert.Empty((await FindAsync("logistique urbaine")).Hits);
    }

    [Fact]
    public async Task What_is_gone_leaves_no_word_behind_and_what_changed_is_found_as_it_is()
    {
        var sheet = Sheet("Le hochequeue");
        await AddAsync(sheet);
        var revised = sheet with { Item = ((BestPractice)sheet.Item) with { Title = "La bergeronnette" } };
        await AddAsync(revised);
        Assert.Empty((await FindAsync("hochequeue")).Hits);
        Assert.Single((await FindAsync("bergeronnettes")).Hits);

        await index.ApplyAsync([], [sheet.Id], "e", 3, TestContext.Current.CancellationToken);
        Assert.Empty((await FindAsync("bergeronnette")).Hits);
        Assert.DoesNotContain(await index.WordsLikeAsync("bergeronnette", TestContext.Current.CancellationToken), word =>
            word.Folded is "bergeronnette" or "hochequeue");
    }

    [Theory]
    [InlineData("'")]
    [InlineData("\"")]
    [InlineData("* OR NEAR( ) : - & | ! <->")]
    [InlineData("le la les de du")]
    [InlineData("\ud83d\ude9a camion \u0301")]
    [InlineData("%_\\")]
    public async Task Whatever_is_typed_is_answered(string typed)
    {
        await AddAsync(Sheet("Les camions"));
        Assert.NotNull(await FindAsync(typed));
    }

    [Theory]
    [InlineData("Léonie Kervadec", 2)]
    [InlineData("kervadec", 2)]
    [InlineData("\"leonie kervadec\"", 2)]
    [InlineData("kervadec quais", 1)]
    [InlineData("Kerva", 0)]
    public async Task Who_speaks_or_answers_for_it_finds_it_and_stands_in_the_extract(string typed, int count)
    {
        shelf.People["bsc-p"] = new Person { Nonce = "n", Name = "Léonie Kervadec", Role = "exploitation, port fictif" };
        var talk =
            Shelf.Publish(new Event
            {
                Nonce = "n",
                Title = "Les quais de demain",
                Sessions = [new Session("1", "2026-12-01T09:00:00")],
                Speakers = ["bsc-p"]
            });
        var sheet = Shelf.Publish(new BestPractice { Nonce = "n", Title = "Tenir un planning", Owner = "bsc-p", Contacts = ["bsc-p"] });
        var reserved = Shelf.Publish(new Event
        {
            Nonce = "n",
            Title = "Entre adhérents",
            Visibility = Visibility.Members,
            Sessions = [new Session("1", "2026-12-01")],
            Speakers = ["bsc-p"]
        });
        await AddAsync(talk, sheet, reserved, Sheet("Recruter"));
        var results = await FindAsync(typed);
        var whole = results.IsPartial ? [] : results.Hits.Where(hit => hit.Matched == results.Query.Terms.Count).ToList();
        Assert.Equal(count, whole.Count);
        Assert.DoesNotContain(results.Hits, hit => hit.Item == reserved);
        Assert.Empty(results.Corrected);
        Assert.All(whole, hit => Assert.Contains(
            FoundItem.Of(hit, results.Query.Terms, []).Text!, piece =>
                piece.IsMarked && piece.Text.Contains("Kervadec", StringComparison.Ordinal)));

        shelf.People.Clear();
        Assert.DoesNotContain((await FindAsync("kervadec")).Hits, hit => hit.Item == sheet);
    }

    [Theory]
    [InlineData("quai", 1)]
    [InlineData("Yann Quai", 2)]
    public async Task A_name_that_is_a_common_word_is_one_unless_all_of_it_is_typed(string typed, int count)
    {
        shelf.People["bsc-p"] = new Person { Nonce = "n", Name = "Yann Quai" };
        await AddAsync(Sheet("Le quai"), Shelf.Publish(new BestPractice { Nonce = "n", Title = "Recruter", Owner = "bsc-p" }));
        Assert.Equal(count, (await FindAsync(typed)).Hits.Count);
    }

    private static Published Sheet(string title, string? text = null, string? theme = null, string cluster = "bsc") => Shelf.Publish(
        new BestPractice { Nonce = "n", Title = title, Text = text, Themes = theme is null ? [] : [theme] }, cluster: cluster);

    private static Published Meeting(string title, string day) =>
        Shelf.Publish(new Event { Nonce = "n", Title = title, Sessions = [new Session("1", day + "T09:00:00", null)] });

    private async Task AddAsync(params Published[] items)
    {
        foreach (var item in items)
        {
            shelf.Add(item);
        }

        await index.ApplyAsync([.. items.Select(item => SearchDocument.Of(item, [], Shelf.Directory))], [], "e", 1,
            TestContext.Current.CancellationToken);
    }

    private Task<SearchResults> FindAsync(string typed, AgendaFilter? filter = null) =>
        shelf.Search(index).FindAsync(typed, filter ?? new AgendaFilter(), TestContext.Current.CancellationToken);
}
