using MimeKit;

namespace Interclustering.Node.Mail;

/// <summary>How mail leaves: over SMTP, or as files where there is no mail server.</summary>
public interface IMailTransport
{
    /// <exception cref="MailRefusedException">It was not taken; later it may be.</exception>
    Task SendAsync(MimeMessage message, CancellationToken cancellation);

    /// <summary>Deletes what it keeps of a mail; nothing where it has handed it over.</summary>
    /// <param name="id">See <see cref="MailRow.Id"/>.</param>
    void Forget(Guid id)
    {
    }
}

/// <summary>A mail was not taken, and why.</summary>
public sealed class MailRefusedException(string message, Exception? inner = null) : Exception(message, inner);
