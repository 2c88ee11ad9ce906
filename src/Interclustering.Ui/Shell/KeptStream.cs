namespace Interclustering.Ui.Shell;

/// <summary>The body of an answer, held back until it is whole. One that is larger than is kept goes to its reader as it comes.</summary>
/// <param name="reader">Where it goes then.</param>
/// <param name="most">Bytes that are held back.</param>
/// <param name="isForMany">It will be sent more than once.</param>
public sealed class KeptStream(Stream reader, int most, bool isForMany) : Stream
{
    private readonly MemoryStream held = new();

    public bool IsForMany => isForMany;

    /// <summary>It was too large: nothing is held back any more.</summary>
    public bool IsPassedOn { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => held.Length;

    public override long Position { get => held.Position; set => throw new NotSupportedException(); }

    public byte[] ToArray() => held.ToArray();

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!Holds(buffer))
        {
            throw new NotSupportedException("A reader is written to asynchronously.");
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Holds(buffer.Span))
        {
            return;
        }

        if (!IsPassedOn)
        {
            IsPassedOn = true;
            await reader.WriteAsync(held.GetBuffer().AsMemory(0, (int)held.Length), cancellationToken);
        }

        await reader.WriteAsync(buffer, cancellationToken);
    }

    /// <summary>What is held back stays so.</summary>
    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) =>
        IsPassedOn ? reader.FlushAsync(cancellationToken) : Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private bool Holds(ReadOnlySpan<byte> buffer)
    {
        if (IsPassedOn || held.Length + buffer.Length > most)
        {
            return false;
        }

        held.Write(buffer);
        return true;
    }
}
