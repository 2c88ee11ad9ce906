using System.Net;
using Interclustering.Contracts;
using Interclustering.Files;
using Interclustering.IntegrationTests.Node;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Testing;

namespace Interclustering.IntegrationTests.Files;

public sealed class SheetFormTests : WorkspaceVisit
{
    private const string NewSheet = "/espace/bsc/fiches/nouvelle";
    private const string Letter = "/espace/bsc/lettre/0190d7a2-0000-7000-8000-000000000001/modifier";
    private static readonly string Hash = Samples.HashOf(Samples.Pdf);

    [Theory]
    [InlineData("", "25 Mo au plus par fichier, 20 fichiers au plus")]
    [InlineData("/en", "At most 25 MB a file, at most 20 files")]
    public async Task The_limits_are_said_before_a_file_is_chosen(string language, string said)
    {
        await SignInAsync(language: language);
        var page = await WordsOfAsync(await GetAsync(language + NewSheet));
        Assert.Contains(said, page, StringComparison.Ordinal);
        Assert.Contains("enctype=\"multipart/form-data\"", page, StringComparison.Ordinal);
        Assert.Contains(said, await WordsOfAsync(await GetAsync(language + NewEvent)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_file_is_told_beside_the_field_and_everything_else_is_kept()
    {
        await SignInAsync();
        var answer = await PostAsync(NewSheet, Form("publish", ("title", "Quai"), ("text", "Deux\nlignes")).With("liste", Samples.Pdf)
            .With("page.pdf", "<html>"u8.ToArray())
            .With("plan.docx", Samples.Office(FileKind.Office[0].MediaType, ("word/vbaProject.bin", "x"))));
        var page = await WordsOfAsync(answer);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        string[] expected =
        [
            "« page.pdf » n’est d’aucune des sortes acceptées", "« plan.docx » contient des macros", "value=\"Quai\"", "Deux\nlignes",
                $"name=\"file\" value=\"{Hash}/liste.pdf\"",
            "aria-describedby=\"files-aide files-erreur\"",
        ];
        Assert.All(expected, words => Assert.Contains(words, page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_attached_is_published_shown_with_its_state_and_removed_again()
    {
        await SignInAsync();
        var attached = await PostAsync(NewSheet, Form("files", ("title", "Quai")).With("C:\\Bureau\\liste.pdf", Samples.Pdf));
        Assert.Contains($"value=\"{Hash}/liste.pdf\"", await WordsOfAsync(attached), StringComparison.Ordinal);
        var published = await PostAsync(NewSheet, Form("publish", ("title", "Quai"), ("file", $"{Hash}/liste.pdf")));
        var subject = published.Headers.Location!.ToString().Split('/')[^1];
        Assert.Equal([Samples.Named(Samples.Pdf)], (await SheetAsync(subject)).Files!);
        Assert.Contains("pas encore sur le site national", await WordsOfAsync(await GetAsync($"/espace/bsc/publications/{subject}")),
            StringComparison.Ordinal);

        await PostAsync($"/espace/bsc/fiches/{subject}",
            Form("publish", ("title", "Quai"), ("version", "1"), ("file", $"{Hash}/liste.pdf"), ("dropFile", Hash)));
        Assert.Null((await SheetAsync(subject)).Files);
    }

    [Fact]
    public async Task Related_publications_are_named_by_the_addresses_of_their_pages()
    {
        const string Id = "lsn-0190d7a2-0000-7000-8000-000000000001", Other = "pil-0190d7a2-0000-7000-8000-000000000002";
        await SignInAsync();
        var published = await PostAsync(
            NewSheet, Form("publish", ("title", "Quai"),
            ("related", $"https://agenda.example/evenements/{Id}/livrer-les-iles?x=1\n{Other}\nhttps://agenda.example/ressources/{Id}")));
        Assert.Equal([Id, Other], (await SheetAsync(published.Headers.Location!.ToString().Split('/')[^1])).Related);
        Assert.Contains("n’est pas celle d’une publication",
            await WordsOfAsync(await PostAsync(NewSheet, Form("publish", ("title", "Quai"), ("related", "https://agenda.example/")))),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_never_sent_can_not_be_attached()
    {
        await SignInAsync();
        var answer = await PostAsync(NewSheet, Form("publish", ("title", "Quai"), ("file", $"{new string('a', 64)}/../secret.pdf")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("joignez-le à nouveau", await WordsOfAsync(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_too_large_costs_nothing_but_itself()
    {
        await SignInAsync();
        var page = await WordsOfAsync(
            await PostAsync(NewSheet, Form("publish", ("title", "Quai")).With("gros.pdf", new byte[(25 * 1024 * 1024) + 1])));
        Assert.Contains("« gros.pdf » est trop lourd (26,2 Mo) : 25 Mo au plus", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Quai\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Cet envoi pèse plus de 30 Mo", "Revenir au formulaire")]
    [InlineData("/en", "What you sent is larger than 30 MB", "Back to the form")]
    public async Task A_form_over_the_limit_ends_on_a_page_that_says_what_was_kept_and_leads_back(string language, string said, string back)
    {
        await SignInAsync(language: language);
        using var form = Form("publish", ("title", "Quai")).With("gros.pdf", new byte[30 * 1024 * 1024]);
        var answer = await PostFromAsync(language + NewEvent, language + Letter, form);
        var page = await WordsOfAsync(answer);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains(said, page, StringComparison.Ordinal);
        Assert.Contains($"href=\"{language}{Letter}\">{back}", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_of_another_page_attaches_nothing_and_keeps_what_was_attached_before()
    {
        await SignInAsync();
        await PostAsync(NewSheet, Form("files").With("liste.pdf", Samples.Pdf));
        using var form = Form("publish", ("title", "Quai"), ("file", $"{Hash}/liste.pdf"), ("__RequestVerificationToken", "another"))
            .With("photo.png", Samples.Png);
        var page = await WordsOfAsync(await PostAsync("/espace/bsc/fiches/nouvelle?", form));
        Assert.Contains($"value=\"{Hash}/liste.pdf\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Samples.HashOf(Samples.Png), page, StringComparison.Ordinal);
    }

    private static FilledForm Form(string act, params (string Name, string Value)[] fields)
    {
        var form = new FilledForm { { new StringContent(act), "do" }, { new StringContent("public"), "visibility" } };
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        return form;
    }

    private async Task<BestPractice> SheetAsync(string subject) =>
        (BestPractice)PublicationText.Read(Kinds.BestPractice, (await CopyAsync(subject)).Data);
}
