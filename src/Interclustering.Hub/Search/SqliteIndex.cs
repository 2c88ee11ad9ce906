using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Hub.Search;

/// <summary>
/// SQLite's FTS5, which knows no French: it is given stems, made here. Ranks by BM25. What is mistyped is compared with every known word:
/// the embedded mode has some thousands.
/// </summary>
public sealed class SqliteIndex(IDbContextFactory<HubContext> databases) : SqlIndex(databases)
{
    protected override string Drop => "DROP TABLE IF EXISTS search_documents; DROP TABLE IF EXISTS search_words; DROP TABLE IF EXISTS "
        + "search_file_texts; DROP TABLE IF EXISTS search_stems;";

    // secure-delete: without it the index keeps the words of what was erased.
    protected override string Schema => """
        CREATE TABLE search_documents (
            number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL,
            files TEXT NOT NULL);
        CREATE VIRTUAL TABLE search_stems USING fts5(title, subject, body, files, tokenize = 'unicode61');
        INSERT INTO search_stems (search_stems, rank) VALUES ('secure-delete', 1);
        CREATE TABLE search_file_texts (sha256 TEXT PRIMARY KEY, body TEXT NOT NULL, note TEXT);
        CREATE TABLE search_words (folded TEXT PRIMARY KEY, shown TEXT NOT NULL, uses INTEGER NOT NULL);
        """;

    protected override async Task AddAsync(HubContext db, IReadOnlyList<SearchDocument> documents, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(documents);
        foreach (var document in documents)
        {
            await AddAsync(db, document, cancellation);
        }
    }

    private static async Task AddAsync(HubContext db, SearchDocument document, CancellationToken cancellation)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO search_documents (id, title, subject, body, files)
            VALUES ({document.Id}, {document.Title}, {document.Subject}, {document.Text}, {document.FilesText})
            """,
            cancellation);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO search_stems (rowid, title, subject, body, files)
            SELECT number, {StemsOf(document.Title)}, {StemsOf(document.Subject)}, {StemsOf(document.Text)}, {StemsOf(document.FilesText)}
            FROM search_documents WHERE id = {document.Id}
            """,
            cancellation);
    }

    protected override async Task RemoveAsync(HubContext db, IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ids);
        foreach (var id in ids)
        {
            await db.Database.ExecuteSqlAsync(
                $"DELETE FROM search_stems WHERE rowid = (SELECT number FROM search_documents WHERE id = {id})", cancellation);
            await db.Database.ExecuteSqlAsync($"DELETE FROM search_documents WHERE id = {id}", cancellation);
        }
    }

    protected override async Task UseAsync(HubContext db, IReadOnlyList<KnownWord> words, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(words);
        foreach (var word in words)
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO search_words (folded, shown, uses) VALUES ({word.Folded}, {word.Shown}, {word.Uses})
                ON CONFLICT (folded) DO UPDATE SET uses = search_words.uses + excluded.uses
                """,
                cancellation);
        }
    }

    protected override Task<IReadOnlyList<SearchMatch>> MatchAsync(HubContext db, SearchTerm term, CancellationToken cancellation) =>
        MatchAllAsync(db, new SearchQuery(term.Text, [term]), cancellation);

    protected override async Task<IReadOnlyList<SearchMatch>> MatchAllAsync(
        HubContext db, SearchQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        IReadOnlyList<IReadOnlyList<IReadOnlyList<string>>> special =
            [.. query.Terms.Select(term => term.ExactStems).Append(query.PhraseStems).Where(stems => stems.Count > 0)];
        var exact = string.Join(" + ", special.Select((_, place) =>
            $"(search_stems.rowid IN (SELECT rowid FROM search_stems WHERE search_stems MATCH {{{place + 1}}}))")
            .Prepend($"{query.Terms.Count(term => term.ExactStems.Count == 0)}"));
        return await db.Database.SqlQuery<SearchMatch>(FormattableStringFactory.Create(
            $"SELECT id AS \"Id\", -bm25(search_stems, 10.0, 5.0, 2.5, 1.0) AS \"Score\", {exact} AS \"Exact\" "
            + "FROM search_stems JOIN search_documents ON number = search_stems.rowid "
            + $"WHERE search_stems MATCH {{0}} ORDER BY 3 DESC, 2 DESC LIMIT {MostMatches}",
            [string.Join(" AND ", query.Terms.Select(term => AnyOf(term.Stems))), .. special.Select(AnyOf)])).ToListAsync(cancellation);
    }

    private static string AnyOf(IReadOnlyList<IReadOnlyList<string>> phrases) => $"({string.Join(" OR ", phrases.Select(stems =>
        $"\"{string.Join(' ', stems).Replace("\"", "", StringComparison.Ordinal)}\""))})";

    protected override async Task<IReadOnlyList<KnownWord>> WordsLikeAsync(HubContext db, string folded, CancellationToken cancellation) =>
        await db.Database.SqlQuery<KnownWord>($"SELECT folded AS \"Folded\", shown AS \"Shown\", uses AS \"Uses\" FROM search_words")
            .ToListAsync(cancellation);

    private static string StemsOf(string text) => string.Join(' ', FrenchWords.Of(text).Select(word => word.Stem));
}
