using Interclustering.Federation.Replicas;

namespace Interclustering.Tests.Federation;

/// <summary>A sender of much does not make the others wait for all of it.</summary>
public sealed class TurnsTests
{
    [Fact]
    public void Senders_take_turns_and_each_keeps_its_order()
    {
        var turns = new Turns<int>();
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
