using Interclustering.Node;
using Interclustering.Node.Mail;
using Interclustering.Node.People;
using Interclustering.Server.Configuration;

namespace Interclustering.Server.Hosting;

/// <summary>How mail leaves this installation.</summary>
internal static class Mailing
{
    public static void AddMail(this IServiceCollection services, ServerSettings settings)
    {
        services.AddSingleton(new PublicAddress(settings.Addresses));
        services.AddMail(settings.Smtp is { } smtp ? new SmtpTransport(smtp) : new FileTransport(settings.MailFolder), new MailSender(settings.MailFrom));
    }

    /// <summary>The page that shows it, for whoever tries the demonstration: the mails hold links that let in, so it is nowhere else.</summary>
    public static void MapMailbox(this WebApplication app, ServerSettings settings)
    {
        if (settings is { Demonstration: true, Smtp: null })
        {
            app.MapMailbox(new FileTransport(settings.MailFolder));
        }
    }
}
