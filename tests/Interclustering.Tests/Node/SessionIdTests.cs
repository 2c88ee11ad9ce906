using Interclustering.Contracts;
using Interclustering.Node.Publishing.Editor;

namespace Interclustering.Tests.Node;

/// <summary>A session that a source moves stays the same entry in the calendars that follow it.</summary>
public sealed class SessionIdTests
{
    private static readonly Session[] Known =
        [new("1", "2026-12-01T09:00:00", Label: "Ouverture"), new("2", "2026-12-02T09:00:00"), new("3", "2026-12-03T09:00:00")];

    [Theory]
    [InlineData("nothing moves", "1 2 3", "2026-12-01T09:00:00", "2026-12-02T09:00:00", "2026-12-03T09:00:00")]
    [InlineData("one moves among the others", "1 2 3", "2026-12-01T09:00:00", "2026-12-02T14:00:00", "2026-12-03T09:00:00")]
    [InlineData("one moves behind the others", "1 3 2", "2026-12-01T09:00:00", "2026-12-03T09:00:00", "2026-12-09T09:00:00")]
    [InlineData("all move", "1 2 3", "2027-01-01T09:00:00", "2027-01-02T09:00:00", "2027-01-03T09:00:00")]
    [InlineData("one goes", "1 3", "2026-12-01T09:00:00", "2026-12-03T09:00:00")]
    [InlineData("one comes, and its id was never another's", "1 4 2 3", "2026-12-01T09:00:00", "2026-12-01T18:00:00", "2026-12-02T09:00:00",
        "2026-12-03T09:00:00")]
    [InlineData("one goes while another moves or comes: which one is not known", "1 4", "2026-12-01T09:00:00", "2026-12-09T09:00:00")]
    public void Sessions_without_a_name_are_known_by_their_start_and_by_their_number(string what, string ids, params string[] starts) =>
        Assert.True(ids == IdsOf([.. starts.Select(start => new Session("", start))]), what);

    [Fact]
    public void A_session_with_a_name_is_known_by_it_wherever_it_moves() => Assert.Equal("2 1", IdsOf(
        [new Session("", "2026-12-02T09:00:00"), new Session("", "2026-12-20T09:00:00", Label: "Ouverture")]));

    private static string IdsOf(IReadOnlyList<Session> sessions) =>
        string.Join(' ', SessionIds.Keep(EventOf(sessions), EventOf(Known)).Sessions.Select(session => session.Id));

    private static Event EventOf(IReadOnlyList<Session> sessions) => new() { Nonce = "n", Title = "Cycle", Sessions = sessions };
}
