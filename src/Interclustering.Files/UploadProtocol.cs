using System.Globalization;

namespace Interclustering.Files;

/// <summary>Names of the resumable upload, after the IETF's draft for HTTP, as contracts/README.md tells them.</summary>
public static class UploadProtocol
{
    public const string Offset = "Upload-Offset";
    public const string Length = "Upload-Length";
    public const string Complete = "Upload-Complete";
    public const string ContentDigest = "Content-Digest";
    public const string PartialUpload = "application/partial-upload";

    /// <summary>What stands before the name of a problem.</summary>
    public const string Problem = "urn:interclustering:problem:";

    /// <summary>Where a cluster's file is pushed to, on the hub.</summary>
    public static string PathOf(string cluster, string sha256) => $"/api/v1/files/{cluster}/{sha256}";

    /// <summary>A number as these fields hold it.</summary>
    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A boolean of RFC 9651.</summary>
    public static string Flag(bool flag) => flag ? "?1" : "?0";
}
