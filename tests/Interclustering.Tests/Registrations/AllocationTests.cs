using CsCheck;
using Interclustering.Node.Registrations;

namespace Interclustering.Tests.Registrations;

public sealed class AllocationTests
{
    private static readonly DateTime Start = new(2027, 1, 14, 8, 30, 0, DateTimeKind.Utc), LongBefore = Start.AddDays(-20);

    [Theory]
    [InlineData(null, 1000, null)]
    [InlineData(0, 0, 0)]
    [InlineData(50, 19, 31)]
    [InlineData(50, 50, 0)]
    [InlineData(10, 14, 0)]
    public void Free_seats_are_never_negative_and_empty_is_unlimited(int? places, int taken, int? free) =>
        Assert.Equal(free, Allocation.Free(new Capacity(places, null), taken));

    [Theory]
    [InlineData(null, null, 500, 3, RegistrationState.Registered)]
    [InlineData(10, null, 9, 1, RegistrationState.Registered)]
    [InlineData(10, null, 9, 2, RegistrationState.Waiting)]
    [InlineData(0, null, 0, 1, RegistrationState.Waiting)]
    [InlineData(10, 0, 10, 1, null)]
    [InlineData(10, 1, 10, 1, RegistrationState.Waiting)]
    [InlineData(10, 1, 10, 2, null)]
    public void Who_arrives_gets_a_seat_or_waits_or_neither(
        int? places, int? waitingPlaces, int taken, int seats, RegistrationState? becomes) =>
        Assert.Equal(becomes, Allocation.Arrive(new Capacity(places, waitingPlaces), new Occupancy(taken, []), seats));

    [Fact]
    public void Who_arrives_does_not_overtake_one_that_waits_and_fits()
    {
        var capacity = new Capacity(10, null);
        Assert.Equal(RegistrationState.Waiting, Allocation.Arrive(capacity, new Occupancy(9, [Party(1, 1)]), 1));
        // A group that waits for more than there is keeps no one from what it can't take.
        Assert.Equal(RegistrationState.Registered, Allocation.Arrive(capacity, new Occupancy(9, [Party(3, 1)]), 1));
    }

    [Fact]
    public void A_group_waits_for_all_its_seats_and_smaller_ones_pass()
    {
        IReadOnlyList<WaitingParty> waiting = [Party(3, 1), Party(1, 2), Party(1, 3), Party(1, 4)];
        var moves = Allocation.Advance(new Capacity(10, null), new Occupancy(8, waiting), LongBefore, Start);
        Assert.Equal([waiting[1].Id, waiting[2].Id], moves.Select(move => move.Id));
        Assert.All(moves, move => Assert.Null(move.OfferEnds));

        moves = Allocation.Advance(new Capacity(11, null), new Occupancy(8, waiting), LongBefore, Start);
        Assert.Equal([waiting[0].Id], moves.Select(move => move.Id));
    }

    [Theory]
    [InlineData(-49, false, null)]
    [InlineData(-48, true, -36)]
    [InlineData(-10, true, -2)]
    [InlineData(-3, true, -2)]
    [InlineData(-2, false, null)]
    [InlineData(1, false, null)]
    public void Near_the_start_a_seat_is_offered_with_an_end_and_in_the_last_two_hours_not_at_all(int hours, bool offered, int? ends)
    {
        var moves = Allocation.Advance(
            new Capacity(1, null), new Occupancy(0, [Party(1, 1)]), Start.AddHours(hours), Start);
        Assert.Equal(hours < -2, moves.Count == 1);
        Assert.Equal(offered ? Start.AddHours(ends!.Value) : null, (moves is [var move, ..] ? move.OfferEnds : null));
    }

    [Fact]
    public void A_list_that_does_not_move_says_why()
    {
        var capacity = new Capacity(10, null);
        Assert.Equal(Standstill.None, Allocation.WhyStill(capacity, new Occupancy(10, []), LongBefore, Start));
        Assert.Equal(Standstill.NoPlace, Allocation.WhyStill(capacity, new Occupancy(10, [Party(1, 1)]), LongBefore, Start));
        Assert.Equal(Standstill.TooFewTogether, Allocation.WhyStill(capacity, new Occupancy(9, [Party(3, 1)]), LongBefore, Start));
        Assert.Equal(Standstill.TooLate, Allocation.WhyStill(capacity, new Occupancy(9, [Party(1, 1)]), Start.AddHours(-1), Start));
    }

    [Fact]
    public void Whatever_happens_no_more_seats_are_taken_than_there_are_and_the_order_of_arrival_holds() =>
        Gen.Select(Gen.Int[0, 12], Gen.Int[0, 8].Nullable(), Gen.Int[0, 5].Array[0, 30]).Sample((places, room, acts) =>
        {
            var capacity = new Capacity(places, room);
            var (taken, waiting, arrival) = (new List<WaitingParty>(), new List<WaitingParty>(), 0L);
            foreach (var act in acts)
            {
                if (act == 0)
                {
                    taken.RemoveRange(0, Math.Min(1, taken.Count));
                }
                else
                {
                    var party = Party(act, ++arrival);
                    switch (Allocation.Arrive(capacity, Now(), act))
                    {
                        case RegistrationState.Registered:
                            taken.Add(party);
                            break;
                        case RegistrationState.Waiting:
                            waiting.Add(party);
                            break;
                    }
                }

                var before = Now();
                var moved = Allocation.Advance(capacity, before, LongBefore, Start).Select(move => move.Id).ToHashSet();
                taken.AddRange(waiting.Where(party => moved.Contains(party.Id)));
                waiting.RemoveAll(party => moved.Contains(party.Id));
                Assert.True(Now().Taken <= places);
                Assert.True(room is null || waiting.Sum(party => party.Seats) <= room);
                // A second look changes nothing, and no one that fits is left.
                Assert.Empty(Allocation.Advance(capacity, Now(), LongBefore, Start));
                Assert.All(waiting, party => Assert.True(party.Seats > places - Now().Taken));
            }

            Occupancy Now() => new(taken.Sum(party => party.Seats), [.. waiting]);
        });

    private static WaitingParty Party(int seats, long arrival) => new(Guid.NewGuid(), seats, arrival);
}
