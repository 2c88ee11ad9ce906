using System.Text;
using Interclustering.Testing;
using Interclustering.Testing.Servers;
using Microsoft.Playwright;

namespace Interclustering.BrowserTests;

/// <summary>
/// The pictures of docs/screens.md, of demonstration content: <c>tests/run.sh --screens</c> makes them again. In the normal run every page
/// of that list has to open, at one size, and nothing is written: <see cref="PagesInABrowser"/> looks at all of them.
/// </summary>
public sealed class Screens(EmbeddedServer server, Chromium chromium) : IClassFixture<EmbeddedServer>, IClassFixture<Chromium>
{
    private static readonly (string Name, string Title, string Path)[] Pages = [
        ("agenda", "L’agenda", "/agenda"),
        ("filters", "Filtré, et ce qui est proche quand rien n’est trouvé", "/agenda?region=53&theme=foncier-logistique&q=quai"),
        ("week", "Une semaine", "/agenda/{week}"),
        ("month", "Un mois", "/agenda/{month}"),
        ("map", "La carte et sa liste", "/agenda/carte"),
        ("subscribe", "S’abonner", "/abonnement"),
        ("embed", "Intégrer", "/integrer"),
        ("search", "La recherche, avec une faute de frappe", "/recherche?q=enterpot"),
        ("answer", "La recherche, quand le site a une page pour cela", "/recherche?q=webinaires+%C3%A0+venir"),
        ("replays", "Les replays", "/ressources?kind=replay"),
        ("api", "L’API", "/api"),
        ("event", "Un événement", "{event}"),
        ("webinar", "Un webinaire", "{webinar}"),
        ("sheet", "Une fiche", "{best-practice}"),
        ("clusters", "Les clusters", "/clusters"),
        ("english", "En anglais", "/en/agenda"),
        ("state", "L’état de la fédération", "/etat"),
    ];

    private const string Dossier = "dossier", History = "history";

    /// <summary>What the help shows, in its order.</summary>
    private static readonly (string Name, string? Path)[] HelpPages = [
        ("publier", "/espace/bsc/evenements/nouveau"), ("suivre", null), ("option", "/espace/bsc/options"), ("commun", Dossier),
            ("sources", "/espace/bsc/sources"), ("changer", History), ("fiche", "/espace/bsc/fiches/nouvelle"),
            ("national", "/espace/bsc/national"), ("equipe", "/espace/bsc/equipe"),
    ];

    /// <summary>Those that are told apart by more than their colours are kept.</summary>
    private static readonly (int Width, ColorScheme Scheme, bool IsKept)[] Looks =
        [(1440, ColorScheme.Light, true), (1440, ColorScheme.Dark, false), (360, ColorScheme.Light, false), (360, ColorScheme.Dark, true)];

    private static string? Folder => Environment.GetEnvironmentVariable("INTERCLUSTERING_SCREENS");

    [Fact]
    public async Task Every_page_of_the_documentation_opens_and_is_in_the_list()
    {
        var list = new StringBuilder("# Screens\n\nDemonstration content, at 1440 pixels light and at 360 pixels dark, the first and the "
            + "event in all four. Made by `tests/run.sh --screens`.\n");
        foreach (var (name, title, path) in Pages)
        {
            list.Append("\n## ").Append(title).Append("\n\n");
            foreach (var (width, scheme, isKept) in Looks)
            {
                var file = $"{name}-{width}-{(scheme == ColorScheme.Light ? "light" : "dark")}.png";
                var isShown = isKept || name is "agenda" or "event";
                if (isShown)
                {
                    list.Append("![").Append(title).Append("](screens/").Append(file).Append(")\n");
                }

                if (Folder is null ? (width, scheme) != (360, ColorScheme.Dark) : !isShown)
                {
                    continue;
                }

                var page = await chromium.OpenAsync(width, scheme);
                var answer = await page.GotoAsync(new Uri(server.Http.BaseAddress!, await PathAsync(path)).ToString());
                Assert.Equal(200, answer!.Status);
                Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, $"{path} fits {width} px");
                if (Folder is { } folder)
                {
                    await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, "screens", file) });
                }

                await page.Context.CloseAsync();
            }
        }

        if (Folder is { } docs)
        {
            await File.WriteAllTextAsync(Path.Combine(docs, "screens.md"), list.ToString());
        }

        Assert.Equal(list.ToString(), await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "screens.md")));
    }

    [Fact]
    public async Task Every_task_of_the_help_has_its_picture()
    {
        var page = await StaffDoor.EnterAsync(chromium, server, 1440, cluster: "bsc");
        await page.SetViewportSizeAsync(1440, 600);
        await page.GotoAsync(new Uri(server.Http.BaseAddress!, "/espace/bsc/aide").ToString());
        var pictures = await page.Locator("main img")
            .EvaluateAllAsync<string[]>("all => all.map(each => each.getAttribute('src').split('/').pop())");
        Assert.Equal(HelpPages.Select(each => each.Name + ".png"), pictures);
        await page.GotoAsync(new Uri(server.Http.BaseAddress!, "/espace/bsc/publications").ToString());
        var publication = await page.Locator("main .list h2 a").First.GetAttributeAsync("href");
        await page.GotoAsync(new Uri(server.Http.BaseAddress!, publication).ToString());
        await page.GetByRole(AriaRole.Link, new() { Name = "Modifier" }).ClickAsync();
        await page.FillAsync("#summary", "Relu et complété par l’équipe (démonstration).");
        await page.ClickAsync("button[value=publish]");
        await page.WaitForURLAsync("**" + publication);
        await page.GotoAsync(new Uri(server.Http.BaseAddress!, "/espace/bsc/webinaires-communs").ToString());
        var dossier = await page.Locator("main .list h3 a").First.GetAttributeAsync("href");
        foreach (var (name, path) in HelpPages)
        {
            await page.GotoAsync(new Uri(server.Http.BaseAddress!,
                path switch { null => publication, Dossier => dossier, History => publication + "/historique", _ => path }).ToString());
            if (name == "publier")
            {
                await page.FillAsync("#title", "Visite du quai (démonstration)");
                await page.FillAsync("#date-0", Paris.Now.AddDays(16)
                    .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
                await page.Locator("#radar .planned").WaitForAsync();
            }

            if (Folder is { } folder)
            {
                // The date is in the middle of a long form; other pages begin with what they are about.
                await page.Locator(name == "publier" ? "#date-0" : "main")
                    .EvaluateAsync("shown => shown.scrollIntoView({ block: shown.id === 'date-0' ? 'center' : 'start' })");
                var left = (await page.Locator("main").BoundingBoxAsync())!.X - 20;
                await page.ScreenshotAsync(new PageScreenshotOptions
                {
                    Path = Path.Combine(folder, "..", "src", "Interclustering.Node", "wwwroot", "help", $"{name}.png"),
                    Clip = new Clip { X = left, Y = 0, Width = 960, Height = 600 },
                });
            }
        }

        Assert.All(HelpPages, each => Assert.True(
            File.Exists(Path.Combine(Repository.Root, "src", "Interclustering.Node", "wwwroot", "help", each.Name + ".png")), each.Name));
    }

    private async Task<string> PathAsync(string path) => path switch
    {
        "/agenda/{month}" => $"/agenda/{Paris.Now.AddMonths(1):yyyy-MM}",
        "/agenda/{week}" => $"/agenda/{Interclustering.Hub.Agenda.AgendaWeek.Of(DateOnly.FromDateTime(Paris.Now.AddDays(8)))}",
        ['{', .. var kind, '}'] => await FirstAsync(kind),
        _ => path,
    };

    private async Task<string> FirstAsync(string kind)
    {
        using var list = System.Text.Json.JsonDocument.Parse(await server.Http.GetStringAsync($"/api/v1/publications?limit=1&kind={kind}"));
        return new Uri(list.RootElement.GetProperty("items")[0].GetProperty("url").GetString()!).AbsolutePath;
    }
}
