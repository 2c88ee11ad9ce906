using System.Diagnostics;
using System.Text.Json;
using Interclustering.Files.Reading;

namespace Interclustering.Node.Sources.Reading;

/// <summary>What an address of a site holds.</summary>
/// <param name="Document">Its events.</param>
/// <param name="Named">Of a page: what it names that may hold events as well, the likeliest first.</param>
public sealed record SourceContent(ImportDocument Document, IReadOnlyList<string> Named)
{
    /// <summary>Reads it in this process; <see cref="SourceProcess"/> has it done in another one.</summary>
    /// <param name="content">As it came.</param>
    /// <param name="address">Where it came from.</param>
    /// <param name="today">In Paris.</param>
    public static SourceContent Read(ReadOnlyMemory<byte> content, Uri address, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(address);
        var document = ImportReader.Read(content, address.AbsoluteUri, today);
        return new SourceContent(document, document.System == ImportDocument.StructuredData ? NamedAddresses.In(content, address) : []);
    }
}

/// <summary>Reads what a site has sent, which is not trusted.</summary>
/// <exception cref="ImportFetchException">It takes more time or memory than a source may.</exception>
public delegate Task<SourceContent> ReadSource(ReadOnlyMemory<byte> content, Uri address, CancellationToken cancellation);

/// <summary>Reads sources in a process of their own, as PDFs are: two at once, however many nodes are hosted.</summary>
/// <param name="program">What to start; the address is added, the content is its input, and it prints a <see cref="SourceContent"/> as
/// JSON.</param>
/// <param name="limit">How long one may take.</param>
public sealed class SourceProcess(Func<ProcessStartInfo> program, TimeSpan limit) : IDisposable
{
    private const int AtOnce = 2;
    private readonly BoundedProcess process = new(program, limit);
    private readonly SemaphoreSlim places = new(AtOnce);

    /// <inheritdoc cref="ReadSource"/>
    public async Task<SourceContent> ReadAsync(ReadOnlyMemory<byte> content, Uri address, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(address);
        await places.WaitAsync(cancellation);
        try
        {
            return await process.RunAsync([address.AbsoluteUri], content, cancellation) is { } output
                && JsonSerializer.Deserialize<SourceContent>(output, JsonSerializerOptions.Web) is { } read
                ? read
                : throw new ImportFetchException(T["Le site a répondu, mais sa réponse est trop lourde à lire."]);
        }
        finally
        {
            places.Release();
        }
    }

    public void Dispose() => places.Dispose();
}
