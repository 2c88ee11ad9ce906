using System.Text;
using Google.Protobuf;

namespace Interclustering.IntegrationTests.Metrics;

/// <summary>A message of Protocol Buffers by the numbers of its fields: those of nested messages and of texts.</summary>
/// <param name="bytes">The message.</param>
internal sealed class ProtobufMessage(byte[] bytes)
{
    /// <summary>The text that the message is, where its sender says that it is one.</summary>
    public string Text => Encoding.UTF8.GetString(bytes);

    /// <summary>Everything at a path of field numbers, e.g. the name of each metric.</summary>
    public IEnumerable<ProtobufMessage> At(params int[] path) => path.Length == 0
        ? [this] : Fields().Where(field => field.Number == path[0]).SelectMany(field => field.Value.At(path[1..]));

    private IEnumerable<(int Number, ProtobufMessage Value)> Fields()
    {
        using var input = new CodedInputStream(bytes);
        var fields = new List<(int Number, ProtobufMessage Value)>();
        while (input.ReadTag() is var tag and not 0)
        {
            if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
            {
                fields.Add((WireFormat.GetTagFieldNumber(tag), new ProtobufMessage(input.ReadBytes().ToByteArray())));
            }
            else
            {
                input.SkipLastField();
            }
        }

        return fields;
    }
}
