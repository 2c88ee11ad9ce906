using System.Diagnostics;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Files.Reading;

namespace Interclustering.Files.Pictures;

/// <summary>Opens a picture that was uploaded, and writes it anew.</summary>
public delegate Task<ReencodedPicture> ReencodePicture(ReadOnlyMemory<byte> picture, CancellationToken cancellation);

/// <summary>Opens pictures in a process of their own, one at a time and with a limit of time: a hostile one takes no server down.
/// </summary>
/// <param name="program">What to start; it reads the picture from its standard input, and prints a <see cref="ReencodedPicture"/>.</param>
/// <param name="limit">How long one may take.</param>
public sealed class PictureProcess(Func<ProcessStartInfo> program, TimeSpan limit) : IDisposable
{
    // Each may take some hundred megabytes.
    private readonly SemaphoreSlim turn = new(1);
    private readonly BoundedProcess process = new(program, limit);

    public void Dispose() => turn.Dispose();

    public async Task<ReencodedPicture> ReencodeAsync(ReadOnlyMemory<byte> picture, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            return await process.RunAsync([], picture, cancellation) is { } output
                && JsonSerializer.Deserialize<ReencodedPicture>(output, ContractJson.Options) is { } reencoded
                ? reencoded
                : new ReencodedPicture("", [], FileRefusals.Kind);
        }
        finally
        {
            turn.Release();
        }
    }
}
