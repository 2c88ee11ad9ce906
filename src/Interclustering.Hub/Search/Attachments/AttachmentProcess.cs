using System.Diagnostics;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Files.Reading;

namespace Interclustering.Hub.Search.Attachments;

/// <summary>Reads attachments in a process of their own, with limits of time and memory.</summary>
/// <param name="program">What to start; the path of the file is added, and it prints an <see cref="AttachmentText"/> as JSON.</param>
/// <param name="limit">How long one may take.</param>
public sealed class AttachmentProcess(Func<ProcessStartInfo> program, TimeSpan limit)
{
    private readonly BoundedProcess process = new(program, limit);

    public async Task<AttachmentText> ReadAsync(string path, CancellationToken cancellation) =>
        await process.RunAsync([path], ReadOnlyMemory<byte>.Empty, cancellation) is { } output
            && JsonSerializer.Deserialize<AttachmentText>(output, ContractJson.Options) is { } content
            ? content
            : new AttachmentText("", AttachmentText.Heavy);
}
