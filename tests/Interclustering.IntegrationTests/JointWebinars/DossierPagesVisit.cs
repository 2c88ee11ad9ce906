using System.Globalization;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Interclustering.IntegrationTests.Node;
using Interclustering.JointWebinars;
using Interclustering.Node;
using Interclustering.Node.NationalView;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.JointWebinars;

/// <summary>The workspace of Bretagne Supply Chain, with what the hub would have told it of joint webinars.</summary>
public abstract class DossierPagesVisit : WorkspaceVisit
{
    protected const string List = "/espace/bsc/webinaires-communs";
    private long position;

    protected static DateOnly Today { get; } = Interclustering.Dates.ParisDay.Today(TimeProvider.System);

    /// <summary>A working day some weeks ahead, at eleven.</summary>
    protected static string SlotIn(int weeks) => Today.AddDays((7 * weeks) - (((int)Today.DayOfWeek + 6) % 7) + 1)
        .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T11:00:00";

    protected static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>What another cluster has said, as the hub tells it.</summary>
    protected async Task<string> HearAsync(string cluster, JointWebinarFact fact, DateTime? saidAt = null)
    {
        var subject = $"{cluster}-{Guid.CreateVersion7()}";
        await using var db = Open();
        db.Add(Row(subject, cluster, Kinds.JointWebinarFact, JsonSerializer.Serialize(fact, ContractJson.Options), saidAt
            ?? DateTime.UtcNow));
        await SaveAsync(db);
        return subject;
    }

    /// <summary>The hub has told everything that this cluster has said so far.</summary>
    protected async Task ReturnAsync()
    {
        await using var db = Open();
        var told = await db.Publications.Where(row => row.Journal == FederationDirectory.HubCode).Select(row => row.Subject)
            .ToListAsync(Cancellation);
        foreach (var own in await db.Publications.AsNoTracking().Where(row =>
            row.Journal == "bsc" && row.Data != null && !told.Contains(row.Subject)).OrderBy(row => row.Position).ToListAsync(Cancellation))
        {
            db.Add(Row(own.Subject, "bsc", own.Kind, own.Data!, own.PublishedAt));
        }

        await SaveAsync(db);
    }

    protected async Task<Dossier> DossierAsync(string id)
    {
        await using var db = Open();
        return (await Dossiers.FindAsync(db, "bsc", id, Cancellation))!;
    }

    /// <summary>Proposed by the other cluster, to this one.</summary>
    protected async Task<string> InvitedAsync(string title = "Canicules", DateOnly? deadline = null, DateTime? saidAt = null)
    {
        var id = $"lsn-{Guid.CreateVersion7()}";
        await HearAsync("lsn", Fact(id, JointWebinarFacts.Proposed) with
        {
            Proposal = new WebinarProposal(
                title, 60, ["bsc"], [SlotIn(6), SlotIn(7)], Iso(deadline ?? Today.AddDays(10)))
            { Themes = [KnownThemes.Ecology] },
        }, saidAt);
        return id;
    }

    /// <summary>Both take part, and a slot is chosen.</summary>
    protected async Task<string> AgreedAsync()
    {
        var id = await InvitedAsync();
        await HearAsync("bsc", Fact(id, JointWebinarFacts.Answered) with { Answer = new ClusterAnswer(JoinAnswers.Yes, []) });
        await HearAsync("lsn", Fact(id, JointWebinarFacts.SlotChosen) with { Slot = SlotIn(6) });
        return id;
    }

    /// <summary>Announced, and over since some days; both have taken part.</summary>
    protected async Task<string> HeldAsync()
    {
        var (id, before) = ($"lsn-{Guid.CreateVersion7()}", DateTime.UtcNow.AddDays(-40));
        await HearAsync("lsn", Fact(id, JointWebinarFacts.Proposed) with
        {
            Proposal = new WebinarProposal("Canicules", 60, ["bsc"], [SlotIn(-1)], Iso(Today.AddDays(-30))),
        }, before);
        await HearAsync("bsc", Fact(id, JointWebinarFacts.Answered) with { Answer = new ClusterAnswer(JoinAnswers.Yes, []) }, before);
        await HearAsync("lsn", Fact(id, JointWebinarFacts.SlotChosen) with { Slot = SlotIn(-1) }, before);
        await HearAsync("lsn", Fact(id, JointWebinarFacts.Announced) with
        {
            Announcement = new Announcement("Canicules") { Text = "Deux témoignages." },
        }, before);
        return id;
    }

    /// <summary>Sends one of a page's forms as it stands there, with what is typed instead.</summary>
    /// <param name="path">Where it goes.</param>
    /// <param name="from">Its page.</param>
    /// <param name="form">The end of its key.</param>
    /// <param name="typed">Over what it holds.</param>
    protected async Task<HttpResponseMessage> CorrectAsync(string path, string from, string form, Dictionary<string, string> typed)
    {
        var page = new HtmlParser().ParseDocument(await (await GetAsync(from)).Content.ReadAsStringAsync(Cancellation));
        var found = page.QuerySelectorAll<IHtmlFormElement>("form[data-keep]")
            .First(each => each.QuerySelector($"[name=form][value$='/{form}']") is not null);
        var fields = found.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]")
            .ToDictionary(field => field.Name!, field => field.Value);
        foreach (var (name, value) in typed)
        {
            fields[name] = value;
        }

        return await SendAsync(path, [.. fields]);
    }

    protected static JointWebinarFact Fact(string dossier, string fact) =>
        new() { Nonce = "0123456789abcdef0123456789abcdef", Dossier = dossier, Fact = fact };

    protected async Task<string> ReadAsync(string path) => await WordsOfAsync(await GetAsync(path));

    /// <summary>With the position that the replica of the hub's journal has reached.</summary>
    private async Task SaveAsync(NodeContext db)
    {
        var cursor = await db.Cursors.FindAsync([FederationDirectory.HubCode], Cancellation)
            ?? db.Add(new ReplicaCursor { Journal = FederationDirectory.HubCode, Epoch = "epoch", Hash = "" }).Entity;
        cursor.Sequence = position;
        await db.SaveChangesAsync(Cancellation);
    }

    private PublicationRow Row(string subject, string cluster, string kind, string data, DateTime saidAt) => new()
    {
        Journal = FederationDirectory.HubCode,
        Subject = subject,
        Cluster = cluster,
        Kind = kind,
        Revision = 1,
        Digest = "",
        Data = data,
        Position = ++position,
        PublishedAt = saidAt,
        RevisedAt = saidAt,
        VisibleAt = saidAt,
    };
}
