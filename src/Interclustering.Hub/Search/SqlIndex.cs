using Interclustering.Federation.Journals;
using Interclustering.Hub.Search.Attachments;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Hub.Search;

/// <summary>What both indexes have in common: documents, known words, and how far they are, in one transaction.</summary>
public abstract class SqlIndex(IDbContextFactory<HubContext> databases) : ISearchIndex
{
    /// <summary>Raised whenever tables or the cutting of words change: the index is then made anew.</summary>
    private const int Version = 3;

    protected const int MostMatches = 2000;

    private const int AtOnce = 500;

    /// <summary>Makes tables and drops those of another version.</summary>
    protected abstract string Schema { get; }

    protected abstract string Drop { get; }

    public async Task<SearchHead> OpenAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await db.Database.ExecuteSqlRawAsync("CREATE TABLE IF NOT EXISTS search_head (version integer NOT NULL, epoch text NOT NULL, "
            + "position bigint NOT NULL, changes bigint NOT NULL)", cancellation);
        if (await db.Database.SqlQuery<int>($"SELECT version AS \"Value\" FROM search_head").SingleOrDefaultAsync(cancellation) != Version)
        {
            await ClearAsync(cancellation);
        }

        return await HeadAsync(db, cancellation);
    }

    public async Task ClearAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.Database.ExecuteSqlRawAsync(Drop, cancellation);
        await db.Database.ExecuteSqlRawAsync(Schema, cancellation);
        // The count of changes goes on: what a cache has kept under an earlier one must not come back.
        var changes = await db.Database.SqlQuery<long?>($"SELECT max(changes) AS \"Value\" FROM search_head")
            .SingleAsync(cancellation) ?? 0;
        await db.Database.ExecuteSqlAsync($"DELETE FROM search_head", cancellation);
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO search_head (version, epoch, position, changes) VALUES ({Version}, '', 0, {changes + 1})", cancellation);
        await transaction.CommitAsync(cancellation);
        await ContentErasure.SettleAsync(db, cancellation);
    }

    public async Task<SearchHead> ApplyAsync(
        IReadOnlyList<SearchDocument> changed, IReadOnlyList<string> gone, string epoch, long position, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(changed);
        ArgumentNullException.ThrowIfNull(gone);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var uses = new Dictionary<string, (string Shown, int Change)>();
        foreach (var ids in changed.Select(document => document.Id).Concat(gone).Distinct().Chunk(AtOnce))
        {
            var before = await ReadAsync(db, ids, cancellation);
            before.ForEach(document => Count(uses, document, -1));
            await RemoveAsync(db, [.. before.Select(document => document.Id)], cancellation);
        }

        foreach (var document in changed)
        {
            Count(uses, document, 1);
        }

        await AddAsync(db, changed, cancellation);
        await UseAsync(db, [.. uses.Where(word => word.Value.Change != 0)
            .Select(word => new KnownWord(word.Key, word.Value.Shown, word.Value.Change))], cancellation);
        await db.Database.ExecuteSqlAsync($"DELETE FROM search_words WHERE uses <= 0", cancellation);
        await db.Database.ExecuteSqlAsync($"UPDATE search_head SET epoch = {epoch}, position = {position}, changes = changes + 1",
            cancellation);
        var head = await HeadAsync(db, cancellation);
        await transaction.CommitAsync(cancellation);
        if (gone.Count > 0)
        {
            await ContentErasure.SettleAsync(db, cancellation);
        }

        return head;
    }

    public async Task<IReadOnlyList<SearchMatch>> MatchAsync(SearchTerm term, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(term);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return term.Stems.Count == 0 ? [] : await MatchAsync(db, term, cancellation);
    }

    public async Task<IReadOnlyList<SearchMatch>> MatchAllAsync(SearchQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return query.Terms.Count == 0 || query.Terms.Any(term => term.Stems.Count == 0) ? [] : await MatchAllAsync(db, query, cancellation);
    }

    public async Task<IReadOnlyList<KnownWord>> WordsLikeAsync(string folded, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await WordsLikeAsync(db, folded, cancellation);
    }

    public async Task<IReadOnlyDictionary<string, IReadOnlyList<FileText>>> FilesOfAsync(
        IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ids);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return (await ReadAsync(db, ids, cancellation)).Where(document => document.Files.Count > 0)
            .ToDictionary(document => document.Id, document => document.Files);
    }

    public async Task<IReadOnlyDictionary<string, AttachmentText>> TextsAsync(IReadOnlyList<string> sha256, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(sha256);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var found = new Dictionary<string, AttachmentText>();
        foreach (var some in sha256.Distinct().Chunk(AtOnce))
        {
            var rows = db.Database.SqlQuery<FileRow>(
                $"SELECT sha256 AS \"Sha256\", body AS \"Body\", note AS \"Note\" FROM search_file_texts");
            await foreach (var row in rows.Where(row => some.Contains(row.Sha256)).AsAsyncEnumerable().WithCancellation(cancellation))
            {
                found[row.Sha256] = new AttachmentText(row.Body, row.Note);
            }
        }

        return found;
    }

    public async Task<IReadOnlyDictionary<string, string?>> NotesAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var rows = await db.Database.SqlQuery<NoteRow>($"SELECT sha256 AS \"Sha256\", note AS \"Note\" FROM search_file_texts")
            .ToListAsync(cancellation);
        return rows.ToDictionary(row => row.Sha256, row => row.Note);
    }

    public async Task KeepTextAsync(string sha256, AttachmentText content, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(content);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        // PostgreSQL refuses U+0000.
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO search_file_texts (sha256, body, note) VALUES ({sha256}, {content.Text.Replace('\0', ' ')}, {content.Note})
            ON CONFLICT (sha256) DO NOTHING
            """,
            cancellation);
    }

    public async Task ForgetTextsAsync(IReadOnlyList<string> sha256, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(sha256);
        if (sha256.Count == 0)
        {
            return;
        }

        await using var db = await databases.CreateDbContextAsync(cancellation);
        foreach (var file in sha256)
        {
            await db.Database.ExecuteSqlAsync($"DELETE FROM search_file_texts WHERE sha256 = {file}", cancellation);
        }

        await ContentErasure.SettleAsync(db, cancellation);
    }

    protected abstract Task AddAsync(HubContext db, IReadOnlyList<SearchDocument> documents, CancellationToken cancellation);

    protected abstract Task RemoveAsync(HubContext db, IReadOnlyList<string> ids, CancellationToken cancellation);

    /// <summary>Adds to the uses of words; <see cref="KnownWord.Uses"/> is the difference.</summary>
    protected abstract Task UseAsync(HubContext db, IReadOnlyList<KnownWord> words, CancellationToken cancellation);

    protected abstract Task<IReadOnlyList<SearchMatch>> MatchAsync(HubContext db, SearchTerm term, CancellationToken cancellation);

    protected abstract Task<IReadOnlyList<SearchMatch>> MatchAllAsync(HubContext db, SearchQuery query, CancellationToken cancellation);

    protected abstract Task<IReadOnlyList<KnownWord>> WordsLikeAsync(HubContext db, string folded, CancellationToken cancellation);

    private static Task<SearchHead> HeadAsync(HubContext db, CancellationToken cancellation) => db.Database.SqlQuery<SearchHead>(
        $"SELECT epoch AS \"Epoch\", position AS \"Position\", changes AS \"Changes\" FROM search_head").SingleAsync(cancellation);

    private static void Count(Dictionary<string, (string Shown, int Change)> uses, SearchDocument document, int change)
    {
        foreach (var (folded, shown) in document.Words())
        {
            uses[folded] = (shown, uses.GetValueOrDefault(folded).Change + change);
        }
    }

    private static async Task<List<SearchDocument>> ReadAsync(HubContext db, IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        var rows = await db.Database.SqlQuery<Columns>(
            $"SELECT id AS \"Id\", title AS \"Title\", subject AS \"Subject\", body AS \"Body\", files AS \"Files\" FROM search_documents")
            .Where(row => ids.Contains(row.Id)).ToListAsync(cancellation);
        return rows.ConvertAll(row =>
            new SearchDocument(row.Id, row.Title, row.Subject, row.Body, SearchDocument.SplitFiles(row.Files)));
    }

    private sealed record FileRow(string Sha256, string Body, string? Note);

    private sealed record NoteRow(string Sha256, string? Note);

    private sealed record Columns(string Id, string Title, string Subject, string Body, string Files);
}
