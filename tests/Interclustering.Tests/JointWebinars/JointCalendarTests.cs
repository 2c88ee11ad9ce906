using Interclustering.Contracts;
using Interclustering.JointWebinars;

namespace Interclustering.Tests.JointWebinars;

/// <summary>What the joint calendar shows of a dossier.</summary>
public sealed class JointCalendarTests
{
    private const string Id = "pasca-019b0f3e-6a00-7c11-8d22-3e44f5a6b7c8", First = "2027-01-14T11:00:00", Second = "2027-01-19T11:00:00";

    private static readonly IReadOnlyList<(string Cluster, JointWebinarFact Fact)> Chosen = [
        ("pasca", Fact(JointWebinarFacts.Proposed) with { Proposal = new WebinarProposal(
            "Titre de travail", 90, ["tenlog", "pil"], [First, Second], "2026-12-11") { Themes = [KnownThemes.Ecology] } }),
        ("tenlog", Fact(JointWebinarFacts.Answered) with { Answer = new ClusterAnswer(JoinAnswers.Yes, []) }),
        ("pil", Fact(JointWebinarFacts.Answered) with { Answer = new ClusterAnswer(JoinAnswers.No, []) }),
        ("tenlog", Fact(JointWebinarFacts.SlotChosen) with { Slot = First }),
    ];

    private static readonly IReadOnlyList<(string Cluster, JointWebinarFact Fact)> Announced =
        [.. Chosen, ("pasca", Announcement("Canicules"))];

    [Fact]
    public void Before_it_is_announced_there_is_nothing_to_show() => Assert.Null(Calendar(Chosen));

    [Fact]
    public void It_is_one_webinar_under_all_who_take_part_at_the_chosen_time()
    {
        var shown = Calendar(Announced)!;

        Assert.Equal((Id, "pasca", "Canicules"), (shown.Id, shown.Owner, shown.Webinar.Title));
        Assert.Equal(["tenlog"], shown.Webinar.CoOrganisers);
        Assert.Equal([new Session("1", First, "2027-01-14T12:30:00")], shown.Webinar.Sessions);
        Assert.Equal((EventStatus.Confirmed, Attendance.Online), (shown.Webinar.Status, shown.Webinar.Attendance));
    }

    [Fact]
    public void A_co_organisers_correction_keeps_the_id_and_a_remark_changes_nothing()
    {
        var before = Calendar(Announced)!;
        var corrected = Calendar([.. Announced, ("tenlog", Announcement("Canicules, trois régions"))])!;
        var remarked = Calendar([.. Announced, ("tenlog", Fact(JointWebinarFacts.RemarkMade) with { Text = "Bonjour" })])!;

        Assert.Equal((Id, "Canicules, trois régions"), (corrected.Id, corrected.Webinar.Title));
        Assert.True(corrected.Revision > before.Revision);
        Assert.Equal((before.Revision, before.RevisedAt, before.Position), (remarked.Revision, remarked.RevisedAt, remarked.Position));
    }

    [Fact]
    public void Each_cluster_has_its_own_registration_and_it_is_full_when_all_are()
    {
        static JointWebinarFact Own(string cluster, bool full) => Fact(JointWebinarFacts.ParticipationSet) with
        {
            Participation = new Participation
            {
                RegistrationUrl = $"https://{cluster}.example/inscription",
                Places = 80,
                Full = full,
                LogoUrl = $"https://{cluster}.example/logo.svg"
            },
        };
        var half = Calendar([.. Announced, ("pasca", Own("pasca", full: false)), ("tenlog", Own("tenlog", full: true))])!.Webinar;
        var full = Calendar([.. Announced, ("pasca", Own("pasca", full: true)), ("tenlog", Own("tenlog", full: true))])!.Webinar;

        Assert.Equal(["https://pasca.example/inscription", "https://tenlog.example/inscription"],
            half.Registrations!.Select(each => each.Url));
        Assert.Equal("https://pasca.example/logo.svg", half.Registrations![0].LogoUrl);
        Assert.Equal((false, true), (half.Full, full.Full));
    }

    [Fact]
    public void Postponed_it_waits_for_a_date_then_is_rescheduled_and_cancelled_it_says_so()
    {
        IReadOnlyList<(string, JointWebinarFact)> postponed =
            [.. Announced, ("tenlog", Fact(JointWebinarFacts.Postponed) with { Text = "Grève" })];
        IReadOnlyList<(string, JointWebinarFact)> again =
            [.. postponed, ("pasca", Fact(JointWebinarFacts.SlotChosen) with { Slot = Second })];
        var (waiting, moved, over) = (Calendar(postponed)!.Webinar, Calendar(again)!.Webinar,
            Calendar([.. Announced, ("pasca", Fact(JointWebinarFacts.Cancelled) with { Text = "Personne" })])!.Webinar);

        Assert.Equal((EventStatus.Postponed, "Grève"), (waiting.Status, waiting.StatusReason));
        Assert.Equal((EventStatus.Rescheduled, First, Second), (moved.Status, moved.PreviousStart, moved.Sessions[0].Start));
        Assert.Equal((EventStatus.Cancelled, "Personne"), (over.Status, over.StatusReason));
    }

    [Fact]
    public void Its_replay_brings_slides_and_the_questions_that_were_answered()
    {
        var replay = new Replay("https://video.example/1")
        {
            Slides = [new Link("Diaporama", "https://video.example/1.pdf")],
            Questions = "**Et la nuit ?** On ventile."
        };
        var given = Said(6, "tenlog", Fact(JointWebinarFacts.ReplayPublished) with { Replay = replay }) with
        {
            SaidAt = new DateTime(2027, 1, 14, 12, 0, 0, DateTimeKind.Utc),
        };
        IReadOnlyList<RecordedFact> said = [.. Announced.Select((each, index) => Said(index + 1, each.Cluster, each.Fact)), given];
        var before = JointCalendar.Of(DossierFold.Of(Id, said)!)!;
        var shown = before.Webinar;
        var taken = JointCalendar.Of(DossierFold.Of(Id, [.. said, Said(7, "pasca", Fact(JointWebinarFacts.ReplayWithdrawn))])!)!;

        Assert.Equal(("https://video.example/1", "Diaporama"), (shown.ReplayUrl, Assert.Single(shown.Slides).Label));
        Assert.EndsWith("## Questions et réponses\n\n**Et la nuit ?** On ventile.", shown.Text, StringComparison.Ordinal);
        Assert.Equal((null, 0, null), (taken.Webinar.ReplayUrl, taken.Webinar.Slides.Count, taken.Webinar.Text));
        // A subscriber's calendar hears of it.
        Assert.Equal(before.Revision + 1, taken.Revision);
    }

    [Fact]
    public void The_usual_checklist_falls_on_working_days_and_is_filled_in_once()
    {
        var dossier = Fold(Chosen);
        var missing = Checklist.Missing(dossier);
        IReadOnlyList<(string, JointWebinarFact)> filled =
            [.. Chosen, .. missing.Select(task => ("pasca", Fact(JointWebinarFacts.TaskWritten) with { Task = task }))];

        Assert.Equal(["pasca", "tenlog"], missing.Where(task => task.Id.StartsWith("inscription-", StringComparison.Ordinal))
            .Select(task => task.Cluster));
        Assert.Equal("pasca", Assert.Single(missing, task => task.Id == "replay").Cluster);
        Assert.All(missing, task =>
            Assert.False(DateOnly.Parse(task.DueOn!, System.Globalization.CultureInfo.InvariantCulture).DayOfWeek is DayOfWeek.Saturday
            or DayOfWeek.Sunday));
        Assert.Empty(Checklist.Missing(Fold(filled)));
        Assert.Empty(Checklist.Missing(Fold(Chosen.Take(3))));
    }

    [Fact]
    public void An_answer_that_waited_for_a_deadline_does_not_replace_a_newer_one()
    {
        IReadOnlyList<RecordedFact> said = [
            .. Chosen.Take(1).Select((each, index) => Said(index + 1, each.Cluster, each.Fact)),
            Said(2, "tenlog", Fact(JointWebinarFacts.Answered) with { Answer = new ClusterAnswer(JoinAnswers.Yes, []) }) with { SaidAt =
                new DateTime(2026, 12, 12, 9, 0, 0, DateTimeKind.Utc) },
            Said(3, "tenlog", Fact(JointWebinarFacts.Answered) with { Answer = new ClusterAnswer(JoinAnswers.No, []) }) with { SaidAt =
                new DateTime(2026, 12, 13, 9, 0, 0, DateTimeKind.Utc) },
            Said(4, "pasca", Chosen[0].Fact with { Proposal = Chosen[0].Fact.Proposal! with { Deadline = "2026-12-18" } }),
        ];

        Assert.Equal(JoinAnswers.No, DossierFold.Of(Id, said)!.Answers["tenlog"].Answer.Joins);
    }

    private static JointCalendar? Calendar(IEnumerable<(string Cluster, JointWebinarFact Fact)> facts) => JointCalendar.Of(Fold(facts));

    private static Dossier Fold(IEnumerable<(string Cluster, JointWebinarFact Fact)> facts) =>
        DossierFold.Of(Id, facts.Select((each, index) => Said(index + 1, each.Cluster, each.Fact)))!;

    private static RecordedFact Said(long position, string cluster, JointWebinarFact fact) =>
        new($"{cluster}-fact-{position}", cluster, new DateTime(2026, 12, 1, 9, 0, 0, DateTimeKind.Utc)
            .AddMinutes(position), position, fact);

    private static JointWebinarFact Announcement(string title) =>
        Fact(JointWebinarFacts.Announced) with { Announcement = new Announcement(title) };

    private static JointWebinarFact Fact(string fact) => new() { Nonce = "", Dossier = Id, Fact = fact };
}
