using System.Text;

namespace Interclustering.Ui.Markdown;

/// <summary>
/// Keeps what is written to it, and refuses what goes beyond its bound: a few characters of Markdown can repeat an address without end.
/// </summary>
internal sealed class BoundedWriter(int mostBytes) : TextWriter
{
    private readonly StringBuilder written = new();
    private int left = mostBytes;

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        left -= Encoding.GetByteCount(buffer);
        if (left < 0)
        {
            throw new InvalidOperationException("More is written than is kept.");
        }

        written.Append(buffer);
    }

    public override string ToString() => written.ToString();
}
