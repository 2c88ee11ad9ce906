using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Hub.Search;

/// <summary>PostgreSQL's full text, in a French configuration behind unaccent; trigrams for what is mistyped.</summary>
public sealed class PostgresIndex(IDbContextFactory<HubContext> databases) : SqlIndex(databases)
{
    protected override string Drop => "DROP TABLE IF EXISTS search_documents, search_vectors, search_words, search_file_texts; "
        + "DROP TEXT SEARCH CONFIGURATION IF EXISTS interclustering;";

    // Both extensions are trusted: the database's owner may create them. Ranking reads the vector of all that is found: they stand
    // close together, whole and uncompressed, besides what is read of twenty only.
    protected override string Schema => """
        CREATE EXTENSION IF NOT EXISTS unaccent;
        CREATE EXTENSION IF NOT EXISTS pg_trgm;
        CREATE TEXT SEARCH CONFIGURATION interclustering (COPY = french);
        ALTER TEXT SEARCH CONFIGURATION interclustering ALTER MAPPING
            FOR asciiword, asciihword, hword_asciipart, word, hword, hword_part WITH unaccent, french_stem;
        CREATE TABLE search_documents (
            id text PRIMARY KEY, title text NOT NULL, subject text NOT NULL, body text NOT NULL, files text NOT NULL);
        CREATE TABLE search_vectors (id text PRIMARY KEY, vector tsvector NOT NULL) WITH (toast_tuple_target = 8160);
        ALTER TABLE search_vectors ALTER COLUMN vector SET STORAGE EXTERNAL;
        CREATE INDEX search_vectors_vector ON search_vectors USING gin (vector);
        CREATE TABLE search_file_texts (sha256 text PRIMARY KEY, body text NOT NULL, note text);
        CREATE TABLE search_words (folded text PRIMARY KEY, shown text NOT NULL, uses integer NOT NULL);
        CREATE INDEX search_words_folded ON search_words USING gist (folded gist_trgm_ops);
        """;

    protected override Task AddAsync(HubContext db, IReadOnlyList<SearchDocument> documents, CancellationToken cancellation) =>
        db.Database.ExecuteSqlAsync(
        $"""
        WITH added AS (
            INSERT INTO search_documents (id, title, subject, body, files)
            SELECT * FROM unnest(
                {documents.Select(document => document.Id).ToArray()},
                {documents.Select(document => document.Title).ToArray()},
                {documents.Select(document => document.Subject).ToArray()},
                {documents.Select(document => document.Text).ToArray()},
                {documents.Select(document => document.FilesText).ToArray()}))
        INSERT INTO search_vectors (id, vector)
        SELECT id,
            setweight(to_tsvector('interclustering', title), 'A') || setweight(to_tsvector('interclustering', subject), 'B')
            || setweight(to_tsvector('interclustering', body), 'C') || setweight(to_tsvector('interclustering', files), 'D')
        FROM unnest(
            {documents.Select(document => document.Id).ToArray()},
            {documents.Select(document => FrenchWords.Joined(document.Title)).ToArray()},
            {documents.Select(document => FrenchWords.Joined(document.Subject)).ToArray()},
            {documents.Select(document => FrenchWords.Joined(document.Text)).ToArray()},
            {documents.Select(document => FrenchWords.Joined(document.FilesText)).ToArray()})
            AS joined (id, title, subject, body, files)
        """,
        cancellation);

    protected override Task RemoveAsync(HubContext db, IReadOnlyList<string> ids, CancellationToken cancellation) =>
        db.Database.ExecuteSqlAsync(
        $"""
        WITH removed AS (DELETE FROM search_documents WHERE id = ANY ({ids}) RETURNING id)
        DELETE FROM search_vectors USING removed WHERE search_vectors.id = removed.id
        """,
        cancellation);

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
        var matches = await RankAsync(db, "ts_rank", new SearchQuery(term.Text, [term]), cancellation);
        // ts_rank does not know how rare a term is.
        var documents = await db.Database.SqlQuery<long>($"SELECT count(*) AS \"Value\" FROM search_vectors").SingleAsync(cancellation);
        var rarity = Math.Log(1 + ((documents - matches.Count + 0.5) / (matches.Count + 0.5)));
        return matches.ConvertAll(match => match with { Score = match.Score * rarity });
    }

    /// <summary>By how near each other the terms stand (cover density).</summary>
    protected override async Task<IReadOnlyList<SearchMatch>> MatchAllAsync(
        HubContext db, SearchQuery query, CancellationToken cancellation) => await RankAsync(db, "ts_rank_cd", query, cancellation);

    private static Task<List<SearchMatch>> RankAsync(
        HubContext db, string rank, SearchQuery asked, CancellationToken cancellation)
    {
        var phrases = new List<string>();
        var query = string.Join(" && ", asked.Terms.Select(term => AnyOf(term.Alternatives, phrases)));
        var exact = string.Join(" + ", asked.Terms.Where(term => term.ExactStems.Count > 0).Select(term => term.Exact)
            .Concat(asked.Phrase is { } phrase ? [[phrase]] : Array.Empty<IReadOnlyList<string>>())
            .Select(special => $"(vector @@ {AnyOf(special, phrases)})::int")
            .Prepend($"{asked.Terms.Count(term => term.ExactStems.Count == 0)}"));
        return db.Database.SqlQuery<SearchMatch>(FormattableStringFactory.Create(
            $"SELECT id AS \"Id\", {rank}('{{{{0.1, 0.25, 0.5, 1}}}}', vector, query, 1)::float8 AS \"Score\", {exact} AS \"Exact\" "
            + $"FROM search_vectors, (SELECT {query} AS query) AS asked WHERE vector @@ query ORDER BY 3 DESC, 2 DESC LIMIT {MostMatches}",
            [.. phrases])).ToListAsync(cancellation);
    }

    /// <summary>SQL of a query for any of these phrases, each of which is added to the parameters.</summary>
    private static string AnyOf(IReadOnlyList<string> alternatives, List<string> parameters)
    {
        var first = parameters.Count;
        parameters.AddRange(alternatives.Select(FrenchWords.Joined));
        return $"({string.Join(" || ", alternatives.Select((_, place) => $"phraseto_tsquery('interclustering', {{{first + place}}})"))})";
    }

    protected override async Task<IReadOnlyList<KnownWord>> WordsLikeAsync(HubContext db, string folded, CancellationToken cancellation) =>
        await db.Database.SqlQuery<KnownWord>(
        $"""
        (SELECT folded AS "Folded", shown AS "Shown", uses AS "Uses" FROM search_words ORDER BY folded <-> {folded} LIMIT 60)
        UNION (SELECT folded, shown, uses FROM search_words WHERE folded LIKE {folded + "%"} ORDER BY uses DESC LIMIT 10)
        """).ToListAsync(cancellation);
}
