using System.Net.Http.Headers;

namespace Interclustering.Node.Sources;

/// <summary>Says to a person why something could not be fetched.</summary>
public sealed class ImportFetchException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>How long the site asks to be left alone (RFC 9110 §10.2.3); null when it does not say.</summary>
    public RetryConditionHeaderValue? RetryAfter { get; init; }
}
