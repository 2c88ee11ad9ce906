using Interclustering.Federation.Receiving;

namespace Interclustering.Tests.Federation;

/// <summary>A sender of much does not make the others wait for all of it.</summary>
public sealed class TurnsTests
{
    [Fact]
    public void Senders_take_turns_and_each_keeps_its_order()
    {
        var turns = new Turns<int>(_ => true, 3);
        for (var number = 1; number <= 4; number++)
        {
            turns.Enqueue("much", number);
        }

        turns.Enqueue("little", 10);
        Assert.Equal([1, 10], Take(turns, 2));
        Assert.True(turns.TryPeek(out var next) && next == 2);
        Assert.Equal((true, false), (turns.HasOf("much"), turns.HasOf("little")));
        turns.Enqueue("late", 20);
        turns.Enqueue("little", 11);
        Assert.Equal([2, 20, 11, 3, 4], Take(turns, 9));
        Assert.True(turns.IsEmpty);
    }

    /// <summary>What costs little does not make what costs much wait one round for each of it.</summary>
    [Fact]
    public void A_turn_ends_with_what_costs_much_and_after_some_that_costs_little()
    {
        var turns = new Turns<int>(item => item >= 100, 3);
        foreach (var item in new[] { 1, 2, 100, 3, 4, 5, 6 })
        {
            turns.Enqueue("much", item);
        }

        foreach (var item in new[] { 10, 200, 11 })
        {
            turns.Enqueue("little", item);
        }

        Assert.Equal([1, 2, 100, 10, 200, 3, 4, 5, 11, 6], Take(turns, 20));
        Assert.True(turns.IsEmpty);
    }

    private static List<int> Take(Turns<int> turns, int most)
    {
        var taken = new List<int>();
        while (taken.Count < most && turns.TryDequeue(out var item))
        {
            taken.Add(item);
        }

        return taken;
    }
}
