namespace Interclustering.Node.Sources.Fetching;

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
