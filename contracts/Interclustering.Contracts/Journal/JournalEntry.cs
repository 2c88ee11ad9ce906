using System.Text.Json;
using System.Text.Json.Serialization;

namespace Interclustering.Contracts;

/// <summary>
/// One entry of a journal: a CloudEvents 1.0 event in JSON format. At most 192 KiB in canonical form; the hub's, which wrap another, what
/// fits a segment.
/// </summary>
public sealed record JournalEntry
{
    /// <summary>Always <c>1.0</c>.</summary>
    public required string Specversion { get; init; }

    /// <summary>Unique in the journal: <c>&lt;epoch&gt;/&lt;sequence&gt;</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The journal: code of the cluster, or <c>hub</c>.</summary>
    public required string Source { get; init; }

    /// <summary><c>fr.interclustering.&lt;kind&gt;.v&lt;n&gt;</c>, see <see cref="Kinds"/>.</summary>
    public required string Type { get; init; }

    /// <summary>Id of the publication, <c>&lt;cluster code&gt;-&lt;UUIDv7&gt;</c>, minted by its origin.</summary>
    public required string Subject { get; init; }

    /// <summary>When it was journaled, RFC 3339 in UTC.</summary>
    public required string Time { get; init; }

    /// <summary>Always <c>application/json</c>.</summary>
    public required string Datacontenttype { get; init; }

    /// <summary>W3C Trace Context of the change.</summary>
    public string? Traceparent { get; init; }

    /// <summary>UUID of this life of the journal.</summary>
    public required string Epoch { get; init; }

    /// <summary>
    /// 1, 2, 3… without holes through all epochs. On the wire 16 digits: the CloudEvents extension <c>sequence</c> is a text that sorts.
    /// </summary>
    [JsonConverter(typeof(SequenceText))]
    public required long Sequence { get; init; }

    /// <summary>
    /// Revision of the subject, 1 for the first; rises with every entry about it. At most 2^31-1, as an Integer of CloudEvents.
    /// </summary>
    public required long Revision { get; init; }

    /// <summary><see cref="Hash"/> of the entry before; 64 zeros for the first.</summary>
    public required string Previous { get; init; }

    /// <summary>
    /// SHA-256 of the RFC 8785 form of <see cref="Data"/>, 64 hexadecimal digits in lower case. Of <see cref="Kinds.Accepted"/> and
    /// <see cref="Kinds.Quarantined"/> without <c>origin.data</c>, which the origin's own digest covers: so an erasure reaches in there
    /// too.
    /// </summary>
    public required string Digest { get; init; }

    /// <summary>
    /// SHA-256 of the RFC 8785 form of this entry without <c>data</c> and <c>hash</c>, in the form of <see cref="Digest"/>.
    /// </summary>
    public required string Hash { get; init; }

    /// <summary>The publication; absent once withdrawn or erased. Numbers are integers within ±(2^53-1).</summary>
    public JsonElement? Data { get; init; }

    /// <summary>Attributes of a later version; they are part of the hash.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extensions { get; init; }
}
