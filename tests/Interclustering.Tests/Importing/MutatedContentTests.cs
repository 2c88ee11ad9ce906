using CsCheck;
using Interclustering.Node.Importing;

namespace Interclustering.Tests.Importing;

public sealed class MutatedContentTests
{
    [Theory]
    [InlineData("openagenda.json")]
    [InlineData("the-events-calendar.json")]
    [InlineData("calendar.ics")]
    [InlineData("page.html")]
    public void No_mutation_of_a_source_ends_in_an_exception(string name)
    {
        var original = Fixture.Bytes(name);
        Gen.Select(Gen.Int[0, original.Length - 1], Gen.Byte).Array[1, 12].Sample(
            mutations =>
            {
                var mutated = original.ToArray();
                foreach (var (position, value) in mutations)
                {
                    mutated[position] = value;
                }

                var document = ImportReader.Read(mutated, name);
                return document.Events.Count + document.Problems.Count > 0
                    && document.Events.All(read => read.Title.Length is > 0 and <= 200 && read.Event.Sessions.Count > 0);
            },
            iter: 2_000,
            threads: 1);
    }

    [Theory]
    [InlineData("openagenda.json")]
    [InlineData("the-events-calendar.json")]
    [InlineData("calendar.ics")]
    [InlineData("page.html")]
    public void No_truncation_of_a_source_ends_in_an_exception(string name)
    {
        var original = Fixture.Bytes(name);
        Gen.Int[0, original.Length].Sample(
            length => ImportReader.Read(original.AsMemory(0, length), name) is { } document && document.Events.Count + document.Problems.Count > 0,
            iter: 500,
            threads: 1);
    }
}
