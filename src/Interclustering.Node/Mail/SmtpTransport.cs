using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Interclustering.Node.Mail;

/// <summary>Where mail is handed over.</summary>
/// <param name="Host">Name of the mail server.</param>
/// <param name="Port">587 by default.</param>
/// <param name="Tls">Whether the connection must be encrypted; where it can't be, nothing is handed over.</param>
/// <param name="Username">Null without signing in.</param>
/// <param name="Password">Of <paramref name="Username"/>.</param>
public sealed record SmtpSettings(string Host, int Port, bool Tls, string? Username, string? Password)
{
    /// <summary>Where TLS begins with the connection (RFC 8314 §3.3).</summary>
    private const int Submissions = 465;

    /// <summary>Never « where available »: anything in between could say that it is not.</summary>
    internal SecureSocketOptions Security =>
        !Tls ? SecureSocketOptions.None : Port == Submissions ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTls;
}

/// <summary>Mail over SMTP (MailKit), a connection for each.</summary>
public sealed class SmtpTransport(SmtpSettings settings) : IMailTransport
{
    private const int Patience = 20_000;

    public Task SendAsync(MimeMessage message, CancellationToken cancellation) => UseAsync(message, cancellation);

    /// <summary>Signs in, and sends nothing.</summary>
    /// <exception cref="MailRefusedException">The mail server is not reached, or refuses.</exception>
    public Task TryAsync(CancellationToken cancellation) => UseAsync(message: null, cancellation);

    private async Task UseAsync(MimeMessage? message, CancellationToken cancellation)
    {
        using var client = new SmtpClient { Timeout = Patience };
        try
        {
            await client.ConnectAsync(settings.Host, settings.Port, settings.Security, cancellation);
            if (settings.Username is { } name)
            {
                await client.AuthenticateAsync(name, settings.Password ?? "", cancellation);
            }

            if (message is not null)
            {
                await client.SendAsync(message, cancellation);
            }

            await client.DisconnectAsync(quit: true, cancellation);
        }
        catch (Exception exception) when (exception is IOException or SocketException or ProtocolException or CommandException
            or AuthenticationException or SslHandshakeException or NotSupportedException or TimeoutException)
        {
            throw new MailRefusedException(
                exception.Message, exception, (exception as SmtpCommandException)?.StatusCode is { } code ? (int)code : null);
        }
    }
}
