using Interclustering.Contracts;
using Interclustering.Node.JointWebinars;
using Interclustering.Node.Mail;
using Interclustering.Node.Workspace;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Interclustering.IntegrationTests.JointWebinars;

/// <summary>What a team is written about joint webinars: each thing once, and only to those whom it concerns.</summary>
public sealed class TellOfDossiersTests : DossierPagesVisit
{
    [Fact]
    public async Task An_invitation_is_written_once_with_a_link_in_text_and_html()
    {
        var id = await InvitedAsync("Canicules\r\nBcc: quelqu-un@ailleurs.example");
        await TellAsync();
        await TellAsync();
        await using var db = Open();
        var mail = Assert.Single(await db.Mails.ToListAsync(Cancellation));
        Assert.Equal("Logistique Seine Normandie vous invite à un webinaire commun", mail.Subject.Replace('\u00a0', ' '));
        Assert.All([mail.Text, mail.Html], text =>
            Assert.Contains($"https://espace.bsc.example/espace/bsc/webinaires-communs/{id}", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reminder_goes_before_the_deadline_only_to_those_who_have_not_answered()
    {
        var silent = await InvitedAsync("Sans réponse", Today.AddDays(2), DateTime.UtcNow.AddDays(-5));
        var answered = await InvitedAsync("Avec réponse", Today.AddDays(2), DateTime.UtcNow.AddDays(-5));
        await InvitedAsync("Plus tard", Today.AddDays(9), DateTime.UtcNow.AddDays(-5));
        await HearAsync("bsc", Fact(answered, JointWebinarFacts.Answered) with { Answer = new ClusterAnswer(JoinAnswers.No, []) });
        await TellAsync();

        await using var db = Open();
        var reminder = Assert.Single(await db.Mails.Where(mail => mail.Subject.StartsWith("Rappel")).ToListAsync(Cancellation));
        Assert.Contains("Sans réponse", reminder.Text, StringComparison.Ordinal);
        Assert.Contains(silent, reminder.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_choice_of_a_slot_and_a_cancellation_by_another_cluster_are_told()
    {
        var id = await AgreedAsync();
        await TellAsync();
        await HearAsync("lsn", Fact(id, JointWebinarFacts.Cancelled) with { Text = "Plus d’intervenants" });
        await TellAsync();
        await using var db = Open();
        var subjects = await db.Mails.Select(mail => mail.Subject).ToListAsync(Cancellation);
        Assert.Contains(subjects, subject => subject.Contains("c’est le", StringComparison.Ordinal));
        Assert.Contains(subjects, subject => subject.Contains("est annulé", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_lead_is_written_when_all_have_declined_once_for_each_time()
    {
        var id = $"bsc-{Guid.CreateVersion7()}";
        var proposed = Fact(id, JointWebinarFacts.Proposed) with
        {
            Proposal = new WebinarProposal("Canicules", 60, ["lsn"], [SlotIn(6)], Iso(Today.AddDays(10))),
        };
        foreach (var _ in Enumerable.Range(0, 2))
        {
            await HearAsync("bsc", proposed);
            await HearAsync("lsn", Fact(id, JointWebinarFacts.Answered) with { Answer = new ClusterAnswer(JoinAnswers.No, []) });
            await TellAsync();
            await TellAsync();
        }

        await using var db = Open();
        Assert.Equal(2, await db.Mails.CountAsync(mail => mail.Subject.Contains("ont décliné"), Cancellation));
    }

    [Fact]
    public async Task Who_had_declined_is_invited_again_by_other_slots()
    {
        var id = await InvitedAsync();
        await TellAsync();
        await HearAsync("bsc", Fact(id, JointWebinarFacts.Answered) with { Answer = new ClusterAnswer(JoinAnswers.No, []) });
        await HearAsync("lsn", Fact(id, JointWebinarFacts.Proposed) with
        {
            Proposal = new WebinarProposal("Canicules", 60, ["bsc"], [SlotIn(9)], Iso(Today.AddDays(12))),
        });
        await TellAsync();
        await using var db = Open();
        Assert.Equal(2, await db.Mails.CountAsync(mail => mail.Subject.Contains("vous invite"), Cancellation));
    }

    [Fact]
    public async Task The_cluster_that_leads_from_now_on_is_written()
    {
        var id = await InvitedAsync();
        await HearAsync("bsc", Fact(id, JointWebinarFacts.Answered) with { Answer = new ClusterAnswer(JoinAnswers.Yes, []) });
        await HearAsync("lsn", Fact(id, JointWebinarFacts.LeadHandedOver) with { Lead = "bsc" });
        await TellAsync();
        await using var db = Open();
        Assert.Contains(await db.Mails.Select(mail => mail.Subject).ToListAsync(Cancellation), subject =>
            subject.Contains("Votre cluster conduit désormais", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_lead_is_written_who_declines_and_that_all_have_answered()
    {
        var id = $"bsc-{Guid.CreateVersion7()}";
        await HearAsync("bsc", Fact(id, JointWebinarFacts.Proposed) with
        {
            Proposal = new WebinarProposal("Canicules", 60, ["lsn"], [SlotIn(6)], Iso(Today.AddDays(10))),
        });
        await TellAsync();
        Assert.Empty(await SubjectsAsync());
        await HearAsync("lsn", Fact(id, JointWebinarFacts.Answered) with { Answer = new ClusterAnswer(JoinAnswers.Yes, []) });
        await TellAsync();
        await TellAsync();
        Assert.Equal(["Tous ont répondu pour « Canicules »"], await SubjectsAsync());
    }

    [Fact]
    public async Task A_new_slot_and_the_first_remark_of_a_day_are_told_but_not_one_s_own()
    {
        await PreferAsync(MailGroups.Talk, MailTimes.AtOnce);
        var id = await InvitedAsync("Canicules");
        await TellAsync();
        await HearAsync("lsn", Fact(id, JointWebinarFacts.SlotSuggested) with { Slot = SlotIn(8) });
        await HearAsync("lsn", Fact(id, JointWebinarFacts.RemarkMade) with { Text = "Qui modère ?" });
        await HearAsync("lsn", Fact(id, JointWebinarFacts.RemarkMade) with { Text = "Nous, s’il le faut." });
        await HearAsync("bsc", Fact(id, JointWebinarFacts.RemarkMade) with { Text = "Volontiers." });
        await TellAsync();
        await TellAsync();
        Assert.Equal(["Logistique Seine Normandie propose un autre créneau pour « Canicules »",
            "Logistique Seine Normandie vous invite à un webinaire commun", "Une remarque sur « Canicules »"], await SubjectsAsync());
        await using var db = Open();
        var remark = await db.Mails.SingleAsync(mail => mail.Subject.StartsWith("Une remarque"), Cancellation);
        Assert.Contains("Qui modère ?", remark.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_older_than_two_weeks_is_no_news()
    {
        await InvitedAsync(deadline: Today.AddDays(30), saidAt: DateTime.UtcNow.AddDays(-20));
        await TellAsync();
        await using var db = Open();
        Assert.Empty(await db.Mails.ToListAsync(Cancellation));
    }

    private async Task<List<string>> SubjectsAsync()
    {
        await using var db = Open();
        return [.. (await db.Mails.Select(mail => mail.Subject).ToListAsync(Cancellation))
            .Select(subject => subject.Replace('\u00a0', ' ')).Order(StringComparer.Ordinal)];
    }

    private async Task TellAsync()
    {
        using var telling = new NotifyOfDossiers(
            new Nodes([Node]), Directories.Two, Mails, TimeProvider.System, NullLogger<NotifyOfDossiers>.Instance);
        await telling.RunAsync(Node, Cancellation);
    }
}
