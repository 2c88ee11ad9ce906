using System.Text.RegularExpressions;
using Interclustering.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Interclustering.BrowserTests;

/// <summary>A member who prepares a joint webinar, in the workspace of their cluster.</summary>
/// <param name="Code">Of the cluster.</param>
/// <param name="Page">The member's browser, signed in.</param>
/// <param name="Node">Where the cluster's node answers.</param>
internal sealed record Colleague(string Code, IPage Page, Uri Node)
{
    public Task OpenAsync(string id, string page = "") =>
        Page.GotoAsync(new Uri(Node, $"espace/{Code}/webinaires-communs/{id}{page}").ToString());

    /// <summary>Asks for a page of the dossier again until it says something.</summary>
    public Task UntilItSaysAsync(string id, string words, string page = "") => Until.TrueAsync(
        async () =>
        {
            await OpenAsync(id, page);
            return (await Page.Locator("main").InnerTextAsync()).Contains(words, StringComparison.Ordinal);
        },
        async () => $"{Code} reads « {words} », not {await Page.Locator("main").InnerTextAsync()}");

    /// <returns>The status with which the node answers the form of a button.</returns>
    public async Task<int> SendAsync(ILocator button) =>
        (await Page.RunAndWaitForResponseAsync(() => button.ClickAsync(), response => response.Request.Method == "POST")).Status;

    public Task PressAsync(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button }).First.ClickAsync();
}

/// <summary>Three people of three clusters, at once, from an idea to the sheet.</summary>
/// <param name="Lead">Proposes.</param>
/// <param name="Second">Answers, and looks for a replay.</param>
/// <param name="Third">Answers with a condition, corrects, and publishes the sheet.</param>
/// <param name="Member">Reads the national site.</param>
/// <param name="Site">Where that is.</param>
internal sealed partial record JointWebinarJourney(Colleague Lead, Colleague Second, Colleague Third, IPage Member, Uri Site)
{
    public const string Title = "L’entrepôt face aux canicules (essai)";

    private IEnumerable<Colleague> All => [Lead, Second, Third];

    /// <summary>An idea, five free slots, all clusters: under five minutes of clicking.</summary>
    /// <returns>The dossier's id.</returns>
    public async Task<string> ProposeAsync()
    {
        await Lead.Page.GotoAsync(new Uri(Lead.Node, $"espace/{Lead.Code}/webinaires-communs/proposer").ToString());
        await Lead.Page.FillAsync("#title", Title);
        await Lead.Page.CheckAsync("input[name=themes][value=transition-ecologique]");
        await Lead.PressAsync("Trouver des jours libres pour tous");
        await Expect(Lead.Page.Locator("#slotDate-4")).Not.ToHaveValueAsync("");
        await Lead.PressAsync("Proposer aux clusters");
        await Lead.Page.WaitForURLAsync($"**/webinaires-communs/{Lead.Code}-*");
        var id = Lead.Page.Url.Split('/')[^1];
        await Task.WhenAll(Second.UntilItSaysAsync(id, Title), Third.UntilItSaysAsync(id, Title));
        return id;
    }

    /// <summary>Both answer at the same time.</summary>
    public Task AnswerAsync(string id)
    {
        async Task SecondAsync()
        {
            await Second.OpenAsync(id);
            await Second.Page.CheckAsync("input[name=joins][value=yes]");
            foreach (var slot in await Second.Page.Locator("fieldset.inline input[value=yes]").AllAsync())
            {
                await slot.CheckAsync();
            }

            await Second.Page.CheckAsync("input[name=brings][value=speaker]");
            await Second.Page.FillAsync("#people-speaker", "Camille Essai — chaîne du froid (démonstration)");
            await Second.PressAsync("Envoyer notre réponse");
        }

        async Task ThirdAsync()
        {
            await Third.OpenAsync(id);
            await Third.Page.CheckAsync("input[name=joins][value=if]");
            await Third.Page.FillAsync("#condition", "un autre cluster anime");
            await Third.PressAsync("Envoyer notre réponse");
        }

        return Task.WhenAll(SecondAsync(), ThirdAsync());
    }

    /// <summary>Two choose different slots at the same moment: one answer, the same everywhere, and the other is told.</summary>
    public async Task ChooseAtOnceAsync(string id)
    {
        await Lead.UntilItSaysAsync(id, "un autre cluster anime");
        await Lead.UntilItSaysAsync(id, "Camille Essai");
        await Second.UntilItSaysAsync(id, "un autre cluster anime");
        // The third has said nothing of the slots: both are asked first.
        await Lead.SendAsync(Lead.Page.Locator("#creneaux").GetByRole(AriaRole.Button, new() { NameRegex = Choose() }).First);
        await Second.SendAsync(Second.Page.Locator("#creneaux").GetByRole(AriaRole.Button, new() { NameRegex = Choose() }).Last);
        var confirm = new PageGetByRoleOptions { Name = "Choisir quand même" };
        var answers = await Task.WhenAll(
            Lead.SendAsync(Lead.Page.GetByRole(AriaRole.Button, confirm)),
            Second.SendAsync(Second.Page.GetByRole(AriaRole.Button, confirm)));

        await Until.TrueAsync(
            async () =>
            {
                var told = new List<string>();
                foreach (var one in All)
                {
                    await one.OpenAsync(id);
                    told.Add(string.Concat(await one.Page.Locator("#creneaux .chosen h3").AllInnerTextsAsync())
                        + await one.Page.GetByText("est gardé ici et part").CountAsync());
                }

                return told.Distinct().Count() == 1 && told[0].Length > 1 && told[0].EndsWith('0');
            },
            async () => $"all see one slot, not "
                + $"{string.Join(" / ", await Task.WhenAll(All.Select(one => one.Page.Locator("#creneaux").InnerTextAsync())))}");

        // On a slow machine the later press may meet a node that has heard of the other choice: it is told at once, and sends nothing.
        Assert.Equal(1, answers.Count(status => status == 400) + await Lead.Page.Locator("#refuse").CountAsync()
            + await Second.Page.Locator("#refuse").CountAsync());
    }

    /// <summary>Each prepares something; then it is announced, corrected by another, and a member reads it.</summary>
    public async Task PrepareAndAnnounceAsync(string id)
    {
        async Task LeadAsync()
        {
            await Lead.OpenAsync(id, "/preparation");
            await Lead.PressAsync("Partir de la liste type");
        }

        async Task SecondAsync()
        {
            await Second.OpenAsync(id, "/preparation");
            await Second.Page.FillAsync("#registrationUrl", $"https://{Second.Code}.example/inscription");
            await Second.Page.FillAsync("#places", "80");
            await Second.PressAsync("Enregistrer pour nos adhérents");
        }

        async Task ThirdAsync()
        {
            await Third.OpenAsync(id, "/preparation");
            await Third.Page.FillAsync("#what", "Ouverture par les trois clusters");
            await Third.PressAsync("Ajouter");
        }

        await Task.WhenAll(LeadAsync(), SecondAsync(), ThirdAsync());
        await Third.OpenAsync(id);
        await Lead.OpenAsync(id);
        await Lead.Page.FillAsync("#sentRemark", "Tout est prêt");
        await Lead.PressAsync("Envoyer");
        await Expect(Third.Page.GetByText("Le dossier vient d’avancer.")).ToBeVisibleAsync();
        await Lead.UntilItSaysAsync(id, "Ouverture par les trois clusters", "/jour-j");
        await Lead.OpenAsync(id, "/annonce");
        await Lead.PressAsync("Annoncer dans l’agenda commun");
        await Lead.UntilItSaysAsync(id, "Visible sur le site national", "/annonce");
        await MemberReadsAsync(id, $"https://{Second.Code}.example/inscription");

        await Third.UntilItSaysAsync(id, "Corriger l’annonce", "/annonce");
        await Third.Page.FillAsync("#title", Title + ", corrigé");
        await Third.PressAsync("Publier la correction");
        await MemberReadsAsync(id, ", corrigé");
    }

    /// <summary>No replay before the webinar; the sheet by one, and a member finds each from the other.</summary>
    public async Task FollowUpAsync(string id)
    {
        await Second.UntilItSaysAsync(id, ", corrigé", "/apres");
        await Expect(Second.Page.Locator("main")).ToContainTextAsync("Le webinaire n’a pas encore eu lieu");
        await Expect(Second.Page.Locator("#url")).ToHaveCountAsync(0);

        await Third.UntilItSaysAsync(id, ", corrigé", "/fiche");
        await Third.Page.FillAsync("#title", "Protéger un entrepôt des canicules (essai)");
        await Third.PressAsync("Publier la fiche au nom de tous");
        await Third.Page.WaitForURLAsync($"**/publications/{Third.Code}-*");
        await MemberReadsAsync(id, "Protéger un entrepôt des canicules (essai)");
        await Member.GetByRole(AriaRole.Link, new() { Name = "Protéger un entrepôt des canicules (essai)" }).First.ClickAsync();
        await Expect(Member.Locator("main")).ToContainTextAsync(", corrigé");
        await Lead.UntilItSaysAsync(id, "Fiche publiée par", "/fiche");
    }

    private Task MemberReadsAsync(string id, string words) => Until.TrueAsync(
        async () =>
        {
            await Member.GotoAsync(new Uri(Site, $"evenements/{id}").ToString());
            return (await Member.Locator("main").InnerTextAsync()).Contains(words, StringComparison.Ordinal)
                || await Member.Locator($"main a[href='{words}']").CountAsync() > 0;
        },
        async () => $"a member reads « {words} », not {await Member.Locator("main").InnerTextAsync()}");

    [GeneratedRegex("^Choisir")]
    private static partial Regex Choose();
}
