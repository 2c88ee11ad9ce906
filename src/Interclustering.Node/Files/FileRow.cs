namespace Interclustering.Node.Files;

/// <summary>A file that staff attached, and what became of it at the hub. Its bytes lie in the node's folder, under its hash.</summary>
public sealed class FileRow
{
    /// <summary>64 hexadecimal digits in lower case.</summary>
    public required string Sha256 { get; set; }

    /// <summary>What its bytes say that it is.</summary>
    public required string MediaType { get; set; }

    /// <summary>In bytes.</summary>
    public long Size { get; set; }

    /// <summary>UTC; when it was last attached.</summary>
    public DateTime AddedAt { get; set; }

    /// <summary>Whether a publication has named it since: until then it waits for a form that is being filled in.</summary>
    public bool Saved { get; set; }

    /// <summary>UTC; since when the hub has it, null while it does not.</summary>
    public DateTime? ArrivedAt { get; set; }

    /// <summary>Why the hub refuses it, see <see cref="Interclustering.Files.FileRefusals"/>; null when it does not.</summary>
    public string? Refusal { get; set; }
}
