using System.Globalization;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Chain;

namespace Interclustering.Testing;

/// <summary>Entries as a cluster journals them.</summary>
internal static class Entries
{
    public const string Epoch = "5f0c2d7e-0000-4000-8000-000000000001";

    public static JournalEntry Of(
        Publication publication, string kind, string? subject = null, long revision = 1, long sequence = 1, string journal = "bsc",
        string time = "2026-11-20T09:00:00.000000Z")
    {
        var data = JsonSerializer.SerializeToElement(publication, publication.GetType(), ContractJson.Options);
        var entry = new JournalEntry
        {
            Specversion = "1.0",
            Id = string.Create(CultureInfo.InvariantCulture, $"{Epoch}/{sequence}"),
            Source = journal,
            Type = Kinds.TypeOf(kind),
            Subject = subject ?? Subjects.Mint(journal),
            Time = time,
            Datacontenttype = "application/json",
            Epoch = Epoch,
            Sequence = sequence,
            Revision = revision,
            Previous = EntryChain.Origin,
            Digest = EntryChain.Digest(data),
            Hash = "",
            Data = data,
        };
        return entry with { Hash = EntryChain.HashOf(entry) };
    }
}
