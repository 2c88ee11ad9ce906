using System.Net;
using System.Text.RegularExpressions;
using Interclustering.Accounts;
using Interclustering.Accounts.Passwords;
using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Interclustering.Node;
using Interclustering.Node.Demonstration;
using Interclustering.Node.Mail;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Workspace;
using Interclustering.Server.Hosting;
using Interclustering.Testing;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.IntegrationTests.Node;

/// <summary>The workspaces of two clusters, and one browser that visits them.</summary>
public abstract partial class WorkspaceVisit : IAsyncLifetime
{
    protected const string Password = "correct horse battery";
    protected const string NewEvent = "/espace/bsc/evenements/nouveau";
    private TemporaryNode bsc = null!, lsn = null!;
    private WebApplication app = null!;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected Dictionary<string, string> Cookies { get; } = [];

    /// <summary>Where the browser's requests come from.</summary>
    protected IPAddress From { get; set; } = IPAddress.Parse("192.0.2.7");

    public async ValueTask InitializeAsync()
    {
        (bsc, lsn) = (await TemporaryNode.CreateAsync("bsc"), await TemporaryNode.CreateAsync("lsn"));
        await DemonstrationAccounts.CreateAsync(bsc.Instance, new(() => PasswordHashes.Of(Password)), Cancellation);
        await DemonstrationAccounts.CreateAsync(lsn.Instance, new(() => PasswordHashes.Of(Password)), Cancellation);
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(Demonstration);
        builder.Services.AddSingleton(Directories.Two);
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddRequestPipeline(new RequestRates(int.MaxValue, int.MaxValue));
        await PrepareAsync(builder.Services);
        builder.Services.AddNodes(HostsBoth ? [bsc.Instance, lsn.Instance] : [bsc.Instance]);
        app = builder.Build();
        // A request comes from where a test says.
        app.Use((http, next) =>
        {
            http.Connection.RemoteIpAddress = From;
            return next(http);
        });
        app.UseRequestPipeline(hostsHub: false);
        app.MapNodes();
        await app.StartAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        await bsc.DisposeAsync();
        await lsn.DisposeAsync();
        await CleanUpAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>False: a server of one node, as in production.</summary>
    protected virtual bool HostsBoth => true;

    /// <summary>The accounts that a visit begins with are demonstration accounts.</summary>
    protected virtual DemonstrationMode Demonstration { get; } = new(IsOn: true);

    /// <summary>What a visit needs besides.</summary>
    protected virtual Task PrepareAsync(IServiceCollection services) => Task.CompletedTask;

    protected virtual ValueTask CleanUpAsync() => ValueTask.CompletedTask;

    protected Journal Journal => bsc.Instance.Journal;

    protected NodeInstance Node => bsc.Instance;

    protected NodeContext Open() => bsc.Open();

    /// <summary>What periodic jobs write to members with, at an address of the cluster's own.</summary>
    protected MemberMails Mails => new(
        new PublicAddress(new Dictionary<string, string> { ["bsc"] = "https://espace.bsc.example" }), Service<UnsubscribeLinks>(),
        new MailSender("ne-pas-repondre@cluster.example"));

    protected async Task<StaffMember> MemberAsync()
    {
        await using var db = Open();
        var email = DemonstrationAccounts.EmailOf("bsc");
        return await db.Users.AsNoTracking().SingleAsync(member => member.Email == email, Cancellation);
    }

    /// <summary>The member says when they want mails of a group.</summary>
    protected async Task PreferAsync(string group, string time)
    {
        await using var db = Open();
        await MailChoices.SetAsync(db, (await MemberAsync()).Id, group, time, Cancellation);
    }

    protected async Task<string> PublishAsync(PublishedItem item)
    {
        await using var db = Open();
        return (await bsc.Editor(db).PublishAsync(null, item, "Anne", Cancellation)).Subject;
    }

    protected async Task EditAsync(string subject, PublishedItem item)
    {
        await using var db = Open();
        await bsc.Editor(db).PublishAsync(subject, item, "Zoé", Cancellation);
    }

    protected async Task<WorkingCopy> CopyAsync(string subject)
    {
        await using var db = Open();
        return await db.WorkingCopies.AsNoTracking().SingleAsync(row => row.Subject == subject, Cancellation);
    }

    protected static Event Morning(string title = "Matinée") =>
        new() { Nonce = "", Title = title, Sessions = [new Session("1", "2026-12-10T09:00:00")] };

    protected Task<HttpResponseMessage> SignInAsync(string password = Password, string back = "", string language = "") => PostAsync(
        $"{language}/espace/bsc/connexion", new Dictionary<string, string>
        {
            ["email"] = DemonstrationAccounts.EmailOf("bsc"),
            ["password"] = password,
            ["retour"] = back
        });

    protected Task<HttpResponseMessage> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Sends a form with the token of the page that it stands on.</summary>
    protected Task<HttpResponseMessage> PostAsync(string path, Dictionary<string, string> fields, string? from = null) =>
        PostAsync(path, [.. fields], from);

    /// <inheritdoc cref="PostAsync(string, Dictionary{string, string}, string?)"/>
    protected async Task<HttpResponseMessage> PostAsync(string path, List<KeyValuePair<string, string>> fields, string? from = null)
    {
        var form = await (await GetAsync(from ?? path)).Content.ReadAsStringAsync(Cancellation);
        return await SendAsync(path, [.. fields, KeyValuePair.Create("__RequestVerificationToken", Token().Match(form).Groups[1].Value)]);
    }

    /// <summary>Sends a form with files in it, with the token of the page that it stands on.</summary>
    protected Task<HttpResponseMessage> PostAsync(string path, MultipartFormDataContent form) => PostFromAsync(path, path, form);

    /// <summary>The same with the token of another page.</summary>
    protected async Task<HttpResponseMessage> PostFromAsync(string from, string path, MultipartFormDataContent form)
    {
        ArgumentNullException.ThrowIfNull(form);
        var page = await (await GetAsync(from)).Content.ReadAsStringAsync(Cancellation);
        form.Add(new StringContent(Token().Match(page).Groups[1].Value), "__RequestVerificationToken");
        return await SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = form });
    }

    /// <summary>Sends a form as it is.</summary>
    protected Task<HttpResponseMessage> SendAsync(string path, IEnumerable<KeyValuePair<string, string>> fields) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) });

    /// <summary>The page as a reader sees it: entities resolved, no-break spaces plain.</summary>
    protected static async Task<string> WordsOfAsync(HttpResponseMessage answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancellation)).Replace('\u00a0', ' ').Replace('\u202f', ' ');
    }

    /// <summary>Hidden and visible fields of a page's first form, the one with a password.</summary>
    protected static Dictionary<string, string> SignInFields(string page)
    {
        var form = page[page.IndexOf("action=\"", StringComparison.Ordinal)..];
        form = form[..form.IndexOf("</form>", StringComparison.Ordinal)];
        return Hidden().Matches(form).Concat(Carried().Matches(form))
            .ToDictionary(field => field.Groups[1].Value, field => WebUtility.HtmlDecode(field.Groups[2].Value));
    }

    /// <summary>The token of a page's forms.</summary>
    protected static string TokenOf(string page) => Token().Match(page).Groups[1].Value;

    /// <summary>A service of the site.</summary>
    protected T Service<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();

    [GeneratedRegex("<textarea hidden name=\"([^\"]+)\">(?:\\n|&#xA;)([^<]*)</textarea>")]
    private static partial Regex Carried();

    protected async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        var answer = await app.GetTestClient().SendAsync(request, Cancellation);
        foreach (var set in answer.Headers.TryGetValues("Set-Cookie", out var values) ? values : [])
        {
            var pair = set.Split(';')[0].Split('=', 2);
            Cookies[pair[0]] = pair[1];
        }

        return answer;
    }
}
