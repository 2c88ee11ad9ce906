using Interclustering.Contracts;
using Interclustering.Federation.Receiving;

namespace Interclustering.Tests.Federation;

public sealed class DueReceiptsTests
{
    private readonly DueReceipts due = new();

    [Fact]
    public void The_first_starts_sending_and_those_that_follow_do_not()
    {
        Assert.True(Put(1));
        Assert.False(Put(2));
        Assert.True(due.Put("tenlog", At(1)));
    }

    [Fact]
    public void Of_those_that_follow_one_on_its_way_the_last_is_sent()
    {
        Put(1);
        Assert.Equal(At(1), due.Take("bsc"));
        Put(2);
        Put(3);
        Assert.Equal(At(3), due.Take("bsc"));
        Assert.Null(due.Take("bsc"));
    }

    [Fact]
    public void The_answer_to_a_heartbeat_is_not_lost_to_a_later_receipt()
    {
        due.Put("bsc", At(1, "beat"));
        Put(2);
        Assert.Equal(At(2, "beat"), due.Take("bsc"));
        Put(3);
        Assert.Equal(At(3), due.Take("bsc"));
    }

    [Fact]
    public void After_the_last_and_after_a_failure_sending_starts_anew()
    {
        Put(1);
        due.Take("bsc");
        Assert.Null(due.Take("bsc"));
        Assert.True(Put(2));
        due.Take("bsc");
        due.Fail("bsc");
        Assert.True(Put(3));
    }

    private bool Put(long sequence) => due.Put("bsc", At(sequence));

    private static DueReceipt At(long sequence, string? heartbeat = null) => new(new JournalEnd("epoch", sequence, "hash"), heartbeat);
}
