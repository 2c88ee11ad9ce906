using System.Globalization;
using System.Text;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Hub.ReadModel;
using Interclustering.Hub.Search;
using Interclustering.Hub.Search.Attachments;

namespace Interclustering.IntegrationTests.Search.Behaviours;

/// <summary>A query as typed, why it is hard, and what it should find, the best first; of the page in English where it says so.</summary>
internal sealed record JudgedQuery(string Q, string Why, IReadOnlyList<string> Expected, string Lang = "fr");

/// <summary>An item of the judged set, with the pages of its PDF.</summary>
internal sealed record JudgedItem(Published Published, IReadOnlyList<FileText> Files);

/// <summary>How well queries are answered.</summary>
/// <param name="Recall">Share of what is expected that is among the first ten, averaged over the queries.</param>
/// <param name="ReciprocalRank">One over the place of the first that is expected, averaged; 0 where none is among the first ten.</param>
/// <param name="Report">In words, with every query that misses something.</param>
internal sealed record JudgedFigures(double Recall, double ReciprocalRank, string Report);

/// <summary>A judged set: <c>judged.json</c>, and <c>judged-more.json</c> over the items of both.</summary>
internal sealed record Judged(IReadOnlyList<JudgedItem> Items, IReadOnlyList<JudgedQuery> Queries)
{
    public static async Task<Judged> ReadAsync(string name, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, name));
        var set = (await JsonSerializer.DeserializeAsync<JudgedSet>(file, ContractJson.Options, cancellation))!;
        return new Judged([.. set.Items.Select(Read)], set.Queries);
    }

    public static JudgedFigures Measure(IReadOnlyList<(JudgedQuery Query, IReadOnlyList<string> Found)> answers)
    {
        var recall = answers.Average(answer => answer.Query.Expected.Count(answer.Found.Contains) / (double)answer.Query.Expected.Count);
        var rank = answers.Average(answer => answer.Found.Index().Where(found => answer.Query.Expected.Contains(found.Item))
            .Select(found => 1.0 / (found.Index + 1)).FirstOrDefault());
        var report = new StringBuilder(
            string.Create(CultureInfo.InvariantCulture,
            $"{answers.Count} queries: recall at 10 {recall:0.000}, mean reciprocal rank {rank:0.000}\n"));
        foreach (var why in answers.GroupBy(answer => answer.Query.Why).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var recalled = why.Average(
                answer => answer.Query.Expected.Count(answer.Found.Contains) / (double)answer.Query.Expected.Count);
            report.Append(CultureInfo.InvariantCulture, $"  {why.Key}: {why.Count()} queries, recall {recalled:0.00}\n");
        }

        foreach (var (query, found) in answers.Where(answer => answer.Query.Expected.Any(id => !answer.Found.Contains(id))
            || answer.Found.Count == 0 || !answer.Query.Expected.Contains(answer.Found[0])))
        {
            report.Append(CultureInfo.InvariantCulture, $"  « {query.Q} » ({query.Why}) misses "
                + $"{string.Join(", ", query.Expected.Except(found))}; first {string.Join(", ", found.Take(3))}\n");
        }

        return new JudgedFigures(recall, rank, report.ToString());
    }

    private static JudgedItem Read(ItemText item)
    {
        IReadOnlyList<Session> sessions = item.Start is null
            ? [] : [new Session("1", item.Start.Length == 16 ? item.Start + ":00" : item.Start, null)];
        var place = item.City is null ? null : new Place { City = item.City };
        PublishedItem published = item.Kind switch
        {
            Kinds.BestPractice => new BestPractice
            {
                Nonce = "n",
                Title = item.Title,
                Summary = item.Summary,
                Text = item.Text,
                Themes = item.Themes,
                Audiences = item.Audiences
            },
            Kinds.Webinar => new Webinar
            {
                Nonce = "n",
                Title = item.Title,
                Summary = item.Summary,
                Text = item.Text,
                Themes = item.Themes,
                Audiences = item.Audiences,
                Sessions = sessions,
                Attendance = Attendance.Online,
            },
            _ => new Event
            {
                Nonce = "n",
                Title = item.Title,
                Summary = item.Summary,
                Text = item.Text,
                Themes = item.Themes,
                Audiences = item.Audiences,
                Sessions = sessions,
                Place = place,
            },
        };
        return new JudgedItem(Shelf.Publish(published, item.Id, item.Cluster),
        [
            .. item.Pdf is { } pdf ? [new FileText("document.pdf", string.Join(AttachmentText.PageBreak, pdf))] : Array.Empty<FileText>(),
            .. item.Office is { } office ? [new FileText(office.Name, string.Join(AttachmentText.PageBreak, office.Pages))]
                : Array.Empty<FileText>(),
        ]);
    }

    private sealed record JudgedSet(IReadOnlyList<ItemText> Items, IReadOnlyList<JudgedQuery> Queries);

    private sealed record ItemText(
        string Id, string Kind, string Cluster, string Title, string? Summary, string? Text, IReadOnlyList<string> Themes,
            IReadOnlyList<string> Audiences, string? City = null,
        string? Start = null, IReadOnlyList<string>? Pdf = null, OfficeFile? Office = null);

    private sealed record OfficeFile(string Name, IReadOnlyList<string> Pages);
}
