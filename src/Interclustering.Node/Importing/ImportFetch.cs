using System.Net;

namespace Interclustering.Node.Importing;

/// <summary>Gets what is to be imported, from a file or an http(s) address: at most 5 MiB once decompressed, within 10 s.</summary>
public static class ImportFetch
{
    private const int Limit = 5 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <exception cref="ImportFetchException">It can't be had; the message says why, in French.</exception>
    public static async Task<ReadOnlyMemory<byte>> GetAsync(string fileOrUrl, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(fileOrUrl);
        var remote = Uri.TryCreate(fileOrUrl, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        try
        {
            return remote ? await DownloadAsync(address!, deadline.Token) : await ReadFileAsync(fileOrUrl, deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ImportFetchException($"Pas de réponse complète en 10 secondes\u00A0: {fileOrUrl}");
        }
        catch (HttpRequestException failure)
        {
            var status = failure.StatusCode is { } code ? $"réponse {(int)code}" : "aucune connexion";
            throw new ImportFetchException($"L’adresse ne peut pas être lue ({status})\u00A0: {fileOrUrl}", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException or NotSupportedException)
        {
            throw new ImportFetchException($"Le contenu ne peut pas être lu\u00A0: {fileOrUrl}", failure);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new ImportFetchException($"Ce fichier n’existe pas\u00A0: {path}");
        }

        await using var file = File.OpenRead(path);
        return await ReadLimitedAsync(file, path, cancellationToken);
    }

    private static async Task<ReadOnlyMemory<byte>> DownloadAsync(Uri address, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All, MaxAutomaticRedirections = 5 };
        using var client = new HttpClient(handler);
        using var response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        return await ReadLimitedAsync(body, address.ToString(), cancellationToken);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadLimitedAsync(Stream stream, string name, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        var buffer = new byte[81_920];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            content.Write(buffer, 0, read);
            if (content.Length > Limit)
            {
                throw new ImportFetchException($"Plus de 5\u00A0Mio\u00A0: c’est trop pour une importation\u00A0: {name}");
            }
        }

        return content.ToArray();
    }
}

/// <summary>Says to a person why something could not be fetched.</summary>
public sealed class ImportFetchException(string message, Exception? inner = null) : Exception(message, inner);
