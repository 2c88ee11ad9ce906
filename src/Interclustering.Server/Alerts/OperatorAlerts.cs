using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation.Hosting;
using Interclustering.Federation.Liveness;
using Interclustering.Node.Mail;
using Interclustering.Server.Configuration;

namespace Interclustering.Server.Alerts;

/// <summary>
/// Tells the operators by mail of a problem that lasts, once. Its memory is a file: a database that does not answer must not keep it from
/// telling just that.
/// </summary>
internal sealed partial class OperatorAlerts(
    ServerSettings settings, Problems problems, IMailTransport transport, MailSender sender, TimeProvider clock,
        ILogger<OperatorAlerts> logger) : SteadyService(clock, logger)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(10), AfterRefusal = TimeSpan.FromMinutes(5);
    private readonly string path = Path.Combine(settings.Data, "alerts.json");

    protected override async Task WorkAsync(CancellationToken stop)
    {
        if (settings.Alerts.To.Count == 0)
        {
            return;
        }

        var book = Recalled();
        while (!stop.IsCancellationRequested)
        {
            var found = await problems.FindAsync(stop);
            var now = Clock.GetUtcNow().UtcDateTime;
            var next = book.Seen(found, now, settings.Alerts.After);
            var due = found.Where(problem => next.IsDue(problem, now, settings.Alerts.After)).DistinctBy(AlertBook.KeyOf).ToList();
            var pause = Look;
            if (due.Count > 0)
            {
                try
                {
                    await SendAsync(due, now, stop);
                    next = next.Told(due, now);
                }
                catch (MailRefusedException exception)
                {
                    LogRefused(due.Count, exception.Message);
                    pause = AfterRefusal;
                }
            }

            if (!next.IsSameAs(book))
            {
                Remember(next);
                book = next;
            }

            await Task.Delay(pause, Clock, stop);
        }
    }

    private async Task SendAsync(IReadOnlyList<Problem> due, DateTime now, CancellationToken stop)
    {
        var status = settings.Addresses.GetValueOrDefault(FederationDirectory.HubCode) ?? settings.Directory.Hub.Address;
        var template = AlertWords.Mail(
            due, string.Join(", ", settings.Roles), status is null ? null : new Uri(new Uri(status), "/etat").ToString());
        using var message = template.Message("server.interclustering", sender, settings.Alerts.To, now);
        await transport.SendAsync(message, stop);
        foreach (var problem in due)
        {
            LogTold(problem.Kind, problem.Participant, problem.Detail);
        }
    }

    private AlertBook Recalled()
    {
        try
        {
            return AlertBook.Read(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            LogForgotten(exception, path);
            return AlertBook.Empty;
        }
    }

    private void Remember(AlertBook book)
    {
        try
        {
            book.Write(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A full disk is a problem to be told of, not a reason for silence. After a restart it is told again.
            LogForgotten(exception, path);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The operators were told by mail: {Kind} {Participant}: {Detail}")]
    private partial void LogTold(string kind, string participant, string detail);

    [LoggerMessage(Level = LogLevel.Error, Message = "A mail to the operators about {Count} problems was not taken: {Reason}")]
    private partial void LogRefused(int count, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path}, the memory of what operators were told, can't be read or written")]
    private partial void LogForgotten(Exception exception, string path);
}
