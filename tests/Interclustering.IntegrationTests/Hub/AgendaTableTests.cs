using System.Text;
using Interclustering.Contracts;
using Interclustering.Testing;

namespace Interclustering.IntegrationTests.Hub;

/// <summary><c>/agenda.csv</c>.</summary>
public sealed class AgendaTableTests : IAsyncLifetime
{
    private TemporaryHub hub = null!;

    public async ValueTask InitializeAsync() => hub = await TemporaryHub.CreateAsync();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task A_spreadsheet_opens_it_with_its_letters_and_columns()
    {
        await hub.ShowAsync(Happening.On("2026-12-10T09:00:00", "2026-12-10T11:30:00", title: "L’entrepôt ; \"visite\"") with
        {
            Place = new Place { Name = "Halle", City = "Rennes", Region = "53" },
            Themes = [KnownThemes.Urban],
            CoOrganisers = ["lsn"],
        });
        using var answer = await hub.Http.GetAsync("/agenda.csv", TestContext.Current.CancellationToken);
        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Encoding.UTF8.GetPreamble(), bytes[..3]);
        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n");
        Assert.StartsWith("Début;Heure de début;Fin;Heure de fin;Titre;Cluster;Avec;", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("2026-12-10;09:00;2026-12-10;11:30;\"L’entrepôt ; \"\"visite\"\"\";Bretagne Supply Chain;", lines[1],
            StringComparison.Ordinal);
        Assert.Equal(["", 3], (object[])[lines[^1], lines.Length]);
    }

    [Theory]
    [InlineData("=SOMME(A1:A9)")]
    [InlineData("+33 1 23")]
    [InlineData("-1+1")]
    [InlineData("@exemple")]
    [InlineData("=1;2\"x")]
    public async Task No_cell_is_a_formula(string title)
    {
        await hub.ShowAsync(Happening.On("2026-12-10T09:00:00", title: title));
        var text = await TextAsync("/agenda.csv");
        Assert.Contains("'" + title.Replace("\"", "\"\"", StringComparison.Ordinal), text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "À venir", "Passé")]
    [InlineData("?past=1", "Passé", "À venir")]
    [InlineData("?from=2026-11-01&to=2026-11-15", "Passé", "À venir")]
    [InlineData("?theme=logistique-urbaine", "À venir", "Passé")]
    public async Task It_holds_what_the_list_shows(string query, string shown, string absent)
    {
        await hub.ShowAsync(Happening.On("2026-12-10T09:00:00", title: "À venir") with { Themes = [KnownThemes.Urban] });
        await hub.ShowAsync(Happening.On("2026-11-10T09:00:00", title: "Passé"));
        var text = await TextAsync("/agenda.csv" + query);
        Assert.Contains(shown, text, StringComparison.Ordinal);
        Assert.DoesNotContain(absent, text, StringComparison.Ordinal);
        Assert.Contains("Start;Start time;End", await TextAsync("/en/agenda.csv" + query), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_members_item_only_title_times_and_cluster_stand_in_it()
    {
        await hub.ShowAsync(Happening.On("2026-12-10T09:00:00", title: "Club") with
        {
            Visibility = Visibility.Members,
            Themes = [KnownThemes.Urban],
            Place = new Place { Name = "Lieu tenu secret", City = "Rennes" },
            RegistrationUrl = "https://exemple.invalid/club",
        });
        var text = await TextAsync("/agenda.csv");
        Assert.Contains("Club;Bretagne Supply Chain", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("urbaine", text, StringComparison.Ordinal);
        Assert.DoesNotContain("exemple.invalid", text, StringComparison.Ordinal);
    }

    private async Task<string> TextAsync(string path) => await hub.Http.GetStringAsync(path, TestContext.Current.CancellationToken);
}
