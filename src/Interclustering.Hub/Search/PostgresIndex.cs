using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Hub.Search;

/// <summary>PostgreSQL's full text, in a French configuration behind unaccent; trigrams for what is mistyped.</summary>
public sealed class PostgresIndex(IDbContextFactory<HubContext> databases) : SqlIndex(databases)
{
    protected override string Drop => "DROP TABLE IF EXISTS search_documents; DROP TABLE IF EXISTS search_words; DROP TABLE IF EXISTS "
        + "search_file_texts; DROP TEXT SEARCH CONFIGURATION IF EXISTS interclustering;";

    // Both extensions are trusted: the database's owner may create them.
    protected override string Schema => """
        CREATE EXTENSION IF NOT EXISTS unaccent;
        CREATE EXTENSION IF NOT EXISTS pg_trgm;
        CREATE TEXT SEARCH CONFIGURATION interclustering (COPY = french);
        ALTER TEXT SEARCH CONFIGURATION interclustering ALTER MAPPING
            FOR asciiword, asciihword, hword_asciipart, word, hword, hword_part WITH unaccent, french_stem;
        CREATE TABLE search_documents (
            id text PRIMARY KEY, title text NOT NULL, subject text NOT NULL, body text NOT NULL, files text NOT NULL,
            vector tsvector NOT NULL);
        CREATE INDEX search_documents_vector ON search_documents USING gin (vector);
        CREATE TABLE search_file_texts (sha256 text PRIMARY KEY, body text NOT NULL, note text);
        CREATE TABLE search_words (folded text PRIMARY KEY, shown text NOT NULL, uses integer NOT NULL);
        CREATE INDEX search_words_folded ON search_words USING gist (folded gist_trgm_ops);
        """;

    protected override Task AddAsync(HubContext db, SearchDocument document, CancellationToken cancellation) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO search_documents (id, title, subject, body, files, vector)
        VALUES ({document.Id}, {document.Title}, {document.Subject}, {document.Text}, {document.FilesText},
            setweight(to_tsvector('interclustering', {document.Title}), 'A')
            || setweight(to_tsvector('interclustering', {document.Subject}), 'B')
            || setweight(to_tsvector('interclustering', {document.Text}), 'C')
            || setweight(to_tsvector('interclustering', {document.FilesText}), 'D'))
        """,
        cancellation);

    protected override Task RemoveAsync(HubContext db, string id, CancellationToken cancellation) =>
        db.Database.ExecuteSqlAsync($"DELETE FROM search_documents WHERE id = {id}", cancellation);

    protected override Task UseAsync(HubContext db, IReadOnlyList<KnownWord> words, CancellationToken cancellation) =>
        db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO search_words (folded, shown, uses)
        SELECT * FROM unnest(
            {words.Select(word => word.Folded).ToArray()},
            {words.Select(word => word.Shown).ToArray()},
            {words.Select(word => word.Uses).ToArray()})
        ON CONFLICT (folded) DO UPDATE SET uses = search_words.uses + excluded.uses
        """,
        cancellation);

    protected override async Task<IReadOnlyList<SearchMatch>> MatchAsync(HubContext db, SearchTerm term, CancellationToken cancellation)
    {
        var query = string.Join(" || ", term.Alternatives.Select((_, index) => $"phraseto_tsquery('interclustering', {{{index}}})"));
        var matches = await db.Database.SqlQuery<SearchMatch>(FormattableStringFactory.Create(
            $"SELECT id AS \"Id\", ts_rank('{{{{0.1, 0.25, 0.5, 1}}}}', vector, query, 1)::float8 AS \"Score\" "
            + $"FROM search_documents, (SELECT {query} AS query) AS asked WHERE vector @@ query ORDER BY 2 DESC LIMIT {MostMatches}",
            [.. term.Alternatives])).ToListAsync(cancellation);
        // ts_rank does not know how rare a term is.
        var documents = await db.Database.SqlQuery<long>($"SELECT count(*) AS \"Value\" FROM search_documents").SingleAsync(cancellation);
        var rarity = Math.Log(1 + ((documents - matches.Count + 0.5) / (matches.Count + 0.5)));
        return matches.ConvertAll(match => match with { Score = match.Score * rarity });
    }

    protected override async Task<IReadOnlyList<KnownWord>> WordsLikeAsync(HubContext db, string folded, CancellationToken cancellation) =>
        await db.Database.SqlQuery<KnownWord>(
        $"""
        (SELECT folded AS "Folded", shown AS "Shown", uses AS "Uses" FROM search_words ORDER BY folded <-> {folded} LIMIT 60)
        UNION (SELECT folded, shown, uses FROM search_words WHERE folded LIKE {folded + "%"} ORDER BY uses DESC LIMIT 10)
        """).ToListAsync(cancellation);
}
