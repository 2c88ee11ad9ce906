using System.Text.RegularExpressions;
using Interclustering.Contracts;
using Interclustering.IntegrationTests.CoOrganisers;
using Interclustering.Node.Mail;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Registrations;
using Interclustering.Node.Registrations.Mails;
using Interclustering.Node.Registrations.Upkeep;
using Interclustering.Node.Workspace;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MimeKit;

namespace Interclustering.IntegrationTests.Registrations;

/// <summary>People who register with bsc, at a time that the test sets, and the mails that reach them.</summary>
public abstract partial class RegistrationVisit : AgreementVisit
{
    /// <summary>A Monday at nine in Paris.</summary>
    protected static readonly DateTimeOffset Monday = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);

    protected FakeTimeProvider Clock { get; } = new(Monday);

    protected Outbox Sent { get; } = new();

    protected override bool HostsBoth => false;

    protected override Task PrepareAsync(IServiceCollection services)
    {
        services.AddSingleton<TimeProvider>(Clock);
        return Task.CompletedTask;
    }

    /// <summary>An event on 10 December 2026 at nine, for which one registers here.</summary>
    protected async Task<string> OpenAsync(RegistrationTerms terms, params Session[] sessions)
    {
        var item = Morning("Visite d’entrepôt") with
        {
            Sessions = sessions.Length > 0 ? sessions : [new Session("1", "2026-12-10T09:00:00", "2026-12-10T12:00:00")],
        };
        var id = await PublishAsync(item);
        await EditAsync(id, item with
        {
            Registration = terms,
            RegistrationUrl = $"https://espace.bsc.example/espace/bsc/inscription/{id}",
        });
        return id;
    }

    protected async Task ChangeAsync(string id, Func<Event, Event> change)
    {
        var copy = await CopyAsync(id);
        await EditAsync(id, change((Event)PublicationText.Read(copy.Kind, copy.Data)));
    }

    /// <summary>Fills in the form, and sends it.</summary>
    protected async Task<HttpResponseMessage> AskAsync(string id, string name, string email, params (string, string)[] more)
    {
        var path = $"/espace/bsc/inscription/{id}";
        var page = await (await GetAsync(path)).Content.ReadAsStringAsync(Cancellation);
        return await SendAsync(path,
        [
            KeyValuePair.Create("name", name), KeyValuePair.Create("email", email),
            KeyValuePair.Create("stamp", Stamp().Match(page).Groups[1].Value),
            .. more.Select(field => KeyValuePair.Create(field.Item1, field.Item2)),
        ]);
    }

    /// <summary>Registers, and confirms by the link of the mail.</summary>
    protected async Task<string> RegisterAsync(string id, string name, string email, params (string, string)[] more)
    {
        await AskAsync(id, name, email, more);
        await SendMailsAsync();
        var link = Sent.LinkTo(email);
        await PressAsync(link, "confirm");
        await SendMailsAsync();
        return link;
    }

    protected Task<HttpResponseMessage> PressAsync(string link, string button) => SendAsync(link, [KeyValuePair.Create("do", button)]);

    /// <summary>The state of the one whose mails went to an address, as its own page says it.</summary>
    protected async Task<string> PageOfAsync(string link) => await WordsOfAsync(await GetAsync(link));

    protected async Task SendMailsAsync()
    {
        using var sending = new SendRegistrationMails(new Nodes([Node]), Sent, new MailSender("ne-pas-repondre@cluster.example"),
            PublicAddress.Unknown, Service<RegistrationLinks>(), Service<RegistrationSeal>(), Clock,
            NullLogger<SendRegistrationMails>.Instance);
        await sending.RunAsync(Node, Cancellation);
    }

    /// <summary>What the clock brings, and the mails about it.</summary>
    protected async Task KeepAsync()
    {
        using var keeping = new KeepRegistrations(new Nodes([Node]), Service<RegistrationSeal>(), RegistrationRetention.Default, Clock,
            NullLogger<KeepRegistrations>.Instance);
        await keeping.RunAsync(Node, Cancellation);
        await SendMailsAsync();
    }

    protected async Task<List<RegistrationState>> StatesAsync(string id)
    {
        await using var db = Open();
        return await db.Registrations.AsNoTracking().Where(row => row.Event == id).OrderBy(row => row.Id).Select(row => row.State)
            .ToListAsync(Cancellation);
    }

    [GeneratedRegex("name=\"stamp\" value=\"([^\"]+)\"")]
    private static partial Regex Stamp();
}

/// <summary>Mails that were handed over, in order.</summary>
public sealed partial class Outbox : IMailTransport
{
    private readonly List<MimeMessage> messages = [];

    /// <summary>What the mail server answers; null for taken.</summary>
    public MailRefusedException? Refuses { get; set; }

    public IReadOnlyList<MimeMessage> All => messages;

    public async Task SendAsync(MimeMessage message, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (Refuses is { } refused)
        {
            throw refused;
        }

        using var bytes = new MemoryStream();
        await message.WriteToAsync(bytes, cancellation);
        bytes.Position = 0;
        messages.Add(await MimeMessage.LoadAsync(bytes, cancellation));
    }

    public IReadOnlyList<string> SubjectsTo(string email) =>
        [.. To(email).Select(message => (message.Subject ?? "").Replace('\u00a0', ' '))];

    public IReadOnlyList<MimeMessage> To(string email) =>
        [.. messages.Where(message => message.To.Mailboxes.Any(mailbox => mailbox.Address == email))];

    /// <summary>Path of the registration's own page, of the first mail.</summary>
    public string LinkTo(string email) => Own().Match(To(email)[0].TextBody ?? "").Value;

    [GeneratedRegex("/espace/bsc/mon-inscription/[^\\s]+")]
    private static partial Regex Own();
}
