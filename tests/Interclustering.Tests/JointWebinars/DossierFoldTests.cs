using System.Globalization;
using System.Text.Json;
using CsCheck;
using Interclustering.Contracts;
using Interclustering.JointWebinars;

namespace Interclustering.Tests.JointWebinars;

/// <summary>What clusters say of a joint webinar, folded: the same whatever the order and however often it is handed in.</summary>
public sealed class DossierFoldTests
{
    private const string Id = "pasca-019b0f3e-6a00-7c11-8d22-3e44f5a6b7c8", First = "2027-01-14T11:00:00", Second = "2027-01-19T11:00:00",
        Third = "2027-01-21T11:00:00";
    private static readonly string[] Clusters = ["pasca", "tenlog", "pil", "bsc"];
    private static readonly DateTime Start = new(2026, 12, 1, 9, 0, 0, DateTimeKind.Utc);

    /// <summary>After every slot.</summary>
    private static readonly DateTime Afterwards = new(2027, 1, 22, 9, 0, 0, DateTimeKind.Utc);

    /// <summary>Anything that a cluster may say, sensible or not.</summary>
    private static readonly Gen<(string Cluster, JointWebinarFact Fact)> Sayings = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 15], Gen.Int[0, 2])
        .Select((cluster, what, which) => (Clusters[cluster], what switch
        {
            0 => Proposal(),
            1 or 2 => Answer(JoinAnswers.All[which]),
            3 => Fact(JointWebinarFacts.SlotSuggested) with { Slot = Third },
            4 or 5 => Fact(JointWebinarFacts.SlotChosen) with { Slot = new[] { First, Second, Third }[which] },
            6 => Fact(JointWebinarFacts.LineWritten) with { Line = new RunLine($"l{which}", which * 10, "Ouverture") },
            7 => Fact(JointWebinarFacts.TaskWritten) with { Task = new PreparationTask($"t{which}", "Relire") { Done = cluster % 2 == 0 } },
            8 => Fact(JointWebinarFacts.ParticipationSet) with { Participation = new Participation { Places = which + 1 } },
            9 => Fact(JointWebinarFacts.Announced) with { Announcement = new Announcement($"Titre {which}") },
            10 => Fact(JointWebinarFacts.ReplayPublished) with { Replay = new Replay("https://video.example/1") },
            11 => Fact(JointWebinarFacts.RemarkMade) with { Text = "Bonjour" },
            12 when which == 0 => Fact(JointWebinarFacts.Postponed) with { Text = "grève" },
            13 when which == 0 => Fact(JointWebinarFacts.Cancelled) with { Text = "personne" },
            14 => Fact(JointWebinarFacts.LeadHandedOver) with { Lead = Clusters[which + 1] },
            15 => Fact(JointWebinarFacts.ReplayWithdrawn),
            _ => Fact("said-by-a-later-version"),
        }));

    private static readonly Gen<IReadOnlyList<RecordedFact>> Histories = Sayings.List[1, 40].Select(said =>
        (IReadOnlyList<RecordedFact>)[
            Said(1, "pasca", Proposal()), .. said.Select((each, index) => Said(index + 2, each.Cluster, each.Fact) with
            {
                SaidAt = each.Fact.Replay is null || index % 2 == 0 ? Start : Afterwards,
            })]);

    private static IReadOnlyList<RecordedFact> Announced => [
        Said(1, "pasca", Proposal()), Said(2, "tenlog", Answer(JoinAnswers.Yes)),
        Said(3, "pasca", Fact(JointWebinarFacts.SlotChosen) with { Slot = First }),
        Said(4, "pasca", Fact(JointWebinarFacts.Announced) with { Announcement = new Announcement("Titre") }),
    ];

    private static IReadOnlyList<RecordedFact> Declined => [
        Said(1, "pasca", Proposal()), .. new[] { "tenlog", "pil", "bsc" }
            .Select((cluster, index) => Said(index + 2, cluster, Answer(JoinAnswers.No))),
    ];

    [Fact]
    public void Handed_in_in_any_order_and_any_number_of_times_the_dossier_is_the_same() =>
        Gen.Select(Histories, Gen.Int[0, 1_000_000]).Sample((history, seed) =>
        {
            var random = new Random(seed);
            var shuffled = history.Concat(history.Where(_ => random.Next(2) == 0)).OrderBy(_ => random.Next()).ToList();

            Assert.Equal(Text(Fold(history)), Text(Fold(shuffled)));
        });

    [Fact]
    public void Every_fact_counts_once_or_waits_or_is_refused_with_a_reason() =>
        Histories.Sample(history =>
        {
            var dossier = Fold(history);
            var told = dossier.Counted.Concat(dossier.Waiting).Concat(dossier.Refused.Select(refused => refused.Said))
                .Select(said => said.Subject);

            Assert.Equal(history.Select(said => said.Subject).Order(), told.Order());
            Assert.All(dossier.Refused, refused => Assert.Contains(refused.Reason, RefusalReasons.All));
            Assert.Contains(dossier.State, JointWebinarStates.All);
        });

    [Fact]
    public void Answers_give_the_same_dossier_whichever_reached_the_hub_first() =>
        Gen.Int[0, 1_000_000].Sample(seed =>
        {
            var random = new Random(seed);
            var opened = Said(1, "pasca", Proposal());
            JointWebinarFact[] each = [Answer(JoinAnswers.Yes), Fact(JointWebinarFacts.SlotSuggested) with { Slot = Third },
                Fact(JointWebinarFacts.RemarkMade) with { Text = "Bonjour" }];
            var streams = new[] { "tenlog", "pil", "bsc" }.Select(cluster =>
                new Queue<RecordedFact>(each.Select((fact, index) => Said(0, cluster, fact, $"{cluster}-{index}")))).ToList();
            var arrived = new List<RecordedFact>();
            // Each cluster's own facts keep their order; the proposal comes anywhere between them.
            var openedAt = random.Next(10);
            while (streams.Any(stream => stream.Count > 0) || arrived.Count == openedAt)
            {
                var said = arrived.Count == openedAt ? opened : streams.Where(stream => stream.Count > 0).OrderBy(_ => random.Next())
                    .First().Dequeue();
                arrived.Add(said with { Position = arrived.Count + 1 });
            }

            var dossier = Fold(arrived);
            Assert.Equal(JointWebinarStates.Answering, dossier.State);
            Assert.Equal([First, Second, Third], dossier.Slots.Select(slot => slot.Start));
            Assert.Equal(Clusters, dossier.Participants);
            Assert.Equal(10, dossier.Counted.Count);
            Assert.Empty(dossier.Refused);
        });

    [Fact]
    public void Of_two_slots_chosen_the_one_that_the_hub_heard_first_counts()
    {
        var dossier = Fold(
            Said(1, "pasca", Proposal()), Said(2, "tenlog", Answer(JoinAnswers.Yes)),
                Said(3, "tenlog", Fact(JointWebinarFacts.SlotChosen) with { Slot = Second }),
            Said(4, "pasca", Fact(JointWebinarFacts.SlotChosen) with { Slot = First }));

        Assert.Equal(Second, dossier.Slot);
        var (said, reason) = Assert.Single(dossier.Refused);
        Assert.Equal(("pasca", RefusalReasons.SlotGone), (said.Cluster, reason));
    }

    [Fact]
    public void An_answer_counts_by_when_it_was_given_and_not_by_when_it_arrives()
    {
        var late = Said(3, "pil", Answer(JoinAnswers.Yes)) with { SaidAt = new DateTime(2026, 12, 12, 9, 0, 0, DateTimeKind.Utc) };
        // The last minute of 11 December in Paris.
        var inTime = Said(4, "tenlog", Answer(JoinAnswers.Yes)) with { SaidAt = new DateTime(2026, 12, 11, 22, 59, 0, DateTimeKind.Utc) };
        RecordedFact[] history = [Said(1, "pasca", Proposal()), late, inTime];

        Assert.Equal(["pasca", "tenlog"], Fold(history).Participants);
        Assert.Equal(RefusalReasons.DeadlineOver, Assert.Single(Fold(history).Refused).Reason);
        Assert.Equal(["pasca", "tenlog", "pil"], Fold([.. history, Said(5, "pasca", Proposal("2026-12-18"))]).Participants);
    }

    [Fact]
    public void Who_is_not_asked_or_has_not_joined_decides_nothing()
    {
        var dossier = Fold(
            Said(1, "pasca", Proposal()), Said(2, "lsn", Answer(JoinAnswers.Yes)),
                Said(3, "tenlog", Fact(JointWebinarFacts.SlotChosen) with { Slot = First }), Said(4, "tenlog", Proposal()));

        Assert.Equal(JointWebinarStates.Proposed, dossier.State);
        Assert.Equal(
            [RefusalReasons.NotInvited, RefusalReasons.NotJoined, RefusalReasons.NotTheLead],
                dossier.Refused.OrderBy(refused => refused.Said.Position).Select(refused => refused.Reason));
    }

    [Fact]
    public void From_the_idea_to_the_replay_it_goes_from_state_to_state()
    {
        var history = new List<RecordedFact>();
        string After(string cluster, JointWebinarFact fact)
        {
            history.Add(Said(history.Count + 1, cluster, fact) with { SaidAt = fact.Replay is null ? Start : Afterwards });
            return Fold(history).State;
        }

        Assert.Equal(JointWebinarStates.Proposed, After("pasca", Proposal()));
        Assert.Equal(JointWebinarStates.Answering, After("tenlog", Answer(JoinAnswers.If)));
        Assert.Equal(JointWebinarStates.SlotChosen, After("tenlog", Fact(JointWebinarFacts.SlotChosen) with { Slot = First }));
        Assert.Equal(JointWebinarStates.Postponed, After("pasca", Fact(JointWebinarFacts.Postponed) with { Text = "grève" }));
        Assert.Equal(JointWebinarStates.SlotChosen, After("tenlog", Fact(JointWebinarFacts.SlotChosen) with { Slot = Second }));
        Assert.Equal(JointWebinarStates.Preparing,
            After("pasca", Fact(JointWebinarFacts.TaskWritten) with { Task = new PreparationTask("salle", "Ouvrir la salle") }));
        Assert.Equal(JointWebinarStates.Announced,
            After("tenlog", Fact(JointWebinarFacts.Announced) with { Announcement = new Announcement("Titre") }));
        Assert.True(Fold(history).IsHeld(new DateTime(2027, 1, 19, 12, 0, 0)));
        Assert.False(Fold(history).IsHeld(new DateTime(2027, 1, 19, 11, 59, 0)));
        Assert.Equal(JointWebinarStates.ReplayOnline,
            After("pasca", Fact(JointWebinarFacts.ReplayPublished) with { Replay = new Replay("https://video.example/1") }));
        Assert.Equal(JointWebinarStates.Announced, After("tenlog", Fact(JointWebinarFacts.ReplayWithdrawn)));
        Assert.Null(Fold(history).Replay);
        Assert.Equal(JointWebinarStates.ReplayOnline,
            After("pasca", Fact(JointWebinarFacts.ReplayPublished) with { Replay = new Replay("https://video.example/2") }));
        Assert.Equal(JointWebinarStates.Closed, After("pasca", Fact(JointWebinarFacts.Closed)));
        Assert.Equal(RefusalReasons.Over, Fold([.. history, Said(20, "tenlog", Fact(JointWebinarFacts.Cancelled))]).Refused[^1].Reason);
    }

    /// <summary>The slot ends at noon in Paris.</summary>
    [Theory]
    [InlineData("2027-01-14T10:59:59Z", false)]
    [InlineData("2027-01-14T11:00:00Z", true)]
    public void A_replay_counts_once_the_webinar_has_ended(string saidAt, bool counts)
    {
        var replay = Said(5, "tenlog", Fact(JointWebinarFacts.ReplayPublished) with { Replay = new Replay("https://video.example/1") }) with
        {
            SaidAt = DateTime.Parse(saidAt, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal),
        };
        var dossier = Fold([.. Announced, replay]);

        Assert.Equal(counts, dossier.Replay is not null);
        Assert.Equal(counts ? [] : [RefusalReasons.NotHeld], dossier.Refused.Select(refused => refused.Reason));
    }

    [Fact]
    public void A_replay_that_was_given_goes_when_the_webinar_is_postponed_after_all()
    {
        var dossier = Fold([
            .. Announced, Said(5, "tenlog", Fact(JointWebinarFacts.ReplayPublished) with { Replay = new Replay("https://video.example/1") })
                with { SaidAt = Afterwards },
            Said(6, "tenlog", Fact(JointWebinarFacts.Postponed) with { Text = "Rien n’a été enregistré" }),
            Said(7, "tenlog", Fact(JointWebinarFacts.SlotChosen) with { Slot = Second })]);

        Assert.Null(dossier.Replay);
        Assert.Equal(JointWebinarStates.Announced, dossier.State);
    }

    [Fact]
    public void When_all_who_are_asked_decline_it_is_declined_and_each_may_still_come_after_the_deadline()
    {
        var declined = Fold(Declined);
        var late = Fold([.. Declined, Said(5, "pil", Answer(JoinAnswers.Yes)) with { SaidAt = Afterwards }]);

        Assert.Equal((JointWebinarStates.Declined, false), (declined.State, declined.IsOver));
        Assert.Equal((JointWebinarStates.Answering, 0), (late.State, late.Refused.Count));
        Assert.Equal(["pasca", "pil"], late.Participants);
    }

    [Fact]
    public void A_proposal_after_all_have_declined_asks_all_anew_and_lets_go_of_the_slot()
    {
        var again = Said(6, "pasca", Proposal("2026-12-18"));
        var dossier = Fold([.. Declined, Said(5, "pasca", Fact(JointWebinarFacts.SlotChosen) with { Slot = First }), again]);

        Assert.Equal((JointWebinarStates.Proposed, null), (dossier.State, dossier.Slot));
        Assert.Equal((again, 0), (dossier.AskedAnew, dossier.Answers.Count));
    }

    [Fact]
    public void A_lead_hands_over_to_one_that_takes_part_which_alone_proposes_from_then_on()
    {
        IReadOnlyList<RecordedFact> handed = [
            Said(1, "pasca", Proposal()), Said(2, "tenlog", Answer(JoinAnswers.Yes)),
            Said(3, "pasca", Fact(JointWebinarFacts.LeadHandedOver) with { Lead = "tenlog" }),
        ];
        var leaving = Fold([.. handed, Said(4, "pasca", Answer(JoinAnswers.No))]);
        var anew = Fold([.. handed, Said(4, "pasca", Proposal()), Said(5, "tenlog", Proposal(slots: [Third]))]);

        Assert.Equal(["tenlog", "pasca"], Fold(handed).Participants);
        Assert.Equal(("tenlog", "pasca"), (Fold(handed).Lead, Fold(handed).ProposedBy));
        Assert.Equal(["tenlog", "pasca", "pil", "bsc"], leaving.Invited);
        Assert.Equal(["tenlog"], leaving.Participants);
        Assert.Equal(RefusalReasons.NotTheLead, Assert.Single(anew.Refused).Reason);
        // What the former lead had proposed is the lead's to replace.
        Assert.Equal([Third], anew.Slots.Select(slot => slot.Start));
    }

    [Theory]
    [InlineData("pasca", "pil", RefusalReasons.NotJoined)]
    [InlineData("pasca", "lsn", RefusalReasons.NotJoined)]
    [InlineData("tenlog", "tenlog", RefusalReasons.NotTheLead)]
    public void Only_the_lead_hands_over_and_only_to_one_that_takes_part(string by, string to, string reason)
    {
        var dossier = Fold(Said(1, "pasca", Proposal()), Said(2, "tenlog", Answer(JoinAnswers.Yes)),
            Said(3, by, Fact(JointWebinarFacts.LeadHandedOver) with { Lead = to }));

        Assert.Equal(("pasca", reason), (dossier.Lead, Assert.Single(dossier.Refused).Reason));
    }

    [Fact]
    public void Slots_that_fewest_can_not_and_most_can_come_first()
    {
        var dossier = Fold(
            Said(1, "pasca", Proposal()),
            Said(2, "tenlog", Fact(JointWebinarFacts.Answered) with
            {
                Answer = new ClusterAnswer(
                JoinAnswers.Yes, [new SlotAnswer(First, SlotAnswers.No), new SlotAnswer(Second, SlotAnswers.IfNeedBe)])
            }),
            Said(3, "pil", Fact(JointWebinarFacts.Answered) with
            {
                Answer =
                new ClusterAnswer(JoinAnswers.Yes, [new SlotAnswer(First, SlotAnswers.Yes), new SlotAnswer(Second, SlotAnswers.Yes)])
            }),
            Said(4, "bsc", Answer(JoinAnswers.No)));

        var ranked = RankedSlot.Of(dossier, _ => 0);

        Assert.Equal([Second, First], ranked.Select(slot => slot.Slot.Start));
        Assert.Equal(["pasca", "pil"], ranked[0].Can);
        Assert.Equal(["tenlog"], ranked[0].IfNeedBe);
        Assert.Equal(["tenlog"], ranked[1].Cannot);
        Assert.Empty(ranked[0].Silent);
    }

    private static JointWebinarFact Fact(string fact) => new() { Nonce = "n", Dossier = Id, Fact = fact };

    private static JointWebinarFact Proposal(string deadline = "2026-12-11", IReadOnlyList<string>? slots = null) =>
        Fact(JointWebinarFacts.Proposed) with
        {
            Proposal = new WebinarProposal("Canicules", 60, ["tenlog", "pil", "bsc"], slots ?? [First, Second], deadline)
        };

    private static JointWebinarFact Answer(string joins) => Fact(JointWebinarFacts.Answered) with { Answer = new ClusterAnswer(joins, []) };

    private static RecordedFact Said(long position, string cluster, JointWebinarFact fact, string? subject = null) =>
        new(subject ?? $"{cluster}-{position}", cluster, Start, position, fact);

    private static Dossier Fold(params IReadOnlyList<RecordedFact> history) => DossierFold.Of(Id, history)!;

    private static string Text(Dossier dossier) => JsonSerializer.Serialize(dossier, ContractJson.Options);
}
