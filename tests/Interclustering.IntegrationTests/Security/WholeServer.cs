using System.Globalization;
using System.Text.Json;
using Interclustering.Accounts.SignIn;
using Interclustering.Contracts;
using Interclustering.Dates;
using Interclustering.Federation;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;
using Interclustering.Hub;
using Interclustering.Hub.Operators;
using Interclustering.Node;
using Interclustering.Node.Letters;
using Interclustering.Node.Mail;
using Interclustering.Node.MemberCalendars;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Registrations;
using Interclustering.Node.Sources;
using Interclustering.Node.Team;
using Interclustering.Node.Tokens;
using Interclustering.Node.Workspace;
using Interclustering.Server;
using Interclustering.Server.Databases;
using Interclustering.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Interclustering.IntegrationTests.Security;

/// <summary>
/// The server as it is started, hub and two nodes, reached by https, with one account of each role and one of everything that an address
/// names.
/// </summary>
public sealed class WholeServer : IAsyncLifetime
{
    public const string Password = "quatre palettes au quai", Operator = "exploitation@hub.example";

    /// <summary>Doors that a careless change could add: one that says nothing, and one that says who may come and does not look.</summary>
    public const string Unmarked = "/espace/bsc/sans-rien", Unguarded = "/espace/bsc/sans-garde";

    private readonly string folder = Directory.CreateTempSubdirectory("ic-whole-").FullName;
    private WebApplication app = null!;

    /// <summary>What a route's parameters name in the workspace of bsc.</summary>
    public Dictionary<string, string> Ids { get; } = [];

    /// <summary>By cluster and scope.</summary>
    public Dictionary<(string Cluster, string Scope), string> Tokens { get; } = [];

    /// <summary>What it has logged.</summary>
    public LoggedLines Log { get; } = new();

    /// <summary>Accounts of the hub and of both nodes before this test made any.</summary>
    public int AccountsAtFirst { get; private set; }

    public HttpClient Http { get; private set; } = null!;

    /// <summary>An event of lsn under which bsc stands as well.</summary>
    public static string OfAnother { get; } = Subjects.Mint("lsn");

    /// <summary>An event of bsc under which lsn asks to stand.</summary>
    public static string AskedFor { get; } = Subjects.Mint("bsc");

    public IServiceProvider Services => app.Services;

    public IReadOnlyList<Endpoint> Endpoints => app.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static string EmailOf(string cluster, string role) => $"{role}@{cluster}.example";

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = "Interclustering.Server" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Interclustering:Data"] = folder,
            ["Interclustering:Roles"] = "hub,bsc,lsn",
            ["Interclustering:Demonstration"] = "false",
            ["Interclustering:Api:RequestsPerMinute"] = "1000000",
            ["Interclustering:Pages:RequestsPerMinute"] = "1000000",
            ["Interclustering:Site:Contact"] = "contact@interclustering.example",
        });
        builder.Logging.ClearProviders().AddProvider(Log);
        builder.WebHost.UseTestServer();
        // One address signs in more often here than people do.
        builder.Services.AddSingleton(new SignInRate(100_000));
        app = Program.Build(builder);
        app.MapGet(Unmarked, () => "secret");
        app.MapPost(Unguarded, () => "done").WithMetadata(new NeedsRole(StaffRoles.Administrator));
        await OpenDatabases.RunAsync(app.Services, Cancellation);
        AccountsAtFirst = await CountAccountsAsync();
        var hash = new PasswordHasher<StaffMember>().HashPassword(new StaffMember(), Password);
        foreach (var node in app.Services.GetRequiredService<Nodes>().All)
        {
            await FillAsync(node, hash);
        }

        await using (var hub = await app.Services.GetRequiredService<IDbContextFactory<HubContext>>().CreateDbContextAsync(Cancellation))
        {
            await OperatorAccounts.PutAsync(hub, Operator, "Exploitation", Password, DateTime.UtcNow, Cancellation);
        }

        await app.StartAsync(Cancellation);
        Http = app.GetTestClient();
        Http.BaseAddress = new Uri("https://interclustering.example");
        await Until.TrueAsync(async () =>
        {
            await using var db = app.Services.GetRequiredService<Nodes>().Find("bsc")!.Open();
            return await db.Publications.CountAsync(row => row.Journal == FederationDirectory.HubCode && row.Cluster == "lsn"
                && (row.Subject == OfAnother || row.Kind == Kinds.CoOrganisation), Cancellation) == 2
                && await db.WorkingCopies.AnyAsync(row => row.Kind == Kinds.RegistrationCount, Cancellation);
        }, () => Task.FromResult("bsc has heard what lsn says of events of both, and has counted who is registered"));
    }

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>What the forms of a cluster change, as one text; its mails are left out, which the clock queues as well.</summary>
    public async Task<string> StandingOfAsync(string cluster)
    {
        await using var db = app.Services.GetRequiredService<Nodes>().Find(cluster)!.Open();
        return JsonSerializer.Serialize(new
        {
            Copies = await db.WorkingCopies.AsNoTracking().OrderBy(row => row.Subject).ToListAsync(Cancellation),
            People = await db.Users.AsNoTracking().OrderBy(row => row.Id)
                .Select(row => new { row.Name, row.Email, row.Role, row.PasswordHash, row.SecurityStamp }).ToListAsync(Cancellation),
            Links = await db.AccessLinks.AsNoTracking().OrderBy(row => row.Id).ToListAsync(Cancellation),
            Sources = await db.Sources.AsNoTracking().OrderBy(row => row.Id).ToListAsync(Cancellation),
            Tokens = await db.Tokens.AsNoTracking().OrderBy(row => row.Id).Select(row => row.Name + row.Scope).ToListAsync(Cancellation),
            Calendars = await db.MemberCalendars.AsNoTracking().OrderBy(row => row.Member).Select(row => row.Member + row.Hash)
                .ToListAsync(Cancellation),
            Mails = await db.MailChoices.AsNoTracking().OrderBy(row => row.Member).ThenBy(row => row.Group)
                .Select(row => row.Member + row.Group + row.Time).ToListAsync(Cancellation),
            Letters = await db.Letters.AsNoTracking().OrderBy(row => row.Id).ToListAsync(Cancellation),
            LetterItems = await db.LetterItems.AsNoTracking().OrderBy(row => row.Subject).ToListAsync(Cancellation),
            Changes = await db.PendingChanges.AsNoTracking().OrderBy(row => row.Subject).ToListAsync(Cancellation),
            Reviews = await db.DraftReviews.AsNoTracking().OrderBy(row => row.Subject).ToListAsync(Cancellation),
            Comments = await db.DraftComments.AsNoTracking().OrderBy(row => row.Id).ToListAsync(Cancellation),
            Registrations = await db.Registrations.AsNoTracking().OrderBy(row => row.Id).ToListAsync(Cancellation),
            Gifts = await db.RegistrationGifts.AsNoTracking().OrderBy(row => row.Receiver).ToListAsync(Cancellation),
            Settings = await db.Settings.AsNoTracking().OrderBy(row => row.Name).ToListAsync(Cancellation),
            Journal = await db.Journal.CountAsync(Cancellation),
            Kept = await db.UnsavedTexts.CountAsync(Cancellation),
        });
    }

    private async Task<int> CountAccountsAsync()
    {
        await using var hub = await app.Services.GetRequiredService<IDbContextFactory<HubContext>>().CreateDbContextAsync(Cancellation);
        var count = await hub.Users.CountAsync(Cancellation);
        foreach (var node in app.Services.GetRequiredService<Nodes>().All)
        {
            await using var db = node.Open();
            count += await db.Users.CountAsync(Cancellation) + await db.Tokens.CountAsync(Cancellation);
        }

        return count;
    }

    private async Task FillAsync(NodeInstance node, string hash)
    {
        await using var db = node.Open();
        foreach (var role in (string[])[.. StaffRoles.All, "spare"])
        {
            var email = EmailOf(node.Code, role);
            var member = new StaffMember
            {
                Name = $"{node.Code} {role}",
                Role = StaffRoles.All.Contains(role) ? role : StaffRoles.Reader,
                Email = email,
                NormalizedEmail = email.ToUpperInvariant(),
                UserName = email,
                NormalizedUserName = email.ToUpperInvariant(),
                EmailConfirmed = true,
                LockoutEnabled = true,
                LastSignInAt = DateTime.UtcNow.AddYears(-5),
                SecurityStamp = Guid.NewGuid()
                    .ToString("N"),
                PasswordHash = hash,
            };
            db.Add(member);
            var (calendar, hash256) = MemberCalendar.CreateSecret();
            db.Add(new MemberCalendar { Member = member.Id, Hash = hash256, CreatedAt = DateTime.UtcNow });
            Keep("member", member.Id);
            Keep("unsubscribe token",
                app.Services.GetRequiredService<UnsubscribeLinks>().TokenOf(node, member.Id, MailGroups.Digest));
            Keep("calendar secret", calendar);
        }

        foreach (var scope in TokenScopes.All)
        {
            var (row, token) = ApiToken.Create("site web", scope, "Anne", DateTime.UtcNow);
            db.Add(row);
            Tokens[(node.Code, scope)] = token;
        }

        var (spare, _) = ApiToken.Create("ancien", TokenScopes.Read, "Anne", DateTime.UtcNow);
        var source = new SourceRow
        {
            Name = "Agenda",
            Address = "https://cluster.invalid/agenda.ics",
            System = "icalendar",
            CreatedBy = "Anne",
            CreatedAt = DateTime.UtcNow,
            DueAt = DateTime.UtcNow.AddDays(1),
        };
        db.AddRange(spare, source);
        var now = DateTime.UtcNow;
        var (invitation, secret) = await AccessLink.CreateAsync(
            db, AccessLink.Invitation, "nouveau@cluster.example", "Nouveau", StaffRoles.Reader, now, Cancellation);
        var (_, reset) = await AccessLink.CreateAsync(db, AccessLink.Reset, EmailOf(node.Code, "spare"), "Spare", "", now, Cancellation);
        await db.SaveChangesAsync(Cancellation);
        Keep("token", spare.Id.ToString());
        Keep("source", source.Id.ToString());
        Keep("invitation", invitation.Id.ToString());
        Keep("invitation secret", secret);
        Keep("reset secret", reset);

        var editor = new PublicationEditor(db, node.Journal, TimeProvider.System);
        var day = DayIn(40);
        IReadOnlyList<Session> morning = [new Session("1", day + "T09:00:00", day + "T10:00:00")];
        var visit = await PublishAsync(
            new Event
            {
                Nonce = "",
                Title = "Visite du quai",
                Sessions = morning,
                Themes = [KnownThemes.Urban],
                Registration = new RegistrationTerms { Places = 3 },
                RegistrationUrl = "https://interclustering.example/inscription",
            });
        Keep("event", visit);
        await RegisterAsync(db, node, visit, Keep);
        Keep("webinar", await PublishAsync(
            new Webinar { Nonce = "", Title = "Canicules", Sessions = morning, Attendance = Attendance.Online }));
        Keep("sheet", await PublishAsync(
            new BestPractice { Nonce = "", Title = "Mutualiser", Themes = [KnownThemes.Urban], ReviewedOn = "2026-10-02" }));
        Keep("hold", await PublishAsync(
            new DateHold { Nonce = "", Title = "Matinée", Start = day, ExpiresOn = day, Themes = [KnownThemes.Urban] }));
        var rail = new Event { Nonce = "", Title = "Le rail et le canal", Sessions = [new Session("1", DayIn(50) + "T14:00:00")] };
        await editor.PublishAsync(node.Code == "bsc" ? AskedFor : OfAnother, rail with
        {
            Title = $"{rail.Title}, {node.Code}",
            CoOrganisers = node.Code == "bsc" ? [] : ["bsc"],
        }, "Anne", Cancellation);
        await PublishAsync(new CoOrganisation
        {
            Nonce = "",
            Event = node.Code == "bsc" ? OfAnother : AskedFor,
            Cluster = node.Code,
            Answer = CoOrganisationAnswers.Agreed,
        });
        Keep("person", await PublishAsync(new Person { Nonce = "", Name = "Anne Le Goff" }));
        Keep("dossier", await ProposeAsync(db, node, day));
        var letter = new Letter { Id = Guid.CreateVersion7(), Title = "La lettre", EditedAt = now };
        db.AddRange(letter, new LetterItem { Letter = letter.Id, Subject = visit, Position = 1, Kind = Kinds.Event, Title = "" });
        await db.SaveChangesAsync(Cancellation);
        Keep("letter", letter.Id.ToString());

        async Task<string> PublishAsync(Publication item) => (await editor.PublishAsync(null, item, "Anne", Cancellation)).Subject;

        void Keep(string name, string id)
        {
            if (node.Code == "bsc")
            {
                Ids[name] = id;
            }
        }
    }

    /// <summary>A person who is registered for an event.</summary>
    private async Task RegisterAsync(NodeContext db, NodeInstance node, string id, Action<string, string> keep)
    {
        var desk = new RegistrationDesk(db, node, Services.GetRequiredService<RegistrationSeal>(), TimeProvider.System);
        var happening = (await RegistrableEvent.FindAsync(db, node.Code, id, Cancellation))!;
        var person = new Registrant("Test Un", "un@exemple.invalid", new Dictionary<string, string>());
        await desk.AddAsync(happening, new RegistrationRequest(person, 1, [""], "fr"), Cancellation);
        var row = await db.Registrations.AsNoTracking().SingleAsync(Cancellation);
        keep("registration", row.Id.ToString());
        keep("registration token", Services.GetRequiredService<RegistrationLinks>().OwnOf(node, row.Id).Split('/')[^1]);
    }

    private static async Task<string> ProposeAsync(NodeContext db, NodeInstance node, string day)
    {
        var dossier = Subjects.Mint(node.Code);
        var fact = new JointWebinarFact
        {
            Nonce = Nonce.Create(),
            Dossier = dossier,
            Fact = JointWebinarFacts.Proposed,
            Proposal = new WebinarProposal("Canicules", 60, [node.Code == "bsc" ? "lsn" : "bsc"], [day + "T11:00:00"], DayIn(10)),
        };
        var draft = new JournalDraft(Kinds.JointWebinarFact, Subjects.Mint(node.Code), 1,
            JsonSerializer.Serialize(fact, ContractJson.Options));
        await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
        await node.Journal.AppendAsync(db, [draft], Cancellation);
        await transaction.CommitAsync(Cancellation);
        return dossier;
    }

    private static string DayIn(int days) =>
        ParisDay.Today(TimeProvider.System).AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
