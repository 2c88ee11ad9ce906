using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Interclustering.Node.Demonstration;
using Interclustering.Testing;
using Interclustering.Testing.Containers;
using Interclustering.Testing.Servers;

namespace Interclustering.IntegrationTests.Site;

/// <summary>A hub and a node in one process on PostgreSQL: what a sheet's document does there from the form to its withdrawal.</summary>
public sealed partial class FilesOnPostgres(AvailablePostgres postgres) : IClassFixture<AvailablePostgres>, IAsyncLifetime
{
    private const string Workspace = "/espace/bsc";
    private ServerProcess server = null!;
    private HttpClient staff = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = new ServerProcess(new Dictionary<string, string>
        {
            ["Interclustering__Roles"] = "hub,bsc",
            ["Interclustering__Demonstration"] = "true",
            ["Interclustering__Database__Provider"] = "postgres",
            ["Interclustering__Database__Hub"] = await postgres.CreateDatabaseAsync(),
            ["Interclustering__Database__Nodes__bsc"] = await postgres.CreateDatabaseAsync(),
        });
        await server.StartAsync();
        staff = new HttpClient { BaseAddress = server.Http.BaseAddress };
    }

    public async ValueTask DisposeAsync()
    {
        staff.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_document_is_pushed_read_found_served_and_gone_with_its_sheet()
    {
        await SignInAsync();
        var pdf = PlainPdf.Write("Essai (démonstration)", ["Tournée du matin : un anémomètre est posé sur le mât."]);
        var published = await PostAsync(
            "/fiches/nouvelle", [("do", "publish"), ("title", "Mesurer le vent"), ("visibility", "public")], pdf);
        var subject = published.Segments[^1];

        var address = "";
        await Until.TrueAsync(
            async () =>
            {
                var page = WebUtility.HtmlDecode(await server.Http.GetStringAsync("/recherche?q=an%C3%A9mom%C3%A8tres", Cancellation))
                    .Replace('\u00a0', ' ');
                address = page.Contains("Dans « Relevés.pdf »", StringComparison.Ordinal) ? SheetAddress().Match(page).Value : "";
                return address.Length > 0;
            },
            () => Task.FromResult("a word is found inside the document" + ServerProgram.Tail(server.Log)));
        Assert.Contains(subject, address, StringComparison.Ordinal);
        var file = FileAddress().Match(await server.Http.GetStringAsync(address, Cancellation)).Groups[1].Value;
        Assert.Equal(pdf, await server.Http.GetByteArrayAsync(file, Cancellation));

        await PostAsync($"/publications/{subject}/retirer", [("reason", "Essai terminé.")]);
        await Until.TrueAsync(
            async () =>
            {
                using var answer = await server.Http.GetAsync(file, Cancellation);
                return answer.StatusCode == HttpStatusCode.Gone;
            },
            () => Task.FromResult("the document has left with its sheet"));
        Assert.DoesNotContain("Mesurer le vent", await server.Http.GetStringAsync("/recherche?q=an%C3%A9mom%C3%A8tres", Cancellation),
            StringComparison.Ordinal);
    }

    private async Task SignInAsync()
    {
        await using var log = new FileStream(server.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(log);
        var password = Password().Match(await reader.ReadToEndAsync(Cancellation)).Groups[1].Value;
        Assert.EndsWith(Workspace, (await PostAsync("/connexion", [("email", "equipe@bsc.example"), ("password", password)])).AbsolutePath,
            StringComparison.Ordinal);
    }

    /// <summary>Fills the form at an address and sends it; where that leads.</summary>
    private async Task<Uri> PostAsync(string path, IReadOnlyList<(string Name, string Value)> fields, byte[]? file = null)
    {
        using var form = new MultipartFormDataContent();
        var hidden = Hidden().Matches(await staff.GetStringAsync(Workspace + path, Cancellation))
            .Select(match => (match.Groups[1].Value, WebUtility.HtmlDecode(match.Groups[2].Value)));
        foreach (var (name, value) in fields.Concat(hidden).DistinctBy(field => field.Item1))
        {
            form.Add(new StringContent(value), name);
        }

        if (file is not null)
        {
            form.Add(new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("application/pdf") } }, "files",
                "Relevés.pdf");
        }

        using var answer = await staff.PostAsync(Workspace + path, form, Cancellation);
        Assert.True(answer.IsSuccessStatusCode, string.Create(CultureInfo.InvariantCulture, $"{path}: {answer.StatusCode}"));
        return answer.RequestMessage!.RequestUri!;
    }

    [GeneratedRegex(@"Password\s+(\S+)")]
    private static partial Regex Password();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();

    [GeneratedRegex("/ressources/bsc-[0-9a-f-]+/mesurer-le-vent")]
    private static partial Regex SheetAddress();

    [GeneratedRegex("href=\"(/fichiers/[^\"]+)\"")]
    private static partial Regex FileAddress();
}
