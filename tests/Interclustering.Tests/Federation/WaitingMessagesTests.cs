using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Receiving;

namespace Interclustering.Tests.Federation;

/// <summary>What is handled next of all that has arrived.</summary>
public sealed class WaitingMessagesTests
{
    private readonly WaitingMessages waiting = new();

    [Fact]
    public void A_batch_holds_a_turns_entries_and_one_message_at_least()
    {
        Enqueue("bsc", FederationLimits.Turn - 1, FederationLimits.Turn + 400, 1);
        Enqueue("tenlog", 1, 1);

        Assert.Equal([("bsc", FederationLimits.Turn - 1), ("tenlog", 1)], Take());
        Assert.Equal([("bsc", FederationLimits.Turn + 400)], Take());
        Assert.Equal([("tenlog", 1), ("bsc", 1)], Take());
        Assert.True(waiting.IsEmpty);
    }

    [Fact]
    public void What_was_asked_for_goes_first_and_the_others_keep_their_turn()
    {
        Enqueue("bsc", FederationLimits.Turn, FederationLimits.Turn);
        waiting.Enqueue(Of("tenlog", 500), isAsked: true);
        waiting.Enqueue(Of("tenlog", 500), isAsked: true);
        waiting.Enqueue(Of("lsn", 300), isAsked: true);

        Assert.False(waiting.HasOf("tenlog"));
        Assert.Equal([("tenlog", 500), ("bsc", FederationLimits.Turn)], Take());
        Assert.Equal([("lsn", 300), ("bsc", FederationLimits.Turn)], Take());
        Assert.Equal([("tenlog", 500)], Take());
        Assert.True(waiting.IsEmpty);
    }

    private void Enqueue(string sender, params int[] entries)
    {
        foreach (var count in entries)
        {
            waiting.Enqueue(Of(sender, count), isAsked: false);
        }
    }

    private List<(string Sender, int Entries)> Take() => waiting.TakeBatch().ConvertAll(received => (received.From, received.Entries));

    private static Received Of(string sender, int entries) => new(
        new FederationMessage
        {
            Segment = new JournalSegment
            {
                Journal = sender,
                Epoch = "",
                Sequence = entries,
                Hash = "",
                Erased = [],
                Keyid = "",
                Signature = "",
                Entries = [.. Enumerable.Repeat(
                    new JournalEntry
                    {
                        Specversion = "1.0", Id = "", Source = sender, Type = "", Subject = "", Time = "", Datacontenttype = "", Epoch = "",
                        Sequence = 1, Revision = 1, Previous = "", Digest = "", Hash = "",
                    },
                    entries)],
            },
        },
        sender, new TaskCompletionSource());
}
