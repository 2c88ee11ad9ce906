using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Interclustering.IntegrationTests.Accounts;
using Interclustering.Node.Letters;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Testing;
using Interclustering.Ui.Shell;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.IntegrationTests.Letters;

/// <summary>A cluster that writes letters to its members. No hub answers here: the node has what the hub told it before.</summary>
public abstract class LetterVisit : TeamVisit
{
    protected const string Site = "https://interclustering.example", Start = "/espace/bsc/lettre", New = Start + "/nouvelle";
    private long position;

    protected override bool HostsBoth => false;

    protected override Task PrepareAsync(IServiceCollection services)
    {
        services.AddSingleton(new NationalSite(Site));
        return Task.CompletedTask;
    }

    protected static string Day(int days) => Paris.Now.AddDays(days).ToString("yyyy-MM-dd", null);

    protected static Event On(string title, int days) => Morning(title) with
    {
        Sessions = [new Session("1", Day(days) + "T09:00:00", Day(days) + "T10:00:00")],
    };

    /// <summary>What the hub has told this node of another cluster; null once it is withdrawn.</summary>
    protected async Task TellAsync(string subject, string kind, Publication? publication, long revision = 1)
    {
        await using var db = Open();
        await db.Publications.Where(row => row.Subject == subject).ExecuteDeleteAsync(Cancellation);
        db.Add(new PublicationRow
        {
            Journal = FederationDirectory.HubCode,
            Subject = subject,
            Cluster = "lsn",
            Kind = publication is null ? Kinds.Withdrawn : kind,
            Revision = revision,
            Digest = "",
            Data = publication is null ? null : PublicationText.Of(publication),
            Position = ++position,
            PublishedAt = DateTime.UtcNow,
            RevisedAt = DateTime.UtcNow,
            VisibleAt = DateTime.UtcNow,
        });
        await db.SaveChangesAsync(Cancellation);
    }

    /// <summary>Ticks these, and looks at the letter.</summary>
    /// <returns>Its address.</returns>
    protected async Task<string> ComposeAsync(params string[] subjects)
    {
        var answer = await PostLetterAsync(subjects);
        return answer.Headers.Location?.ToString() ?? throw new InvalidOperationException(await WordsOfAsync(answer));
    }

    protected async Task<HttpResponseMessage> PostLetterAsync(
        IEnumerable<string> subjects, string title = "La lettre", string introduction = "Bonjour **à tous**", string does = "show")
    {
        var page = await (await GetAsync(New)).Content.ReadAsStringAsync(Cancellation);
        var key = page.Split("name=\"form\" value=\"")[1].Split('"')[0];
        return await SendAsync($"{Start}/{key}/modifier",
        [
            new("__RequestVerificationToken", TokenOf(page)), new("form", key), new("title", title), new("introduction", introduction),
            new("from", Day(0)), new("to", Day(60)), new("do", does),
            .. subjects.Select(subject => new KeyValuePair<string, string>("item", subject)),
            .. subjects.Select(subject => new KeyValuePair<string, string>("listed", subject)),
        ]);
    }

    /// <summary>Marks a letter, or the correction, as sent, as its page offers it.</summary>
    protected async Task<HttpResponseMessage> SendLetterAsync(string letter)
    {
        var page = await (await GetAsync(letter)).Content.ReadAsStringAsync(Cancellation);
        return await SendAsync(letter + "/envoyee",
            [new("__RequestVerificationToken", TokenOf(page)), new("seen", page.Split("name=\"seen\" value=\"")[1].Split('"')[0])]);
    }

    protected async Task<List<LetterItem>> SentItemsAsync()
    {
        await using var db = Open();
        return await db.LetterItems.AsNoTracking()
            .Where(item => db.Letters.Any(letter => letter.Id == item.Letter && letter.SentAt != null))
            .OrderBy(item => item.Subject).ToListAsync(Cancellation);
    }
}
