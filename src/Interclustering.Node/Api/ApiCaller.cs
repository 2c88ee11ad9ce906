using Interclustering.Accounts;
using Interclustering.Node.Team;
using Interclustering.Node.Tokens;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Interclustering.Node.Api;

/// <summary>Who a request of the API is from: RFC 6750.</summary>
internal sealed record ApiCaller(NodeInstance Node, ApiToken Token)
{
    private const string Scheme = "Bearer ";

    /// <summary>The caller, or the answer that refuses the request.</summary>
    public static async Task<(ApiCaller? Caller, IResult? Refusal)> FindAsync(
        HttpContext http, Nodes nodes, string code, CancellationToken cancellation)
    {
        var scope = http.GetEndpoint()!.Metadata.GetRequiredMetadata<NeedsScope>().Scope;
        if (nodes.Find(code) is not { } node)
        {
            return (null, Problem(StatusCodes.Status404NotFound, "not-found", "Not found", $"No workspace \"{code}\" is hosted here."));
        }

        var header = http.Request.Headers.Authorization.ToString();
        var hash = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? AccessLink.HashOf(header[Scheme.Length..].Trim()) : "";
        await using var db = node.Open();
        if (await db.Tokens.AsNoTracking().SingleOrDefaultAsync(row => row.Hash == hash, cancellation) is not { } token
            || (token.IsDemonstration && !http.RequestServices.GetRequiredService<DemonstrationMode>().IsOn))
        {
            Logger(http).Refused(code, http.Request.Method, header.Length == 0 ? "without a token" : "with an unknown token");
            http.Response.Headers.WWWAuthenticate = header.Length == 0 ? "Bearer" : "Bearer error=\"invalid_token\"";
            return (null, Problem(StatusCodes.Status401Unauthorized, "token", "No valid token",
                $"Send a token of this workspace: \"Authorization: Bearer …\". Its administrators make one at /espace/{code}/jetons."));
        }

        if (!TokenScopes.Reaches(token.Scope, scope))
        {
            Logger(http).Refused(code, http.Request.Method, $"with the token {token.Id}, made for {token.Scope}");
            http.Response.Headers.WWWAuthenticate = $"Bearer error=\"insufficient_scope\", scope=\"{scope}\"";
            return (null, Problem(StatusCodes.Status403Forbidden, "scope", "Not with this token",
                $"It was made for {token.Scope}; this needs {scope}."));
        }

        // To the hour: a busy site would write for every request otherwise.
        var hour = http.Now() is var now ? now.Date.AddHours(now.Hour) : default;
        if (token.LastUsedAt != hour)
        {
            await db.Tokens.Where(row => row.Id == token.Id)
                .ExecuteUpdateAsync(row => row.SetProperty(each => each.LastUsedAt, hour), cancellation);
        }

        return (new ApiCaller(node, token), null);
    }

    private static ILogger Logger(HttpContext http) => http.RequestServices.GetRequiredService<ILogger<ApiCaller>>();

    public static IResult Problem(int status, string type, string title, string detail) =>
        TypedResults.Problem(detail, statusCode: status, title: title, type: $"urn:interclustering:problem:{type}");
}

/// <summary>What the API says about those who it does not let in.</summary>
internal static partial class ApiLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Code}: {Method} of the API was refused {Reason}")]
    public static partial void Refused(this ILogger logger, string code, string method, string reason);
}
