using Interclustering.Federation.Journals;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Federation.Verification;

/// <summary>How far a reader has confirmed a participant's journal.</summary>
/// <param name="Reader">Its code.</param>
/// <param name="Through">Sequence of the last entry that it has applied, in the journal's present epoch.</param>
/// <param name="Stopped">Nothing is sent to it until one of the two is recovered.</param>
/// <param name="HeardAt">When it answered last, UTC; null from a version that does not say.</param>
public sealed record ReaderPosition(string Reader, long Through, bool Stopped, DateTime? HeardAt = null)
{
    /// <summary>Where a participant tells it.</summary>
    public static string PathOf(string code) => $"/api/v1/federation/{code}/readers";

    /// <summary>Reads them from a participant's own database.</summary>
    public static Task<List<ReaderPosition>> ReadAsync(DbContext db, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Set<ReceiptRow>().AsNoTracking().OrderBy(row => row.Reader)
            .Select(row => new ReaderPosition(row.Reader, row.Through, row.StoppedBecause != null,
                DateTime.SpecifyKind(row.At, DateTimeKind.Utc))).ToListAsync(cancellation);
    }
}
