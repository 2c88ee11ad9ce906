using Interclustering.Contracts;
using Interclustering.JointWebinars;
using Interclustering.Node.JointWebinars.Day;

namespace Interclustering.Tests.JointWebinars;

/// <summary>The day of a joint webinar: planned against actual, and what comes next.</summary>
public sealed class DayRunTests
{
    private const string Day = "2027-01-14";

    [Theory]
    [InlineData("10:40", "Début dans 20 minutes. Ensuite : « Accueil », vers 10 h 45.")]
    [InlineData("09:30", "Début dans 1 h 30. Ensuite : « Accueil », vers 10 h 45.")]
    [InlineData("11:10", "L’heure du début est passée : notez ce qui commence. Ensuite : « Accueil », vers 10 h 45.")]
    [InlineData("12:30", "L’heure de fin est passée.")]
    public void Before_anything_has_begun_it_says_what_is_to_come(string now, string expected) =>
        Assert.Equal(expected, Plain(DayWords.InWords(RunAt(now))));

    [Theory]
    [InlineData("10:45", "11:00", null, "En ce moment : « Ouverture », depuis 11 h. À l’heure. Ensuite : « Témoignage », vers 11 h 05.")]
    [InlineData("10:45", "11:04", null,
        "En ce moment : « Ouverture », depuis 11 h 04. 4 minutes de retard. Ensuite : « Témoignage », vers 11 h 09.")]
    [InlineData(null, "10:59", null,
        "En ce moment : « Ouverture », depuis 10 h 59. 1 minute d’avance. Ensuite : « Témoignage », vers 11 h 05.")]
    [InlineData("10:45", null, "11:20", "En ce moment : « Témoignage », depuis 11 h 20. 15 minutes de retard.")]
    public void It_says_what_is_going_on_how_late_it_is_and_what_comes_next(
        string? welcome, string? opening, string? talk, string expected) =>
        Assert.Equal(expected, Plain(DayWords.InWords(RunAt("11:25", welcome, opening, talk))));

    [Fact]
    public void What_was_passed_over_is_done()
    {
        var run = RunAt("11:25", "10:45", null, "11:20");
        Assert.Equal([LineState.Done, LineState.Done, LineState.Now], run.Lines.Select(line => line.State));
        Assert.Null(run.Next);
    }

    /// <summary>What began on another day says nothing of this one: the webinar was moved since.</summary>
    [Fact]
    public void What_began_on_another_day_does_not_count()
    {
        var run = DayRun.Of(Dossier(Line("a", 0, "Ouverture") with { BegunAt = "2027-01-07T11:00:00" }), At("11:10"));
        Assert.Null(run.Current);
        Assert.Equal(LineState.Next, run.Lines[0].State);
    }

    [Fact]
    public void Of_another_day_it_says_the_date()
    {
        var dossier = Dossier(Line("a", 0, "Ouverture"));
        string Said(int day) => Plain(DayWords.InWords(DayRun.Of(dossier, new DateTime(2027, 1, day, 9, 0, 0))));
        Assert.StartsWith("C’est le jeudi 14 janvier 2027", Said(13), StringComparison.Ordinal);
        Assert.StartsWith("C’était le jeudi 14 janvier 2027", Said(15), StringComparison.Ordinal);
    }

    private static DayRun RunAt(string now, string? welcome = null, string? opening = null, string? talk = null) => DayRun.Of(Dossier(
        Line("a", -15, "Accueil", welcome), Line("b", 0, "Ouverture", opening), Line("c", 5, "Témoignage", talk)), At(now));

    private static RunLine Line(string id, int minute, string what, string? begun = null) =>
        new(id, minute, what) { BegunAt = begun is null ? null : $"{Day}T{begun}:00" };

    private static DateTime At(string hour) => DateTime.Parse($"{Day}T{hour}:00", System.Globalization.CultureInfo.InvariantCulture);

    private static Dossier Dossier(params RunLine[] lines)
    {
        var id = "lsn-01937d2e-6f00-7a10-8000-0000000000a1";
        var position = 0;
        RecordedFact Say(JointWebinarFact fact) =>
            new($"lsn-01937d2e-6f00-7a10-8000-{++position:x12}", "lsn", default, position, fact);
        return DossierFold.Of(id,
        [
            Say(Fact(JointWebinarFacts.Proposed) with
            {
                Proposal = new WebinarProposal("Canicules", 60, ["bsc"], [$"{Day}T11:00:00"], "2027-01-01"),
            }),
            Say(Fact(JointWebinarFacts.SlotChosen) with { Slot = $"{Day}T11:00:00" }),
            .. lines.Select(line => Say(Fact(JointWebinarFacts.LineWritten) with { Line = line })),
        ])!;

        JointWebinarFact Fact(string fact) => new() { Nonce = "", Dossier = id, Fact = fact };
    }

    private static string Plain(string text) => text.Replace('\u00a0', ' ').Replace('\u202f', ' ');
}
