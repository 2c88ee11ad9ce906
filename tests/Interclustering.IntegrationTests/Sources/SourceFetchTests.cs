using System.Net;
using System.Text;
using Interclustering.Node.Sources;
using Interclustering.Node.Sources.Fetching;
using Interclustering.Node.Sources.Reading;

namespace Interclustering.IntegrationTests.Sources;

/// <summary>What people type is fetched within bounds, and never leads inward.</summary>
public sealed class SourceFetchTests : IAsyncLifetime
{
    private AwkwardSite site = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => site = await AwkwardSite.StartAsync();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.9.10")]
    [InlineData("0.0.0.0")]
    [InlineData("10.0.0.1")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("192.0.0.8")]
    [InlineData("198.18.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%1")]
    [InlineData("fec0::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("ff02::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::10.0.0.1")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2002:c0a8:101::1")]
    [InlineData("2001:0:4136:e378:8000:63bf:3fff:fdd2")]
    [InlineData("2001:db8::1")]
    public void Addresses_that_lead_inward_are_known(string address) => Assert.True(InwardAddresses.Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.1")]
    [InlineData("2a01:e0a::1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::8.8.8.8")]
    [InlineData("2002:808:808::1")]
    public void Addresses_of_the_internet_are_let_through(string address) =>
        Assert.False(InwardAddresses.Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://localhost/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://127.1/")]
    public async Task This_machine_is_refused_whatever_it_is_called(string address) =>
        Assert.Contains("réseau privé", await RefusalAsync(address, allowed: false), StringComparison.Ordinal);

    [Theory]
    [InlineData("http://cluster.example/agenda")]
    [InlineData("ftp://cluster.example/agenda")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://cluster.example/")]
    public async Task Only_https_is_fetched(string address) =>
        Assert.True((await RefusalAsync(address, allowed: false)) is var said
        && (said.Contains("https://", StringComparison.Ordinal)), said);

    [Theory]
    [InlineData("\ufeff")]
    [InlineData("https://\ufeff/")]
    [InlineData("https://\u00ad/agenda.ics")]
    [InlineData("https://xn--/")]
    [InlineData("https://")]
    [InlineData("")]
    public async Task What_has_no_host_of_the_DNS_is_refused(string address) =>
        Assert.NotEqual("", await RefusalAsync(address, allowed: false));

    [Fact]
    public async Task A_redirect_to_what_has_no_host_is_refused()
    {
        site.Redirect("/agenda", "https://%ef%bb%bf/");
        Assert.NotEqual("", await RefusalAsync(site.To("/agenda")));
    }

    [Fact]
    public async Task A_password_in_an_address_is_refused() =>
        Assert.Contains("mot de passe", await RefusalAsync("https://user:secret@cluster.example/", allowed: false),
            StringComparison.Ordinal);

    [Fact]
    public async Task A_redirect_inward_is_refused_and_never_asked_for()
    {
        await using var inward = await AwkwardSite.StartAsync();
        inward.Serve("/secret", "secret", "text/plain");
        site.Redirect("/agenda", inward.To("/secret"));
        var said = await RefusalAsync(site.To("/agenda"));
        Assert.Contains("https://", said, StringComparison.Ordinal);
        site.Redirect("/agenda", $"https://127.0.0.1:{inward.Address.Port}/secret");
        Assert.Contains("réseau privé", await RefusalAsync(site.To("/agenda")), StringComparison.Ordinal);
        Assert.Empty(inward.Asked);
    }

    [Fact]
    public async Task Three_redirects_are_followed_and_no_more()
    {
        site.Redirect("/1", "/2");
        site.Redirect("/2", "/3");
        site.Redirect("/3", "/4");
        site.Serve("/4", "here", "text/plain");
        Assert.Equal("here", await TextAsync("/1"));
        site.Redirect("/0", "/1");
        Assert.Contains("Trop de redirections", await RefusalAsync(site.To("/0")), StringComparison.Ordinal);
        site.Redirect("/loop", "/loop");
        Assert.Contains("Trop de redirections", await RefusalAsync(site.To("/loop")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_answer_ends()
    {
        site.Hang("/slow");
        Assert.Contains("Pas de réponse complète", await RefusalAsync(site.To("/slow"), patience: TimeSpan.FromMilliseconds(300)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_comes_in_drops_ends()
    {
        site.Drip("/drops");
        Assert.Contains("Pas de réponse complète", await RefusalAsync(site.To("/drops"), patience: TimeSpan.FromMilliseconds(300)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endless_answer_ends()
    {
        site.Flood("/endless");
        Assert.Contains("Plus de 5 Mio", await RefusalAsync(site.To("/endless")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bomb_is_stopped_while_it_unfolds()
    {
        site.Bomb("/bomb", mebibytes: 200);
        Assert.Contains("Plus de 5 Mio", await RefusalAsync(site.To("/bomb")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(401)]
    public async Task A_failure_is_said_with_its_number(int status)
    {
        site.Fail("/agenda", status);
        Assert.Contains($"{status}", await RefusalAsync(site.To("/agenda")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again()
    {
        site.Serve("/agenda", "content", "text/plain", etag: "\"v1\"");
        using var fetch = Fetch();
        var first = await fetch.GetAsync(site.To("/agenda"), null, Stop);
        Assert.False(first.NotModified);
        var again = await fetch.GetAsync(site.To("/agenda"), first.Validators, Stop);
        Assert.True(again.NotModified);
        Assert.Equal(first.Validators, again.Validators);
    }

    [Fact]
    public async Task A_site_that_is_away_is_said_to_be()
    {
        var address = site.To("/");
        var allowed = site.Allowed;
        await site.DisposeAsync();
        using var fetch = new SourceFetch(new FetchSettings { Allowed = [allowed] });
        Assert.Contains("Aucune connexion",
            (await Assert.ThrowsAsync<ImportFetchException>(() => fetch.GetAsync(address, null, Stop))).Message, StringComparison.Ordinal);
        site = await AwkwardSite.StartAsync();
    }

    private SourceFetch Fetch(bool allowed = true, TimeSpan? patience = null) =>
        new(new FetchSettings { Allowed = allowed ? [site.Allowed] : [], Patience = patience ?? TimeSpan.FromSeconds(30) });

    private async Task<string> RefusalAsync(string address, bool allowed = true, TimeSpan? patience = null)
    {
        using var fetch = Fetch(allowed, patience);
        return (await Assert.ThrowsAsync<ImportFetchException>(() => fetch.GetAsync(address, null, Stop))).Message.Replace('\u00a0', ' ');
    }

    private async Task<string> TextAsync(string path)
    {
        using var fetch = Fetch();
        return Encoding.UTF8.GetString((await fetch.GetAsync(site.To(path), null, Stop)).Content.Span);
    }
}
