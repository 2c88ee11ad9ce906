using System.Reflection;
using Interclustering.Server.Hosting;
using Microsoft.Extensions.Logging;

namespace Interclustering.IntegrationTests.Logs;

/// <summary>An entry of the log is recognised by its category and its event, over versions.</summary>
public sealed class LogEventTests
{
    private const BindingFlags Any =
        BindingFlags.Static | BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly;

    private static readonly IReadOnlyList<(string Category, string Name, LoggerMessageAttribute Entry)> Events =
    [
        .. Directory.EnumerateFiles(AppContext.BaseDirectory, "Interclustering.*.dll").Select(Path.GetFileNameWithoutExtension)
            .Where(name => !name!.Contains("Test", StringComparison.Ordinal)).SelectMany(name => Assembly.Load(name!).GetTypes())
            .SelectMany(type => type.GetMethods(Any))
            .Select(method => (method.DeclaringType!.FullName!, method.Name, method.GetCustomAttribute<LoggerMessageAttribute>()!))
            .Where(each => each.Item3 is not null),
    ];

    [Fact]
    public void No_two_events_of_a_category_have_one_name()
    {
        Assert.True(Events.Count > 40, $"{Events.Count} events are found");
        Assert.Empty(Events.CountBy(each => (each.Category, each.Name)).Where(each => each.Value > 1).Select(each => each.Key));
    }

    [Fact]
    public void An_event_has_the_name_of_its_method_and_no_other_name_or_number() => Assert.All(
        Events, each => Assert.True(each.Entry is { EventId: -1, EventName: null or "" }, $"{each.Category}.{each.Name}"));

    [Theory]
    [InlineData(1548471393, "LogRefused", "Refused")]
    [InlineData(7, null, "7")]
    [InlineData(11, "HostedServiceStartupFaulted", "HostedServiceStartupFaulted")]
    [InlineData(3, "Log", "Log")]
    public void The_log_shows_the_name_of_an_event_where_it_has_one(int id, string? name, string shown) =>
        Assert.Equal(shown, LogLines.NameOf(new EventId(id, name)));
}
