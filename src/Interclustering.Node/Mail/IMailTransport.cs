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
/// <param name="message">What the mail server, or the disk, has said.</param>
/// <param name="inner">Where it came from.</param>
/// <param name="code">Of the mail server's answer (RFC 5321 §4.2); null without one.</param>
public sealed class MailRefusedException(string message, Exception? inner = null, int? code = null) : Exception(message, inner)
{
    public int? Code => code;

    /// <summary>Trying again would change nothing (RFC 5321 §4.2.1: 5yz).</summary>
    public bool IsFinal => code >= 500;
}
