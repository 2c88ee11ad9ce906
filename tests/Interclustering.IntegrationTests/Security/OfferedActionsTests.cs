using System.Text.RegularExpressions;
using Interclustering.Contracts;
using Interclustering.Node;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.Reviews;
using Interclustering.Node.Sources;
using Interclustering.Node.Workspace;
using Interclustering.Testing;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.IntegrationTests.Security;

/// <summary>No page of a workspace offers what its reader may not do.</summary>
public sealed partial class OfferedActionsTests(WholeServer server) : IClassFixture<WholeServer>
{
    /// <summary>
    /// Forms that stand on a page only where something is broken, is over, or was just asked for; and one that a script sends.
    /// </summary>
    private static readonly string[] OfOtherStates =
    [
        "POST /espace/{node}/reprise", "POST /espace/{node}/equipe/{id}/second-facteur/retirer",
        "POST /espace/{node}/webinaires-communs/{id}/clore", "POST /espace/{node}/sources", "POST /espace/{node}/saisie/{kind}",
        "POST /espace/{node}/saisie/{kind}/effacer", "POST /espace/{node}/webinaires-communs/{id}/apres",
        "POST /espace/{node}/webinaires-communs/{id}/apres/retirer", "POST /espace/{node}/webinaires-communs/{id}/main",
        "POST /espace/{node}/webinaires-communs/{id}/jour-j",
        // Where several clusters register for one event.
        "POST /espace/{node}/publications/{id}/inscriptions/donner",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Members_are_offered_what_their_role_allows_and_nothing_else()
    {
        await FillAsync();
        var offered = StaffRoles.All.ToDictionary(role => role, _ => new SortedSet<string>(StringComparer.Ordinal));
        var pages = 0;
        // A dossier offers other things before its slot is chosen and after.
        foreach (var prepare in (Func<Task>[])[() => Task.CompletedTask, ChooseAsync])
        {
            await prepare();
            foreach (var (role, forms) in offered)
            {
                var seen = await new OfferedActions(server, role).RunAsync();
                Assert.True(seen.Violations.Count == 0, $"{role}:\n{string.Join('\n', seen.Violations)}");
                forms.UnionWith(seen.Forms.Keys);
                pages = role == StaffRoles.Reader ? seen.Pages : pages;
            }
        }

        Assert.InRange(pages, 30, 400);
        // The same visit finds the forms of those who may: what readers do not see is there.
        var changes = (from endpoint in server.Endpoints.OfType<RouteEndpoint>()
                       where endpoint.Metadata.GetMetadata<NodeRoute>()?.Code == "bsc"
                           && Access.Of(endpoint) is Access.OfMember { Role: not StaffRoles.Reader }
                       let name = Access.NameOf(endpoint)
                       where name.StartsWith("POST ", StringComparison.Ordinal)
                       select name).ToHashSet();
        Assert.Equal([], changes.Except(offered[StaffRoles.Administrator]).Except(OfOtherStates).Order());
        Assert.Empty(offered[StaffRoles.Reader].Intersect(changes));
        Assert.InRange(offered[StaffRoles.Editor].Count, 30, 200);
        Assert.NotEmpty(offered[StaffRoles.Administrator].Except(offered[StaffRoles.Editor]));
    }

    [Fact]
    public async Task The_page_of_a_publication_on_the_national_site_leads_to_it_in_the_workspace_and_back()
    {
        var id = server.Ids["event"];
        var page = "";
        await Until.TrueAsync(async () =>
        {
            page = await (await server.Http.GetAsync($"/evenements/{id}/visite-du-quai", Cancellation)).Content
                .ReadAsStringAsync(Cancellation);
            return page.Contains("Visite du quai", StringComparison.Ordinal);
        }, () => Task.FromResult(page));
        Assert.Contains($"href=\"/espace/bsc/publications/{id}\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/espace\"", page, StringComparison.Ordinal);
        Assert.Contains("Bretagne Supply Chain", await server.Http.GetStringAsync("/espace", Cancellation), StringComparison.Ordinal);
        var member = new OfferedActions(server, StaffRoles.Reader);
        await member.SignInAsync();
        var own = await member.ReadAsync($"/espace/bsc/publications/{id}");
        Assert.Contains($"href=\"/evenements/{id}\"", own, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bsc", "/espace/bsc/publications/bsc-1", "/espace/bsc/webinaires-communs/bsc-1")]
    [InlineData("lsn", "https://espace.lsn.example/espace/lsn/publications/bsc-1",
        "https://espace.lsn.example/espace/lsn/webinaires-communs/bsc-1")]
    [InlineData("pil", null, null)]
    public void A_workspace_is_led_to_where_its_address_is_known(string cluster, string? publication, string? dossier)
    {
        var known = new Workspaces(new Dictionary<string, string> { ["bsc"] = "", ["lsn"] = "https://espace.lsn.example" });
        Assert.Equal(publication, known.To(cluster, "bsc-1", isJoint: false));
        Assert.Equal(dossier, known.To(cluster, "bsc-1", isJoint: true));
    }

    /// <summary>One of each state, beside what the server has already.</summary>
    private async Task FillAsync()
    {
        var node = server.Services.GetRequiredService<Nodes>().Find("bsc")!;
        await using var db = node.Open();
        var editor = new PublicationEditor(db, node.Journal, TimeProvider.System);
        var morning = new Event { Nonce = "", Title = "Atelier", Sessions = [new Session("1", "2027-03-10T09:00:00")] };
        await editor.SaveDraftAsync(null, morning, "Anne", 0, Cancellation);
        await editor.PublishAsync(null, morning with { Status = EventStatus.Cancelled }, "Anne", Cancellation);
        var (withdrawn, archived) = ((await editor.PublishAsync(null, morning, "Anne", Cancellation)).Subject,
            (await editor.PublishAsync(null, morning, "Anne", Cancellation)).Subject);
        await editor.WithdrawAsync(withdrawn, null, "Anne", 1, Cancellation);
        await db.WorkingCopies.Where(row => row.Subject == archived)
            .ExecuteUpdateAsync(row => row.SetProperty(copy => copy.ArchivedAt, DateTime.UtcNow), Cancellation);
        await db.WorkingCopies.Where(row => row.Subject == server.Ids["event"]).ExecuteUpdateAsync(row => row
            .SetProperty(copy => copy.SourceData, copy => copy.Data.Replace("Visite", "Tour")), Cancellation);
        var webinar = await db.WorkingCopies.AsNoTracking().SingleAsync(row => row.Subject == server.Ids["webinar"], Cancellation);
        await ReviewRule.SetAsync(db, ReviewRule.Required, Cancellation);
        db.AddRange(new PendingChange
        {
            Subject = webinar.Subject,
            Kind = webinar.Kind,
            Title = webinar.Title,
            Data = webinar.Data,
            BasedOn = webinar.Version,
            Version = 1,
            EditedAt = DateTime.UtcNow,
            EditedBy = "Anne",
            PublishAt = DateTime.UtcNow.AddDays(3),
        }, new DraftReview { Subject = webinar.Subject, State = ReviewState.Asked, Version = 1, By = "Anne", At = DateTime.UtcNow });
        var source = Guid.Parse(server.Ids["source"]);
        foreach (var state in (SourceItemState[])[
            SourceItemState.Proposed, SourceItemState.Proposed, SourceItemState.AskGone, SourceItemState.Refused])
        {
            db.Add(new SourceItem
            {
                Source = source,
                Key = Guid.NewGuid().ToString(),
                State = state,
                Title = "Visite",
                Data = PublicationText.Of(morning),
            });
        }

        await db.SaveChangesAsync(Cancellation);
    }

    private async Task ChooseAsync()
    {
        var member = new OfferedActions(server, StaffRoles.Editor);
        await member.SignInAsync();
        var dossier = $"/espace/bsc/webinaires-communs/{server.Ids["dossier"]}";
        var slot = Slot().Match(await member.ReadAsync(dossier)).Groups[1].Value;
        await member.SendAsync(dossier, dossier + "/remarques", ("sentRemark", "Bonjour."));
        // No other cluster has answered yet: the page asks, and names them.
        await member.SendAsync(dossier, dossier + "/creneau", ("slot", slot), ("despite", "lsn,tenlog,pil,pasca,euralogistic"));
        await member.SendAsync(dossier + "/preparation", dossier + "/taches", ("what", "Inviter"));
        await member.SendAsync(dossier + "/preparation", dossier + "/deroule", ("time", "11:05"), ("what", "Ouverture"));
        await member.SendAsync(dossier + "/annonce", dossier + "/annonce", ("title", "Canicules"));
        const string New = "/espace/bsc/lettre/nouvelle";
        var key = LetterKey().Match(await member.ReadAsync(New)).Groups[1].Value;
        await member.SendAsync(New, $"/espace/bsc/lettre/{key}/modifier", ("form", key), ("title", "La lettre"), ("introduction", ""),
            ("do", "show"), ("item", server.Ids["event"]), ("listed", server.Ids["event"]));
    }

    [GeneratedRegex("name=\"form\" value=\"([^\"]+)\"")]
    private static partial Regex LetterKey();

    [GeneratedRegex("name=\"slot\" value=\"([^\"]+)\"")]
    private static partial Regex Slot();
}
