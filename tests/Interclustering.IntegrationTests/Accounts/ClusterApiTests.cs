using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Files;
using Interclustering.IntegrationTests.Node;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Tokens;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Accounts;

/// <summary>A cluster's own site publishes with a token, and no other way.</summary>
public sealed class ClusterApiTests : WorkspaceVisit
{
    private const string Item = "/espace/bsc/api/v1/publications/site-web/42";

    private static readonly object Breakfast = new
    {
        kind = "event",
        title = "Petit-déjeuner du quai",
        text = "Café et palettes",
        themes = new[] { KnownThemes.Urban },
        url = "https://bsc.example/petit-dejeuner",
        sessions = new[] { new { start = "2027-03-10T09:00:00", end = "2027-03-10T11:00:00" } },
        place = new { name = "Quai 4", city = "Rennes", region = "53" },
    };

    [Fact]
    public async Task The_same_id_updates_and_the_same_content_changes_nothing()
    {
        var token = await TokenAsync(TokenScopes.Write);
        var (status, created) = await PutAsync(Item, token, Breakfast);
        Assert.Equal((HttpStatusCode.Created, "created", 1),
            (status, created.GetProperty("outcome").GetString(), created.GetProperty("revision").GetInt32()));
        (status, var same) = await PutAsync(Item, token, Breakfast);
        Assert.Equal((HttpStatusCode.OK, "unchanged", 1),
            (status, same.GetProperty("outcome").GetString(), same.GetProperty("revision").GetInt32()));
        (_, var changed) = await PutAsync(
            Item, token, new { title = "Petit-déjeuner déplacé", sessions = new[] { new { start = "2027-03-11" } } });
        Assert.Equal(("updated", created.GetProperty("id").GetString()),
            (changed.GetProperty("outcome").GetString(), changed.GetProperty("id").GetString()));

        var copy = await CopyAsync(created.GetProperty("id").GetString()!);
        var kept = (Event)PublicationText.Read(copy.Kind, copy.Data);
        Assert.Equal(("Petit-déjeuner déplacé", "2027-03-11", "2027-03-12"), (kept.Title, kept.Sessions[0].Start, kept.Sessions[0].End));
        Assert.Null(kept.Text);
        Assert.Equal(new SourceReference("site-web", "42"), kept.Source);
    }

    [Fact]
    public async Task A_dry_run_says_what_would_be_done_and_does_nothing()
    {
        var token = await TokenAsync(TokenScopes.Write);
        var (status, would) = await PutAsync(Item + "?dryRun=true", token, Breakfast);
        Assert.Equal((HttpStatusCode.OK, "created", true),
            (status, would.GetProperty("outcome").GetString(), would.GetProperty("dryRun").GetBoolean()));
        await using (var db = Open())
        {
            Assert.False(await db.WorkingCopies.AnyAsync(Cancellation));
        }

        await PutAsync(Item, token, Breakfast);
        (_, would) =
            await PutAsync(Item + "?dryRun=true", token, new { title = "Autre", sessions = new[] { new { start = "2027-03-10" } } });
        Assert.Equal("updated", would.GetProperty("outcome").GetString());
        would = await (await SendAsync(HttpMethod.Delete, Item + "?dryRun=true", token)).Content.ReadFromJsonAsync<JsonElement>(
            Cancellation);
        Assert.Equal(("withdrawn", true), (would.GetProperty("outcome").GetString(), would.GetProperty("dryRun").GetBoolean()));
        Assert.Equal("published", (await ReadAsync(token)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_dry_run_with_a_typing_error_writes_nothing_and_is_told_how_it_is_spelt()
    {
        var token = await TokenAsync(TokenScopes.Write);
        var (status, problem) = await PutAsync(Item + "?dry_run=true", token, Breakfast);
        Assert.Equal((HttpStatusCode.BadRequest, "dry_run: is not known. Did you mean dryRun?"),
            (status, problem.GetProperty("detail").GetString()));
        await using var db = Open();
        Assert.False(await db.WorkingCopies.AnyAsync(Cancellation));
    }

    [Fact]
    public async Task Files_and_a_picture_are_brought_first_and_named_then()
    {
        var token = await TokenAsync(TokenScopes.Write);
        var picture = await BringAsync(token, "Quai%203.webp", Samples.WebP);
        var programme = await BringAsync(token, "Programme", Samples.Pdf);
        Assert.Equal(("Quai 3.jpg", "image/jpeg"), (picture.Name, picture.MediaType));
        Assert.Equal(Samples.Named(Samples.Pdf, "Programme.pdf"), programme);
        object Body(object? image, params object[] files) =>
            new { title = "Visite", sessions = new[] { new { start = "2027-03-11" } }, image, files };

        var named = new { sha256 = programme.Sha256, name = programme.Name };
        var shown = new { sha256 = picture.Sha256, name = picture.Name };
        var (status, problem) = await PutAsync(Item, token, Body(new { shown.sha256, shown.name }, shown));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal(["files", "image.alt"], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name).Order());
        (status, problem) = await PutAsync(Item, token, Body(null, named, new { sha256 = new string('a', 64), name = "a.pdf" }));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "files[1]"),
            (status, problem.GetProperty("errors").EnumerateObject().Single().Name));

        var (_, created) = await PutAsync(Item, token, Body(new { shown.sha256, shown.name, alt = "Un quai" }, named,
            new { shown.sha256, shown.name, alt = "Le même" }));
        var copy = await CopyAsync(created.GetProperty("id").GetString()!);
        var kept = (Event)PublicationText.Read(copy.Kind, copy.Data);
        Assert.Equal((picture, "Un quai", $"http://localhost{PublishedFiles.PathOf(picture.Sha256, picture.Name)}"),
            (kept.Image!.File, kept.Image.Alt, kept.Image.Url));
        Assert.Equal([programme, picture with { Alt = "Le même" }], kept.Files!);
        await PutAsync(Item, token, Body(null));
        Assert.Null(((Event)PublicationText.Read(copy.Kind, (await CopyAsync(copy.Subject)).Data)).Image);
    }

    [Fact]
    public async Task A_file_that_is_refused_is_told_why_and_no_one_else_brings_any()
    {
        var token = await TokenAsync(TokenScopes.Write);
        using var page = await SendFileAsync(token, "page.html", "<html>"u8.ToArray());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.StatusCode);
        Assert.Contains("It is refused: kind.", await page.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        using var large = await SendFileAsync(token, "gros.pdf", new byte[(25 * 1024 * 1024) + 1]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        using var reader = await SendFileAsync(await TokenAsync(TokenScopes.Read), "liste.pdf", Samples.Pdf);
        using var stranger = await SendFileAsync(null, "liste.pdf", Samples.Pdf);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized), (reader.StatusCode, stranger.StatusCode));
    }

    private async Task<Attachment> BringAsync(string token, string name, byte[] bytes)
    {
        using var answer = await SendFileAsync(token, name, bytes);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<Attachment>(Cancellation))!;
    }

    private Task<HttpResponseMessage> SendFileAsync(string? token, string name, byte[] bytes)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/espace/bsc/api/v1/files?name={name}")
        {
            Content = new ByteArrayContent(bytes) { Headers = { ContentType = new("application/octet-stream") } },
        };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return SendAsync(request);
    }

    [Fact]
    public async Task The_answer_has_no_nonce()
    {
        var token = await TokenAsync(TokenScopes.Write);
        await PutAsync(Item, token, Breakfast);
        var publication = (await ReadAsync(token)).GetProperty("publication");
        Assert.Equal("Petit-déjeuner du quai", publication.GetProperty("title").GetString());
        Assert.False(publication.TryGetProperty("nonce", out _));
    }

    [Fact]
    public async Task What_an_editor_changed_is_kept_until_it_is_given_back()
    {
        var token = await TokenAsync(TokenScopes.Write);
        var (_, created) = await PutAsync(Item, token, Breakfast);
        await EditAsync(created.GetProperty("id").GetString()!, Morning("Relu par l’équipe"));
        var (status, kept) = await PutAsync(Item, token, Breakfast);
        Assert.Equal((HttpStatusCode.OK, "kept"), (status, kept.GetProperty("outcome").GetString()));
        Assert.Equal("Relu par l’équipe", (await CopyAsync(created.GetProperty("id").GetString()!)).Title);
    }

    [Fact]
    public async Task Withdrawing_again_does_nothing_and_what_was_withdrawn_comes_back()
    {
        var token = await TokenAsync(TokenScopes.Write);
        await PutAsync(Item, token, Breakfast);
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(HttpMethod.Delete, Item, token)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(HttpMethod.Delete, Item, token)).StatusCode);
        var withdrawn = await ReadAsync(token);
        Assert.Equal(("withdrawn", 2), (withdrawn.GetProperty("state").GetString(), withdrawn.GetProperty("revision").GetInt32()));
        Assert.Equal("updated", (await PutAsync(Item, token, Breakfast)).Answer.GetProperty("outcome").GetString());
        Assert.Equal(HttpStatusCode.NotFound,
            (await SendAsync(HttpMethod.Delete, "/espace/bsc/api/v1/publications/site-web/43", token)).StatusCode);
    }

    [Fact]
    public async Task Only_a_token_of_this_cluster_with_the_scope_is_let_in()
    {
        var (read, write) = (await TokenAsync(TokenScopes.Read), await TokenAsync(TokenScopes.Write));
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(HttpMethod.Put, Item, null, Breakfast)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(HttpMethod.Put, Item, write + "x", Breakfast)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized,
            (await SendAsync(HttpMethod.Put, Item.Replace("bsc", "lsn", StringComparison.Ordinal), write, Breakfast)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound,
            (await SendAsync(HttpMethod.Put, Item.Replace("bsc", "xyz", StringComparison.Ordinal), write, Breakfast)).StatusCode);
        var refused = await SendAsync(HttpMethod.Put, Item, read, Breakfast);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("insufficient_scope", refused.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);

        // A cookie of the workspace is no token.
        await SignInAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(HttpMethod.Put, Item, null, Breakfast)).StatusCode);
        await using (var db = Open())
        {
            await db.Tokens.ExecuteDeleteAsync(Cancellation);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(HttpMethod.Put, Item, write, Breakfast)).StatusCode);
    }

    [Theory]
    [InlineData("""{"sessions":[{"start":"2027-03-10"}]}""", "title")]
    [InlineData("""{"title":"x","sessions":[{"start":"tomorrow"}]}""", "sessions[0].start")]
    [InlineData("""{"title":"x","sessions":[{"start":"2027-03-10T09:00:00","end":"2027-03-10T08:00:00"}]}""", "sessions[0].end")]
    [InlineData("""{"title":"x","sessions":[{"start":"2027-03-10"}],"place":{"region":"999"}}""", "place.region")]
    [InlineData("""{"title":"x","sessions":[{"start":"2027-03-10"}],"image":{"url":"https://bsc.example/i.png"}}""", "image.alt")]
    [InlineData("""{"title":"x","sessions":[{"start":"2027-03-10"}],"url":"javascript:alert(1)"}""", "url")]
    [InlineData("""{"title":"x","kind":"person"}""", "kind")]
    [InlineData("""{"title":"x","sessions":[null]}""", "sessions")]
    [InlineData("""{"title":"x","sessions":[{"start":"2027-03-10"}],"themes":[null]}""", "themes")]
    [InlineData("""{"title":"x","sessions":[{"start":"2027-03-10"}],"audiences":["transport",null]}""", "audiences")]
    [InlineData("""{"title":"x","sessions":[{"start":"2027-03-10"}],"coOrganisers":[null]}""", "coOrganisers")]
    [InlineData("""{"title":"x","sessions":[{"start":"2027-03-10"}],"recurrence":"FREQ=DAILY;COUNT=2","except":[null]}""", "except")]
    public async Task What_cannot_stand_is_refused_field_by_field(string body, string field)
    {
        var answer = await SendAsync(HttpMethod.Put, Item, await TokenAsync(TokenScopes.Write),
            JsonSerializer.Deserialize<JsonElement>(body));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal([field], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"title":"x","titel":"y"}""")]
    public async Task What_cannot_be_read_is_refused_with_a_reason(string body)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Put, Item)
        { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(TokenScopes.Write));
        var answer = await SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    private async Task<string> TokenAsync(string scope)
    {
        var (row, token) = ApiToken.Create("site web", scope, "Anne", DateTime.UtcNow);
        await using var db = Open();
        db.Add(row);
        await db.SaveChangesAsync(Cancellation);
        return token;
    }

    private async Task<(HttpStatusCode Status, JsonElement Answer)> PutAsync(string path, string token, object body)
    {
        var answer = await SendAsync(HttpMethod.Put, path, token, body);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation));
    }

    private async Task<JsonElement> ReadAsync(string token) =>
        await (await SendAsync(HttpMethod.Get, Item, token)).Content.ReadFromJsonAsync<JsonElement>(Cancellation);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? token, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await SendAsync(request);
    }
}
