using Interclustering.Accounts;
using Interclustering.Accounts.SignIn;
using Interclustering.Federation;
using Interclustering.Federation.Liveness;
using Interclustering.Files;
using Interclustering.Files.Pictures;
using Interclustering.Node.ActivityReports;
using Interclustering.Node.Api;
using Interclustering.Node.Audit;
using Interclustering.Node.CoOrganisers;
using Interclustering.Node.DateHolds;
using Interclustering.Node.Duplicates;
using Interclustering.Node.Digests;
using Interclustering.Node.Erasure;
using Interclustering.Node.Files;
using Interclustering.Node.Forms;
using Interclustering.Node.Help;
using Interclustering.Node.JointWebinars;
using Interclustering.Node.JointWebinars.Day;
using Interclustering.Node.Letters.Pages;
using Interclustering.Node.Mail;
using Interclustering.Node.MemberCalendars;
using Interclustering.Node.NationalView;
using Interclustering.Node.PersonalData;
using Interclustering.Node.Publishing.Autosave;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.DraftPages;
using Interclustering.Node.Publishing.EditPage;
using Interclustering.Node.Publishing.Ending;
using Interclustering.Node.Publishing.List;
using Interclustering.Node.Publishing.Preview;
using Interclustering.Node.Publishing.PublicationStatus;
using Interclustering.Node.Publishing.Revisions;
using Interclustering.Node.Publishing.Scheduling;
using Interclustering.Node.Publishing.Sharing;
using Interclustering.Node.Radar;
using Interclustering.Node.Recovery;
using Interclustering.Node.Registrations;
using Interclustering.Node.Registrations.Mails;
using Interclustering.Node.Registrations.PublicForm;
using Interclustering.Node.Registrations.Staff;
using Interclustering.Node.Registrations.Upkeep;
using Interclustering.Node.Retention;
using Interclustering.Node.Sources.Fetching;
using Interclustering.Node.Sources.Pages;
using Interclustering.Node.Sources.Publishing;
using Interclustering.Node.Sources.Reading;
using Interclustering.Node.Team;
using Interclustering.Node.ToDo;
using Interclustering.Node.Tokens;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Interclustering.Node;

/// <summary>The workspaces of the hosted nodes, under <c>/espace/{code}</c>.</summary>
public static class NodeFeature
{
    /// <summary>
    /// A default scheme without a handler. A server of one node has one scheme, which ASP.NET would otherwise ask at every request, even
    /// for a style sheet. Members are known inside a workspace only.
    /// </summary>
    private const string NoDefault = "none";

    /// <summary>Registers the workspaces; <paramref name="create"/> is called once, with the root provider.</summary>
    public static IServiceCollection AddNodes(
        this IServiceCollection services, IReadOnlyList<string> codes, Func<IServiceProvider, IReadOnlyList<NodeInstance>> create)
    {
        ArgumentNullException.ThrowIfNull(codes);
        services.AddHttpContextAccessor();
        services.AddUi();
        // A form has six fields for every session of a series.
        services.Configure<FormOptions>(options =>
        {
            options.ValueCountLimit = KeptForm.MostFields;
            // A file that is too large is read all the same, so that the rest of its form is kept: the request's own limit bounds it.
            options.MultipartBodyLengthLimit = long.MaxValue;
        });
        services.AddSingleton(provider => new Nodes(create(provider)));
        services.TryAddSingleton(NationalSite.Here);
        services.TryAddSingleton(new FederationSettings());
        services.AddScoped<CurrentNode>();
        services.AddScoped(provider => provider.GetRequiredService<CurrentNode>().Node);
        services.AddScoped(provider => provider.GetRequiredService<NodeInstance>().Open());
        services.AddScoped(provider => provider.GetRequiredService<NodeInstance>().Journal);
        services.AddScoped<PublicationEditor>();
        services.TryAddSingleton(SchoolHolidays.Known);
        services.AddSingleton<NationalAgenda>();
        services.AddSingleton<NationalItems>();
        services.AddSingleton<DossierShowing>();
        services.AddSingleton<SpeakerLink>();
        services.AddSingleton<OncePerForm>();
        services.AddSingleton<UnsubscribeLinks>();
        services.AddSingleton<RegistrationLinks>();
        services.AddSingleton<RegistrationSeal>();
        services.AddScoped<RegistrationDesk>();
        services.AddScoped<TermsSaving>();
        services.TryAddSingleton(RegistrationRetention.Default);
        services.TryAddSingleton(_ => new RegistrationRate(RegistrationRate.Usual));
        services.AddSingleton<PublicationIndex>();
        services.AddWaitingCounts();
        services.TryAddSingleton(new FileLimits());
        services.TryAddSingleton<ReencodePicture>((picture, cancellation) =>
            Task.Run(() => ReencodedPicture.Of(picture.ToArray()), cancellation));
        services.AddScoped<AttachedFiles>();
        services.AddScoped<FormFiles>();
        services.TryAddSingleton(PublicAddress.Unknown);
        services.TryAddSingleton(new FetchSettings());
        services.TryAddSingleton<SourceFetch>();
        services.TryAddSingleton<ReadSource>(provider =>
        {
            var clock = provider.GetRequiredService<TimeProvider>();
            return (content, address, cancellation) =>
                Task.Run(() => SourceContent.Read(content, address, ParisDay.Today(clock)), cancellation);
        });
        services.TryAddSingleton<SourceReading>();
        services.AddRealm<StaffMember, WorkspaceRealm>().AddEntityFrameworkStores<NodeContext>();
        services.AddSingleton<PasswordRequests>().AddHostedService(provider => provider.GetRequiredService<PasswordRequests>());
        var authentication = services.AddAuthentication(NoDefault);
        foreach (var code in codes)
        {
            authentication.AddCookie(NodeInstance.SchemeOf(code), options => WorkspaceRealm.Configure(options, code));
        }

        return services.AddAuthorization();
    }

    /// <summary>
    /// Lets the hosted nodes push files to <paramref name="hub"/>, and ask it for previews; needs the hosted participants.
    /// </summary>
    public static IServiceCollection AddHubClient(this IServiceCollection services, Func<IServiceProvider, HubClient> hub) =>
        services.AddSingleton(hub).AddSingleton<NationalPreview>().AddHostedService<PushFiles>();

    /// <summary>
    /// What the hosted nodes do by the clock: holds expire, drafts are published at their time, sources are looked at, teams are told of
    /// joint webinars, of dates that two hold, of what was set aside, and each morning of what waits. What is kept for a time only ends.
    /// </summary>
    public static IServiceCollection AddPeriodicJobs(this IServiceCollection services) => services
        .AddHostedService<PurgeEndedSessions>().AddHostedService<ExpireHolds>().AddHostedService<PublishScheduled>()
        .AddHostedService<PollSources>().AddHostedService<NotifyOfDossiers>().AddHostedService<NotifyOfSharedDates>()
            .AddHostedService<NotifyOfAgreements>().AddHostedService<ForgetCorrections>().AddHostedService<CloseQuarters>()
            .AddHostedService<PurgeExpired>().AddHostedService<KeepRegistrations>()
            .AddHostedService<NotifyOfRefusals>().AddHostedService<NotifyOfPartners>()
            .AddHostedService<SendDigests>();

    /// <summary>Lets the hosted nodes send the mail that they queue.</summary>
    public static IServiceCollection AddMail(this IServiceCollection services, IMailTransport transport, MailSender sender) =>
        services.AddSingleton(transport).AddSingleton(sender).AddSingleton<MemberMails>().AddHostedService<SendMails>()
            .AddHostedService<SendRegistrationMails>()
            .AddSingleton<IFindProblems, FailingMails>().AddSingleton<IFindProblems, BrokenSources>();

    /// <inheritdoc cref="AddNodes(IServiceCollection, IReadOnlyList{string}, Func{IServiceProvider, IReadOnlyList{NodeInstance}})"/>
    public static IServiceCollection AddNodes(this IServiceCollection services, IReadOnlyList<NodeInstance> nodes) =>
        services.AddNodes([.. nodes.Select(node => node.Code)], _ => nodes);

    /// <summary>
    /// Maps every node's pages; needs <c>UseAuthentication</c> and <c>UseAuthorization</c>, and <c>MapStaticAssets</c> or
    /// <c>UseStaticFiles</c> for the style sheet.
    /// </summary>
    public static void MapNodes(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapGet("/espace", Doors).ExcludeFromDescription();
        app.MapShortRegistration();
        app.MapClusterApi();
        app.MapFilesApi();
        foreach (var node in app.ServiceProvider.GetRequiredService<Nodes>().All)
        {
            var group = app.MapGroup($"/espace/{node.Code}").WithMetadata(new NodeRoute(node.Code)).ExcludeFromDescription();
            group.AddEndpointFilter<FormGuard>();
            group.MapSignIn<StaffMember>(new ShowsFormAgain());
            group.MapEntering();
            group.MapForgotten();
            group.MapCalendarFile();
            group.MapSpeakersDay();
            app.MapGroup($"/espace/{node.Code}").WithMetadata(new NodeRoute(node.Code)).ExcludeFromDescription().MapUnsubscribing();
            app.MapGroup($"/espace/{node.Code}").WithMetadata(new NodeRoute(node.Code)).ExcludeFromDescription().MapRegistering();
            var workspace = group.MapGroup("").RequireAuthorization(
                new AuthorizationPolicyBuilder(node.Scheme).RequireAuthenticatedUser().Build());
            workspace.AddEndpointFilter<RoleGuard>();
            workspace.AddEndpointFilter<AccountGuard<StaffMember>>();
            workspace.AddEndpointFilter<ForgetCounts>();
            workspace.AddEndpointFilter(app.ServiceProvider.GetRequiredService<OncePerForm>());
            workspace.MapToDo();
            workspace.MapTeam();
            workspace.MapGroup("").WithMetadata(new NeedsRole(StaffRoles.Reader)).MapAccount<StaffMember>();
            workspace.MapOwnCalendar();
            workspace.MapOwnMails();
            workspace.MapFailingMails();
            workspace.MapAudit();
            workspace.MapTokens();
            workspace.MapSources();
            workspace.MapNational();
            workspace.MapHelp();
            workspace.MapPublications();
            workspace.MapFollowing();
            workspace.MapSharing();
            workspace.MapRegistrations();
            workspace.MapRevisions();
            workspace.MapOwnFiles();
            workspace.MapAutosave();
            workspace.MapArchiving();
            workspace.MapRadar();
            workspace.MapHolds();
            workspace.MapCoOrganisers();
            workspace.MapDuplicates();
            workspace.MapJointWebinars();
            workspace.MapTheDay();
            workspace.MapLetters();
            workspace.MapActivityReports();
            workspace.MapEventChanges();
            workspace.MapWithdrawing();
            workspace.MapErasure();
            workspace.MapPersonalData();
            workspace.MapRecovery();
            workspace.MapDrafts();
            workspace.MapEditing();
            // Generated handlers of MapFallback lose its order.
            workspace.Map("{**path}", (HttpContext http, NodeInstance hosted) =>
                WorkspacePage.Missing(http, hosted, T["Introuvable"], T["Aucune page de cet espace n’a cette adresse."]))
                .WithOrder(int.MaxValue);
        }
    }

    /// <summary>The way into each workspace that this process hosts.</summary>
    private static RazorComponentResult<SiteDocument> Doors(Nodes nodes) => new(new Dictionary<string, object?>
    {
        [nameof(SiteDocument.Title)] = T["Espaces des clusters"],
        [nameof(SiteDocument.Page)] = typeof(WorkspacesPage),
        [nameof(SiteDocument.Parameters)] = new Dictionary<string, object?> { [nameof(WorkspacesPage.Nodes)] = nodes.All },
    });
}
