using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Recovery;
using Interclustering.Federation.Replicas;
using Interclustering.Node;
using Interclustering.Node.NationalView;
using Interclustering.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Participant = Interclustering.Federation.Participant;

namespace Interclustering.IntegrationTests.Contracts;

/// <summary>What an owner makes of the answers of a reader, over two epochs.</summary>
public sealed class RecoveryVectorTests
{
    private static readonly JsonElement Vector = ContractFiles.Vector("recovery.json");
    private static readonly JsonElement Keys = ContractFiles.Vector("signatures.json").GetProperty("keys");
    private static readonly JournalEntry[] Have = Vector.GetProperty("have").Deserialize<JournalEntry[]>(ContractJson.Options)!;

    public static TheoryData<string> Refused =>
        [.. Vector.GetProperty("refuse").EnumerateArray().Select(vector => vector.GetProperty("what").GetString()!)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_is_not_the_owners_is_refused(string what)
    {
        var vector = Vector.GetProperty("refuse").EnumerateArray().Single(each => each.GetProperty("what").GetString() == what);
        var why = vector.GetProperty("why").GetString();
        var answers = Answers(vector);
        Assert.Equal(
            why is "signature" ? "the signature is not this journal's" : why is "intact" ? "an entry is damaged" : null,
            answers.Select(answer => Authenticity.RefuseReturned(answer, Directory())).FirstOrDefault(reason => reason is not null));
        Assert.Contains(
            why is "chain" ? "is not one chain" : why is "end" ? "does not end where" : "",
            JournalRecovery.Refuse([.. Have, .. answers.SelectMany(answer => answer.Entries)], answers[^1])
                ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_the_owners_is_taken_in_and_a_new_epoch_goes_on_from_there()
    {
        var answers = Answers(Vector.GetProperty("accept"));
        Assert.All(answers, answer => Assert.Null(Authenticity.RefuseReturned(answer, Directory())));
        List<JournalEntry> entries = [.. Have, .. answers.SelectMany(answer => answer.Entries)];
        Assert.Null(JournalRecovery.Refuse(entries, answers[^1]));

        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync(Cancellation);
        SqliteNodeContext Open() => new(new DbContextOptionsBuilder<SqliteNodeContext>().UseSqlite(connection).Options);
        using var key = SigningKey.FromPem(Keys.GetProperty("bsc").GetProperty("TEST ONLY private key").GetString()!);
        var participant = new Participant("bsc", Open, key, Directory(), new NationalProjection(), TimeProvider.System);
        await using var db = Open();
        await db.Database.EnsureCreatedAsync(Cancellation);
        db.Add(new JournalHead { Id = 1, Journal = "bsc", Epoch = Have[^1].Epoch, Sequence = Have[^1].Sequence, Hash = Have[^1].Hash });
        db.AddRange(Have.Select(entry => JournalRow.Of(entry, EntryChain.TextOf(entry))));
        await db.SaveChangesAsync(Cancellation);
        var recovery = new JournalRecovery(participant, [], null!, new FederationSettings(), NullLogger<JournalRecovery>.Instance);
        await recovery.AdoptAsync(
            new JournalEnd(answers[^1].Epoch, answers[^1].Sequence, answers[^1].Hash), entries[(Have.Length - 1)..], [], "recovered",
                Cancellation);

        db.ChangeTracker.Clear();
        var journal = (await db.Journal.OrderBy(row => row.Sequence).Select(row => row.Text).ToListAsync(Cancellation))
            .ConvertAll(EntryChain.Read);
        Assert.Equal(entries.Select(entry => entry.Hash), journal[..^1].Select(entry => entry.Hash));
        var next = Vector.GetProperty("accept").GetProperty("next");
        Assert.Equal(
            next.GetProperty("replaces").Deserialize<JournalEnd>(ContractJson.Options),
                journal[^1].Data!.Value.Deserialize<JournalOpened>(ContractJson.Options)!.Replaces);
        Assert.Equal((next.GetProperty("sequence").GetString(), next.GetProperty("previous").GetString()),
            ($"{journal[^1].Sequence:D16}", journal[^1].Previous));
        foreach (var left in Vector.GetProperty("accept").GetProperty("leftEpochs").EnumerateArray())
        {
            Assert.NotNull(await Journal.EndOfAsync(db, left.GetString()!, Cancellation));
        }
    }

    private static List<JournalSegment> Answers(JsonElement vector) =>
        [.. vector.GetProperty("answers").EnumerateArray().Select(answer => answer.Deserialize<JournalSegment>(ContractJson.Options)!)];

    private static FederationDirectory Directory() => new()
    {
        Hub = new DirectoryEntry { Code = "hub", Name = "", Keys = [] },
        Clusters =
        [
            new Cluster
            {
                Code = "bsc", Name = "", Region = "", Insee = "53", Colour = new Colour("#000000", "#ffffff"),
                Keys = [Keys.GetProperty("bsc").Deserialize<PublicKey>(ContractJson.Options)!],
            },
        ],
    };
}
