using System.Net.Http.Headers;
namespace Interclustering.Node.Sources.Reading;

/// <summary>A file that is to be imported: at most 5 MiB.</summary>
public static class ImportFile
{
    private const int Most = 5 * 1024 * 1024;

    /// <exception cref="ImportFetchException">It can't be had; the message says why, in French.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(string path, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            var file = new FileInfo(path);
            return !file.Exists ? throw new ImportFetchException(T["Ce fichier n’existe pas : {0}", path])
                : file.Length > Most ? throw new ImportFetchException(T["Plus de 5 Mio : c’est trop pour une importation : {0}", path])
                : await File.ReadAllBytesAsync(path, cancellation);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ImportFetchException(T["Ce fichier ne peut pas être lu : {0}", path], failure);
        }
    }
}

/// <summary>Says to a person why something could not be fetched.</summary>
public sealed class ImportFetchException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>How long the site asks to be left alone (RFC 9110 §10.2.3); null when it does not say.</summary>
    public RetryConditionHeaderValue? RetryAfter { get; init; }
}
