using Interclustering.Node;
using Interclustering.Node.Mail;
using Interclustering.Node.Workspace;
using Interclustering.Server.Configuration;

namespace Interclustering.Server.Hosting;

/// <summary>How mail leaves this installation.</summary>
internal static class Mailing
{
    public static void AddMail(this IServiceCollection services, ServerSettings settings)
    {
        services.AddSingleton(new PublicAddress(settings.Addresses));
        services.AddMail(settings.Smtp is { } smtp
            ? new SmtpTransport(smtp) : new FileTransport(settings.MailFolder), new MailSender(settings.MailFrom));
    }

    /// <summary>The page that shows mails, in the demonstration only: they hold links that let their bearer in.</summary>
    public static void MapMailbox(this WebApplication app, ServerSettings settings)
    {
        if (settings is { Demonstration: true, Smtp: null })
        {
            app.MapMailbox(new FileTransport(settings.MailFolder));
        }
    }
}
