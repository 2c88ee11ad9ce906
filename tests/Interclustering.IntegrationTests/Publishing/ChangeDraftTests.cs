using System.Net;
using Interclustering.Contracts;
using Interclustering.Files;
using Interclustering.Files.Pictures;
using Interclustering.Node.Files;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.PendingChanges;
using Interclustering.Node.Retention;
using Interclustering.Node.Workspace;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Interclustering.IntegrationTests.Publishing;

/// <summary>A published text may have a draft of a change: nothing public moves before it is published.</summary>
public sealed class ChangeDraftTests : DraftVisit
{
    [Fact]
    public async Task A_draft_of_a_change_leaves_what_is_published_and_is_told_of_everywhere()
    {
        var subject = await OpenTeamAsync();
        var before = await CopyAsync(subject);
        Assert.Contains("name=\"do\" value=\"draft\"", await ReadAsync(FormOf(subject)), StringComparison.Ordinal);
        var answer = await SaveAsync(subject, "Visite de nuit", "draft");
        Assert.Equal((HttpStatusCode.Found, FormOf(subject)), (answer.StatusCode, answer.Headers.Location?.OriginalString));

        var after = await CopyAsync(subject);
        Assert.Equal((before.Data, before.Version, before.Revision), (after.Data, after.Version, after.Revision));
        var form = await ReadAsync(FormOf(subject));
        Assert.All(["value=\"Visite de nuit\"", "Brouillon d’une modification, du ", " par Équipe BSC — la version publiée reste en ligne",
            "Abandonner ce brouillon", $"name=\"change\" value=\"{(await ChangeAsync(subject))!.Version}\""], words =>
            Assert.Contains(words, form, StringComparison.Ordinal));
        var page = await ReadAsync(PageOf(subject));
        Assert.All(["brouillon de modification, par Équipe BSC", "<ins>", "la version publiée reste en ligne"], words =>
            Assert.Contains(words, page, StringComparison.Ordinal));
        var list = await ReadAsync("/espace/bsc/publications?vue=brouillons");
        Assert.All(["Visite du quai", "Brouillon de modification, par Équipe BSC"], words =>
            Assert.Contains(words, list, StringComparison.Ordinal));
        Assert.Contains("Brouillon d’une modification à terminer", await ToDoAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Kinds.Webinar, "webinaires")]
    [InlineData(Kinds.BestPractice, "fiches")]
    public async Task Webinars_and_sheets_have_drafts_of_changes_too(string kind, string place)
    {
        await OpenTeamAsync();
        PublishedItem item = kind == Kinds.Webinar
            ? new Webinar { Nonce = "", Title = "Canicules", Sessions = Visit().Sessions, Attendance = Attendance.Online }
            : new BestPractice { Nonce = "", Title = "Canicules" };
        var subject = await PublishAsync(item);
        var form = $"/espace/bsc/{place}/{subject}";
        foreach (var action in (string[])["draft", "publish"])
        {
            var fields = await FieldsAsync(subject, "Canicules au quai", action);
            fields["attendance"] = Attendance.Online;
            Assert.Equal(HttpStatusCode.Found, (await PostAsync(form, fields)).StatusCode);
            Assert.Equal(action == "draft" ? "Canicules" : "Canicules au quai", (await CopyAsync(subject)).Title);
            Assert.Equal(action == "draft", await ChangeAsync(subject) is not null);
            Assert.Contains("value=\"Canicules au quai\"", await ReadAsync(form), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_file_that_only_a_draft_of_a_change_names_is_kept()
    {
        await OpenTeamAsync();
        var subject = await PublishAsync(new BestPractice { Nonce = "", Title = "Mutualiser" });
        await using var db = Open();
        var files = new AttachedFiles(Node, db, new FileLimits(), Service<ReencodePicture>(), TimeProvider.System);
        var unnamed = new UnnamedFiles(Node, db, TimeProvider.System);
        using var content = new MemoryStream(Samples.Pdf);
        var (file, _) = await files.KeepAsync(content, "mutualiser.pdf", Cancellation);
        var sheet = new BestPractice { Nonce = "", Title = "Mutualiser", Files = [file!] };
        var change = await ChangeStore.KeepAsync(db, subject, sheet, new WrittenChange(1, "Anne", null, DateTime.UtcNow), 0, Cancellation);
        await unnamed.SweepAsync(Cancellation);
        Assert.Single(await db.Files.AsNoTracking().ToListAsync(Cancellation));
        Assert.NotNull(Node.Files.Find(file!.Sha256));
        await ChangeStore.DiscardAsync(db, change, Cancellation);
        await unnamed.SweepAsync(Cancellation);
        Assert.Empty(await db.Files.AsNoTracking().ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Publishing_the_draft_publishes_it_and_ends_it_with_its_comments()
    {
        var subject = await OpenTeamAsync();
        await SaveAsync(subject, "Visite de nuit", "draft");
        await DoAsync(subject, "commentaires", ("comment", "Plus tard ?"));
        Assert.Equal(HttpStatusCode.Found, (await SaveAsync(subject, "Visite de nuit", "publish")).StatusCode);
        var copy = await CopyAsync(subject);
        Assert.Equal(("Visite de nuit", 2), (copy.Title, copy.Revision));
        Assert.Null(await ChangeAsync(subject));
        await using var db = Open();
        Assert.False(await db.DraftComments.AnyAsync(Cancellation));
        Assert.DoesNotContain("Brouillon d’une modification", await ReadAsync(FormOf(subject)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_published_text_has_moved_both_are_shown_and_nothing_is_overwritten()
    {
        var subject = await OpenTeamAsync();
        await SaveAsync(subject, "Visite de nuit", "draft");
        await EditAsync(subject, Visit("Visite de Zoé"));
        Assert.Contains("La version publiée a changé depuis ce brouillon", await ReadAsync(FormOf(subject)), StringComparison.Ordinal);

        var answer = await SaveAsync(subject, "Visite de nuit", "publish");
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var words = await WordsOfAsync(answer);
        Assert.All(["Zoé a enregistré une autre version", "Visite de Zoé", "Visite de nuit", "Garder la mienne, et la publier",
            "?version=2"], said => Assert.Contains(said, words, StringComparison.Ordinal));
        Assert.Equal("Visite de Zoé", (await CopyAsync(subject)).Title);
        Assert.NotNull(await ChangeAsync(subject));

        // Chosen by the member, it is published.
        Assert.Equal(HttpStatusCode.Found, (await SaveAsync(subject, "Visite de nuit", "publish", version: 2)).StatusCode);
        Assert.Equal("Visite de nuit", (await CopyAsync(subject)).Title);
        Assert.Null(await ChangeAsync(subject));
    }

    [Theory]
    [InlineData("draft")]
    [InlineData("publish")]
    public async Task A_draft_that_another_member_saved_meanwhile_is_not_overwritten_unseen(string action)
    {
        var subject = await OpenTeamAsync();
        Become(Claire);
        await SaveAsync(subject, "Visite de Claire", "draft");
        Become(Administrator);
        var answer = await SaveAsync(subject, "Visite de nuit", action, change: 0);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var words = await WordsOfAsync(answer);
        Assert.All(["Claire a enregistré une autre version", "Visite de Claire", "Visite de nuit",
            "Garder la mienne, et enregistrer le brouillon"], said => Assert.Contains(said, words, StringComparison.Ordinal));
        Assert.Equal(("Visite du quai", "Visite de Claire"), ((await CopyAsync(subject)).Title, (await ChangeAsync(subject))!.Title));

        Assert.Equal(HttpStatusCode.Found, (await SaveAsync(subject, "Visite de nuit", "draft")).StatusCode);
        Assert.Equal(("Visite de nuit", "Équipe BSC"), ((await ChangeAsync(subject))!.Title, (await ChangeAsync(subject))!.EditedBy));
    }

    [Fact]
    public async Task A_form_of_a_draft_that_was_discarded_does_not_overwrite_the_next_one()
    {
        var subject = await OpenTeamAsync();
        await SaveAsync(subject, "Un", "draft");
        var first = (await ChangeAsync(subject))!.Version;
        await DoAsync(subject, "modification/abandonner");
        await SaveAsync(subject, "Deux", "draft");
        Assert.Equal(HttpStatusCode.Conflict, (await SaveAsync(subject, "Un, suite", "draft", change: first)).StatusCode);
        Assert.Equal("Deux", (await ChangeAsync(subject))!.Title);
    }

    [Fact]
    public async Task Discarding_asks_once_and_leaves_what_is_published()
    {
        var subject = await OpenTeamAsync();
        await SaveAsync(subject, "Visite de nuit", "draft");
        Assert.Contains("Abandonner ce brouillon ?", await ReadAsync(PageOf(subject) + "/modification/abandonner"),
            StringComparison.Ordinal);
        // Not what another member has written since the question.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await DoAsync(subject, "modification/abandonner", ("version", "1"))).StatusCode);
        Assert.NotNull(await ChangeAsync(subject));
        Assert.Equal(HttpStatusCode.Found, (await DoAsync(subject, "modification/abandonner")).StatusCode);
        Assert.Null(await ChangeAsync(subject));
        Assert.Equal(("Visite du quai", 1), ((await CopyAsync(subject)).Title, (await CopyAsync(subject)).Revision));
        Assert.Contains("a abandonné le brouillon de modification de « Visite du quai »",
            await ReadAsync("/espace/bsc/journal-des-actions"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await GetAsync(PageOf(subject) + "/modification/abandonner")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(PageOf("bsc-1") + "/modification/abandonner")).StatusCode);
    }

    [Fact]
    public async Task A_change_of_date_is_asked_about_before_it_is_scheduled()
    {
        var subject = await OpenTeamAsync();
        var fields = await FieldsAsync(subject, "Visite du quai", "schedule", at: NextMonth);
        fields["date"] = Paris.Now.AddDays(50).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var words = await WordsOfAsync(await PostAsync(FormOf(subject), fields));
        Assert.All(["Même événement, nouvelle date ?", "name=\"then\" value=\"schedule\""], said =>
            Assert.Contains(said, words, StringComparison.Ordinal));
        Assert.Null(await ChangeAsync(subject));
        (fields["do"], fields["then"]) = ("reschedule", "schedule");
        Assert.Equal(HttpStatusCode.Found, (await PostAsync(FormOf(subject), fields)).StatusCode);
        var change = (await ChangeAsync(subject))!;
        var kept = (Event)PublicationText.Read(change.Kind, change.Data);
        Assert.Equal((EventStatus.Rescheduled, Day + "T09:00:00"), (kept.Status, kept.PreviousStart));
        Assert.NotNull(change.PublishAt);
    }

    [Fact]
    public async Task What_is_typed_over_a_draft_is_kept_and_taken_up_with_the_versions_it_began_from()
    {
        var subject = await OpenTeamAsync();
        await SaveAsync(subject, "Visite de nuit", "draft");
        var change = (await ChangeAsync(subject))!.Version;
        await PostAsync("/espace/bsc/saisie/event", await FieldsAsync(subject, "Visite à l’aube", ""), from: FormOf(subject));
        var form = await ReadAsync($"{FormOf(subject)}?saisie={subject}");
        Assert.All(["value=\"Visite à l’aube\"", $"name=\"change\" value=\"{change}\""], said =>
            Assert.Contains(said, form, StringComparison.Ordinal));
        await SaveAsync(subject, "Visite à l’aube", "draft");
        await using var db = Open();
        Assert.False(await db.UnsavedTexts.AnyAsync(Cancellation));
    }

    [Fact]
    public async Task A_person_whom_only_a_draft_of_a_change_names_is_not_journaled_and_not_forgotten()
    {
        var subject = await OpenTeamAsync();
        var fields = await FieldsAsync(subject, "Visite du quai", "draft");
        fields["speakers"] = "Anne Démonstration — directrice";
        Assert.Equal(HttpStatusCode.Found, (await PostAsync(FormOf(subject), fields)).StatusCode);
        using var purge = new PurgeExpired(new Nodes([Node]), TimeProvider.System, NullLogger<PurgeExpired>.Instance);
        await purge.RunAsync(Node, Cancellation);
        await using (var db = Open())
        {
            Assert.Equal(PublicationState.Draft,
                (await db.WorkingCopies.SingleAsync(row => row.Kind == Kinds.Person, Cancellation)).State);
            Assert.DoesNotContain(await db.Journal.Select(row => row.Text).ToListAsync(Cancellation), text =>
                text.Contains("Anne", StringComparison.Ordinal));
        }

        (fields["do"], fields["change"]) = ("publish", $"{(await ChangeAsync(subject))!.Version}");
        Assert.Equal(HttpStatusCode.Found, (await PostAsync(FormOf(subject), fields)).StatusCode);
        await using var after = Open();
        Assert.Equal(PublicationState.Published,
            (await after.WorkingCopies.SingleAsync(row => row.Kind == Kinds.Person, Cancellation)).State);
    }

    [Fact]
    public async Task Erasing_reaches_the_draft_of_a_change_its_review_and_its_comments()
    {
        var subject = await OpenTeamAsync();
        await SaveAsync(subject, "Visite de nuit", "review");
        await DoAsync(subject, "commentaires", ("comment", "Plus tard ?"));
        await using var db = Open();
        await new PublicationEditor(db, Journal, TimeProvider.System).EraseAsync(subject, Cancellation);
        Assert.False(await db.PendingChanges.AnyAsync(Cancellation) || await db.DraftReviews.AnyAsync(Cancellation)
            || await db.DraftComments.AnyAsync(Cancellation));
        Assert.DoesNotContain(await db.Audit.Select(row => row.What).ToListAsync(Cancellation), what =>
            what.Contains("Visite", StringComparison.Ordinal));
        Assert.DoesNotContain(await db.Mails.Select(row => row.Text + row.Subject).ToListAsync(Cancellation), text =>
            text.Contains("Visite", StringComparison.Ordinal));
    }

    private static string NextMonth { get; } =
        Paris.Now.AddDays(30).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
