using System.Net;
using System.Text.RegularExpressions;

namespace Interclustering.IntegrationTests.Poison;

/// <summary>Asks for every address that the pages themselves lead to, within bounds.</summary>
/// <param name="http">Of one site; follows no redirections.</param>
/// <param name="within">What an address begins with to be asked for.</param>
internal sealed partial class Crawl(HttpClient http, Func<string, bool> within)
{
    private readonly Queue<(string Address, string From)> waiting = [];
    private readonly HashSet<string> known = [];
    private readonly Dictionary<string, int> shapes = [];

    /// <summary>What answered with anything but a page, a redirection, or that it is gone.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>Answers by status.</summary>
    public Dictionary<HttpStatusCode, int> Answers { get; } = [];

    /// <param name="starts">Where to begin.</param>
    /// <param name="mostOfAShape">How many addresses are asked for that differ in ids, dates and queries only.</param>
    public async Task<Crawl> RunAsync(IEnumerable<string> starts, int mostOfAShape)
    {
        foreach (var start in starts)
        {
            Add(start, "the start", int.MaxValue);
        }

        while (waiting.TryDequeue(out var next))
        {
            var (address, from) = next;
            using var answer = await http.GetAsync(address);
            var body = await answer.Content.ReadAsStringAsync();
            Answers[answer.StatusCode] = Answers.GetValueOrDefault(answer.StatusCode) + 1;
            if (!IsAnswer(address, answer.StatusCode))
            {
                Failures.Add($"{(int)answer.StatusCode} {address} from {from}");
            }

            foreach (var link in LinksIn(answer, body))
            {
                Add(link, address, mostOfAShape);
            }
        }

        return this;
    }

    /// <summary>An item may have gone; whatever is not one item's has to be there.</summary>
    private static bool IsAnswer(string address, HttpStatusCode status) => status == HttpStatusCode.OK || (int)status is >= 300 and < 400
        || (status is HttpStatusCode.NotFound or HttpStatusCode.Gone && Id().IsMatch(address));

    private static IEnumerable<string> LinksIn(HttpResponseMessage answer, string body)
    {
        if (answer.Headers.Location is { } location)
        {
            return [location.IsAbsoluteUri ? location.PathAndQuery : location.OriginalString];
        }

        return answer.Content.Headers.ContentType?.MediaType switch
        {
            "text/html" => Link().Matches(body).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)),
            "application/xml" or "text/xml" => Location().Matches(body).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)),
            _ => [],
        };
    }

    private void Add(string link, string from, int most)
    {
        if (Uri.TryCreate(http.BaseAddress, link, out var address) && address.Scheme is "http" or "https"
            && address.Authority == http.BaseAddress!.Authority
            && within(address.AbsolutePath) && known.Add(address.PathAndQuery))
        {
            var shape = Value().Replace(Id().Replace(address.AbsolutePath, "*"), "#") + (address.Query.Length > 0 ? "?" : "");
            // An item's slug follows its id: pages of items are of one shape.
            shape = shape.Contains('*', StringComparison.Ordinal) ? AfterId().Replace(shape, "*/…") : shape;
            if ((shapes[shape] = shapes.GetValueOrDefault(shape) + 1) <= (shape.EndsWith('?') ? Math.Min(most, 40) : most))
            {
                waiting.Enqueue((address.PathAndQuery, from));
            }
        }
    }

    [GeneratedRegex("(?:\\b(?:href|src)|<form (?![^>]*method=\"post\")[^>]*\\baction)=\"([^\"#]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Link();

    [GeneratedRegex("<loc>([^<]+)</loc>")]
    private static partial Regex Location();

    [GeneratedRegex("[a-z]*-?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Id();

    [GeneratedRegex(@"\d{4}(-\d\d|-W\d\d)?")]
    private static partial Regex Value();

    [GeneratedRegex(@"(?<=evenements/|ressources/|webinaires/)\*/[^.]*$")]
    private static partial Regex AfterId();
}
