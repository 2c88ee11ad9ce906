using System.Globalization;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;
using Interclustering.Hub;
using Interclustering.Hub.Search;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Interclustering.Benchmarks.Growth;

/// <summary>
/// The publications of ten years, the same number on each day, straight into the hub's database: nine events in ten, the rest sheets. Days
/// are full or empty by their number alone, so that a page of the agenda shows forty of them at every size.
/// </summary>
internal static class Archive
{
    private const int Years = 10, DaysAYear = 365, YearsAhead = 2, OneSheetIn = 10;

    private const string Paragraph =
        "Une matinée pour savoir par où commencer : relevés, travaux, coûts, et trois retours d’entrepôts de la région. "
            + "Contenu de mesure. ";

    private static readonly string[] Clusters = ["bsc", "euralogistic", "lsn", "pasca", "pil", "tenlog"];

    /// <summary>Writes <paramref name="count"/> publications, and tells journal and search that they are there.</summary>
    public static async Task WriteAsync(IDbContextFactory<HubContext> databases, int count, DateOnly today, CancellationToken stop)
    {
        await WriteAsync(databases, Enumerable.Range(1, count).Select(number => RowOf(number, count, today)), count, stop);
        await using var db = await databases.CreateDbContextAsync(stop);
        // The search is another measurement: it has followed already.
        var index = new PostgresIndex(databases);
        await index.OpenAsync(stop);
        await index.ApplyAsync([], [], (await db.Set<JournalHead>().SingleAsync(stop)).Epoch, count, stop);
    }

    /// <summary>Writes publications, <paramref name="count"/> of them, and tells the journal that they are there.</summary>
    public static async Task WriteAsync(
        IDbContextFactory<HubContext> databases, IEnumerable<PublicationRow> rows, int count, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await db.Database.OpenConnectionAsync(stop);
        await using (var writer = await connection.BeginBinaryImportAsync("""
            COPY "Publications" ("Journal", "Subject", "Cluster", "Kind", "Revision", "Digest", "Data", "PublishedAt", "RevisedAt",
              "Position", "VisibleAt") FROM STDIN (FORMAT BINARY)
            """, stop))
        {
            foreach (var row in rows)
            {
                await writer.StartRowAsync(stop);
                foreach (var text in (string[])[row.Journal, row.Subject, row.Cluster, row.Kind])
                {
                    await writer.WriteAsync(text, NpgsqlDbType.Text, stop);
                }

                await writer.WriteAsync(row.Revision, NpgsqlDbType.Bigint, stop);
                await writer.WriteAsync(row.Digest, NpgsqlDbType.Text, stop);
                await writer.WriteAsync(row.Data!, NpgsqlDbType.Text, stop);
                await writer.WriteAsync(row.PublishedAt, NpgsqlDbType.TimestampTz, stop);
                await writer.WriteAsync(row.RevisedAt, NpgsqlDbType.TimestampTz, stop);
                await writer.WriteAsync(row.Position, NpgsqlDbType.Bigint, stop);
                await writer.WriteAsync(row.VisibleAt!.Value, NpgsqlDbType.TimestampTz, stop);
            }

            await writer.CompleteAsync(stop);
        }

        await db.Database.ExecuteSqlRawAsync("ANALYZE \"Publications\"", stop);
        await db.Set<JournalHead>().ExecuteUpdateAsync(head => head.SetProperty(row => row.Sequence, count), stop);
    }

    /// <summary>A publication of its own among <paramref name="count"/>.</summary>
    public static PublicationRow RowOf(int number, int count, DateOnly today) => number % OneSheetIn == 0
        ? RowOf(number, Kinds.BestPractice, JsonSerializer.Serialize(SheetOf(number), ContractJson.Options))
        : RowOf(number, Kinds.Event, JsonSerializer.Serialize(EventOf(number, DayOf(number, count, today)), ContractJson.Options));

    /// <summary>A publication with this content.</summary>
    public static PublicationRow RowOf(int number, string kind, string data)
    {
        var cluster = Clusters[number % Clusters.Length];
        var at = DateTime.UtcNow;
        return new PublicationRow
        {
            Journal = cluster,
            Subject = Subjects.Mint(cluster),
            Cluster = cluster,
            Kind = kind,
            Revision = 1,
            Digest = "digest",
            Data = data,
            PublishedAt = at,
            RevisedAt = at,
            Position = number,
            VisibleAt = at,
        };
    }

    /// <summary>Spread evenly, in no order.</summary>
    private static DateOnly DayOf(int number, int count, DateOnly today)
    {
        const int days = Years * DaysAYear;
        var place = (int)(number * 7_368_787L % Math.Max(count, days));
        return today.AddDays((YearsAhead * DaysAYear) - 1 - (place % days));
    }

    private static Event EventOf(int number, DateOnly day) => new()
    {
        Nonce = Nonce.Create(),
        Title = $"L’entrepôt face au changement climatique, atelier {number}",
        Summary = Paragraph,
        Text = $"## Au programme {number}\n\n" + Paragraph + Paragraph + Paragraph,
        Sessions = [new Session("1", Local(day, 9), Local(day, 12))],
        Format = EventFormats.All[number % EventFormats.All.Count],
        Place = new Place
        {
            Name = "Maison de la logistique",
            Street = "1 rue de l’Exemple",
            PostalCode = "35000",
            City = "Rennes",
            Region = "53",
            Country = "FR",
        },
        RegistrationUrl = "https://exemple.invalid/inscription",
        Themes = [KnownThemes.All[number % KnownThemes.All.Count], KnownThemes.All[(number + 3) % KnownThemes.All.Count]],
        Audiences = [Audiences.All[number % Audiences.All.Count]],
    };

    private static BestPractice SheetOf(int number) => new()
    {
        Nonce = Nonce.Create(),
        Title = $"Éclairer un entrepôt à moindre coût, fiche {number}",
        Summary = Paragraph,
        Text = $"## Constat {number}\n\n" + Paragraph + Paragraph + Paragraph,
        Themes = [KnownThemes.All[number % KnownThemes.All.Count]],
    };

    private static string Local(DateOnly day, int hour) =>
        day.ToDateTime(new TimeOnly(hour, 0)).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
}
