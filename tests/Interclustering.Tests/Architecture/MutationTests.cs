using System.Text.Json;
using Interclustering.Testing;

namespace Interclustering.Tests.Architecture;

/// <summary>What <c>tests/run.sh --mutations</c> changes in a copy of the sources is still there to be changed.</summary>
public sealed class MutationTests
{
    public static TheoryData<string> Names { get; } = new(Mutations.Keys);

    private static Dictionary<string, Change[]> Mutations => JsonSerializer.Deserialize<Dictionary<string, Change[]>>(
        File.ReadAllText(Repository.PathTo("tests", "mutations.json")), JsonSerializerOptions.Web)!;

    [Theory]
    [MemberData(nameof(Names))]
    public void The_text_that_a_mutation_changes_is_there_once(string name) => Assert.All(
        Mutations[name],
        change => Assert.Single(File.ReadAllText(Repository.PathTo(change.File)).Split(change.From).Skip(1)));

    private sealed record Change(string File, string From, string To);
}
