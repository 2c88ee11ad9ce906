using System.Net;
using System.Text.RegularExpressions;
using Interclustering.Contracts;
using Interclustering.IntegrationTests.Node;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Hub;

/// <summary>
/// Every public address of the hub, with one of each kind for staff and for members: of the first nothing is anywhere, of the second title,
/// day, cluster and « Réservé aux adhérents ». Addresses come from the routes themselves, so that a new one can't be forgotten.
/// </summary>
public sealed partial class LeakTests : IAsyncLifetime
{
    /// <summary>Stands in everything that only members, or only staff, may read.</summary>
    private const string OfMembers = "zzmembre", OfStaff = "zzequipe";
    private const string Title = "Club ouvert";

    /// <summary>A file of what only members, or only staff, may read.</summary>
    private const string File = "fiche.pdf", Hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    /// <summary>What lists items by the agenda's filters.</summary>
    private static readonly string[] Filtered = ["/agenda", "/embed/", "/api/v1/publications", "/ressources", "/integrer", "/recherche",
        "/api/v1/search", "/en/agenda", "/en/recherche"];

    private static readonly string[] Queries = [
        "q=" + OfMembers, "theme=" + KnownThemes.Urban, "audience=" + Audiences.Shippers, "format=webinar", "format=workshop",
            "attendance=online", "status=rescheduled",
        "status=full", "region=53", "q=ouvert&theme=" + KnownThemes.Urban, "q=ouvert&audience=" + Audiences.Shippers, "q=ouvert&region=53",
    ];

    private readonly List<string> members = [], staff = [];
    private TemporaryHub hub = null!;

    public async ValueTask InitializeAsync()
    {
        hub = await TemporaryHub.CreateAsync();
        await hub.ShowAsync(Happening.On("2026-12-10T09:00:00", title: "Pour tous") with { Place = new Place { Region = "28" } });
        foreach (var item in OfEachKind(Title, OfMembers, Visibility.Members))
        {
            members.Add(await hub.ShowAsync(item));
        }

        foreach (var item in OfEachKind(OfStaff, OfStaff, Visibility.Staff))
        {
            staff.Add(await hub.ShowAsync(item));
        }

        staff.Add(await hub.ShowAsync(
            new DateHold { Nonce = "n", Title = OfStaff, Start = "2026-12-10", ExpiresOn = "2026-12-01", Themes = [KnownThemes.Urban] }));
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task No_public_address_shows_more_than_is_public()
    {
        var seen = 0;
        foreach (var address in Addresses())
        {
            var (status, body) = await ReadAsync(address);
            Assert.DoesNotContain(OfMembers, body, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(OfStaff, body, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotMatch(HoursOfMembers(), body);
            // A page that is not there links to itself in the other language.
            var besides = staff.Any(address.Contains)
                ? body.Replace(address.Replace("/en/", "/", StringComparison.Ordinal), "", StringComparison.Ordinal) : body;
            Assert.All(staff, id => Assert.DoesNotContain(id[4..], besides, StringComparison.Ordinal));
            Assert.False(status == HttpStatusCode.OK && staff.Any(address.Contains), $"{address} shows what is for staff");
            Assert.True(status is HttpStatusCode.OK or HttpStatusCode.NotFound or HttpStatusCode.Gone
                or HttpStatusCode.BadRequest, $"{address}: {status}");
            seen += status == HttpStatusCode.OK ? 1 : 0;
        }

        Assert.True(seen > 50, $"only {seen} addresses answered");
    }

    [Fact]
    public async Task What_is_for_members_is_found_by_cluster_day_and_title_and_by_nothing_else()
    {
        var lists = Addresses().Where(address => Filtered.Any(address.StartsWith) && !address.Contains("bsc-", StringComparison.Ordinal)
            && !address.EndsWith("/suggestions", StringComparison.Ordinal)).ToList();
        foreach (var list in lists)
        {
            foreach (var query in Queries)
            {
                Assert.DoesNotContain(Title, (await ReadAsync($"{list}?{query}")).Body, StringComparison.Ordinal);
            }
        }

        foreach (var query in (string[])["", "?q=ouvert", "?cluster=bsc", "?from=2026-12-10&to=2026-12-10"])
        {
            Assert.Contains(Title, (await ReadAsync("/agenda" + query)).Body, StringComparison.Ordinal);
            Assert.Contains(Title, (await ReadAsync("/api/v1/publications" + query)).Body, StringComparison.Ordinal);
        }

        foreach (var path in (string[])["/recherche?q=ouvert", "/recherche?q=bretagne+supply", "/api/v1/search?q=clubs&cluster=bsc",
            "/recherche/suggestions?q=ouv"])
        {
            // The search follows behind the site.
            await Until.TrueAsync(async () => (await ReadAsync(path)).Body.Contains("ouvert", StringComparison.Ordinal), () =>
                Task.FromResult(path + " finds it"));
        }

        Assert.DoesNotContain(Title, (await ReadAsync("/themes/" + KnownThemes.Urban)).Body, StringComparison.Ordinal);
        Assert.DoesNotMatch("\"upcoming\":[1-9]", CountsBesides((await ReadAsync("/api/v1/filters")).Body));
    }

    [Fact]
    public async Task Drafts_of_changes_their_comments_and_reviews_stay_in_the_node()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var node = await TemporaryNode.CreateAsync();
        await using var db = node.Open();
        var happening = Happening.On("2026-12-11T09:00:00", title: "Déjà publié");
        var subject = (await node.Editor(db).PublishAsync(null, happening, "Anne", cancellation)).Subject;
        db.AddRange(
            new PendingChange
            {
                Subject = subject,
                Kind = Kinds.Event,
                Title = OfStaff,
                Data = PublicationText.Of(happening with { Title = OfStaff, Text = OfStaff }),
                BasedOn = 1,
                Version = 1,
                EditedBy = OfStaff,
                PublishAt = DateTime.MaxValue,
            },
            new DraftReview { Subject = subject, State = ReviewState.Asked, Version = 1, By = OfStaff },
            new DraftComment { Subject = subject, Member = "1", By = OfStaff, Text = OfStaff });
        await db.SaveChangesAsync(cancellation);
        // What is published again while they are there.
        var changed = happening with { Summary = "Nouveau" };
        await node.Editor(db).PublishAsync(subject, changed, "Anne", cancellation);
        Assert.Single(await db.DraftComments.AsNoTracking().ToListAsync(cancellation));

        // All that leaves a node is its journal, and what the hub is shown of it is what it shows.
        var sent = await db.Journal.AsNoTracking().Select(row => row.Text).ToListAsync(cancellation);
        Assert.Contains(sent, text => text.Contains("Nouveau", StringComparison.Ordinal));
        Assert.DoesNotContain(sent, text => text.Contains(OfStaff, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(await db.Publications.AsNoTracking().Select(row => row.Data ?? "").ToListAsync(cancellation), text =>
            text.Contains(OfStaff, StringComparison.OrdinalIgnoreCase));
    }

    private static IEnumerable<PublishedItem> OfEachKind(string title, string secret, string visibility)
    {
        var place = new Place { Name = secret, Street = secret, City = secret, PostalCode = "35000", Region = "53" };
        IReadOnlyList<Session> sessions = [new Session("1", "2026-12-10T09:17:00", "2026-12-10T10:43:00", secret)];
        var link = $"https://{secret}.example/";
        yield return new Event
        {
            Nonce = "n",
            Title = title,
            Summary = secret,
            Text = secret,
            Visibility = visibility,
            Themes = [KnownThemes.Urban],
            Audiences = [Audiences.Shippers],
            Sessions = sessions,
            Format = EventFormats.Workshop,
            Status = EventStatus.Rescheduled,
            StatusReason = secret,
            Full = true,
            Place = place,
            OnlineUrl = link,
            RegistrationUrl = link,
            Image = new Picture(link, secret),
            Url = link,
            Source = new SourceReference("icalendar", secret, link),
        };
        yield return new Webinar
        {
            Nonce = "n",
            Title = title,
            Summary = secret,
            Text = secret,
            Visibility = visibility,
            Themes = [KnownThemes.Urban],
            Audiences = [Audiences.Shippers],
            Sessions = sessions,
            Attendance = Attendance.Online,
            PlatformUrl = link,
            ReplayUrl = link,
            Slides = [new Link(secret, link)],
            RegistrationUrl = link,
        };
        yield return new BestPractice
        {
            Nonce = "n",
            Title = title,
            Summary = secret,
            Text = secret,
            Visibility = visibility,
            Themes = [KnownThemes.Urban],
            Audiences = [Audiences.Shippers],
            Attachments = [new Link(secret, link)],
            Files = [new Attachment(secret, "application/pdf", 1, Hash), new Attachment(File, "application/pdf", 1, Hash)],
            ReviewedOn = "2026-10-02",
            Url = link,
        };
    }

    /// <summary>Every address that a caller without an account can ask for, in both languages.</summary>
    private IEnumerable<string> Addresses() => hub.Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") == true
            && endpoint.Metadata.GetMetadata<IAuthorizeData>() is null)
        .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
            .Where(route => !route.StartsWith("/espace", StringComparison.Ordinal))
        .SelectMany(WithValues).SelectMany(address => (string[])[address, "/en" + address]).Distinct();

    private IEnumerable<string> WithValues(string route)
    {
        IEnumerable<string> addresses = [route];
        foreach (Match match in Parameter().Matches(route))
        {
            addresses = addresses.SelectMany(address => ValuesOf(match.Groups[1].Value)
                .Select(value => address.Replace(match.Value, value, StringComparison.Ordinal).TrimEnd('/'))).ToList();
        }

        return addresses.Select(address => address.Length == 0 ? "/" : address);
    }

    private IEnumerable<string> ValuesOf(string parameter) => parameter switch
    {
        "id" => [.. members, .. staff],
        "slug" => [""],
        "code" => ["bsc"],
        "theme" => [KnownThemes.Urban],
        "month" => ["2026-12"],
        "week" => ["2026-W50"],
        "part" => ["1"],
        "sha256" => [Hash],
        "token" => ["none"],
        "name" => [File],
        _ => throw new ArgumentException(
            $"A public address has the parameter {parameter}: say here what to ask it for.", nameof(parameter)),
    };

    /// <summary>What an address answers, at the end of its redirections.</summary>
    private async Task<(HttpStatusCode Status, string Body)> ReadAsync(string address)
    {
        using var answer = await hub.Http.GetAsync(address, TestContext.Current.CancellationToken);
        return answer.Headers.Location is { } there
            ? await ReadAsync(there.ToString())
            : (answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    /// <summary>The counts of the filters without those that members' items and the public one may move.</summary>
    private static string CountsBesides(string filters) => AllowedCounts().Replace(filters, "");

    [GeneratedRegex(@"\{\*?\*?(\w+)[^{}]*(?:\{\{[^}]*\}\}[^{}]*)*\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("9.h.17|09:17|0917|10.h.43|10:43|1043")]
    private static partial Regex HoursOfMembers();

    [GeneratedRegex("""\{"value":"(?:bsc|28|on-site|confirmed|event)"[^}]*\}""")]
    private static partial Regex AllowedCounts();
}
