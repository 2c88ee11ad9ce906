using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Recovery;
using Interclustering.Node;
using Interclustering.Node.NationalView;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Participant = Interclustering.Federation.Participant;

namespace Interclustering.IntegrationTests.Node;

/// <summary>
/// A random history of a node: a site sends and takes back by its keys, members edit, the hub reads, backups are taken, restored, and
/// recovered from. The model is what the hub has, and what was sent last.
/// </summary>
internal sealed class RestoredHistory
{
    private const string Site = "site-web";
    private static readonly string[] Keys = ["1", "2", "3"];
    private static readonly SigningKey Signing =
        SigningKey.OpenOrCreate(Path.Combine(Directory.CreateTempSubdirectory("ic-history-").FullName, "bsc.pem"));
    private readonly Random dice;
    private readonly Participant participant;
    private readonly List<JournalEntry> atHub = [];
    private readonly List<string> story = [];
    private readonly IHistoryDatabase database;
    private bool hasBackup;
    private int number;

    private RestoredHistory(int seed, IHistoryDatabase database)
    {
        this.database = database;
        dice = new Random(seed);
        story.Add($"seed {seed}");
        participant = new Participant("bsc", database.Open, Signing, Directories.Two, new NationalProjection(), TimeProvider.System);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Tries one history, and says what it was where something is wrong.</summary>
    public static async Task TryAsync(int seed, IHistoryDatabase database)
    {
        var history = new RestoredHistory(seed, database);
        try
        {
            await history.RunAsync();
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{string.Join("; ", history.story)}\n{exception.Message}", exception);
        }
    }

    private NodeContext Open() => database.Open();

    private async Task RunAsync()
    {
        await using (var db = Open())
        {
            await db.Database.EnsureCreatedAsync(Cancellation);
            await participant.Journal.OpenAsync(db, Cancellation);
        }

        for (var steps = dice.Next(6, 16); steps > 0; steps--)
        {
            await StepAsync();
        }

        await RecoverAsync();
        await CheckAsync();
        foreach (var key in Keys)
        {
            await PutAsync(key);
        }

        await SyncAsync();
        await CheckAsync();
    }

    private async Task StepAsync()
    {
        var key = Keys[dice.Next(Keys.Length)];
        switch (dice.Next(12))
        {
            case < 4:
                await PutAsync(key);
                break;
            case < 6:
                await DeleteAsync(key);
                break;
            case 6:
                await EditAsync(key);
                break;
            case < 9:
                await SyncAsync();
                break;
            case 9:
                story.Add("back up");
                await database.BackUpAsync();
                hasBackup = true;
                break;
            case 10 when hasBackup:
                story.Add("restore");
                await database.RestoreAsync();
                break;
            default:
                await RecoverAsync();
                break;
        }
    }

    /// <summary>A site sends an event. Whatever happened before, it is published as it was sent.</summary>
    private async Task PutAsync(string key)
    {
        var title = $"Titre {++number}";
        story.Add($"put {key} « {title} »");
        await using var db = Open();
        var saved = await Editor(db).PublishAsync(
            null, Happening.On("2027-01-14T09:00:00", title: title) with { Source = new SourceReference(Site, key) }, "site", Cancellation);
        var published = await db.Publications.AsNoTracking()
            .SingleAsync(row => row.Journal == "bsc" && row.Subject == saved.Subject, Cancellation);
        Assert.True(TitleOf(published.Data) == title, $"{saved.Subject} says {saved.Outcome}, and is {published.Data}");
    }

    private async Task DeleteAsync(string key)
    {
        await using var db = Open();
        if (await CopyOfAsync(db, key) is { } copy)
        {
            story.Add($"delete {key}");
            await Editor(db).WithdrawBySourceAsync(copy.Subject, "site", Cancellation);
        }
    }

    /// <summary>A member writes a text that the site does not send.</summary>
    private async Task EditAsync(string key)
    {
        await using var db = Open();
        if (await CopyOfAsync(db, key) is { } copy)
        {
            var text = $"Texte {++number}";
            story.Add($"edit {key} « {text} »");
            await Editor(db)
                .PublishAsync(copy.Subject, (Event)PublicationText.Read(copy.Kind, copy.Data) with { Text = text }, "member", Cancellation);
        }
    }

    /// <summary>The hub reads on, where the journal is the one that it knows.</summary>
    private async Task SyncAsync()
    {
        await using var db = Open();
        var entries = await EntriesAsync(db);
        if (entries.Count < atHub.Count || (atHub.Count > 0 && entries[atHub.Count - 1].Hash != atHub[^1].Hash))
        {
            return;
        }

        story.Add("sync");
        foreach (var entry in entries[atHub.Count..])
        {
            atHub.Add(entry);
            if (Kinds.KindOf(entry.Type) == Kinds.Withdrawn)
            {
                for (var index = 0; index < atHub.Count - 1; index++)
                {
                    atHub[index] = atHub[index].Subject == entry.Subject ? EntryChain.Erase(atHub[index]) : atHub[index];
                }
            }
        }
    }

    private async Task RecoverAsync()
    {
        if (atHub.Count > 0)
        {
            story.Add("recover");
            var recovery = new JournalRecovery(
                participant, [], null!, new Interclustering.Federation.FederationSettings(), NullLogger<JournalRecovery>.Instance);
            await recovery.AdoptAsync(new JournalEnd(atHub[^1].Epoch, atHub[^1].Sequence, atHub[^1].Hash), [.. atHub], [], "recovered",
                Cancellation);
        }

        await SyncAsync();
    }

    /// <summary>Journal, publications, working copies and hub say the same.</summary>
    private async Task CheckAsync()
    {
        await using var db = Open();
        var entries = await EntriesAsync(db);
        Assert.Equal(atHub.Select(entry => entry.Hash), entries.Select(entry => entry.Hash));
        foreach (var (index, entry) in entries.Index())
        {
            Assert.Equal((index + 1, index == 0 ? EntryChain.Origin : entries[index - 1].Hash), (entry.Sequence, entry.Previous));
            Assert.True(EntryChain.IsIntact(entry));
        }

        var national = atHub.Where(entry => Kinds.KindOf(entry.Type) != Kinds.JournalOpened).GroupBy(entry => entry.Subject)
            .Select(entry => entry.MaxBy(each => each.Revision)!).Where(entry => Kinds.KindOf(entry.Type) != Kinds.Withdrawn)
            .ToDictionary(entry => entry.Subject, entry => Text(entry.Data!.Value.GetRawText()));
        var published = await db.Publications.AsNoTracking()
            .Where(row => row.Journal == "bsc" && row.Kind == Kinds.Event && row.Data != null).ToListAsync(Cancellation);
        var copies = await db.WorkingCopies.AsNoTracking().Where(copy => copy.State == PublicationState.Published)
            .ToListAsync(Cancellation);
        Assert.Equal(national, published.ToDictionary(row => row.Subject, row => Text(row.Data!)));
        Assert.Equal(national, copies.ToDictionary(copy => copy.Subject, copy => Text(copy.Data)));
        Assert.All(copies, copy => Assert.Equal(published.Single(row => row.Subject == copy.Subject).Revision, copy.Revision));
        Assert.Equal(copies.Count, copies.DistinctBy(copy => copy.SourceKey).Count());
    }

    private PublicationEditor Editor(NodeContext db) => new(db, participant.Journal, TimeProvider.System);

    private static Task<WorkingCopy?> CopyOfAsync(NodeContext db, string key) => db.WorkingCopies.AsNoTracking()
        .SingleOrDefaultAsync(copy => copy.SourceKey == key && copy.State == PublicationState.Published, Cancellation);

    private static async Task<List<JournalEntry>> EntriesAsync(NodeContext db) =>
        (await db.Journal.AsNoTracking().OrderBy(row => row.Sequence).Select(row => row.Text).ToListAsync(Cancellation))
            .ConvertAll(EntryChain.Read);

    private static string? TitleOf(string? data) => data is null ? null : JsonDocument.Parse(data).RootElement.GetProperty("title")
        .GetString();

    private static string Text(string data) => PublicationText.Of(PublicationText.Read(Kinds.Event, data));
}
