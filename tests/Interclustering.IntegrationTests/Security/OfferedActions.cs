using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Interclustering.Node.Workspace;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace Interclustering.IntegrationTests.Security;

/// <summary>Visits every page of a workspace as one member, and notes each link and form that is offered there.</summary>
/// <param name="server">With something of everything.</param>
/// <param name="role">Of the member.</param>
internal sealed partial class OfferedActions(WholeServer server, string role)
{
    private const int MostOfAShape = 12;
    private readonly Dictionary<string, string> cookies = [];
    private readonly Dictionary<string, int> shapes = [];
    private readonly HashSet<string> asked = [];
    private readonly Queue<string> waiting = [];
    private readonly HtmlParser parser = new();
    private readonly List<(RouteEndpoint Endpoint, TemplateMatcher Matcher, int Literals)> doors =
    [
        .. server.Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<NodeRoute>()?.Code == "bsc"
                && !endpoint.RoutePattern.RawText!.Contains("{**", StringComparison.Ordinal))
            .Select(endpoint => (endpoint, new TemplateMatcher(TemplateParser.Parse(endpoint.RoutePattern.RawText!), []),
                endpoint.RoutePattern.PathSegments.Count(segment => segment.IsSimple && segment.Parts[0].IsLiteral))),
    ];

    private Actor Member { get; } = new(ActorKind.Member, "bsc", role);

    /// <summary>Pages that were shown.</summary>
    public int Pages { get; private set; }

    /// <summary>Forms by the name of their endpoint, each with a page on which it stands.</summary>
    public SortedDictionary<string, string> Forms { get; } = [];

    /// <summary>What is offered and would be refused, or leads nowhere.</summary>
    public SortedSet<string> Violations { get; } = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async Task<OfferedActions> RunAsync()
    {
        await SignInAsync();
        var matrix = new AccessMatrix(server);
        foreach (var (endpoint, _, _) in doors.Where(door => MethodsOf(door.Endpoint).Contains(HttpMethods.Get)
            && Admits(door.Endpoint, HttpMethods.Get)
            && Access.Of(door.Endpoint) is Access.OfMember))
        {
            Add(matrix.AddressOf(endpoint));
        }

        if (Member.Right != StaffRoles.Reader)
        {
            Add($"/espace/bsc/publications/plusieurs?do=archiver&id={server.Ids["event"]}");
        }

        while (waiting.TryDequeue(out var address))
        {
            using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Get, address));
            if (answer.Headers.Location is { } there)
            {
                Add(there.IsAbsoluteUri ? there.PathAndQuery : there.OriginalString);
            }
            else if (answer.Content.Headers.ContentType?.MediaType == "text/html" && answer.StatusCode == HttpStatusCode.OK)
            {
                Pages++;
                Look(address, parser.ParseDocument(await answer.Content.ReadAsStringAsync(Cancellation)));
            }
            else if (answer.StatusCode is HttpStatusCode.Forbidden or >= HttpStatusCode.InternalServerError)
            {
                Violations.Add($"{(int)answer.StatusCode} {address}");
            }
        }

        return this;
    }

    /// <summary>Sends a form with the token of the page on which it stands.</summary>
    public async Task SendAsync(string page, string action, params (string Name, string Value)[] fields)
    {
        using var shown = await SendAsync(new HttpRequestMessage(HttpMethod.Get, page));
        var token = FormToken().Match(await shown.Content.ReadAsStringAsync(Cancellation)).Groups[1].Value;
        using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Post, action)
        {
            Content = new FormUrlEncodedContent([.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)),
                KeyValuePair.Create("__RequestVerificationToken", token)]),
        });
        Assert.True((int)answer.StatusCode is >= 300 and < 400, $"{action}: {answer.StatusCode}");
    }

    public async Task<string> ReadAsync(string address)
    {
        using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Get, address));
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }

    public async Task SignInAsync()
    {
        if (cookies.Count == 0)
        {
            const string Door = "/espace/bsc/connexion";
            await SendAsync(Door, Door, ("email", WholeServer.EmailOf("bsc", role)), ("password", WholeServer.Password));
        }
    }

    private void Look(string address, IDocument page)
    {
        foreach (var link in page.QuerySelectorAll("a[href]"))
        {
            if (PathOf(address, link.GetAttribute("href")!) is { } there)
            {
                Judge("GET", there, address, link.TextContent.Trim());
                Add(there);
            }
        }

        foreach (var form in page.QuerySelectorAll("form"))
        {
            var method = form.GetAttribute("method")?.ToUpperInvariant() ?? "GET";
            foreach (var action in form.QuerySelectorAll("[formaction]").Select(button => button.GetAttribute("formaction"))
                .Append(form.GetAttribute("action")))
            {
                if (PathOf(address, action ?? address) is { } there)
                {
                    Judge(method, there, address, form.QuerySelector("button:not(.unseen)")?.TextContent.Trim() ?? "");
                }
            }
        }
    }

    private void Judge(string method, string there, string page, string words)
    {
        var path = there.Split('?')[0];
        var door = doors.Where(door => MethodsOf(door.Endpoint).Contains(method) && door.Matcher.TryMatch(path, []))
            .OrderByDescending(door => door.Literals).Select(door => door.Endpoint).FirstOrDefault();
        if (door is null)
        {
            Violations.Add($"{page} offers {method} {path} (« {words} »), which leads nowhere");
            return;
        }

        if (method == "POST")
        {
            Forms.TryAdd(Access.NameOf(door), page);
        }

        if (!Admits(door, method))
        {
            Violations.Add($"{page} offers {Access.NameOf(door)} (« {words} »), which would be refused");
        }
    }

    private bool Admits(RouteEndpoint endpoint, string method) => Access.Of(endpoint)?.Admits(Member, method) == true;

    /// <summary>Inside the workspace, without language and fragment; null for anything else.</summary>
    private static string? PathOf(string page, string reference)
    {
        var there = new Uri(new Uri(new Uri("https://interclustering.example"), page), reference);
        var path = there.AbsolutePath.StartsWith("/en/", StringComparison.Ordinal) ? there.AbsolutePath[3..] : there.AbsolutePath;
        var isOurs = path == "/espace/bsc" || path.StartsWith("/espace/bsc/", StringComparison.Ordinal);
        return there.Host == "interclustering.example" && isOurs ? path + there.Query : null;
    }

    private void Add(string address)
    {
        var shape = Id().Replace(address.Split('?')[0], "*");
        if (asked.Add(address) && (shapes[shape] = shapes.GetValueOrDefault(shape) + 1) <= MostOfAShape)
        {
            waiting.Enqueue(address);
        }
    }

    private static IReadOnlyList<string> MethodsOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        // What follows a publication goes on for minutes: its head says enough.
        var answer = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        foreach (var set in answer.Headers.TryGetValues("Set-Cookie", out var values) ? values : [])
        {
            var pair = set.Split(';')[0].Split('=', 2);
            cookies[pair[0]] = pair[1];
        }

        return answer;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();

    [GeneratedRegex("(bsc|lsn)-[0-9a-f-]{36}|[0-9a-f]{8}-[0-9a-f-]{27}")]
    private static partial Regex Id();
}
