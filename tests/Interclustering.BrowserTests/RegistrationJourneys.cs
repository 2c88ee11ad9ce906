using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Interclustering.Testing;
using Interclustering.Testing.Servers;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Interclustering.BrowserTests;

/// <summary>Three clusters organise one event, and three people register with one of them each.</summary>
public sealed partial class RegistrationJourneys(EmbeddedServer server, Chromium chromium)
    : IClassFixture<EmbeddedServer>, IClassFixture<Chromium>
{
    private const string Title = "Visite commune (essai)";
    private static readonly (string Code, string Name)[] Clusters =
        [("lsn", "Logistique Seine Normandie"), ("bsc", "Bretagne Supply Chain"), ("tenlog", "TenLog")];

    [Fact]
    public async Task Three_people_register_with_three_clusters_for_one_event_without_script()
    {
        var id = await PublishAsync();
        foreach (var (code, _) in Clusters)
        {
            await OpenRegistrationAsync(code, id);
        }

        var links = new List<string>();
        foreach (var (code, name) in Clusters)
        {
            links.Add(await RegisterAsync(id, code, name));
        }

        // Counts are said twice a minute.
        var reader = await chromium.OpenAsync(360);
        await Until.TrueAsync(
            async () =>
            {
                await reader.GotoAsync(Of($"evenements/{id}"));
                return await reader.GetByText("1 place prise sur 5").CountAsync() == Clusters.Length;
            },
            async () => $"the national page shows three counts, not {await reader.Locator("main").InnerTextAsync()}");
        await NothingIsInTheWayAsync(id, links[0]);
    }

    private async Task<string> PublishAsync()
    {
        var page = await StaffDoor.EnterAsync(chromium, server, 1440);
        await page.GotoAsync(Of("espace/lsn/evenements/nouveau"));
        await page.FillAsync("#title", Title);
        await page.FillAsync("#date-0", DateOnly.FromDateTime(Paris.Now).AddDays(40)
            .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await page.FillAsync("#start-0", "09:00");
        await page.ClickAsync("#diffusion-detail > summary");
        await page.CheckAsync("input[name=coOrganisers][value=bsc]");
        await page.CheckAsync("input[name=coOrganisers][value=tenlog]");
        await page.ClickAsync("button[value=publish]");
        await page.WaitForURLAsync("**/publications/lsn-*");
        var id = page.Url.Split('/')[^1].Split('?', '#')[0];
        foreach (var (code, _) in Clusters[1..])
        {
            var other = await StaffDoor.EnterAsync(chromium, server, 1440, cluster: code);
            await Until.TrueAsync(
                async () =>
                {
                    await other.GotoAsync(Of($"espace/{code}/national/lire/{id}"));
                    return await other.GetByRole(AriaRole.Button, new() { Name = "Accepter" }).CountAsync() == 1;
                },
                () => Task.FromResult($"{code} hears of the event"));
            await other.GetByRole(AriaRole.Button, new() { Name = "Accepter" }).ClickAsync();
            await Expect(other.GetByRole(AriaRole.Link, new() { Name = "Inscrire vos adhérents" })).ToBeVisibleAsync();
        }

        return id;
    }

    private async Task OpenRegistrationAsync(string code, string id)
    {
        var page = await StaffDoor.EnterAsync(chromium, server, 360, cluster: code, script: false);
        await page.GotoAsync(Of($"espace/{code}/publications/{id}/inscriptions"));
        await page.FillAsync("#places", "5");
        await page.SelectOptionAsync("#ask-company", "mandatory");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ouvrir les inscriptions" }).ClickAsync();
        await Expect(page.GetByText("0 place prise sur 5").First).ToBeVisibleAsync();
    }

    /// <returns>The address of the registration's own page.</returns>
    private async Task<string> RegisterAsync(string id, string code, string name)
    {
        var person = await chromium.OpenAsync(360, script: false);
        var way = person.GetByRole(AriaRole.Link, new() { Name = $"Auprès de {name}" });
        await Until.TrueAsync(
            async () =>
            {
                await person.GotoAsync(Of($"evenements/{id}"));
                return await way.CountAsync() == 1;
            },
            async () => $"the national page leads to {name}, not {await person.Locator("main").InnerTextAsync()}");
        await way.ClickAsync();
        await person.GetByRole(AriaRole.Button, new() { Name = "M’inscrire" }).ClickAsync();
        await Expect(person.GetByRole(AriaRole.Alert)).ToContainTextAsync("« Entreprise ou organisme » est demandé.");
        await person.GetByLabel("Prénom et nom").FillAsync("Camille Essai");
        await person.GetByLabel("Adresse électronique").FillAsync($"{code}@exemple.invalid");
        await person.GetByLabel("Entreprise ou organisme").FillAsync("Entreprise Essai");
        await person.Keyboard.PressAsync("Enter");
        await Expect(person.GetByRole(AriaRole.Heading, new() { Name = "Regardez vos mails" })).ToBeVisibleAsync();

        var link = "";
        await Until.TrueAsync(() => Task.FromResult((link = LinkTo(code)).Length > 0), () => Task.FromResult($"a mail to {code} is there"));
        await person.GotoAsync(Of(link));
        await person.GetByRole(AriaRole.Button, new() { Name = "Confirmer mon inscription" }).ClickAsync();
        await Expect(person.GetByRole(AriaRole.Status)).ToContainTextAsync("Vous êtes inscrit.");
        return link;
    }

    private string LinkTo(string code)
    {
        var folder = Path.Combine(server.Data, "mail");
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.eml").Select(File.ReadAllText)
            .Where(mail => mail.Contains($"To: {code}@exemple.invalid", StringComparison.Ordinal))
            .Select(mail => Own().Match(mail).Value).FirstOrDefault() ?? "" : "";
    }

    /// <summary>No rule of axe broken, no sideways scrolling, light and dark, phone and desktop, both languages.</summary>
    private async Task NothingIsInTheWayAsync(string id, string own)
    {
        foreach (var (width, scheme, language) in new[] { (1440, ColorScheme.Light, ""), (360, ColorScheme.Dark, "en/") })
        {
            var page = await StaffDoor.EnterAsync(chromium, server, width, scheme);
            foreach (var path in new[]
            {
                $"espace/lsn/inscription/{id}", $"espace/lsn/inscription/{id}/envoyee", own, $"espace/lsn/publications/{id}/inscriptions",
                $"espace/lsn/publications/{id}/inscriptions/pointage", $"espace/lsn/publications/{id}/inscriptions/badges",
                $"evenements/{id}",
            })
            {
                await page.GotoAsync(Of(language + path.TrimStart('/')));
                await page.EvaluateAsync("document.querySelectorAll('main details').forEach(fold => { fold.open = true; })");
                Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, $"{path} fits {width} px");
                var broken = (await page.RunAxe()).Violations;
                Assert.True(broken.Length == 0,
                    $"{path} at {width}: {string.Join("; ", broken.Select(rule => $"{rule.Id} {rule.Nodes[0].Html}"))}");
            }
        }
    }

    private string Of(string path) => new Uri(server.Http.BaseAddress!, path).ToString();

    [GeneratedRegex(@"/espace/[a-z]+/mon-inscription/\S+")]
    private static partial Regex Own();
}
