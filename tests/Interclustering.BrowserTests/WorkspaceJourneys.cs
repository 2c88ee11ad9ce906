using Interclustering.Testing;
using Interclustering.Testing.Servers;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Interclustering.BrowserTests;

/// <summary>Staff of two clusters: one keeps a date, the other meets it in the radar; a receipt moves while one watches.</summary>
public sealed class WorkspaceJourneys(EmbeddedServer server, Chromium chromium) : IClassFixture<EmbeddedServer>, IClassFixture<Chromium>
{
    private static readonly string Day = NextThursday(DateOnly.FromDateTime(Paris.Now).AddDays(120))
        .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(360, false)]
    [InlineData(1440, true)]
    public async Task A_date_kept_by_one_cluster_stands_in_the_radar_of_another(int width, bool script)
    {
        var title = $"Matinée gardée à {width} px";
        var one = await StaffDoor.EnterAsync(chromium, server, width, script: script, cluster: "tenlog");
        await one.GotoAsync(server.Http.BaseAddress + "espace/tenlog/options?date=" + Day);
        await one.FillAsync("#title", title);
        await one.CheckAsync("input[name=themes][value=logistique-urbaine]");
        await one.ClickAsync("form#item p.actions button");
        await Expect(one.Locator(".holds h2").Filter(new() { HasText = title })).ToBeVisibleAsync();

        var other = await StaffDoor.EnterAsync(chromium, server, width, script: script);
        await Until.TrueAsync(
            async () =>
            {
                await other.GotoAsync(server.Http.BaseAddress + "espace/lsn/evenements/nouveau");
                await other.ClickAsync("#sujets-detail > summary");
                await other.CheckAsync("input[name=themes][value=logistique-urbaine]");
                if (script)
                {
                    await other.RunAndWaitForResponseAsync(() => other.FillAsync("#date-0", Day), answer =>
                        answer.Url.Contains("date=" + Day, StringComparison.Ordinal));
                    await Expect(other.Locator("#radar .planned")).ToBeVisibleAsync();
                }
                else
                {
                    await other.FillAsync("#date-0", Day);
                    await other.ClickAsync("button[value=radar]");
                }

                return await other.Locator("#radar").Filter(new() { HasText = title }).CountAsync() > 0;
            },
            () => Task.FromResult("the hold has arrived in the other cluster's radar"));
        await Expect(other.Locator("#radar")).ToContainTextAsync("même thème");
        await Expect(other.Locator("#radar")).ToContainTextAsync("TenLog a une option le même jour");

        var slot = other.Locator("#radar button[name=slot]").First;
        var free = await slot.GetAttributeAsync("value");
        await slot.ClickAsync();
        await Expect(other.Locator("#date-0")).ToHaveValueAsync(free!);
        await Expect(other.Locator("input[name=themes][value=logistique-urbaine]")).ToBeCheckedAsync();

        await one.Locator("li").Filter(new() { HasText = title }).GetByRole(AriaRole.Button, new() { Name = "Libérer la date" })
            .ClickAsync();
        await Expect(one.Locator(".holds h2").Filter(new() { HasText = title })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_receipt_moves_by_itself_until_the_publication_is_visible()
    {
        var page = await StaffDoor.EnterAsync(chromium, server, 1440, cluster: "pil");
        await page.GotoAsync(server.Http.BaseAddress + "espace/pil/evenements/nouveau");
        await page.FillAsync("#title", "Suivie du regard");
        await page.FillAsync("#date-0", Day);
        await page.FillAsync("#start-0", "09:00");
        await page.FillAsync("#end-0", "12:00");
        await page.ClickAsync("button[value=publish]");
        await page.WaitForURLAsync("**/publications/pil-*");
        await Expect(page.GetByText("Visible sur le site national")).ToBeVisibleAsync();
        await Expect(page.Locator("#faits")).ToContainTextAsync("visible depuis");
    }

    [Fact]
    public async Task The_editor_writes_Markdown_pastes_clean_and_keeps_what_was_not_saved()
    {
        var page = await StaffDoor.EnterAsync(chromium, server, 1440, cluster: "tenlog");
        await page.GotoAsync(server.Http.BaseAddress + "espace/tenlog/evenements/nouveau");
        await page.FillAsync("#title", "Jamais enregistré");
        await page.ClickAsync("#contenu-detail > summary");
        await page.FillAsync("#text", "quai");
        await page.Locator("#text").SelectTextAsync();
        await page.Locator("[data-for=text] [data-mark=bold]").ClickAsync();
        await Expect(page.Locator("#text")).ToHaveValueAsync("**quai**");
        await page.Locator("#text").SelectTextAsync();
        await page.EvaluateAsync("""
            () => {
              const clipboard = new DataTransfer();
              clipboard.setData("text/html", "<style>p{color:red}</style><h1 onclick='x()'>Programme</h1>"
                + "<p class=MsoNormal>Un <b>mot</b><script>alert(1)</script></p><ul><li>café</li></ul>");
              document.querySelector("#text").dispatchEvent(new ClipboardEvent("paste",
                { clipboardData: clipboard, bubbles: true, cancelable: true }));
            }
            """);
        await Expect(page.Locator("#text")).ToHaveValueAsync("## Programme\n\nUn **mot**\n\n- café");
        await Expect(page.Locator("#kept")).Not.ToBeEmptyAsync();

        await page.GotoAsync(server.Http.BaseAddress + "espace/tenlog");
        await page.GetByRole(AriaRole.Link, new() { Name = "Jamais enregistré" }).ClickAsync();
        await Expect(page.Locator("#title")).ToHaveValueAsync("Jamais enregistré");
        await Expect(page.Locator("#text")).ToHaveValueAsync("## Programme\n\nUn **mot**\n\n- café");
    }

    [Fact]
    public async Task A_passkey_is_added_opens_the_workspace_and_no_other_and_is_removed()
    {
        var page = await StaffDoor.EnterAsync(chromium, server, 1440, cluster: "euralogistic");
        var device = await page.Context.NewCDPSessionAsync(page);
        await device.SendAsync("WebAuthn.enable");
        await device.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true
            },
        });
        await page.GotoAsync(server.Http.BaseAddress + "espace/euralogistic/compte");
        await page.FillAsync("#passkey", "Appareil d’essai");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ajouter une clé d’accès" }).ClickAsync();
        await Expect(page.Locator("main h3")).ToHaveTextAsync("Appareil d’essai");

        await page.GetByRole(AriaRole.Button, new() { Name = "Se déconnecter" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Entrer avec une clé d’accès" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("À faire");

        await page.GotoAsync(server.Http.BaseAddress + "espace/tenlog/connexion");
        await page.GetByRole(AriaRole.Button, new() { Name = "Entrer avec une clé d’accès" }).ClickAsync();
        await Expect(page.Locator("#erreur")).ToContainTextAsync("n’ouvre rien ici");

        await page.GotoAsync(server.Http.BaseAddress + "espace/euralogistic/compte");
        await page.GetByRole(AriaRole.Button, new() { Name = "Retirer « Appareil" }).ClickAsync();
        await Expect(page.Locator("main h3")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(360, true)]
    [InlineData(1440, true)]
    [InlineData(360, false)]
    public async Task From_an_invitation_to_the_first_visible_publication_takes_twelve_steps_at_most(int width, bool script)
    {
        var invitation = await InvitationAsync($"claire-{width}-{script}@pasca.example");
        var page = await chromium.OpenAsync(width, script: script);
        var title = $"Premier événement à {width} px{(script ? "" : ", sans script")}";
        var visible = page.GetByRole(AriaRole.Link, new() { Name = "Visible sur le site national" });
        Func<Task>[] steps = [
            () => page.GotoAsync(invitation),
            () => page.FillAsync("#password", "quatre palettes au quai"),
            () => page.GetByRole(AriaRole.Button, new() { Name = "Entrer dans l’espace" }).ClickAsync(),
            () => page.GetByRole(AriaRole.Link, new() { Name = "Nouvel événement" }).ClickAsync(),
            () => page.FillAsync("#title", title),
            () => page.FillAsync("#date-0", Day),
            () => page.FillAsync("#start-0", "09:00"),
            () => page.GetByRole(AriaRole.Button, new() { Name = "Publier", Exact = true }).ClickAsync(),
            () => script ? Task.CompletedTask : LoadUntilVisibleAsync(),
            () => visible.ClickAsync(),
        ];
        Assert.True(steps.Length <= 12, $"{steps.Length} steps");
        foreach (var step in steps)
        {
            await step();
        }

        await Expect(page.Locator("h1")).ToHaveTextAsync(title);

        async Task LoadUntilVisibleAsync()
        {
            // A page that is still being left can't be loaded again.
            await page.WaitForURLAsync("**/publications/pasca-*");
            await Until.TrueAsync(async () => await page.ReloadAsync() is not null && await visible.CountAsync() > 0, () =>
                Task.FromResult("the receipt says at the next load that it is visible"));
        }
    }

    /// <summary>Four fields and five presses on a phone; « Publier » is always in sight, and not far away by the Tab key.</summary>
    [Fact]
    public async Task The_short_form_is_short()
    {
        // A member of their own: a text that another test has left unsaved would stand above the form.
        var page = await chromium.OpenAsync(360);
        await page.GotoAsync(await InvitationAsync("court@pasca.example"));
        await page.FillAsync("#password", "quatre palettes au quai");
        await page.GetByRole(AriaRole.Button, new() { Name = "Entrer dans l’espace" }).ClickAsync();
        await page.WaitForURLAsync("**/espace/pasca");
        var (height, viewport) = ("document.documentElement.scrollHeight", "el => { const box = el.getBoundingClientRect();"
            + " return box.top >= 0 && box.bottom <= innerHeight; }");
        var publish = page.Locator("#item button[value=publish]");
        foreach (var path in new[] { "webinaires/nouveau", "fiches/nouvelle", "evenements/nouveau" })
        {
            await page.GotoAsync($"{server.Http.BaseAddress}espace/pasca/{path}");
            Assert.InRange(await page.EvaluateAsync<int>(height), 1, 2200);
            await page.EvaluateAsync("scrollTo(0, 0)");
            Assert.True(await publish.EvaluateAsync<bool>(viewport));
            await page.EvaluateAsync("document.querySelector('#item').scrollIntoView({ block: 'end' })");
            Assert.True(await publish.EvaluateAsync<bool>(viewport));
        }

        await page.EvaluateAsync("document.querySelector('.skip').focus()");
        await page.Keyboard.PressAsync("Enter");
        var presses = 0;
        do
        {
            await page.Keyboard.PressAsync("Tab");
            presses++;
        }
        while (!await publish.EvaluateAsync<bool>("el => el === document.activeElement") && presses < 60);
        Assert.InRange(presses, 1, 20);

        Func<Task>[] clicks = [
            () => TypeAsync("#title", "En quatre champs"),
            () => TypeAsync("#date-0", Day),
            () => TypeAsync("#start-0", "09:00"),
            () => TypeAsync("#placeName", "Le Hangar"),
            () => publish.ClickAsync(),
        ];
        foreach (var click in clicks)
        {
            await click();
        }

        await page.WaitForURLAsync("**/publications/pasca-*");
        await Expect(page.Locator("h1")).ToHaveTextAsync("En quatre champs");

        async Task TypeAsync(string field, string text)
        {
            await page.ClickAsync(field);
            await page.FillAsync(field, text);
        }
    }

    /// <summary>What a folded part holds is said on its line; a place that was used before brings its address.</summary>
    [Fact]
    public async Task A_folded_part_says_what_it_holds_and_a_known_place_completes_itself()
    {
        var page = await StaffDoor.EnterAsync(chromium, server, 1440, cluster: "lsn");
        var form = server.Http.BaseAddress + "espace/lsn/evenements/nouveau";
        await page.GotoAsync(form);
        await page.ClickAsync("#sujets-detail > summary");
        await page.CheckAsync("input[name=themes][value=logistique-urbaine]");
        await page.ClickAsync("#sujets-detail > summary");
        await Expect(page.Locator("#sujets-detail .holds")).ToHaveTextAsync("Logistique urbaine");
        await page.ClickAsync("#lieu-detail > summary");
        await page.FillAsync("#title", "Au dock");
        await page.FillAsync("#date-0", Day);
        await page.FillAsync("#start-0", "09:00");
        await page.FillAsync("#placeName", "Dock des essais");
        await page.FillAsync("#street", "1 quai des Essais");
        await page.FillAsync("#postalCode", "76600");
        await page.FillAsync("#city", "Le Havre");
        await page.ClickAsync("#item button[value=publish]");
        await page.WaitForURLAsync("**/publications/lsn-*");

        await page.GotoAsync(form);
        await page.FillAsync("#placeName", "Dock des essais");
        await page.PressAsync("#placeName", "Tab");
        await Expect(page.Locator("#city")).ToHaveValueAsync("Le Havre");
        await Expect(page.Locator("#lieu-detail .holds")).ToContainTextAsync("1 quai des Essais · 76600");
    }

    /// <summary>A member who only looks at dates finds nothing « À faire » afterwards.</summary>
    [Fact]
    public async Task Looking_at_dates_leaves_nothing_behind()
    {
        var page = await StaffDoor.EnterAsync(chromium, server, 1440, cluster: "lsn");
        await page.GotoAsync(server.Http.BaseAddress + "espace/lsn/webinaires/nouveau");
        await page.RunAndWaitForResponseAsync(() => page.FillAsync("#date-0", Day), answer =>
            answer.Url.Contains("/radar", StringComparison.Ordinal));
        await Expect(page.Locator("#radar .planned")).ToBeVisibleAsync();
        await page.RunAndWaitForResponseAsync(
            () => page.CheckAsync("input[name=allDay]"), answer => answer.Url.Contains("/saisie/", StringComparison.Ordinal));
        await page.GotoAsync(server.Http.BaseAddress + "espace/lsn/webinaires/nouveau");
        await Expect(page.Locator(".unsaved")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_keyboard_alone_leads_from_the_sign_in_to_a_publication()
    {
        var page = await chromium.OpenAsync(1440);
        await page.GotoAsync(await InvitationAsync("clavier@pasca.example"));
        await TabToAsync("#password");
        await page.Keyboard.TypeAsync("quatre palettes au quai");
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync("nav.side a[href$='/evenements/nouveau']");
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync("#title");
        await page.Keyboard.TypeAsync("Au clavier seul");
        await TabToAsync("input[name=allDay]");
        await page.Keyboard.PressAsync("Space");
        await TabToAsync("#date-0");
        // Where the browser writes the year last and how, its language decides: keys that change parts are the same in all.
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.TypeAsync("2027");
        await TabToAsync("#contenu-detail > summary");
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync("#text");
        await page.Keyboard.TypeAsync("mot");
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.PressAsync("Control+B");
        await Expect(page.Locator("#text")).ToHaveValueAsync("**mot**");
        await TabToAsync("#item button[value=publish]");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/publications/pasca-*");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Au clavier seul");

        async Task TabToAsync(string place)
        {
            await page.Locator(place).WaitForAsync();
            for (var press = 0; press < 120; press++)
            {
                await page.Keyboard.PressAsync("Tab");
                if (await page.EvaluateAsync<bool>("place => document.activeElement.matches(place)", place))
                {
                    Assert.NotEqual("none", await page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle"));
                    return;
                }
            }

            Assert.Fail($"Tab does not reach {place}");
        }
    }

    [Theory]
    [InlineData(360, false)]
    [InlineData(1440, true)]
    public async Task Two_people_at_one_text_see_both_and_choose(int width, bool script)
    {
        var one = await StaffDoor.EnterAsync(chromium, server, width, script: script, cluster: "bsc");
        var other = await StaffDoor.EnterAsync(chromium, server, width, script: script, cluster: "bsc");
        await one.GotoAsync(server.Http.BaseAddress + "espace/bsc/evenements/nouveau");
        await one.FillAsync("#title", "À quatre mains");
        await one.ClickAsync("button[value=draft]:not(.unseen)");
        await one.WaitForURLAsync("**/evenements/bsc-*");
        await other.GotoAsync(one.Url);
        await other.FillAsync("#title", "Le titre de l’autre");
        await other.ClickAsync("button[value=draft]:not(.unseen)");

        await one.FillAsync("#title", "Mon titre");
        await one.ClickAsync("button[value=draft]:not(.unseen)");
        await Expect(one.Locator("#autre-version")).ToContainTextAsync("Le titre de l’autre");
        await Expect(one.Locator("#autre-version")).ToContainTextAsync("Mon titre");
        Assert.True(await one.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width);
        await one.GetByRole(AriaRole.Link, new() { Name = "Prendre l’autre" }).ClickAsync();
        await Expect(one.Locator("#title")).ToHaveValueAsync("Le titre de l’autre");
        await one.GetByRole(AriaRole.Link, new() { Name = "Reprendre ce texte" }).ClickAsync();
        await Expect(one.Locator("#title")).ToHaveValueAsync("Mon titre");
        await one.ClickAsync("button[value=draft]:not(.unseen)");
        await one.GetByRole(AriaRole.Button, new() { Name = "Garder la mienne" }).ClickAsync();
        await Expect(one.Locator("#autre-version")).ToHaveCountAsync(0);
        await Expect(one.Locator("#title")).ToHaveValueAsync("Mon titre");
    }

    /// <summary>The address of an invitation, on this server.</summary>
    private async Task<string> InvitationAsync(string email)
    {
        var (exit, output) = await server.RunAsync(
            "staff", "add", "--cluster", "pasca", "--email", email, "--name", "Claire (démonstration)");
        Assert.True(exit == 0, output);
        var link = output.Split('\n').Select(line => line.Split(' ')[0])
            .Single(word => word.Contains("/invitation/", StringComparison.Ordinal));
        return server.Http.BaseAddress + new Uri(link).AbsolutePath[1..];
    }

    private static DateOnly NextThursday(DateOnly day) => day.DayOfWeek == DayOfWeek.Thursday ? day : NextThursday(day.AddDays(1));
}
