using Interclustering.Contracts;
using Interclustering.IntegrationTests.Node;
using Interclustering.Node.Demonstration;
using Interclustering.Node.Sources.Comparing;
using Interclustering.Node.Sources.Publishing;
using Interclustering.Node.Sources.Reading;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Sources;

public sealed class ImportEventsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Importing_again_changes_nothing_and_a_new_title_updates_one()
    {
        await using var node = await TemporaryNode.CreateAsync();
        var document = Fixture.Read("the-events-calendar.json");
        var retitled = document with
        {
            Events = [document.Events[0] with { Event = document.Events[0].Event with { Title = "Un autre titre" } }, document.Events[1]],
        };

        Assert.Equal([ImportOutcome.Created, ImportOutcome.Created, ImportOutcome.Rejected, ImportOutcome.Rejected],
            await OutcomesAsync(node, document));
        Assert.Equal([ImportOutcome.Unchanged, ImportOutcome.Unchanged, ImportOutcome.Rejected, ImportOutcome.Rejected],
            await OutcomesAsync(node, document));
        Assert.Equal([ImportOutcome.Updated, ImportOutcome.Unchanged, ImportOutcome.Rejected, ImportOutcome.Rejected],
            await OutcomesAsync(node, retitled));
        await using var db = node.Open();
        Assert.Equal(3, await db.Journal.CountAsync(Stop));
    }

    [Fact]
    public async Task Two_files_that_count_from_one_are_four_events()
    {
        await using var node = await TemporaryNode.CreateAsync();
        foreach (var name in (string[])["C1-two-calendars-a.ics", "C1-two-calendars-b.ics"])
        {
            Assert.Equal([ImportOutcome.Created, ImportOutcome.Created],
                await OutcomesAsync(node, SourceKeys.OfFile(Fixture.Case(name), name)));
            Assert.Equal([ImportOutcome.Unchanged, ImportOutcome.Unchanged],
                await OutcomesAsync(node, SourceKeys.OfFile(Fixture.Case(name), name)));
        }
    }

    [Fact]
    public async Task Demonstration_content_is_published_with_the_persons_that_it_names()
    {
        await using var node = await TemporaryNode.CreateAsync();
        var directory = new FederationDirectory
        {
            Hub = new DirectoryEntry { Code = "hub", Name = "Hub" },
            Clusters =
                [new Cluster { Code = "bsc", Name = "bsc", Region = "Bretagne", Insee = "53", Colour = new Colour("#000000", "#ffffff") }],
        };
        var items = DemonstrationContent.Create(new DateOnly(2026, 11, 22), directory)["bsc"];
        await using (var db = node.Open())
        {
            Assert.Equal(16, await new DemonstrationSeeding(node.Editor(db), node.Files(db)).RunAsync(items, Stop));
        }

        await using var reading = node.Open();
        Assert.Equal(items.Count, await reading.Journal.CountAsync(Stop));
        // A person is named by a sheet, an event, or both: which one comes first is chance.
        var persons = await reading.WorkingCopies.Where(row => row.Kind == Kinds.Person).Select(row => row.Subject).ToListAsync(Stop);
        var texts = await reading.WorkingCopies.Where(row => row.Kind != Kinds.Person).Select(row => row.Data).ToListAsync(Stop);
        Assert.NotEmpty(persons);
        Assert.All(persons, person => Assert.Contains(texts, text => text.Contains(person, StringComparison.Ordinal)));
    }

    private static async Task<IEnumerable<ImportOutcome>> OutcomesAsync(TemporaryNode node, ImportDocument document)
    {
        await using var db = node.Open();
        var results = await new ImportEvents(node.Editor(db)).RunAsync(document, "équipe", null, Stop);
        return results.Select(result => result.Outcome);
    }
}
