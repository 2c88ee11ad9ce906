using System.Text.Json;
using CsCheck;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Replicas;
using Interclustering.Hub;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Federation;

/// <summary>However a journal is cut, doubled, and shuffled on its way, a reader ends with the same entries and the same state.</summary>
public sealed class AnyOrder
{
    private const string Epoch = "4b1d7f0e-2c1a-4d5e-9f60-7a8b9c0d1e2f";
    private static readonly string Folder = Directory.CreateTempSubdirectory("interclustering-order-").FullName;
    private static readonly SigningKey Key = SigningKey.OpenOrCreate(Path.Combine(Folder, "bsc.pem"));
    private static readonly FederationDirectory Members = new()
    {
        Hub = new DirectoryEntry { Code = "hub", Name = "Hub" },
        Clusters = [new Cluster { Code = "bsc", Name = "bsc", Region = "Bretagne", Insee = "53", Colour = new Colour("#000000", "#ffffff"),
            Keys = [Key.Public] }],
    };

    private static readonly Gen<IReadOnlyList<JournalEntry>> Chains =
        Gen.Select(Gen.Int[0, 3], Gen.String[0, 20]).List[1, 40].Select(drafts => (IReadOnlyList<JournalEntry>)Chain([.. drafts]));

    [Fact]
    public void A_chain_is_accepted_as_it_is_and_refused_with_any_entry_changed_missing_or_moved() =>
        Gen.Select(Chains, Gen.Int[0, 39], Gen.Int[0, 5]).Sample((entries, at, how) =>
        {
            at %= entries.Count;
            Assert.Null(Refuse(entries));
            var changed = entries.ToList();
            switch (how)
            {
                case 0: changed[at] = changed[at] with { Time = "2000-01-01T00:00:00.000000Z" }; break;
                case 1: changed[at] = changed[at] with { Data = Data("autre", "z") }; break;
                case 2: changed[at] = changed[at] with { Data = null }; break;
                case 3: changed[at] = changed[at] with { Revision = changed[at].Revision + 1 }; break;
                case 4 when entries.Count > 2: changed.RemoveAt(entries.Count / 2); break;
                case 5 when entries.Count > 1: changed.Reverse(); break;
                default: return;
            }

            Assert.NotNull(Refuse(changed));
        });

    [Fact]
    public Task Cut_into_any_segments_a_journal_joins_to_itself() =>
        Gen.Select(Chains, Gen.Int[1, 9].List[1, 40]).SampleAsync(async (entries, lengths) =>
        {
            var next = Reader();
            foreach (var segment in Cut(entries, lengths))
            {
                await next.TakeAsync(segment);
            }

            Assert.Equal(entries.Select(entry => entry.Hash), next.Fresh.Select(entry => entry.Hash));
            Assert.Null(next.Stopped);
        });

    [Fact]
    public Task Arriving_in_any_order_and_any_number_of_times_it_is_taken_once() =>
        Gen.Select(Chains, Gen.Int[1, 9].List[1, 40], Gen.Int[0, 1_000_000], Gen.Int[0, 1_000_000])
            .SampleAsync(async (entries, lengths, seed, otherSeed) =>
        {
            var first = await ArriveAsync(entries, lengths, new Random(seed));
            var second = await ArriveAsync(entries, lengths, new Random(otherSeed));
            Assert.Equal(entries.Select(entry => entry.Hash), first);
            Assert.Equal(first, second);
        });

    [Fact]
    public Task Folded_in_any_interleaving_the_state_has_the_same_digest() =>
        Gen.Select(Chains, Gen.Int[0, 1_000_000], Gen.Int[1, 7]).SampleAsync(
            async (entries, seed, size) =>
            {
                var inOrder = await FoldAsync(entries, entries.Count);
                var random = new Random(seed);
                var any = entries.Concat(entries.Where(_ => random.Next(2) == 0)).ToArray();
                random.Shuffle(any);
                Assert.Equal(inOrder, await FoldAsync(any, size));
            },
            iter: 60);

    [Fact]
    public Task An_entry_that_does_not_continue_is_a_fork_wherever_it_comes() =>
        Gen.Select(Chains, Gen.Int[1, 9].List[1, 40], Gen.Int[0, 39]).SampleAsync(async (entries, lengths, at) =>
        {
            at %= entries.Count;
            var next = Reader();
            foreach (var segment in Cut(entries, lengths))
            {
                await next.TakeAsync(segment);
            }

            await next.TakeAsync(
                Sign([Seal(at + 1, at == 0 ? EntryChain.Origin : entries[at - 1].Hash, 0, "autre passé", new string('b', 12))]));
            Assert.StartsWith("fork at", next.Stopped, StringComparison.Ordinal);
        });

    [Fact]
    public Task A_stopped_reader_takes_nothing_until_a_new_epoch_follows() =>
        Gen.Select(Chains, Gen.Int[0, 39]).SampleAsync(async (entries, at) =>
        {
            var kept = at % entries.Count;
            var next = new ChainFollower(
                kept == 0 ? new JournalEnd(Epoch, 0, EntryChain.Origin) : new JournalEnd(Epoch, kept, entries[kept - 1].Hash),
                    "this journal has begun anew",
                sequence => Task.FromResult<string?>(sequence <= kept ? entries[(int)sequence - 1].Hash : null), _ =>
                    Task.FromResult(false));
            await next.TakeAsync(Sign([.. entries.Skip(kept)]));
            Assert.Empty(next.Fresh);
            Assert.Equal(kept, next.Position.Sequence);
            Assert.NotNull(next.Stopped);

            var opened = Opened(new JournalEnd(Epoch, entries.Count, entries[^1].Hash), "7c9e6679-7425-40de-944b-e07fc1f90ae7");
            await next.TakeAsync(Sign([opened]) with { Epoch = opened.Epoch });
            Assert.Null(next.Stopped);
            Assert.Equal([.. entries.Skip(kept).Select(entry => entry.Hash), opened.Hash], next.Fresh.Select(entry => entry.Hash));
        });

    [Fact]
    public Task A_reader_of_an_epoch_that_was_left_with_another_past_reads_from_the_beginning() =>
        Gen.Select(Chains, Gen.Int[1, 9].List[1, 40], Gen.Int[1, 60]).SampleAsync(async (entries, lengths, kept) =>
        {
            const string Meanwhile = "0d9d1a0c-6f43-4d0b-a3d5-5b8ef4a0f0b1";
            var next = new ChainFollower(
                new JournalEnd(Meanwhile, kept, new string('c', 64)), "this journal has begun anew",
                _ => Task.FromResult<string?>(new string('c', 64)), epoch => Task.FromResult(epoch == Meanwhile));
            var opened = Opened(new JournalEnd(Epoch, entries.Count, entries[^1].Hash), "7c9e6679-7425-40de-944b-e07fc1f90ae7", Meanwhile);
            await next.TakeAsync(Sign([opened]) with { Epoch = opened.Epoch });
            Assert.Equal((null, 0L, new JournalEnd("", 0, EntryChain.Origin)), (next.Stopped, next.Rewound, next.Position));

            foreach (var segment in Cut(entries, lengths).Append(Sign([opened]) with { Epoch = opened.Epoch }))
            {
                await next.TakeAsync(segment);
            }

            Assert.Null(next.Stopped);
            Assert.Equal([.. entries.Select(entry => entry.Hash), opened.Hash], next.Fresh.Select(entry => entry.Hash));
        });

    /// <summary>
    /// As the inbox does: hold what comes before its turn, take what continues, ask again after the watermark when nothing more comes.
    /// </summary>
    private static async Task<List<string>> ArriveAsync(IReadOnlyList<JournalEntry> entries, List<int> lengths, Random random)
    {
        var buffer = new ReorderBuffer("bsc", new FederationSettings(), TimeProvider.System);
        var next = Reader();
        var segments = Cut(entries, lengths).SelectMany(segment => Enumerable.Repeat(segment, random.Next(0, 3))).ToArray();
        while (next.Position.Sequence < entries.Count)
        {
            random.Shuffle(segments);
            foreach (var segment in segments)
            {
                buffer.Hold(segment);
                foreach (var taken in buffer.TakeRun(int.MaxValue))
                {
                    await next.TakeAsync(taken);
                }

                buffer.Advanced(next.Position.Sequence);
            }

            // A replay: all that follows the watermark, cut in another way.
            segments = [.. Cut([.. entries.Skip((int)next.Position.Sequence)], [random.Next(1, 9)])];
        }

        return [.. next.Fresh.Select(entry => entry.Hash)];
    }

    private static async Task<string> FoldAsync(IReadOnlyList<JournalEntry> entries, int size)
    {
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync();
        await using var db = new SqliteHubContext(new DbContextOptionsBuilder<SqliteHubContext>().UseSqlite(connection).Options);
        await db.Database.EnsureCreatedAsync();
        foreach (var batch in entries.Chunk(size))
        {
            await FoldedState.ApplyAsync(db, [.. batch.Select(entry => FoldedState.RowOf(entry, "bsc", entry.Sequence, null))],
                CancellationToken.None);
        }

        return await FoldedState.DigestAsync(db, "bsc", "bsc", CancellationToken.None);
    }

    private static ChainFollower Reader()
    {
        ChainFollower? reader = null;
        return reader = new ChainFollower(
            new JournalEnd("", 0, EntryChain.Origin), null,
            sequence => Task.FromResult(reader!.Fresh.FirstOrDefault(entry => entry.Sequence == sequence)?.Hash), _ =>
                Task.FromResult(false));
    }

    private static string? Refuse(IReadOnlyList<JournalEntry> entries) => Authenticity.Refuse(Sign(entries), "bsc", Members);

    private static IEnumerable<JournalSegment> Cut(IReadOnlyList<JournalEntry> entries, List<int> lengths)
    {
        for (var (start, turn) = (0, 0); start < entries.Count; turn++)
        {
            var part = entries.Skip(start).Take(lengths[turn % lengths.Count]).ToList();
            start += part.Count;
            yield return Sign(part);
        }
    }

    private static JournalSegment Sign(IReadOnlyList<JournalEntry> entries) => Key.Sign(new JournalSegment
    {
        Journal = "bsc",
        Epoch = Epoch,
        Sequence = entries[^1].Sequence,
        Hash = entries[^1].Hash,
        Erased = [],
        Keyid = "",
        Signature = "",
        Entries = entries,
    });

    /// <summary>Entries about a few subjects, each with rising revisions.</summary>
    private static List<JournalEntry> Chain(IReadOnlyList<(int Subject, string Title)> drafts)
    {
        var entries = new List<JournalEntry>();
        foreach (var (subject, title) in drafts)
        {
            entries.Add(
                Seal(entries.Count + 1, entries.Count == 0 ? EntryChain.Origin : entries[^1].Hash, subject, title, new string('a', 12)));
        }

        return entries;
    }

    private static JournalEntry Seal(int sequence, string previous, int subject, string title, string nonce)
    {
        var data = Data(title, nonce);
        var entry = new JournalEntry
        {
            Specversion = "1.0",
            Id = $"{Epoch}/{sequence}",
            Source = "bsc",
            Type = Kinds.TypeOf(Kinds.BestPractice),
            Subject = $"bsc-0193a1b2-000{subject}-7abc-8def-0123456789ab",
            Time = "2026-11-23T09:00:00.000000Z",
            Datacontenttype = "application/json",
            Epoch = Epoch,
            Sequence = sequence,
            Revision = sequence,
            Previous = previous,
            Digest = EntryChain.Digest(data),
            Hash = "",
            Data = data,
        };
        return entry with { Hash = EntryChain.HashOf(entry) };
    }

    private static JournalEntry Opened(JournalEnd replaced, string epoch, params string[] leaves)
    {
        var data = JsonSerializer.SerializeToElement(
            new JournalOpened
            {
                Nonce = new string('c', 12),
                Replaces = replaced,
                Leaves = leaves.Length == 0 ? null : leaves,
                Reason = "recovered",
            },
            ContractJson.Options);
        var entry = Seal((int)replaced.Sequence + 1, replaced.Hash, 0, "", new string('c', 12)) with
        {
            Id = $"{epoch}/{replaced.Sequence + 1}",
            Epoch = epoch,
            Type = Kinds.TypeOf(Kinds.JournalOpened),
            Data = data,
            Digest = EntryChain.Digest(data),
        };
        return entry with { Hash = EntryChain.HashOf(entry) };
    }

    private static JsonElement Data(string title, string nonce) =>
        JsonSerializer.SerializeToElement(new { title = new string([.. title.Where(each => !char.IsSurrogate(each))]), nonce });
}
