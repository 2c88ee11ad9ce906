using MimeKit;

namespace Interclustering.Node.Mail;

/// <summary>How mail leaves: over SMTP, or as files where there is no mail server.</summary>
public interface IMailTransport
{
    /// <exception cref="MailRefusedException">It was not taken; later it may be.</exception>
    Task SendAsync(MimeMessage message, CancellationToken cancellation);
}

/// <summary>A mail was not taken, and why.</summary>
public sealed class MailRefusedException(string message, Exception? inner = null) : Exception(message, inner);
