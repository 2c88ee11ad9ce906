using Interclustering.Node.Mail;
using Interclustering.Server.Configuration;

namespace Interclustering.Server.Doctor;

/// <summary>Whether the mail server takes the sign-in. No mail is sent.</summary>
internal static class MailChecks
{
    public static async Task<IReadOnlyList<Finding>> OfAsync(ServerSettings settings, CancellationToken cancellation)
    {
        if (!settings.HostedClusters.Any())
        {
            return [];
        }

        if (settings.Smtp is not { } smtp)
        {
            return [Finding.Look("mail", $"There is no mail server: mails are files in {settings.MailFolder}",
                "Set Mail:Smtp:Host, Mail:From and the settings beside them")];
        }

        try
        {
            await new SmtpTransport(smtp).TryAsync(cancellation);
            return [Finding.Good("mail", $"{smtp.Host} takes the sign-in")];
        }
        catch (MailRefusedException exception)
        {
            return [Finding.Wrong("mail", $"{smtp.Host}: {exception.Message}",
                "Look at Mail:Smtp:Host, Port, Username and Password")];
        }
    }
}
