using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Liveness;
using Interclustering.Hub.ReadModel;
using Interclustering.Hub.Search;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Hub.FederationStatus;

/// <summary>Tells when what pages show, or what the search finds, stays behind the hub's journal without moving on.</summary>
internal sealed class ReadModelLag(
    IDbContextFactory<HubContext> databases, Catalogue catalogue, SearchProgress search, FederationSettings settings, TimeProvider clock)
        : IFindProblems
{
    private (long Position, DateTimeOffset Since)? pages, found;

    public async Task<IReadOnlyList<Problem>> FindAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        JournalHead? head;
        try
        {
            head = await db.Set<JournalHead>().AsNoTracking().SingleOrDefaultAsync(cancellation);
        }
        catch (Exception exception) when (DatabaseFailure.Is(exception))
        {
            return [];
        }

        var shown = catalogue.Current;
        if (head is not null && shown.Epoch.Length == 0)
        {
            // An empty site would be taken for the whole of it.
            return [new Problem(FederationDirectory.HubCode, "pages", "What pages show is not read yet.", Severity.Blocked)];
        }

        var told = new[]
        {
            Of("pages", "What pages show", ref pages, shown.Epoch == head?.Epoch ? shown.Position : 0, head?.Sequence ?? 0),
            Of("search", "The search", ref found, search.Head.Epoch == shown.Epoch ? search.Head.Position : 0, shown.Position),
        };
        return [.. told.OfType<Problem>()];
    }

    private Problem? Of(string kind, string what, ref (long Position, DateTimeOffset Since)? stands, long position, long end)
    {
        if (position >= end)
        {
            stands = null;
            return null;
        }

        var now = clock.GetUtcNow();
        stands = stands is { } before && before.Position == position ? before : (position, now);
        return now - stands.Value.Since > settings.Silence
            ? new Problem(FederationDirectory.HubCode, kind, $"{what} stands at {position} of {end} since {stands.Value.Since:u}.",
                Severity.Notice)
            : null;
    }
}
