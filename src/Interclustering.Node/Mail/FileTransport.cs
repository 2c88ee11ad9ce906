using MimeKit;

namespace Interclustering.Node.Mail;

/// <summary>Mail as <c>.eml</c> files in a folder, to be read at <c>/boite-aux-lettres</c>.</summary>
public sealed class FileTransport(string folder) : IMailTransport
{
    public string Folder { get; } = folder;

    public async Task SendAsync(MimeMessage message, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(message);
        try
        {
            Directory.CreateDirectory(Folder);
            // Under its own id: the same mail twice is one file.
            var path = Path.Combine(Folder, (message.MessageId ?? "").Split('@')[0] + ".eml");
            await message.WriteToAsync(path + ".part", cancellation);
            File.Move(path + ".part", path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MailRefusedException(exception.Message, exception);
        }
    }

    public void Forget(Guid id) => File.Delete(Path.Combine(Folder, $"{id:N}.eml"));
}
