using System.Net;
using Interclustering.Contracts;
using Interclustering.Files;
using Interclustering.IntegrationTests.Node;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Testing;

namespace Interclustering.IntegrationTests.Files;

/// <summary>The picture of an event, its files, and the pictures among them.</summary>
public sealed class EventFileTests : WorkspaceVisit
{
    private static readonly string Photo = Samples.HashOf(Samples.Png);
    private static readonly string Programme = Samples.HashOf(Samples.Pdf);

    [Fact]
    public async Task The_picture_of_an_event_is_uploaded_described_and_published()
    {
        await SignInAsync();
        var asked = await PostAsync(NewEvent, Form("publish").With("image", "Quai 3.png", Samples.Png));
        var page = await WordsOfAsync(asked);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, asked.StatusCode);
        Assert.Contains("Décrivez l’image en quelques mots", page, StringComparison.Ordinal);
        Assert.Contains($"name=\"imageFile\" value=\"{Photo}/Quai 3.png\"", page, StringComparison.Ordinal);

        var item = await PublishedAsync(Form("publish", ("imageFile", $"{Photo}/Quai 3.png"), ("imageAlt", "Un quai")));
        Assert.Equal(new Picture($"http://localhost/fichiers/{Photo}/Quai%203.png", "Un quai")
        {
            File = Samples.Named(Samples.Png, "Quai 3.png", "image/png"),
        }, item.Image);
        Assert.Null(item.Files);
    }

    [Theory]
    [InlineData("evenements/nouveau", "event")]
    [InlineData("webinaires/nouveau", "webinar")]
    [InlineData("fiches/nouvelle", "best-practice")]
    public async Task Every_publication_has_files_and_a_picture_among_them_is_described(string path, string kind)
    {
        await SignInAsync();
        var asked = await PostAsync($"/espace/bsc/{path}",
            Form("publish").With("files", "programme.pdf", Samples.Pdf).With("files", "quai.png", Samples.Png));
        var page = await WordsOfAsync(asked);
        Assert.Contains("Décrivez l’image « quai.png »", page, StringComparison.Ordinal);
        Assert.Contains($"id=\"alt-{Photo}\"", page, StringComparison.Ordinal);

        var published = await PostAsync($"/espace/bsc/{path}", Form("publish", ("file", $"{Programme}/programme.pdf"),
            ("file", $"{Photo}/quai.png"), ($"alt-{Photo}", " Le quai,\nvu d’en haut ")));
        var copy = await CopyAsync(published.Headers.Location!.ToString().Split('/')[^1]);
        Assert.Equal(kind, copy.Kind);
        Assert.Equal([Samples.Named(Samples.Pdf, "programme.pdf"),
            Samples.Named(Samples.Png, "quai.png", "image/png") with { Alt = "Le quai, vu d’en haut" }],
            ((PublishedItem)PublicationText.Read(copy.Kind, copy.Data)).Files!);
        Assert.Contains("pas encore sur le site national",
            await WordsOfAsync(await GetAsync($"/espace/bsc/publications/{copy.Subject}")), StringComparison.Ordinal);
        var edit = await WordsOfAsync(await GetAsync($"/espace/bsc/{path.Split('/')[0]}/{copy.Subject}"));
        Assert.Contains("value=\"Le quai, vu d’en haut\"", edit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_waits_for_the_description()
    {
        await SignInAsync();
        var draft = await PostAsync(NewEvent, Form("draft").With("image", "quai.png", Samples.Png).With("files", "a.png", Samples.Png));
        Assert.Equal(HttpStatusCode.Redirect, draft.StatusCode);
        var copy = await CopyAsync(draft.Headers.Location!.ToString().Split('/')[^1]);
        var item = (Event)PublicationText.Read(copy.Kind, copy.Data);
        Assert.Equal(("", "quai.png"), (item.Image!.Alt, item.Image.File!.Name));
        var publish = await PostAsync($"/espace/bsc/evenements/{copy.Subject}", Form("publish", ("version", "1"),
            ("imageFile", $"{Photo}/quai.png"), ("file", $"{Photo}/a.png"), ($"alt-{Photo}", "")));
        var page = await WordsOfAsync(publish);
        Assert.Contains("Décrivez l’image « a.png »", page, StringComparison.Ordinal);
        Assert.Contains("Décrivez l’image en quelques mots", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("programme.pdf", "n’est pas une image")]
    [InlineData("page.png", "ne s’ouvre pas comme une image")]
    public async Task What_is_no_picture_is_told_beside_the_field(string name, string said)
    {
        await SignInAsync();
        var answer = await PostAsync(NewEvent, Form("image").With("image", name,
            name.EndsWith("pdf", StringComparison.Ordinal) ? Samples.Pdf : Samples.Png[..60]));
        var page = await WordsOfAsync(answer);
        Assert.Contains(said, page, StringComparison.Ordinal);
        Assert.Contains("aria-describedby=\"image-aide image-erreur\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"imageFile\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_is_replaced_removed_and_taken_over_by_a_copy()
    {
        await SignInAsync();
        var subject = await SubjectAsync(Form("publish", ("imageFile", ""), ("imageAlt", "Un quai")).With("image", "quai.png", Samples.Png)
            .With("files", "programme.pdf", Samples.Pdf));
        var copied = await WordsOfAsync(await GetAsync($"{NewEvent}?copie={subject}"));
        Assert.Contains($"name=\"imageFile\" value=\"{Photo}/quai.png\"", copied, StringComparison.Ordinal);
        Assert.DoesNotContain(Programme, copied, StringComparison.Ordinal);

        var replaced = await PostAsync($"/espace/bsc/evenements/{subject}", Form("publish", ("version", "1"), ("imageAlt", "Une cour"),
            ("imageFile", $"{Photo}/quai.png")).With("image", "cour.jpg", Samples.Jpeg));
        Assert.Equal(HttpStatusCode.Redirect, replaced.StatusCode);
        Assert.Equal("cour.jpg", (await EventAsync(subject)).Image!.File!.Name);
        await PostAsync($"/espace/bsc/evenements/{subject}", Form("publish", ("version", "2"), ("imageAlt", "Une cour"),
            ("imageFile", $"{(await EventAsync(subject)).Image!.File!.Sha256}/cour.jpg"), ("dropImage", "on")));
        Assert.Null((await EventAsync(subject)).Image);
    }

    [Fact]
    public async Task What_is_attached_is_seen_by_the_team_and_by_nobody_else()
    {
        var address = $"/espace/bsc/fichiers/{Programme}/programme.pdf";
        await SignInAsync();
        await PostAsync(NewEvent, Form("files").With("files", "programme.pdf", Samples.Pdf));
        var seen = await GetAsync(address);
        Assert.Equal(Samples.Pdf, await seen.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal("default-src 'none'; sandbox", seen.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal(HttpStatusCode.NotFound,
            (await GetAsync($"/espace/bsc/fichiers/{new string('a', 64)}/programme.pdf")).StatusCode);
        Cookies.Clear();
        Assert.Equal(HttpStatusCode.Redirect, (await GetAsync(address)).StatusCode);
    }

    [Fact]
    public async Task A_text_that_was_kept_comes_back_with_its_files()
    {
        await SignInAsync();
        await PostAsync(NewEvent, Form("files").With("files", "programme.pdf", Samples.Pdf).With("image", "quai.png", Samples.Png));
        var key = Guid.CreateVersion7().ToString("N");
        var kept = await PostFromAsync(NewEvent, "/espace/bsc/saisie/event", Form("", ("form", key), ("file", $"{Programme}/programme.pdf"),
            ("imageFile", $"{Photo}/quai.png"), ("file", $"{new string('a', 64)}/perdu.pdf")));
        Assert.True(kept.IsSuccessStatusCode, $"{kept.StatusCode}");
        var page = await WordsOfAsync(await GetAsync($"{NewEvent}?saisie={key}"));
        Assert.Contains($"name=\"file\" value=\"{Programme}/programme.pdf\"", page, StringComparison.Ordinal);
        Assert.Contains($"name=\"imageFile\" value=\"{Photo}/quai.png\"", page, StringComparison.Ordinal);
        Assert.Contains("« perdu.pdf » n’est plus gardé ici", page, StringComparison.Ordinal);
    }

    private async Task<string> SubjectAsync(FilledForm form) =>
        (await PostAsync(NewEvent, form)).Headers.Location!.ToString().Split('/')[^1];

    private async Task<Event> PublishedAsync(FilledForm form) => await EventAsync(await SubjectAsync(form));

    private async Task<Event> EventAsync(string subject) =>
        (Event)PublicationText.Read(Kinds.Event, (await CopyAsync(subject)).Data);

    private static FilledForm Form(string act, params (string Name, string Value)[] fields)
    {
        var form = new FilledForm
        {
            { new StringContent(act), "do" }, { new StringContent("public"), "visibility" }, { new StringContent("Quai"), "title" },
            { new StringContent("2027-03-10"), "date" }, { new StringContent("09:00"), "start" },
        };
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        return form;
    }
}
