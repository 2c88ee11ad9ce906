using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Receiving;
using Interclustering.Federation.Replicas;
using Microsoft.Extensions.Time.Testing;

namespace Interclustering.Tests.Federation;

/// <summary>How much one participant may have done for it at a time.</summary>
public sealed class ReorderBufferTests
{
    private readonly FakeTimeProvider clock =
        new(DateTimeOffset.Parse("2026-11-23T09:00:00Z", System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void A_turn_ends_before_the_segment_that_goes_beyond_it_but_takes_one_at_least()
    {
        var buffer = new ReorderBuffer("bsc", new FederationSettings(), clock);
        for (var sequence = 1; sequence <= 9; sequence += 3)
        {
            buffer.Hold(Segment(sequence, sequence + 1, sequence + 2));
        }

        Assert.Equal([3, 6], buffer.TakeRun(8).Select(segment => segment.Sequence));
        Assert.False(buffer.HasRun);
        buffer.Advanced(6);
        Assert.True(buffer.HasRun);
        Assert.Equal([9], buffer.TakeRun(2).Select(segment => segment.Sequence));
        Assert.False(buffer.HasRun);
    }

    [Fact]
    public void Of_two_segments_that_begin_alike_and_differ_both_are_taken()
    {
        var buffer = new ReorderBuffer("bsc", new FederationSettings(), clock);
        var (one, other) = (Segment(1, 2) with { Hash = "a" }, Segment(1, 2) with { Hash = "b" });
        buffer.Hold(one);
        buffer.Hold(other);
        buffer.Hold(one);

        Assert.Equal(["a", "b"], buffer.TakeRun(100).Select(segment => segment.Hash));
        Assert.False(buffer.HasRun);
    }

    [Fact]
    public void What_is_missing_is_not_asked_for_while_it_may_be_among_what_waits()
    {
        var buffer = new ReorderBuffer("bsc", new FederationSettings(), clock);
        buffer.Hold(Segment(3, 4));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(buffer.UntilReplay(hasWaiting: true));
        Assert.Equal(TimeSpan.Zero, buffer.UntilReplay(hasWaiting: false));
    }

    [Fact]
    public void Of_many_requests_for_its_own_entries_the_last_is_answered_after_a_pause()
    {
        var buffer = new ReorderBuffer("bsc", new FederationSettings(), clock);
        Assert.Null(buffer.UntilReturn());
        for (var after = 1; after <= 1000; after++)
        {
            buffer.AskedBack(Request(after));
        }

        Assert.Equal(TimeSpan.Zero, buffer.UntilReturn());
        Assert.Equal(1000, buffer.ToReturn(TimeSpan.FromSeconds(1)).After);
        Assert.Null(buffer.UntilReturn());

        buffer.AskedBack(Request(7));
        Assert.Equal(TimeSpan.FromSeconds(1), buffer.UntilReturn());
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(7, buffer.ToReturn(TimeSpan.FromSeconds(1)).After);
    }

    [Fact]
    public void Of_many_receipts_the_furthest_and_the_last_answer_count()
    {
        var control = new ControlOfBatch();
        control.Take(Receipt(9));
        control.Take(Receipt(40, "first"));
        control.Take(Receipt(12, "second"));
        control.Take(Receipt(30));
        Assert.Equal([40, 12], control.Receipts.Select(receipt => receipt.Through));

        control.Take(Receipt(41));
        Assert.Equal([12, 41], control.Receipts.Select(receipt => receipt.Through));

        control.Take(Receipt(42, "third"));
        Assert.Equal([42], control.Receipts.Select(receipt => receipt.Through));
        Assert.Empty(new ControlOfBatch().Receipts);
    }

    private static Receipt Receipt(long through, string? heartbeat = null) => new()
    {
        Journal = "bsc",
        From = "hub",
        Epoch = "",
        Keyid = "",
        Through = through,
        Hash = EntryChain.Origin,
        Heartbeat = heartbeat,
    };

    private static ReplayRequest Request(long after) => new() { Journal = "bsc", From = "bsc", Epoch = "", Keyid = "", After = after };

    private static JournalSegment Segment(params long[] sequences) => new()
    {
        Journal = "bsc",
        Epoch = "e",
        Sequence = sequences[^1],
        Hash = "",
        Erased = [],
        Keyid = "",
        Signature = "",
        Entries = [.. sequences.Select(sequence => new JournalEntry
        {
            Specversion = "1.0", Id = "", Source = "bsc", Type = "", Subject = "", Time = "", Datacontenttype = "", Epoch = "e",
                Sequence = sequence, Revision = 1,
            Previous = "", Digest = "", Hash = "",
        })],
    };
}
