using Interclustering.Federation.Hosting;

namespace Interclustering.Tests.Federation;

/// <summary>A bus that brings nothing is started anew, and not for ever.</summary>
public sealed class SilentBusTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
    private readonly SilentBus silence = new(TimeSpan.FromSeconds(5));

    [Fact]
    public void A_bus_that_brings_messages_is_left_alone()
    {
        for (var second = 0; second < 300; second++)
        {
            Assert.False(Due(second, heard: second - (second % 5)));
        }
    }

    [Fact]
    public void A_bus_that_brings_nothing_is_started_anew_after_three_heartbeats() => Assert.Equal([15], Dues(until: 40, heard: null));

    [Fact]
    public void The_pause_doubles_while_nothing_arrives_and_has_a_limit() =>
        Assert.Equal([15, 45, 105, 225, 465, 945, 1545, 2145], Dues(until: 2200, heard: null));

    [Fact]
    public void What_arrives_makes_the_pause_short_again()
    {
        Assert.Equal([15, 45], Dues(until: 100, heard: null));
        Assert.False(Due(101, heard: 101));
        Assert.False(Due(115, heard: 101));
        Assert.True(Due(116, heard: 101));
    }

    [Fact]
    public void A_bus_that_is_known_to_be_dead_is_not_silent()
    {
        Assert.False(silence.IsDue(Start, works: true, null));
        Assert.False(silence.IsDue(Start.AddSeconds(14), works: false, null));
        Assert.False(silence.IsDue(Start.AddSeconds(20), works: true, null));
        Assert.True(silence.IsDue(Start.AddSeconds(35), works: true, null));
    }

    private List<int> Dues(int until, int? heard) => [.. Enumerable.Range(0, until).Where(second => Due(second, heard))];

    private bool Due(int second, int? heard) =>
        silence.IsDue(Start.AddSeconds(second), works: true, heard is { } at ? Start.AddSeconds(at) : null);
}
