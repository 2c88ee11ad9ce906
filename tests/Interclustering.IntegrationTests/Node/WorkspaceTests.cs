using System.Net;
using Interclustering.Contracts;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;
using Interclustering.Node.Mail;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.PublicationStatus;
using Interclustering.Node.Workspace;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Interclustering.IntegrationTests.Node;

public sealed class WorkspaceTests : WorkspaceVisit
{
    [Fact]
    public async Task A_cookie_of_one_cluster_opens_nothing_in_another_even_when_renamed()
    {
        await SignInAsync();
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/espace/bsc")).StatusCode);
        Cookies["ic-lsn"] = Cookies["ic-bsc"];
        Assert.Equal(HttpStatusCode.Redirect, (await GetAsync("/espace/lsn")).StatusCode);
    }

    [Fact]
    public async Task An_open_page_is_told_when_its_publication_comes_further()
    {
        await SignInAsync();
        var subject = await PublishAsync(Morning());
        var page = await (await GetAsync($"/espace/bsc/publications/{subject}")).Content.ReadAsStringAsync(Cancellation);
        Assert.Contains($"data-follow=\"/espace/bsc/publications/{subject}/suivi\"", page, StringComparison.Ordinal);
        var following = GetAsync($"/espace/bsc/publications/{subject}/suivi");
        await HubSaysAsync(subject, "invalid");
        var states = (await (await following).Content.ReadAsStringAsync(Cancellation))
            .Split("event: state", StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("invalid", states[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("data-follow", await (await GetAsync($"/espace/bsc/publications/{subject}")).Content.ReadAsStringAsync(
            Cancellation), StringComparison.Ordinal);
        Assert.Equal("", await (await GetAsync("/espace/bsc/publications/bsc-1/suivi")).Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task The_receipt_says_why_nothing_has_arrived_and_what_to_do()
    {
        await SignInAsync();
        var subject = await PublishAsync(Morning());
        Assert.Contains("en attente depuis", await ReceiptAsync(), StringComparison.Ordinal);
        await using (var db = Open())
        {
            db.Cursors.Add(new ReplicaCursor { Journal = "hub", Epoch = "e", Hash = "h", HeardAt = DateTime.UtcNow.AddMinutes(-5) });
            await db.SaveChangesAsync(Cancellation);
        }

        Assert.Contains("le site national ne répond pas depuis", await ReceiptAsync(), StringComparison.Ordinal);
        await using (var db = Open())
        {
            db.Add(new ReceiptRow { Reader = "hub", Hash = "h", At = DateTime.UtcNow, StoppedBecause = "fork" });
            await db.SaveChangesAsync(Cancellation);
        }

        var stopped = await ReceiptAsync();
        Assert.Contains("l’envoi au site national est arrêté", stopped, StringComparison.Ordinal);
        Assert.Contains("href=\"/espace/bsc/reprise\"", stopped, StringComparison.Ordinal);

        async Task<string> ReceiptAsync()
        {
            var page = await WordsOfAsync(await GetAsync($"/espace/bsc/publications/{subject}"));
            return page[page.IndexOf("id=\"accuse\"", StringComparison.Ordinal)..];
        }
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/espace/bsc")]
    [InlineData("/espace/bscx")]
    [InlineData("/espace/bsc/../lsn")]
    public async Task Signing_in_never_leads_elsewhere(string back)
    {
        var answer = await SignInAsync(back: back);
        Assert.Equal("/espace/bsc", answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account()
    {
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await SignInAsync("wrong");
        }

        Assert.Contains("bloqué", WebUtility.HtmlDecode(await (await SignInAsync()).Content.ReadAsStringAsync(Cancellation)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("invalid", "il y manque quelque chose, ou une date ou une adresse n’est pas correcte")]
    [InlineData("future", "paraîtra après la mise à jour du site national")]
    [InlineData("of tomorrow", "Mis de côté par le site national (of tomorrow).")]
    public async Task What_the_hub_set_aside_is_told_with_its_reason_until_it_is_published_again(string reason, string words)
    {
        await SignInAsync();
        var subject = await PublishAsync(Morning());
        await HubSaysAsync(subject, reason);
        var page = await WordsOfAsync(await GetAsync($"/espace/bsc/publications/{subject}"));
        Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.Contains("Reçu par le site national</span><time", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Pas encore visible", page, StringComparison.Ordinal);
        Assert.Contains("mis de côté par le site national", await WordsOfAsync(await GetAsync("/espace/bsc/publications")),
            StringComparison.Ordinal);

        await EditAsync(subject, Morning("Corrigée"));
        Assert.DoesNotContain("is de côté", await WordsOfAsync(await GetAsync($"/espace/bsc/publications/{subject}")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_typed_is_still_there_beside_kind_errors()
    {
        await SignInAsync();
        var emoji = string.Concat(Enumerable.Repeat("😀", 10_000));
        var answer = await PostAsync("/espace/bsc/evenements/nouveau", new Dictionary<string, string>
        {
            ["title"] = emoji,
            ["text"] = "<script>alert(1)</script>",
            ["date"] = "2026-12-10",
            ["start"] = "12:00",
            ["end"] = "09:00",
            ["do"] = "publish",
        });
        var raw = await answer.Content.ReadAsStringAsync(Cancellation);
        var page = await WordsOfAsync(answer);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("La fin est avant le début", page, StringComparison.Ordinal);
        Assert.Contains("Le titre dépasse la longueur permise", page, StringComparison.Ordinal);
        Assert.Contains(emoji, page, StringComparison.Ordinal);
        Assert.Contains("<script>alert(1)</script>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_is_published_and_its_page_tells_that_it_waits()
    {
        await SignInAsync();
        var answer = await PostAsync("/espace/bsc/evenements/nouveau", new Dictionary<string, string>
        {
            ["title"] = "<script>Matinée</script>",
            ["date"] = "2026-12-10",
            ["start"] = "09:00",
            ["end"] = "12:30",
            ["speakers"] = "Anne — directrice",
            ["attendance"] = "on-site",
            ["visibility"] = "public",
            ["status"] = "confirmed",
            ["do"] = "publish",
        });
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var page = await (await GetAsync(answer.Headers.Location!.ToString())).Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("en attente d’envoi", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        await using var db = Open();
        Assert.Equal(2, await db.Journal.CountAsync(Cancellation));
    }

    [Fact]
    public async Task Saving_a_form_keeps_what_it_does_not_show()
    {
        string subject, speaker;
        await using (var db = Open())
        {
            var editor = new PublicationEditor(db, Journal, TimeProvider.System);
            var person = new Person { Nonce = "", Name = "Anne", Role = "directrice", Email = "anne@bsc.example" };
            speaker = (await editor.PublishAsync(null, person, "a", Cancellation)).Subject;
            subject = (await editor.PublishAsync(null, new Webinar
            {
                Nonce = "",
                Title = "Matinée",
                Speakers = [speaker],
                Source = new SourceReference("openagenda", "42"),
                Sessions = [new Session("1", "2026-12-10T09:00:00")],
                Slides = [new Link("Ouverture", "https://bsc.example/1"), new Link("Atelier", "https://bsc.example/2")],
            }, "a", Cancellation)).Subject;
        }

        await SignInAsync();
        var path = $"/espace/bsc/webinaires/{subject}";
        var page = await WordsOfAsync(await GetAsync(path));
        Assert.Contains("Anne — directrice", page, StringComparison.Ordinal);
        const string Slides = "Ouverture — https://bsc.example/1\nAtelier — https://bsc.example/2";
        Assert.Contains(Slides, page, StringComparison.Ordinal);
        var answer = await PostAsync(path, new Dictionary<string, string>
        {
            ["title"] = "Matinée",
            ["sessionId"] = "1",
            ["date"] = "2026-12-17",
            ["start"] = "09:00",
            ["end"] = "",
            ["endDate"] = "",
            ["label"] = "",
            ["speakers"] = "Anne — directrice",
            ["slides"] = Slides,
            ["version"] = "1",
            ["do"] = "correct",
        });
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);

        await using var after = Open();
        var copy = await after.WorkingCopies.SingleAsync(row => row.Subject == subject, Cancellation);
        var saved = (Webinar)PublicationText.Read(copy.Kind, copy.Data);
        Assert.Equal(new Session("1", "2026-12-17T09:00:00"), Assert.Single(saved.Sessions));
        Assert.Equal([speaker], saved.Speakers);
        Assert.Equal(["https://bsc.example/1", "https://bsc.example/2"], saved.Slides.Select(slide => slide.Url));
    }

    [Fact]
    public async Task What_the_hub_set_aside_is_written_to_the_team_once_for_each_revision()
    {
        var subject = await PublishAsync(Morning("Visite du quai"));
        await RefuseAsync();
        await HubSaysAsync(subject, "invalid");
        await RefuseAsync();
        await RefuseAsync();
        await using var db = Open();
        var mail = Assert.Single(await db.Mails.ToListAsync(Cancellation));
        Assert.Equal((MailGroups.Failures, false), (mail.Group, mail.Waits));
        Assert.Contains("Visite du quai", mail.Subject, StringComparison.Ordinal);
        Assert.Contains("il y manque quelque chose", mail.Text, StringComparison.Ordinal);
        Assert.Contains($"https://espace.bsc.example/espace/bsc/publications/{subject}", mail.Text, StringComparison.Ordinal);

        mail.Failure = "421 later";
        await db.SaveChangesAsync(Cancellation);
        await SignInAsync();
        Assert.Contains("421 later", await WordsOfAsync(await GetAsync($"/espace/bsc/publications/{subject}")), StringComparison.Ordinal);

        async Task RefuseAsync()
        {
            using var telling = new NotifyOfRefusals(
                new Nodes([Node]), Mails, TimeProvider.System, NullLogger<NotifyOfRefusals>.Instance);
            await telling.RunAsync(Node, Cancellation);
        }
    }

    /// <summary>The hub has received the first revision, and journaled that it set it aside.</summary>
    private async Task HubSaysAsync(string subject, string reason)
    {
        await using var db = Open();
        var copy = await CopyAsync(subject);
        var origin = EntryChain.Read((await db.Journal.SingleAsync(row => row.Sequence == copy.Sequence, Cancellation)).Text);
        var told = Entries.Of(new Quarantined { Nonce = "n", Origin = origin, Reason = reason, Detail = "detail" }, Kinds.Quarantined,
            subject, journal: "hub");
        db.Add(ReplicaEntry.Of("hub", told));
        db.Add(new ReceiptRow { Reader = "hub", Through = copy.Sequence, Hash = origin.Hash, At = copy.EditedAt });
        await db.SaveChangesAsync(Cancellation);
    }
}
