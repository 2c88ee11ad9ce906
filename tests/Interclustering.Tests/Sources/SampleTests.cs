using Interclustering.Node.Sources.Reading;
using Interclustering.Testing;

namespace Interclustering.Tests.Sources;

public sealed class SampleTests
{
    [Fact]
    public void Albi_gives_75_events_and_97_sessions()
    {
        var document = Read("openagenda/albi-events.json");
        Assert.Empty(document.Rejected);
        Assert.Equal((75, 97), (document.Events.Count, document.Events.Sum(read => read.Event.Sessions.Count)));
    }

    [Fact]
    public void Every_calendar_gives_events_or_a_report()
    {
        var folder = Path.Combine(Samples(), "ics");
        var lines = Directory.GetFiles(folder).Order()
            .Select(file => (Name: Path.GetFileName(file), Document: ImportReader.Read(File.ReadAllBytes(file), file, Fixture.Today)))
            .ToList();
        foreach (var (name, document) in lines)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{name}: {document.Events.Count} | {string.Join(" | ", document.Rejected.Select(problem => problem.Reason))}");
        }

        Assert.Equal(12, lines.Count);
        Assert.All(lines, line => Assert.True(line.Document.Events.Count + line.Document.Rejected.Count > 0, line.Name));
        Assert.Equal(3, lines.Single(line => line.Name.Contains("313", StringComparison.Ordinal)).Document.Events.Count);
    }

    [Fact]
    public void Placeholders_are_reported_and_a_filled_in_copy_is_read()
    {
        var page = Path.Combine(Samples(), "the-events-calendar", "archive-page.json");
        var document = ImportReader.Read(File.ReadAllBytes(page), page, Fixture.Today);
        Assert.Empty(document.Events);
        Assert.Contains(document.Rejected, problem => problem.Reason.Contains("{EVENT_ID}", StringComparison.Ordinal));

        var parts = File.ReadAllText(page).Split("\"id\": \"{EVENT_ID}\"");
        var filled = string.Concat(parts.Select((part, index) =>
            index == 0 ? part : $"\"id\": \"{index}\"{part.Replace("{EVENT_ID}", $"{index}", StringComparison.Ordinal)}"));
        Assert.Equal(3, ImportReader.Read(System.Text.Encoding.UTF8.GetBytes(filled), page, Fixture.Today).Events.Count);
    }

    private static ImportDocument Read(string name)
    {
        var path = Path.Combine(Samples(), name);
        return ImportReader.Read(File.ReadAllBytes(path), path, Fixture.Today);
    }

    private static string Samples()
    {
        var samples = Fixture.Samples();
        Assert.SkipWhen(samples is null, "The folder shared/data/samples is not beside the repository.");
        return samples!;
    }
}
