using Interclustering.Contracts;
using Interclustering.Ui.Words;

namespace Interclustering.Tests.Ui;

public sealed class PersonWordsTests
{
    [Fact]
    public void A_name_with_two_roles_is_one_person_with_both()
    {
        var together = PersonWords.Together(
        [
            Named("Anne Le Goff", "directrice"), Named("Zoé Marchand", null), Named("anne  le goff", "intervenante", "anne@bsc.example"),
            Named("Anne Le Goff", "Directrice"),
        ]);
        Assert.Equal([("Anne Le Goff", "directrice, intervenante", "anne@bsc.example"), ("Zoé Marchand", null, null)],
            together.Select(person => (person.Name, person.Role, person.Email)));
    }

    [Theory]
    [InlineData("Chloé Œstermann", "CHLOE OESTERMANN", true)]
    [InlineData("Jean-Marc Petit", "Jean Marc Petit", true)]
    [InlineData("Anne Petit", "Anna Petit", false)]
    public void Names_are_the_same_whatever_their_accents_case_and_spaces(string one, string other, bool same) =>
        Assert.Equal(same, PersonWords.KeyOf(one) == PersonWords.KeyOf(other));

    private static Person Named(string name, string? role, string? email = null) =>
        new() { Nonce = "", Name = name, Role = role, Email = email };
}
