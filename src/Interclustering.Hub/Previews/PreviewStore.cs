using System.Buffers.Text;
using System.Security.Cryptography;
using Interclustering.Contracts;
using Interclustering.Files.Previews;
using Interclustering.Hub.Ingest;
using Interclustering.Hub.ReadModel;
using Microsoft.Extensions.Caching.Memory;

namespace Interclustering.Hub.Previews;

/// <summary>Publications that clusters want to see before they publish them: in memory, behind an address that can't be guessed.</summary>
public sealed class PreviewStore(FederationDirectory directory, Catalogue catalogue, TimeProvider clock) : IDisposable
{
    private const int MostKept = 200;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(30);
    private readonly MemoryCache kept = new(new MemoryCacheOptions { SizeLimit = MostKept });

    /// <returns>Its address's last part; or null and why it can't be shown.</returns>
    public (string? Token, string? Refusal) Keep(string cluster, PreviewedPublication preview)
    {
        ArgumentNullException.ThrowIfNull(preview);
        if (Federation.Subjects.OwnerOf(preview.Subject) != cluster || directory.Find(cluster) is not { } owner)
        {
            return (null, $"The subject is not {cluster}'s.");
        }

        if (owner.Left is not null)
        {
            return (null, $"{cluster} has left the federation.");
        }

        if (EntryValidator.ValidateData(preview.Kind, preview.Data) is { } verdict)
        {
            return (null, verdict.Detail);
        }

        if (Catalogue.Read(preview.Kind, preview.Data.GetRawText()) is not { Visibility: not Visibility.Staff } item)
        {
            return (null, "The national site does not show it.");
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var today = ParisDay.Today(clock);
        Published published;
        try
        {
            published = new Published(preview.Subject, preview.Kind, owner, Published.AsShown(item, today), Revision: 1, now, now,
                Position: 0)
            { Regions = Published.RegionsOf(item, owner, directory) };
            catalogue.Admit(published, today);
        }
        catch (Exception)
        {
            return (null, "The national site can't show it.");
        }

        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        kept.Set(token, (published, preview.People, clock.GetUtcNow() + Life),
            new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Life });
        return (token, null);
    }

    /// <summary>The site as it would be with the publication; null when it is not kept any more.</summary>
    public (Published Published, Snapshot Snapshot)? Find(string token, Snapshot now)
    {
        ArgumentNullException.ThrowIfNull(now);
        if (!kept.TryGetValue(token, out (Published Published, IReadOnlyDictionary<string, Person> People, DateTimeOffset Until) preview)
            || clock.GetUtcNow() >= preview.Until)
        {
            return null;
        }

        var items = now.Items.ToBuilder();
        items.Set(preview.Published);
        IReadOnlyList<Occurrence> times = [.. Occurrences.Of(preview.Published, ParisDay.Today(clock))];
        return (preview.Published, now with
        {
            Items = items.ToImmutable(),
            People = now.People.Where(person => !preview.People.ContainsKey(person.Key)).Concat(preview.People).ToDictionary(),
            Agenda = now.Agenda.With(new Dictionary<string, IReadOnlyList<Occurrence>> { [preview.Published.Id] = times }),
        });
    }

    public void Dispose() => kept.Dispose();
}
