using Interclustering.Node.Workspace;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.IntegrationTests.Security;

/// <summary>Who may ask for what, from the endpoints themselves: a new one can't be forgotten.</summary>
[Collection(WholeServerTests.Name)]
public sealed class AccessMatrixTests(WholeServer server)
{
    private IEnumerable<RouteEndpoint> Routes => server.Endpoints.OfType<RouteEndpoint>();

    [Fact]
    public void Every_endpoint_says_who_may_ask_for_it_or_is_listed_as_public()
    {
        var silent = Routes.Where(endpoint => Access.Of(endpoint) is null).Select(Access.NameOf).ToList();
        Assert.True(silent is ["GET " + WholeServer.Unmarked], "Say who may ask for: " + string.Join(", ", silent));
        Assert.All(server.Endpoints, endpoint => Assert.IsType<RouteEndpoint>(endpoint));
    }

    [Fact]
    public void Every_workspace_has_the_same_doors()
    {
        var doors = Routes.Where(endpoint => endpoint.Metadata.GetMetadata<NodeRoute>() is not null).ToLookup(
            endpoint => endpoint.Metadata.GetMetadata<NodeRoute>()!.Code, endpoint => $"{Access.NameOf(endpoint)}: {Access.Of(endpoint)}");
        Assert.Equal(["bsc", "lsn"], doors.Select(each => each.Key).Order());
        Assert.Equal(doors["bsc"].Order(), doors["lsn"].Order());
        Assert.InRange(doors["bsc"].Count(), 80, 400);
    }

    [Fact]
    public async Task Every_role_cluster_and_token_gets_as_far_as_each_endpoint_says_and_no_further()
    {
        var matrix = await new AccessMatrix(server).RunAsync();
        // A marked endpoint without its guard is noticed, once for each actor that it should refuse.
        var noticed = matrix.Violations.Where(violation => violation.Contains(WholeServer.Unguarded, StringComparison.Ordinal)).ToList();
        Assert.Equal(Actor.All.Count - 1, noticed.Count);
        var wrong = matrix.Violations.Except(noticed).ToList();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        TestContext.Current.SendDiagnosticMessage("{0} refused, {1} admitted", matrix.Refused, matrix.Admitted);
        Assert.InRange(matrix.Refused, 1000, 20_000);
        Assert.InRange(matrix.Admitted, 500, 20_000);
    }
}
