using System.Net;
using System.Text.RegularExpressions;
using Interclustering.Testing.Servers;

namespace Interclustering.Testing;

/// <summary>
/// A member of a cluster's team who uses its workspace without a browser: opens the page of a form, fills it in, sends it.
/// </summary>
internal sealed partial class TeamMember(ServerProcess server, string cluster) : IDisposable
{
    private const string Email = "equipe@cluster.example";
    private readonly string chosen = $"Quai {Guid.NewGuid():N}";
    private HttpClient? http;

    public string Workspace => $"/espace/{cluster}";

    public HttpClient Http => http ?? throw new InvalidOperationException("The member is not signed in.");

    public void Dispose() => http?.Dispose();

    /// <summary>Follows the operator's invitation, and signs in.</summary>
    public async Task JoinAsync()
    {
        var (exit, output) = await server.RunAsync("staff", "add", "--cluster", cluster, "--email", Email);
        var link = Invitation().Match(output);
        Assert.True(exit == 0 && link.Success, output);
        http = new HttpClient { BaseAddress = server.Http.BaseAddress };
        using var joined = await PostAsync(link.Value, [("name", "Équipe d’essai"), ("password", chosen)]);
        await SignInAsync();
    }

    /// <summary>Anew, also at a server that has started again at another port.</summary>
    public async Task SignInAsync()
    {
        http?.Dispose();
        http = new HttpClient { BaseAddress = server.Http.BaseAddress };
        using var home = await PostAsync($"{Workspace}/connexion", [("email", Email), ("password", chosen)]);
        Assert.True(home.IsSuccessStatusCode, $"Signing in: {(int)home.StatusCode}");
    }

    /// <summary>Sends a form with the hidden fields that its page has, and follows where that leads.</summary>
    /// <param name="path">Where the form is sent.</param>
    /// <param name="fields">What is typed. A hidden field of the same name gives way.</param>
    /// <param name="formAt">The page of the form, where that is another address.</param>
    public async Task<HttpResponseMessage> PostAsync(string path, IEnumerable<(string Name, string Value)> fields, string? formAt = null)
    {
        var hidden = Hidden().Matches(await Http.GetStringAsync(formAt ?? path))
            .Select(match => (Name: match.Groups[1].Value, Value: WebUtility.HtmlDecode(match.Groups[2].Value)))
            .DistinctBy(field => field.Name);
        var posted = fields.ToList();
        var typed = posted.Select(field => field.Name).ToHashSet();
        posted.AddRange(hidden.Where(field => !typed.Contains(field.Name)));
        using var form = new FormUrlEncodedContent(posted.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await Http.PostAsync(path, form);
    }

    /// <summary>A token of the workspace's API, which may write publications.</summary>
    public async Task<string> CreateTokenAsync()
    {
        using var made = await PostAsync($"{Workspace}/jetons", [("name", "essai"), ("scope", "publications:write")]);
        var token = Token().Match(await made.Content.ReadAsStringAsync());
        Assert.True(token.Success, $"No token: {(int)made.StatusCode}");
        return token.Groups[1].Value;
    }

    [GeneratedRegex("<code class=\"token\">([^<]+)</code>")]
    private static partial Regex Token();

    [GeneratedRegex(@"/espace/\w+/invitation/\S+")]
    private static partial Regex Invitation();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}
