using Microsoft.AspNetCore.Http.Metadata;

namespace Interclustering.Node.Files;

/// <summary>How large a form may be, in bytes. Files that are too large, within this, are told so one by one, and the rest of the form is kept.</summary>
internal sealed class LargestForm(long bytes) : IRequestSizeLimitMetadata
{
    private const long Mebibyte = 1024 * 1024;

    public const long OfText = 30 * Mebibyte;
    public const long WithFiles = 600 * Mebibyte;

    public long? MaxRequestBodySize => bytes;
}
