using System.Text.Json;
using Interclustering.Contracts;

namespace Interclustering.JointWebinars;

/// <summary>A fact with what the journals know of it.</summary>
/// <param name="Subject">Its id.</param>
/// <param name="Cluster">Who said it: the code in its id.</param>
/// <param name="SaidAt">When, UTC, by its origin's clock.</param>
/// <param name="Position">Its place in the hub's journal: the order that settles. <see cref="NotYet"/> for one that the hub has not told
/// yet.</param>
/// <param name="Fact">What is said.</param>
public sealed record RecordedFact(string Subject, string Cluster, DateTime SaidAt, long Position, JointWebinarFact Fact)
{
    public const long NotYet = long.MaxValue;

    /// <summary>Null for what this version can't read: it stays in the journals, and counts for nothing here.</summary>
    /// <param name="subject">Its id.</param>
    /// <param name="cluster">Who said it.</param>
    /// <param name="saidAt">When, UTC.</param>
    /// <param name="position">In the hub's journal, or <see cref="NotYet"/>.</param>
    /// <param name="data">The fact as JSON.</param>
    public static RecordedFact? Read(string subject, string cluster, DateTime saidAt, long position, string data)
    {
        try
        {
            return JsonSerializer.Deserialize<JointWebinarFact>(data, ContractJson.Options) is { } fact
                ? new RecordedFact(subject, cluster, saidAt, position, fact) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>It is only here so far.</summary>
    public bool IsOnItsWay => Position == NotYet;
}
