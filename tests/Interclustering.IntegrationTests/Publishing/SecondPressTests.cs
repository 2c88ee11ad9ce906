using System.Net;
using Interclustering.Contracts;
using Interclustering.IntegrationTests.Node;
using Interclustering.Node.Forms;
using Interclustering.Node.Publishing.Editor;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Publishing;

/// <summary>« Publier » twice is one publication, however the second press comes.</summary>
public sealed class SecondPressTests : WorkspaceVisit
{
    private static Dictionary<string, string> Form(string title, string action = "publish", string? key = null) => new()
    {
        ["title"] = title,
        ["date"] = "2026-12-01",
        ["start"] = "09:00",
        ["timeZone"] = "Europe/Paris",
        ["form"] = key ?? Guid.CreateVersion7().ToString("N"),
        ["do"] = action,
    };

    [Fact]
    public async Task The_same_page_sent_again_gets_the_first_answer()
    {
        await SignInAsync();
        var form = Form("Petit-déjeuner");
        form["__RequestVerificationToken"] = await TokenAsync(NewEvent);
        var first = await SendAsync(NewEvent, form);
        var again = await SendAsync(NewEvent, form);
        Assert.Equal((HttpStatusCode.Found, HttpStatusCode.Found), (first.StatusCode, again.StatusCode));
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Equal(1, Assert.Single(await EventsAsync()).Revision);
    }

    /// <summary>People paste what the browser's bar shows.</summary>
    [Theory]
    [InlineData("www.visio.example/1", "https://www.visio.example/1")]
    [InlineData(" WWW.visio.example ", "https://WWW.visio.example")]
    [InlineData("http://visio.example/1", "http://visio.example/1")]
    public async Task An_address_without_its_beginning_is_completed(string typed, string kept)
    {
        await SignInAsync();
        var form = Form("Un webinaire");
        (form["platformUrl"], form["registrationUrl"], form["slides"]) = (typed, typed, $"Diaporama — {typed}");
        var answer = await PostAsync("/espace/bsc/webinaires/nouveau", form);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        var copy = await CopyAsync(answer.Headers.Location!.OriginalString.Split('/')[^1]);
        var webinar = (Webinar)PublicationText.Read(copy.Kind, copy.Data);
        Assert.Equal((kept, kept, kept), (webinar.PlatformUrl, webinar.RegistrationUrl, Assert.Single(webinar.Slides).Url));
    }

    /// <summary>Without a script the address comes when the form is sent; what was typed of it stays.</summary>
    [Theory]
    [InlineData("le DOCK", "", "Le Havre")]
    [InlineData("Le Dock", "Rouen", "Rouen")]
    [InlineData("Un autre lieu", "", null)]
    public async Task A_place_that_was_used_before_brings_its_address(string name, string city, string? kept)
    {
        var dock = new Place { Name = "Le Dock", PostalCode = "76600", City = "Le Havre", Country = "FR" };
        await PublishAsync(Morning() with { Place = dock });
        await SignInAsync();
        var form = Form("Au même endroit");
        (form["placeName"], form["city"]) = (name, city);
        var answer = await PostAsync(NewEvent, form);
        var copy = await CopyAsync(answer.Headers.Location!.OriginalString.Split('/')[^1]);
        Assert.Equal(kept, ((Event)PublicationText.Read(copy.Kind, copy.Data)).Place?.City);
    }

    [Fact]
    public async Task Two_presses_at_once_are_one_publication()
    {
        await SignInAsync();
        var form = Form("Petit-déjeuner");
        form["__RequestVerificationToken"] = await TokenAsync(NewEvent);
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => SendAsync(NewEvent, form)));
        Assert.Single(answers.Select(answer => answer.Headers.Location!.OriginalString).Distinct());
        Assert.Single(await EventsAsync());
    }

    [Fact]
    public async Task Two_pages_of_one_form_at_once_are_one_publication()
    {
        await SignInAsync();
        // The second page may come before, while, and after the first is written: each round meets another of these moments.
        for (var round = 0; round < 10; round++)
        {
            var form = Form("Petit-déjeuner");
            var pages = new List<Dictionary<string, string>>();
            for (var page = 0; page < 4; page++)
            {
                pages.Add(new(form)
                {
                    ["title"] = $"Petit-déjeuner {round}-{page}",
                    ["__RequestVerificationToken"] = await TokenAsync(NewEvent),
                });
            }

            var answers = await Task.WhenAll(pages.Select(page => SendAsync(NewEvent, page)));
            Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Found);
            Assert.Single(await EventsAsync(), copy => copy.Title.StartsWith($"Petit-déjeuner {round}-", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task What_was_changed_after_going_back_is_shown_as_a_correction()
    {
        await SignInAsync();
        var form = Form("Petit déjeuné");
        var subject = (await PostAsync(NewEvent, form)).Headers.Location!.OriginalString.Split('/')[^1];
        form["title"] = "Petit-déjeuner";
        var shown = await PostAsync(NewEvent, form);
        var words = await WordsOfAsync(shown);
        Assert.Contains("C’est déjà enregistré, et n’a pas été fait deux fois.", words, StringComparison.Ordinal);
        Assert.Contains("value=\"Petit-déjeuner\"", words, StringComparison.Ordinal);
        Assert.Contains($"/espace/bsc/evenements/{subject}", words, StringComparison.Ordinal);
        Assert.Equal("Petit déjeuné", Assert.Single(await EventsAsync()).Title);

        (form["version"], form["form"]) = ("1", subject);
        Assert.Equal(HttpStatusCode.Found, (await PostAsync($"/espace/bsc/evenements/{subject}", form)).StatusCode);
        Assert.Equal(("Petit-déjeuner", 2), (Assert.Single(await EventsAsync()).Title, Assert.Single(await EventsAsync()).Revision));
    }

    /// <summary>With a script the form's address has its key.</summary>
    [Fact]
    public async Task Its_address_leads_to_what_it_has_become()
    {
        await SignInAsync();
        var form = Form("Petit-déjeuner");
        Assert.DoesNotContain("Petit-déjeuner", await WordsOfAsync(await GetAsync($"{NewEvent}?saisie={form["form"]}")),
            StringComparison.Ordinal);
        var subject = (await PostAsync(NewEvent, form)).Headers.Location!.OriginalString.Split('/')[^1];
        var words = await WordsOfAsync(await GetAsync($"{NewEvent}?saisie={form["form"]}"));
        Assert.Contains("value=\"Petit-déjeuner\"", words, StringComparison.Ordinal);
        Assert.Contains($"/espace/bsc/evenements/{subject}", words, StringComparison.Ordinal);
    }

    /// <summary>Without a script « Back » loads the page anew: its key is another one, and what was typed remains.</summary>
    [Fact]
    public async Task The_same_text_from_another_page_is_the_same_publication()
    {
        await SignInAsync();
        var first = await PostAsync(NewEvent, Form("Petit-déjeuner"));
        Assert.Equal(first.Headers.Location, (await PostAsync(NewEvent, Form("Petit-déjeuner"))).Headers.Location);
        Assert.Single(await EventsAsync());
        Assert.NotEqual(first.Headers.Location, (await PostAsync(NewEvent, Form("Autre chose"))).Headers.Location);
        Assert.Equal(2, (await EventsAsync()).Count);
    }

    [Fact]
    public async Task A_draft_that_is_published_from_the_page_before_is_no_second_one()
    {
        await SignInAsync();
        await PostAsync(NewEvent, Form("Petit-déjeuner", "draft"));
        Assert.Equal(HttpStatusCode.Found, (await PostAsync(NewEvent, Form("Petit-déjeuner"))).StatusCode);
        Assert.Equal(PublicationState.Published, Assert.Single(await EventsAsync()).State);
    }

    [Fact]
    public async Task What_was_withdrawn_can_be_published_again_by_the_same_text()
    {
        await SignInAsync();
        var subject = (await PostAsync(NewEvent, Form("Petit-déjeuner"))).Headers.Location!.OriginalString.Split('/')[^1];
        await using (var db = Open())
        {
            await new PublicationEditor(db, Journal, TimeProvider.System).WithdrawAsync(subject, reason: null, "Anne", Cancellation);
        }

        Assert.Equal(HttpStatusCode.Found, (await PostAsync(NewEvent, Form("Petit-déjeuner"))).StatusCode);
        Assert.Equal([PublicationState.Withdrawn, PublicationState.Published],
            (await EventsAsync()).OrderBy(copy => copy.CreatedAt).Select(copy => copy.State));
    }

    [Fact]
    public async Task A_hold_is_put_once()
    {
        await SignInAsync();
        var form = new Dictionary<string, string>
        {
            ["title"] = "Rencontre",
            ["date"] = "2026-12-10",
            ["start"] = "09:00",
            ["__RequestVerificationToken"] = await TokenAsync("/espace/bsc/options"),
        };
        var first = await SendAsync("/espace/bsc/options", form);
        Assert.Equal(HttpStatusCode.Found, first.StatusCode);
        Assert.Equal(first.Headers.Location, (await SendAsync("/espace/bsc/options", form)).Headers.Location);
        await using var db = Open();
        Assert.Equal(1, await db.WorkingCopies.CountAsync(row => row.Kind == Kinds.DateHold, Cancellation));
    }

    /// <summary>The browser breaks the first press off when the second is made: what was not carried out yet is, once.</summary>
    [Fact]
    public async Task What_was_broken_off_is_carried_out_by_one_of_those_that_follow()
    {
        var done = 0;
        var once = new OncePerForm(TimeProvider.System);
        var (begun, broken) = (new TaskCompletionSource(), new TaskCompletionSource());
        var first = PressAsync(once, async () =>
        {
            begun.SetResult();
            await broken.Task;
            throw new OperationCanceledException();
        });
        await begun.Task;
        var others = Enumerable.Range(0, 4).Select(_ => PressAsync(once, async () =>
        {
            Interlocked.Increment(ref done);
            await Task.Yield();
            return Results.LocalRedirect("/there");
        })).ToList();
        broken.SetResult();
        await Assert.ThrowsAsync<OperationCanceledException>(() => first);
        Assert.Single((await Task.WhenAll(others)).Distinct());
        Assert.Equal(1, done);
    }

    private static async Task<object?> PressAsync(OncePerForm once, Func<Task<IResult>> handle)
    {
        var http = new DefaultHttpContext();
        http.Request.Method = HttpMethods.Post;
        http.Request.ContentType = "application/x-www-form-urlencoded";
        http.Request.Form = new FormCollection(new() { ["title"] = "Petit-déjeuner" });
        return await once.InvokeAsync(new DefaultEndpointFilterInvocationContext(http), async _ => await handle());
    }

    /// <summary>What was refused has done nothing: sent again as it was, it is read again.</summary>
    [Fact]
    public async Task A_refusal_is_not_kept()
    {
        await SignInAsync();
        var form = Form("");
        form["__RequestVerificationToken"] = await TokenAsync(NewEvent);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(NewEvent, form)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(NewEvent, form)).StatusCode);
        Assert.Empty(await EventsAsync());
    }

    private async Task<string> TokenAsync(string page) => TokenOf(await (await GetAsync(page)).Content.ReadAsStringAsync(Cancellation));

    private async Task<IReadOnlyList<WorkingCopy>> EventsAsync()
    {
        await using var db = Open();
        return await db.WorkingCopies.AsNoTracking().Where(row => row.Kind == Kinds.Event).ToListAsync(Cancellation);
    }
}
