using Interclustering.Federation.Chain;
using Interclustering.Federation.Replicas;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Federation.Journals;

/// <summary>Removes the content of entries; digest and hash stay, so that the chain still verifies.</summary>
internal static class Erasure
{
    /// <summary>Removes the content of all entries about <paramref name="subject"/> below <paramref name="revision"/>, here and in replicas.</summary>
    public static async Task RemoveEarlierDataAsync(DbContext db, string subject, long revision, CancellationToken cancellation)
    {
        var own = await db.Set<JournalRow>().AsNoTracking()
            .Where(row => row.Subject == subject && row.Revision < revision && !row.Erased).ToListAsync(cancellation);
        foreach (var row in own)
        {
            var text = EntryChain.TextOf(EntryChain.Erase(EntryChain.Read(row.Text)));
            await db.Set<JournalRow>().Where(entry => entry.Sequence == row.Sequence).ExecuteUpdateAsync(
                entry => entry.SetProperty(erased => erased.Text, text).SetProperty(erased => erased.Erased, true), cancellation);
        }

        var kept = await db.Set<ReplicaEntry>().AsNoTracking().Where(row => row.Subject == subject).ToListAsync(cancellation);
        foreach (var row in kept)
        {
            var entry = EntryChain.Read(row.Text);
            if (entry.Revision < revision && !EntryChain.IsErased(entry))
            {
                var text = EntryChain.TextOf(EntryChain.Erase(entry));
                await db.Set<ReplicaEntry>()
                    .Where(replica => replica.Journal == row.Journal && replica.Epoch == row.Epoch && replica.Sequence == row.Sequence)
                    .ExecuteUpdateAsync(replica => replica.SetProperty(erased => erased.Text, text), cancellation);
            }
        }
    }
}
