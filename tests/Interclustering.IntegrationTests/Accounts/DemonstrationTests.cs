using System.Net;
using Interclustering.Accounts;
using Interclustering.Node.Demonstration;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Tokens;
using Interclustering.Node.Workspace;
using Interclustering.Server.Configuration;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace Interclustering.IntegrationTests.Accounts;

/// <summary>Who gets in by the demonstration: only where it was asked for, and only while it lasts.</summary>
public sealed class DemonstrationTests : TeamVisit
{
    private DemonstrationMode mode = new(IsOn: true);

    protected override DemonstrationMode Demonstration => mode;

    [Theory]
    [InlineData("http://localhost:5080", true)]
    [InlineData("http://127.0.0.1:5080;http://[::1]:5080", true)]
    [InlineData("http://0.0.0.0:5080", false)]
    [InlineData("http://*:5080", false)]
    [InlineData("http://+:5080", false)]
    [InlineData("http://[::]:5080", false)]
    [InlineData("http://localhost:5080;http://192.0.2.7:5080", false)]
    [InlineData("http://demo.example.org:5080", false)]
    public void Without_being_named_it_is_only_where_this_machine_alone_listens(string urls, bool expected)
    {
        Assert.Equal(expected, Read(("urls", urls)).Demonstration);
        Assert.True(Read(("urls", urls), ("Interclustering:Demonstration", "true")).Demonstration);
        Assert.False(Read(("urls", urls), ("Interclustering:Demonstration", "false")).Demonstration);
    }

    [Fact]
    public void Every_way_of_saying_where_to_listen_is_read()
    {
        Assert.False(Read(("http_ports", "8080")).Demonstration);
        Assert.False(Read(("https_ports", "8443")).Demonstration);
        Assert.False(Read(("urls", "http://localhost:1"), ("Kestrel:Endpoints:All:Url", "http://*:8080")).Demonstration);
        Assert.True(Read(("urls", "http://localhost:1"), ("http_ports", "8080")).Demonstration);
        Assert.True(Read().Demonstration);
    }

    [Theory]
    [InlineData("127.0.0.1", "localhost:5080", null, null, true)]
    [InlineData("::1", "[::1]:5080", null, null, true)]
    [InlineData("::ffff:127.0.0.1", "127.0.0.1", null, null, true)]
    [InlineData("192.0.2.7", "localhost:5080", null, null, false)]
    [InlineData("127.0.0.1", "demo.example.org", null, null, false)]
    [InlineData("127.0.0.1", "localhost", "X-Forwarded-For", "203.0.113.9", false)]
    [InlineData("127.0.0.1", "localhost", "X-Forwarded-For", "127.0.0.1, 203.0.113.9", false)]
    [InlineData("127.0.0.1", "localhost", "X-Original-For", "127.0.0.1:1234", false)]
    [InlineData("127.0.0.1", "localhost", "Forwarded", "for=203.0.113.9", false)]
    [InlineData("127.0.0.1", "localhost", "Via", "1.1 proxy", false)]
    public void The_public_mailbox_is_read_on_this_machine_only(string remote, string host, string? header, string? value, bool expected)
    {
        var http = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(remote) } };
        http.Request.Host = new HostString(host);
        if (header is not null)
        {
            http.Request.Headers[header] = value;
        }

        Assert.Equal(expected, OwnMachine.Asks(http));
    }

    [Fact]
    public async Task What_a_demonstration_account_lets_in_goes_with_it()
    {
        await SignInAsync();
        await JoinAsync("Zoé Martin", "zoe@bsc.example", StaffRoles.Administrator);
        await InviteAsync("Max", "max@bsc.example", StaffRoles.Reader);
        Assert.Contains(
            "icl_", await WordsOfAsync(await PostAsync("/espace/bsc/jetons",
            new Dictionary<string, string> { ["name"] = "site", ["scope"] = TokenScopes.Write })), StringComparison.Ordinal);
        await using (var db = Open())
        {
            Assert.All(await db.Users.ToListAsync(Cancellation), member => Assert.True(member.IsDemonstration));
            db.Users.Add(new StaffMember
            {
                UserName = "anne@bsc.example",
                NormalizedEmail = "ANNE@BSC.EXAMPLE",
                NormalizedUserName = "ANNE@BSC.EXAMPLE",
                Email = "anne@bsc.example",
                Name = "Anne"
            });
            db.UnsavedTexts.Add(new UnsavedText
            {
                Member = "bsc/" + await db.Users.Where(member => member.Email == "zoe@bsc.example").Select(member => member.Id)
                    .SingleAsync(Cancellation),
                Form = "f",
                Kind = "event",
                Fields = "[]",
            });
            await db.SaveChangesAsync(Cancellation);
        }

        Assert.Equal(2, await DemonstrationAccounts.RemoveAsync(Node, Cancellation));

        await using var left = Open();
        Assert.Equal("Anne", (await left.Users.SingleAsync(Cancellation)).Name);
        Assert.Empty(await left.AccessLinks.Where(link => link.UsedAt == null).ToListAsync(Cancellation));
        Assert.Empty(await left.Tokens.ToListAsync(Cancellation));
        Assert.Empty(await left.UnsavedTexts.ToListAsync(Cancellation));
        Assert.NotEqual(HttpStatusCode.OK, (await GetAsync("/espace/bsc")).StatusCode);
    }

    [Fact]
    public async Task An_account_that_is_left_over_opens_nothing_where_the_demonstration_is_off()
    {
        mode = new DemonstrationMode(IsOn: false);
        await DisposeAsync();
        await InitializeAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignInAsync()).StatusCode);
        await using (var db = Open())
        {
            var (row, token) = ApiToken.Create("site", TokenScopes.Write, "Équipe", DateTime.UtcNow);
            row.IsDemonstration = true;
            db.Add(row);
            await db.SaveChangesAsync(Cancellation);
            var request = new HttpRequestMessage(
                HttpMethod.Get, "/espace/bsc/api/v1/publications/site/1")
            { Headers = { { "Authorization", $"Bearer {token}" } } };
            Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(request)).StatusCode);
        }

        await using var again = Open();
        await again.Users.ExecuteUpdateAsync(member => member.SetProperty(each => each.IsDemonstration, false), Cancellation);
        Assert.Equal(HttpStatusCode.Redirect, (await SignInAsync()).StatusCode);
    }

    [Fact]
    public async Task A_session_of_the_demonstration_ends_when_its_account_is_gone()
    {
        await SignInAsync();
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/espace/bsc")).StatusCode);
        await DemonstrationAccounts.RemoveAsync(Node, Cancellation);
        Assert.Equal(HttpStatusCode.Redirect, (await GetAsync("/espace/bsc")).StatusCode);
    }

    private static ServerSettings Read(params (string Key, string Value)[] settings) => SettingsReader.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build());
}
