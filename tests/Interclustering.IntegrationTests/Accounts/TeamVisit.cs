using System.Text.RegularExpressions;
using Interclustering.Accounts.Sessions;
using Interclustering.IntegrationTests.Node;
using Interclustering.Node.Mail;
using Interclustering.Node.Workspace;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using MimeKit;

namespace Interclustering.IntegrationTests.Accounts;

/// <summary>A workspace of which several people are a part, and the mail that they are sent.</summary>
public abstract partial class TeamVisit : WorkspaceVisit
{
    protected const string Chosen = "quatre palettes au quai";

    protected async Task InviteAsync(string name, string email, string role) =>
        Assert.Contains($"L’invitation part par courrier à {email}",
            await WordsOfAsync(await PostAsync("/espace/bsc/equipe",
            new Dictionary<string, string> { ["name"] = name, ["email"] = email, ["role"] = role })), StringComparison.Ordinal);

    /// <summary>The path in the newest mail to an address.</summary>
    protected async Task<string> LinkToAsync(string email)
    {
        await using var db = Open();
        var mail = await db.Mails.AsNoTracking().Where(row => row.To == email).OrderByDescending(row => row.Id).FirstAsync(Cancellation);
        return Link().Match(mail.Text).Groups[1].Value;
    }

    /// <summary>Joins with an invitation, and stays signed in.</summary>
    protected async Task JoinAsync(string name, string email, string role)
    {
        await InviteAsync(name, email, role);
        var link = await LinkToAsync(email);
        Cookies.Clear();
        Assert.Equal(System.Net.HttpStatusCode.Found,
            (await PostAsync(link, new Dictionary<string, string> { ["name"] = name, ["password"] = Chosen })).StatusCode);
    }

    /// <summary>Goes on as another browser, with a copy of its cookies.</summary>
    protected void Become(Dictionary<string, string> cookies)
    {
        Cookies.Clear();
        foreach (var (name, value) in cookies)
        {
            Cookies[name] = value;
        }
    }

    /// <summary>As after more than ten minutes since the password was given.</summary>
    protected async Task LetConfirmationsAgeAsync()
    {
        await using var db = Open();
        await db.Set<SessionRow>().ExecuteUpdateAsync(row =>
            row.SetProperty(each => each.ConfirmedAt, DateTime.UtcNow.AddMinutes(-11)), Cancellation);
    }

    protected Task<HttpResponseMessage> SignInAsAsync(string email, string password) =>
        PostAsync("/espace/bsc/connexion", new Dictionary<string, string> { ["email"] = email, ["password"] = password });

    /// <summary>What a transport is handed in one round.</summary>
    protected async Task SendMailAsync(IMailTransport transport, TimeProvider clock)
    {
        using var service = new SendMails(new Nodes([Node]), transport, new MailSender("ne-pas-repondre@cluster.example"), clock,
            NullLogger<SendMails>.Instance);
        await service.RunAsync(Node, Cancellation);
    }

    [GeneratedRegex(@"https?://[^/\s]+(/\S+)")]
    private static partial Regex Link();
}

/// <summary>Keeps what it is handed; refuses the first ones where that is asked for.</summary>
internal sealed class ListTransport(int refusals = 0) : IMailTransport
{
    private int left = refusals;

    public List<(string? Id, string To, string? Text)> Taken { get; } = [];

    public Task SendAsync(MimeMessage message, CancellationToken cancellation)
    {
        if (left-- > 0)
        {
            throw new MailRefusedException("421 later");
        }

        Taken.Add((message.MessageId, message.To.ToString(), message.TextBody));
        return Task.CompletedTask;
    }
}
