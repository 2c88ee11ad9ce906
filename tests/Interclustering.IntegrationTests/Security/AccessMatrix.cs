using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Interclustering.Contracts;
using Interclustering.Node.Tokens;
using Interclustering.Node.Workspace;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;

namespace Interclustering.IntegrationTests.Security;

/// <summary>Sends every endpoint's request as every actor, and compares what comes with what the endpoint says of itself.</summary>
internal sealed partial class AccessMatrix(WholeServer server)
{
    /// <summary>Nothing is there for any actor: what is asked for has no content in this test.</summary>
    private static readonly string[] Empty = [
        "/{**path", "{**path:file}", "/api/v1/publications/{source}/", "/apercu/", "/jour-j/{token}", "/fichiers/",
        "/api/v1/publications/{id}",
        "/ressources/{id}", "/evenements/{id}", "/embed/publication/{id}", "/sitemap-", "/scalar/{documentName?}",
    ];

    private readonly Dictionary<Actor, (Dictionary<string, string> Cookies, string FormToken)> sessions = [];

    public List<string> Violations { get; } = [];

    public int Admitted { get; private set; }

    public int Refused { get; private set; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async Task<AccessMatrix> RunAsync()
    {
        foreach (var actor in Actor.All)
        {
            sessions[actor] = await EnterAsync(actor);
        }

        // Another cluster's workspace has the same doors, which another test says: one workspace is enough.
        var cells = (
            from endpoint in server.Endpoints.OfType<RouteEndpoint>()
            where endpoint.Metadata.GetMetadata<NodeRoute>()?.Code is null or "bsc"
                && endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null
            let access = Access.Of(endpoint)
            where access is not null
            from method in MethodsOf(endpoint)
            from actor in Actor.All
                // What is the same for every actor is asked for by one of each kind.
            where access is not Access.OfEverybody || actor.Forges || actor is not { Right: not null }
                or { Cluster: "bsc", Right: StaffRoles.Editor or TokenScopes.Read }
            select (Endpoint: endpoint, Method: method, Actor: actor, May: access.Admits(actor, method))).ToList();
        // What is refused changes nothing, so it comes first; then what reads; what writes may end what the others need.
        var before = await server.StandingOfAsync("bsc");
        foreach (var (endpoint, method, actor, _) in cells.Where(cell => !cell.May))
        {
            var (verdict, words) = await AskAsync(endpoint, method, actor);
            Judge(verdict == Verdict.Refused, $"{method} {endpoint.RoutePattern.RawText} must refuse {actor}: {words}");
            Refused++;
        }

        var after = (string?)await server.StandingOfAsync("bsc");
        Judge(before == after, $"What was refused has changed something: {before} is now {after}");
        foreach (var (endpoint, method, actor, _) in cells.Where(cell => cell.May).OrderBy(cell => HttpMethods.IsGet(cell.Method) ? 0 : 1))
        {
            if (after is not null && !HttpMethods.IsGet(method))
            {
                var read = await server.StandingOfAsync("bsc");
                Judge(after == read, $"What only reads has changed something: {after} is now {read}");
                after = null;
            }

            var (verdict, words) = await AskAsync(endpoint, method, actor);
            if (verdict == Verdict.Refused && !HttpMethods.IsGet(method) && actor.Kind is ActorKind.Member or ActorKind.Operator)
            {
                // Something before it has ended the session.
                sessions[actor] = await EnterAsync(actor);
                (verdict, words) = await AskAsync(endpoint, method, actor);
            }

            Judge(verdict == Verdict.Admitted, $"{method} {endpoint.RoutePattern.RawText} must admit {actor}: {words}");
            Judge(
                !HttpMethods.IsGet(method) || words != "NotFound" || Empty.Any(endpoint.RoutePattern.RawText!.Contains),
                $"{method} {endpoint.RoutePattern.RawText} has nothing to show: say what to ask it for");
            Admitted++;
        }

        return this;
    }

    private void Judge(bool right, string otherwise)
    {
        if (!right)
        {
            Violations.Add(otherwise);
        }
    }

    private static IEnumerable<string> MethodsOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["GET", "POST"];

    private async Task<(Verdict Verdict, string Words)> AskAsync(RouteEndpoint endpoint, string method, Actor actor)
    {
        var reads = HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
        var (cookies, token) = sessions[actor];
        using var request = new HttpRequestMessage(new HttpMethod(method), AddressOf(endpoint));
        if (!reads)
        {
            request.Content = endpoint.Metadata.GetMetadata<NeedsScope>() is not null && !HttpMethods.IsDelete(method)
                ? new StringContent("{}", MediaTypeHeaderValue.Parse("application/json"))
                : new FormUrlEncodedContent(actor.Forges ? [] : [KeyValuePair.Create("__RequestVerificationToken", token)]);
        }

        using var answer = await SendAsync(request, cookies, actor);
        var words = answer.Headers.Location is { } there ? $"{answer.StatusCode} {there}" : answer.StatusCode.ToString();
        var asksToSignIn = words.Contains("/connexion", StringComparison.Ordinal);
        // Signing out ends at the sign-in as well, and takes the cookie away.
        var left = endpoint.RoutePattern.RawText!.EndsWith("/deconnexion", StringComparison.Ordinal)
            && answer.Headers.Contains("Set-Cookie");
        return ((int)answer.StatusCode switch
        {
            401 or 403 => Verdict.Refused,
            400 when actor.Forges && !reads => Verdict.Refused,
            // Shown again with what was typed; that nothing was carried out is compared afterwards.
            < 500 when actor.Forges && endpoint.Metadata.GetMetadata<ShowsFormAgain>() is not null && !reads => Verdict.Refused,
            429 or >= 500 => Verdict.Broken,
            >= 300 and < 400 when asksToSignIn && !left => Verdict.Refused,
            _ => Verdict.Admitted,
        }, words);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, Dictionary<string, string> cookies, Actor actor)
    {
        request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        if (actor.Kind == ActorKind.Token)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", server.Tokens[(actor.Cluster!, actor.Right!)]);
        }

        // What follows a publication goes on for minutes: its head says enough.
        return await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
    }

    /// <summary>Signs in by the page, as people do.</summary>
    private async Task<(Dictionary<string, string> Cookies, string FormToken)> EnterAsync(Actor actor)
    {
        var cookies = new Dictionary<string, string>();
        var (door, home, email) = actor.Kind == ActorKind.Operator
            ? ("/etat/connexion", "/etat", WholeServer.Operator)
            : ($"/espace/{actor.Cluster ?? "bsc"}/connexion", $"/espace/{actor.Cluster}/compte",
                WholeServer.EmailOf(actor.Cluster ?? "", actor.Right ?? ""));
        var token = await TokenOnAsync(door);
        if (actor.Kind is ActorKind.Anonymous or ActorKind.Token)
        {
            return (cookies, token);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, door)
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["email"] = email,
                ["password"] = WholeServer.Password,
                ["__RequestVerificationToken"] = token,
            }),
        };
        using var entered = await SendAsync(request, cookies, actor);
        Assert.True((int)entered.StatusCode is >= 300 and < 400, $"{actor} can't sign in: {entered.StatusCode}");
        Take(entered);
        return (cookies, await TokenOnAsync(home));

        async Task<string> TokenOnAsync(string path)
        {
            using var asked = new HttpRequestMessage(HttpMethod.Get, path);
            using var page = await SendAsync(asked, cookies, actor);
            Take(page);
            return FormToken().Match(await page.Content.ReadAsStringAsync(Cancellation)).Groups[1].Value;
        }

        void Take(HttpResponseMessage answer)
        {
            foreach (var set in answer.Headers.TryGetValues("Set-Cookie", out var values) ? values : [])
            {
                var pair = set.Split(';')[0].Split('=', 2);
                cookies[pair[0]] = pair[1];
            }
        }
    }

    public string AddressOf(RouteEndpoint endpoint) =>
        Access.PathOf(endpoint, parameter => Uri.EscapeDataString(ValueOf(Access.NameOf(endpoint), parameter.Name)))
        + (endpoint.RoutePattern.RawText == "/oembed" ? $"?url={server.Http.BaseAddress}agenda" : "");

    private string ValueOf(string route, string parameter) => (parameter, route) switch
    {
        ("code" or "cluster", _) => "bsc",
        ("id", _) when route.Contains("/webinaires-communs/", StringComparison.Ordinal) => server.Ids["dossier"],
        ("id", _) when route.Contains("/webinaires/", StringComparison.Ordinal) => server.Ids["webinar"],
        ("id", _) when route.Contains("/fiches/", StringComparison.Ordinal) => server.Ids["sheet"],
        ("id", _) when route.Contains("/options/", StringComparison.Ordinal) => server.Ids["hold"],
        ("id", _) when route.Contains("/personnes/", StringComparison.Ordinal) => server.Ids["person"],
        ("id", _) when route.Contains("/sources/", StringComparison.Ordinal) => server.Ids["source"],
        ("id", _) when route.Contains("/jetons/", StringComparison.Ordinal) => server.Ids["token"],
        ("id", _) when route.Contains("/lettre/", StringComparison.Ordinal) => server.Ids["letter"],
        ("id", _) when route.Contains("/equipe/invitations/", StringComparison.Ordinal) => server.Ids["invitation"],
        ("id", _) when route.Contains("/equipe/", StringComparison.Ordinal) => server.Ids["member"],
        ("id", _) when route.Contains("/compte/cles/", StringComparison.Ordinal) => "00ff",
        ("id", _) when route.Contains("/compte/sessions/", StringComparison.Ordinal) => Guid.Empty.ToString(),
        ("id", _) when route.Contains("/national/lire/", StringComparison.Ordinal) => WholeServer.OfAnother,
        ("id" or "subject", _) => server.Ids["event"],
        ("secret", _) when route.Contains("/invitation/", StringComparison.Ordinal) => server.Ids["invitation secret"],
        ("secret", _) when route.Contains("/calendrier/", StringComparison.Ordinal) => server.Ids["calendar secret"],
        ("secret", _) => server.Ids["reset secret"],
        ("fact", _) => "bsc-" + Guid.Empty,
        ("kind", _) => Kinds.Event,
        ("theme", _) => KnownThemes.Urban,
        ("month", _) => "2026-12",
        ("week", _) => "2026-W50",
        ("part", _) => "1",
        ("slug", _) => "titre",
        ("name", _) => "fiche.pdf",
        ("sha256", _) => new string('a', 64),
        ("registration", _) => server.Ids["registration"],
        ("token", _) when route.Contains("/mon-inscription/", StringComparison.Ordinal) => server.Ids["registration token"],
        ("token", _) when route.Contains("/desabonnement/", StringComparison.Ordinal) => server.Ids["unsubscribe token"],
        ("token", _) => "none",
        ("source", _) => "site-web",
        ("externalId", _) => "42",
        ("path", _) => "rien",
        ("documentName", _) => "v1",
        _ => throw new ArgumentException($"{route} has the parameter {parameter}: say here what to ask it for.", nameof(parameter)),
    };

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();

    private enum Verdict
    {
        Admitted,
        Refused,
        Broken,
    }
}
