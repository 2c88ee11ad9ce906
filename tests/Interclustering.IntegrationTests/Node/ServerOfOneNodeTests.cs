using System.Net;

namespace Interclustering.IntegrationTests.Node;

/// <summary>A server that hosts one cluster only, as each does in production.</summary>
public sealed class ServerOfOneNodeTests : WorkspaceVisit
{
    protected override bool HostsBoth => false;

    [Fact]
    public async Task A_member_reads_what_is_outside_the_workspace_as_well()
    {
        await SignInAsync();
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/espace/bsc")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/espace")).StatusCode);
    }
}
