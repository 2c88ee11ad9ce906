using Microsoft.EntityFrameworkCore;

namespace Interclustering.Federation.Operations;

/// <summary>
/// An operation that an operator asked for and that the running server carries out, because it needs the bus. A verb or a button writes the
/// row, the server works on it, and the row shows its progress.
/// </summary>
public sealed class OperationRow
{
    public const string Recover = "recover";
    public const string Revoke = "revoke";

    public Guid Id { get; set; }

    /// <summary><see cref="Recover"/> or <see cref="Revoke"/>.</summary>
    public required string Verb { get; set; }

    /// <summary>Of <see cref="Revoke"/>: the first sequence that no longer counts.</summary>
    public long? From { get; set; }

    /// <summary>UTC.</summary>
    public DateTime RequestedAt { get; set; }

    /// <summary>UTC; null while no server has taken it up.</summary>
    public DateTime? StartedAt { get; set; }

    /// <summary>UTC; null while it is not over.</summary>
    public DateTime? FinishedAt { get; set; }

    /// <summary>Entries done, of <see cref="Total"/>.</summary>
    public long Done { get; set; }
    public long Total { get; set; }
    public bool Failed { get; set; }

    /// <summary>What came of it, in English, for operators.</summary>
    public string? Outcome { get; set; }

    /// <summary>Time left if it goes on as it went; null when nothing can be said.</summary>
    public TimeSpan? Remaining(DateTime now) => StartedAt is { } start && FinishedAt is null && Done > 0 && Total > Done
        ? (now - start) * ((double)(Total - Done) / Done)
        : null;

    /// <summary>Asks for an operation; the one that waits or runs already counts for both.</summary>
    public static async Task<OperationRow> RequestAsync(
        DbContext db, string verb, long? from, TimeProvider clock, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(clock);
        var open = await db.Set<OperationRow>().FirstOrDefaultAsync(
            row => row.FinishedAt == null && row.Verb == verb && row.From == from, cancellation);
        if (open is null)
        {
            open = new OperationRow { Id = Guid.CreateVersion7(), Verb = verb, From = from, RequestedAt = clock.GetUtcNow().UtcDateTime };
            db.Add(open);
            await db.SaveChangesAsync(cancellation);
        }

        return open;
    }
}
