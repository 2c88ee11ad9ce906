using Interclustering.Federation.Receiving;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Interclustering.Tests.Federation;

/// <summary>A sender of refused messages does not fill the reader's log.</summary>
public sealed class RefusalLogTests
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));
    private readonly List<string> lines = [];
    private readonly RefusalLog refusals;

    public RefusalLogTests() => refusals = new RefusalLog("hub", clock, new Lines(lines));

    [Fact]
    public void The_first_of_each_sender_and_reason_is_told_at_once()
    {
        Tell(500, "bsc", "the chain is broken");
        Tell(500, "bsc", "an entry is damaged");
        Tell(500, "tenlog", "the chain is broken");
        Assert.Equal(
            ["hub refused a message of bsc: the chain is broken", "hub refused a message of bsc: an entry is damaged",
                "hub refused a message of tenlog: the chain is broken"], lines);
    }

    [Fact]
    public void The_others_are_told_as_a_number_a_minute_and_none_is_left_out()
    {
        Tell(500, "bsc", "the chain is broken");
        clock.Advance(TimeSpan.FromSeconds(60));
        Tell(3, "bsc", "the chain is broken");
        clock.Advance(TimeSpan.FromSeconds(60));
        refusals.TellCounts();
        Assert.Equal(
            [
                "hub refused a message of bsc: the chain is broken",
                "hub refused 499 more messages of bsc since 2026-11-23 08:00:00Z: the chain is broken",
                "hub refused 3 more messages of bsc since 2026-11-23 08:01:00Z: the chain is broken",
            ], lines);
    }

    [Fact]
    public void After_a_quiet_minute_it_is_news_again()
    {
        Tell(1, "bsc", "the chain is broken");
        clock.Advance(TimeSpan.FromSeconds(59));
        refusals.TellCounts();
        Assert.Single(lines);
        clock.Advance(TimeSpan.FromSeconds(1));
        Tell(1, "bsc", "the chain is broken");
        Assert.Equal(["hub refused a message of bsc: the chain is broken", "hub refused a message of bsc: the chain is broken"], lines);
    }

    private void Tell(int times, string from, string reason)
    {
        for (var time = 0; time < times; time++)
        {
            refusals.Tell(from, reason);
        }
    }

    private sealed class Lines(List<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            lines.Add(formatter(state, exception));
    }
}
