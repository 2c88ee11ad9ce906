using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Node.DateHolds;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.Scheduling;
using Interclustering.Node.Sources.Publishing;
using Interclustering.Node.Sources.Reading;
using Interclustering.Node.Tokens;
using Interclustering.Node.Workspace;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Interclustering.IntegrationTests.Publishing;

/// <summary>A second pair of eyes, where a cluster wants it, at every door.</summary>
public sealed class ReviewTests : DraftVisit
{
    private const string Required = "required", Item = "/espace/bsc/api/v1/publications/site-web/42";

    private static readonly DateTime At = DateTime.UtcNow.Date.AddDays(20);

    [Fact]
    public async Task A_draft_is_asked_for_told_to_the_others_and_published_by_one_of_them()
    {
        await OpenTeamAsync(Required);
        Become(Claire);
        var form = await ReadAsync(NewEvent);
        Assert.Contains("name=\"do\" value=\"review\"", form, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"do\" value=\"publish\"", form, StringComparison.Ordinal);
        var subject = await NewAsync("Atelier", "review");
        Assert.Equal((PublicationState.Draft, ReviewState.Asked), ((await CopyAsync(subject)).State, (await ReviewAsync(subject))?.State));
        var mail = Assert.Single(await MailsAsync());
        Assert.Equal("equipe@bsc.example", mail.To);
        Assert.Contains($"/espace/bsc/publications/{subject}#relecture", mail.Text, StringComparison.Ordinal);

        // Its author is told that they wait, and is refused.
        Assert.DoesNotContain("À relire : demandé par", await ToDoAsync(), StringComparison.Ordinal);
        Assert.Contains("un autre membre le relit", await ReadAsync(PageOf(subject)), StringComparison.Ordinal);
        Assert.DoesNotContain("C’est bon : publier", await ReadAsync(PageOf(subject)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await DoAsync(subject, "relecture/publier")).StatusCode);

        Become(Administrator);
        Assert.Contains("À relire : demandé par Claire", await ToDoAsync(), StringComparison.Ordinal);
        Assert.Contains("À relire : demandé par Claire", await ReadAsync("/espace/bsc/publications"), StringComparison.Ordinal);
        Assert.Contains("C’est bon : publier", await ReadAsync(PageOf(subject)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await DoAsync(subject, "relecture/publier")).StatusCode);
        var copy = await CopyAsync(subject);
        Assert.Equal((PublicationState.Published, "Claire", 1), (copy.State, copy.EditedBy, copy.Revision));
        Assert.Null(await ReviewAsync(subject));
        Assert.Contains("a relu et publié « Atelier »", await ReadAsync("/espace/bsc/journal-des-actions"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_comes_back_with_a_comment_and_is_published_after_another_round()
    {
        var subject = await OpenTeamAsync(Required);
        Become(Claire);
        Assert.Equal(HttpStatusCode.Found, (await SaveAsync(subject, "Visite de nuit", "review")).StatusCode);
        Become(Administrator);
        Assert.Contains("Dites ce qui est à revoir", await WordsOfAsync(await DoAsync(subject, "relecture/rendre")),
            StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await DoAsync(subject, "relecture/rendre", ("remark", "L’heure manque."))).StatusCode);
        Assert.Equal(ReviewState.Returned, (await ReviewAsync(subject))!.State);
        var mail = (await MailsAsync())[^1];
        Assert.Equal(ClairesAddress, mail.To);
        Assert.Contains("L’heure manque.", mail.Text, StringComparison.Ordinal);
        // What was given back is not published by a form that is still open.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await DoAsync(subject, "relecture/publier")).StatusCode);

        Become(Claire);
        Assert.Contains("Rendu avec un commentaire par Équipe BSC", await ToDoAsync(), StringComparison.Ordinal);
        Assert.Contains("L’heure manque.", await ReadAsync(PageOf(subject)), StringComparison.Ordinal);
        await SaveAsync(subject, "Visite de nuit à 21 h", "review");
        Become(Administrator);
        Assert.Equal("Visite du quai", (await CopyAsync(subject)).Title);
        Assert.Equal(HttpStatusCode.Found, (await DoAsync(subject, "relecture/publier")).StatusCode);
        Assert.Equal(("Visite de nuit à 21 h", 2), ((await CopyAsync(subject)).Title, (await CopyAsync(subject)).Revision));
        Assert.Null(await ChangeAsync(subject));
    }

    [Fact]
    public async Task A_reviewer_publishes_what_they_have_read_and_nothing_newer()
    {
        var subject = await OpenTeamAsync(Required);
        Become(Claire);
        await SaveAsync(subject, "Visite de nuit", "review");
        var read = (await ChangeAsync(subject))!.Version;
        await SaveAsync(subject, "Visite surprise", "review");
        Become(Administrator);
        var answer = await DoAsync(subject, "relecture/publier", ("version", $"{read}"));
        Assert.Contains("Claire a enregistré une autre version entre-temps", await WordsOfAsync(answer), StringComparison.Ordinal);
        // Who corrects it has written it last: another member reads it then.
        await SaveAsync(subject, "Visite corrigée", "review");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await DoAsync(subject, "relecture/publier")).StatusCode);
        Assert.Equal("Visite du quai", (await CopyAsync(subject)).Title);
        Become(Claire);
        Assert.Equal(HttpStatusCode.Found, (await DoAsync(subject, "relecture/publier")).StatusCode);
        Assert.Equal("Visite corrigée", (await CopyAsync(subject)).Title);
    }

    [Fact]
    public async Task A_review_does_not_publish_over_what_has_moved()
    {
        var subject = await OpenTeamAsync(Required);
        Become(Claire);
        await SaveAsync(subject, "Visite de nuit", "review");
        await EditAsync(subject, Visit("Visite de Zoé"));
        Become(Administrator);
        Assert.Contains("La version publiée a changé depuis ce brouillon",
            await WordsOfAsync(await DoAsync(subject, "relecture/publier")), StringComparison.Ordinal);
        Assert.Equal("Visite de Zoé", (await CopyAsync(subject)).Title);
        // The form shows both before it asks again.
        Become(Claire);
        var answer = await SaveAsync(subject, "Visite de nuit", "review");
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("Garder la mienne, et demander une relecture", await WordsOfAsync(answer), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await SaveAsync(subject, "Visite de nuit", "review", version: 2)).StatusCode);
        Become(Administrator);
        await DoAsync(subject, "relecture/publier");
        Assert.Equal("Visite de nuit", (await CopyAsync(subject)).Title);
    }

    [Theory]
    [InlineData("publish")]
    [InlineData("reschedule")]
    [InlineData("correct")]
    public async Task No_form_publishes_where_a_review_is_required(string action)
    {
        var subject = await OpenTeamAsync(Required);
        var answer = await SaveAsync(subject, "Visite de nuit", action);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("Votre cluster relit avant de publier", await WordsOfAsync(answer), StringComparison.Ordinal);
        Assert.Equal(1, (await CopyAsync(subject)).Revision);
        // Sent again after it was kept as a draft, neither.
        var draft = await NewAsync("Atelier", "draft");
        var fields = await FieldsAsync(draft, "Atelier", action);
        (fields["version"], fields["form"]) = ("0", Guid.CreateVersion7().ToString("N"));
        await PostAsync(NewEvent, fields);
        Assert.Equal((PublicationState.Draft, 0), ((await CopyAsync(draft)).State, (await CopyAsync(draft)).Revision));
    }

    [Fact]
    public async Task A_new_date_and_a_cancellation_are_read_first()
    {
        var subject = await OpenTeamAsync(Required);
        Become(Claire);
        Assert.Equal(HttpStatusCode.Found, (await DoAsync(subject, "annuler", ("reason", "Grève"))).StatusCode);
        var change = (await ChangeAsync(subject))!;
        Assert.Equal(EventStatus.Cancelled, ((Event)PublicationText.Read(change.Kind, change.Data)).Status);
        Assert.Equal((1, ReviewState.Asked), ((await CopyAsync(subject)).Revision, (await ReviewAsync(subject))?.State));
        Assert.Contains("attend déjà",
            await WordsOfAsync(await DoAsync(subject, "annuler", ("reason", "Neige"), ("version", "1"))), StringComparison.Ordinal);
        Become(Administrator);
        await DoAsync(subject, "relecture/publier");
        Assert.Contains("\"cancelled\"", (await CopyAsync(subject)).Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_at_once_leave_what_is_published_for_a_review()
    {
        var subject = await OpenTeamAsync(Required);
        var answer = await PostAsync("/espace/bsc/publications/plusieurs",
            new Dictionary<string, string> { ["do"] = "theme", ["theme"] = KnownThemes.Urban, ["item"] = $"{subject}:1" },
            from: "/espace/bsc/publications");
        Assert.Contains("Votre cluster relit avant de publier", await ReadAsync(answer.Headers.Location!.OriginalString),
            StringComparison.Ordinal);
        Assert.Equal(1, (await CopyAsync(subject)).Revision);
    }

    [Fact]
    public async Task What_is_scheduled_appears_only_once_it_was_read()
    {
        var subject = await OpenTeamAsync(Required);
        var other = await PublishAsync(Visit("Visite du port"));
        Become(Claire);
        var day = At.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await SaveAsync(subject, "Visite de nuit", "schedule", at: day);
        await SaveAsync(other, "Visite du port, le soir", "schedule", at: day);
        var draft = await NewAsync("Atelier", "schedule", day);
        Assert.All([subject, other, draft], id => Assert.Equal(ReviewState.Asked, ReviewAsync(id).GetAwaiter().GetResult()?.State));
        Become(Administrator);
        await DoAsync(subject, "relecture/publier");
        Assert.Equal((ReviewState.Approved, 1), ((await ReviewAsync(subject))!.State, (await CopyAsync(subject)).Revision));

        var later = new FakeTimeProvider(new DateTimeOffset(At.AddDays(1), TimeSpan.Zero));
        using var job = new PublishScheduled(new Nodes([Node]), Mails, later, NullLogger<PublishScheduled>.Instance);
        await job.RunAsync(Node, Cancellation);
        Assert.Equal("Visite de nuit", (await CopyAsync(subject)).Title);
        Assert.Equal(("Visite du port", ScheduleFailure.Unreviewed), ((await CopyAsync(other)).Title, (await ChangeAsync(other))!.Failure));
        Assert.Equal((PublicationState.Draft, null), ((await CopyAsync(draft)).State, (await CopyAsync(draft)).PublishAt));
        Assert.Equal(2, (await MailsAsync()).Count(mail => mail.To == ClairesAddress
            && mail.Subject.Contains("n’a pas paru", StringComparison.Ordinal)));
        Assert.Contains("À relire : demandé par Claire", await ToDoAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_read_and_then_changed_is_read_again()
    {
        var subject = await OpenTeamAsync(Required);
        Become(Claire);
        var day = At.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await SaveAsync(subject, "Visite de nuit", "schedule", at: day);
        Become(Administrator);
        await DoAsync(subject, "relecture/publier");
        Become(Claire);
        await SaveAsync(subject, "Visite surprise", "schedule", at: day);
        var later = new FakeTimeProvider(new DateTimeOffset(At.AddDays(1), TimeSpan.Zero));
        using var job = new PublishScheduled(new Nodes([Node]), Mails, later, NullLogger<PublishScheduled>.Instance);
        await job.RunAsync(Node, Cancellation);
        Assert.Equal("Visite du quai", (await CopyAsync(subject)).Title);
    }

    [Fact]
    public async Task Only_an_administrator_publishes_without_a_review_and_says_why()
    {
        var subject = await OpenTeamAsync(Required);
        Become(Claire);
        await SaveAsync(subject, "Visite de nuit", "review");
        Assert.DoesNotContain("Publier sans relecture", await ReadAsync(PageOf(subject)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await DoAsync(subject, "relecture/sans", ("unreviewed", "Pressé"))).StatusCode);
        Become(Administrator);
        await SaveAsync(subject, "Visite de l’équipe", "review");
        Assert.Contains("Dites pourquoi", await WordsOfAsync(await DoAsync(subject, "relecture/sans")), StringComparison.Ordinal);
        Assert.Equal(1, (await CopyAsync(subject)).Revision);
        Assert.Equal(HttpStatusCode.Found,
            (await DoAsync(subject, "relecture/sans", ("unreviewed", "Personne d’autre n’est là."))).StatusCode);
        Assert.Equal(("Visite de l’équipe", 2), ((await CopyAsync(subject)).Title, (await CopyAsync(subject)).Revision));
        var list = await ReadAsync("/espace/bsc/journal-des-actions");
        Assert.All(["a publié « Visite de l’équipe » sans relecture", "Raison : Personne d’autre n’est là."], said =>
            Assert.Contains(said, list, StringComparison.Ordinal));
        await using var db = Open();
        await new PublicationEditor(db, Journal, TimeProvider.System).EraseAsync(subject, Cancellation);
        Assert.False(await db.Audit.AnyAsync(row => row.Reason != "" || row.What.Contains("Visite"), Cancellation));
    }

    [Fact]
    public async Task A_review_that_is_advised_can_be_asked_for_and_left_out()
    {
        var subject = await OpenTeamAsync("advised");
        var form = await ReadAsync(FormOf(subject));
        Assert.All(["value=\"publish\"", "value=\"review\""], button => Assert.Contains(button, form, StringComparison.Ordinal));
        await SaveAsync(subject, "Visite de nuit", "review");
        Assert.DoesNotContain("Publier sans relecture", await ReadAsync(PageOf(subject)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await SaveAsync(subject, "Visite de nuit", "publish")).StatusCode);
        Assert.Equal("Visite de nuit", (await CopyAsync(subject)).Title);
        Assert.Null(await ReviewAsync(subject));
    }

    [Fact]
    public async Task A_draft_that_is_written_on_waits_for_no_review()
    {
        await OpenTeamAsync(Required);
        Become(Claire);
        var subject = await NewAsync("Atelier", "review");
        await SaveAsync(subject, "Atelier, suite", "draft");
        Assert.Null(await ReviewAsync(subject));
    }

    [Fact]
    public async Task The_clusters_own_site_hands_in_what_a_member_reads_first()
    {
        await OpenTeamAsync(Required);
        var token = await TokenAsync();
        var (status, would) = await PutAsync(token, "Petit-déjeuner", "?dryRun=true");
        Assert.Equal((HttpStatusCode.OK, "to-review"), (status, would.GetProperty("outcome").GetString()));
        (status, var answer) = await PutAsync(token, "Petit-déjeuner");
        Assert.Equal((HttpStatusCode.Accepted, "to-review"), (status, answer.GetProperty("outcome").GetString()));
        var subject = answer.GetProperty("id").GetString()!;
        Assert.Equal((PublicationState.Draft, ReviewState.Asked), ((await CopyAsync(subject)).State, (await ReviewAsync(subject))?.State));
        var mails = (await MailsAsync()).Count;
        await PutAsync(token, "Petit-déjeuner");
        Assert.Equal((2, 2), (mails, (await MailsAsync()).Count));
        await DoAsync(subject, "relecture/publier");
        Assert.Equal(1, (await CopyAsync(subject)).Revision);
        (status, answer) = await PutAsync(token, "Petit-déjeuner");
        Assert.Equal("unchanged", answer.GetProperty("outcome").GetString());

        // The next text waits beside what is published, and goes on counting as the site's own.
        (_, answer) = await PutAsync(token, "Petit-déjeuner du quai");
        Assert.Equal("to-review", answer.GetProperty("outcome").GetString());
        Assert.Equal("Petit-déjeuner", (await CopyAsync(subject)).Title);
        await DoAsync(subject, "relecture/publier");
        var copy = await CopyAsync(subject);
        Assert.Equal(("Petit-déjeuner du quai", 2), (copy.Title, copy.Revision));
        Assert.Equal(copy.Data, copy.SourceData);

        // Not over what a member is writing.
        await SaveAsync(subject, "Petit-déjeuner tardif", "draft");
        (status, _) = await PutAsync(token, "Petit-déjeuner d’été");
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal("Petit-déjeuner tardif", (await ChangeAsync(subject))!.Title);
    }

    [Fact]
    public async Task Sources_are_not_asked()
    {
        await OpenTeamAsync(Required);
        await using var db = Open();
        var imported = Visit("Du site") with { Source = new SourceReference("icalendar", "7") };
        await new ImportEvents(new PublicationEditor(db, Journal, TimeProvider.System))
            .RunAsync(new ImportDocument("icalendar", [new ImportedEvent("7", "Du site", imported)]), "Agenda", null, Cancellation);
        Assert.Equal(PublicationState.Published,
            (await db.WorkingCopies.AsNoTracking().SingleAsync(row => row.SourceKey == "7", Cancellation)).State);
    }

    [Fact]
    public async Task A_reader_is_not_asked()
    {
        await OpenTeamAsync(Required);
        await NewAsync("Atelier", "review");
        await JoinAsync("Rémi", "remi@bsc.example", StaffRoles.Reader);
        Assert.DoesNotContain("À relire : demandé par", await ToDoAsync(), StringComparison.Ordinal);
        Become(Claire);
        Assert.Contains("À relire : demandé par", await ToDoAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_other_member_may_publish_the_author_is_told_so()
    {
        await OpenTeamAsync(Required);
        var subject = await NewAsync("Atelier", "review");
        Assert.DoesNotContain("Personne d’autre ne peut relire", await ToDoAsync(), StringComparison.Ordinal);
        await using var db = Open();
        await db.Users.Where(user => user.Email == ClairesAddress).ExecuteDeleteAsync(Cancellation);
        await DoAsync(subject, "commentaires", ("comment", "Seul ici."));
        Assert.Contains("Personne d’autre ne peut relire", await ToDoAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_site_handed_in_is_not_published_by_giving_it_back()
    {
        await OpenTeamAsync(Required);
        var (_, answer) = await PutAsync(await TokenAsync(), "Petit-déjeuner");
        var subject = answer.GetProperty("id").GetString()!;
        await SaveAsync(subject, "Petit-déjeuner tardif", "draft");
        await PostAsync($"{PageOf(subject)}/rendre", new Dictionary<string, string>(), from: PageOf(subject));
        Assert.Equal(PublicationState.Draft, (await CopyAsync(subject)).State);
    }

    [Fact]
    public async Task Only_an_administrator_sets_the_rule()
    {
        await OpenTeamAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync("/espace/bsc/equipe/relecture",
            new Dictionary<string, string> { ["review"] = "sometimes" }, from: "/espace/bsc/equipe")).StatusCode);
        await RuleAsync(Required);
        Assert.Contains("a réglé la relecture avant publication : obligatoire", await ReadAsync("/espace/bsc/journal-des-actions"),
            StringComparison.Ordinal);
        Become(Claire);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync("/espace/bsc/equipe/relecture",
            new Dictionary<string, string> { ["review"] = "none" }, from: NewEvent)).StatusCode);
    }

    private async Task<string> NewAsync(string title, string action, string? at = null)
    {
        var answer = await PostAsync(NewEvent, new Dictionary<string, string>
        {
            ["title"] = title,
            ["date"] = Day,
            ["start"] = "09:00",
            ["timeZone"] = "Europe/Paris",
            ["attendance"] = Attendance.OnSite,
            ["visibility"] = Visibility.Public,
            ["form"] = Guid.CreateVersion7().ToString("N"),
            ["publishOn"] = at ?? "",
            ["publishTime"] = at is null ? "" : "09:00",
            ["do"] = action,
        });
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return answer.Headers.Location!.OriginalString.Split('/')[^1];
    }

    private async Task<string> TokenAsync()
    {
        var (row, token) = ApiToken.Create("site web", TokenScopes.Write, "Anne", DateTime.UtcNow);
        await using var db = Open();
        db.Add(row);
        await db.SaveChangesAsync(Cancellation);
        return token;
    }

    private async Task<(HttpStatusCode Status, JsonElement Answer)> PutAsync(string token, string title, string query = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, Item + query)
        {
            Content = JsonContent.Create(new { kind = "event", title, sessions = new[] { new { start = Day + "T09:00:00" } } }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var answer = await SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation));
    }
}
