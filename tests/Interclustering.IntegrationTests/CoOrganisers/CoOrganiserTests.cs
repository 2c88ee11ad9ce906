using System.Net;
using Interclustering.Contracts;
using Interclustering.IntegrationTests.Node;
using Interclustering.Node.CoOrganisers;
using Interclustering.Node.NationalView;
using Interclustering.Node.Publishing.Reviews;
using Interclustering.Node.Workspace;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Interclustering.IntegrationTests.CoOrganisers;

/// <summary>A cluster that is named as co-organiser is asked, answers, and may propose corrections, which the owner takes over.</summary>
public sealed class CoOrganiserTests : AgreementVisit
{
    private const string Section = "Votre cluster et cet événement";

    [Fact]
    public async Task Who_is_named_finds_the_question_under_what_waits_and_answers_it()
    {
        await SignInAsync();
        var id = await HearAsync(At("Le canal") with { CoOrganisers = ["bsc"] });
        Assert.Contains("vous demande si vous co-organisez", await ReadAsync("/espace/bsc"), StringComparison.Ordinal);
        var page = await ReadAsync($"/espace/bsc/national/lire/{id}");
        Assert.All([Section, "Tant que vous n’avez pas accepté", "Accepter", "Décliner"], words =>
            Assert.Contains(words, page, StringComparison.Ordinal));

        await AnswerAsync(id, "accepter");
        Assert.Equal((id, "bsc", CoOrganisationAnswers.Agreed), await LastAsync());
        Assert.DoesNotContain("vous demande si vous co-organisez", await ReadAsync("/espace/bsc"), StringComparison.Ordinal);
        Assert.Contains("Vous y figurez comme co-organisateur", await ReadAsync($"/espace/bsc/national/lire/{id}"),
            StringComparison.Ordinal);

        await AnswerAsync(id, "quitter");
        Assert.Equal((id, "bsc", CoOrganisationAnswers.Declined), await LastAsync());
        await AnswerAsync(id, "accepter");
        Assert.Equal((id, "bsc", CoOrganisationAnswers.Agreed), await LastAsync());
    }

    /// <summary>A past event asks nothing, and a cluster is not asked about an event that does not name it.</summary>
    [Fact]
    public async Task What_is_over_asks_nothing()
    {
        await SignInAsync();
        await HearAsync(At("Hier", day: DateWordsOf(-3)) with { CoOrganisers = ["bsc"] });
        await HearAsync(At("À deux autres") with { CoOrganisers = ["pil"], Summary = "Avec \"bsc\"" });
        Assert.DoesNotContain("vous demande si vous co-organisez", await ReadAsync("/espace/bsc"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_asks_to_be_named_is_named_once_the_owner_accepts()
    {
        await SignInAsync();
        var id = await PublishAsync(At("Le port"));
        var role = await HearAsync(new CoOrganisation { Nonce = "", Event = id, Cluster = "lsn", Answer = CoOrganisationAnswers.Agreed });
        Assert.Contains("demande à y figurer : acceptez ou refusez", await ReadAsync("/espace/bsc"), StringComparison.Ordinal);
        Assert.Contains("demande à y figurer", await ReadAsync($"/espace/bsc/publications/{id}"), StringComparison.Ordinal);

        await DecideAsync(id, "refuser");
        Assert.Equal((id, "lsn", CoOrganisationAnswers.Declined), await LastAsync());
        Assert.Empty((await EventAsync(id)).CoOrganisers);
        Assert.DoesNotContain("acceptez ou refusez", await ReadAsync("/espace/bsc"), StringComparison.Ordinal);

        // Asked once more, later.
        await HearAsync(new CoOrganisation { Nonce = "", Event = id, Cluster = "lsn", Answer = CoOrganisationAnswers.Agreed }, role, 3);
        await DecideAsync(id, "accepter");
        Assert.Equal(["lsn"], (await EventAsync(id)).CoOrganisers);
    }

    [Fact]
    public async Task Corrections_are_taken_over_field_by_field()
    {
        await SignInAsync();
        var id = await PublishAsync(At("Le prot") with { CoOrganisers = ["lsn"], Summary = "Court." });
        await HearAsync(new CoOrganisation
        {
            Nonce = "",
            Event = id,
            Cluster = "lsn",
            Answer = CoOrganisationAnswers.Agreed,
            Corrections = new ProposedCorrections
            {
                Title = "Le port",
                Summary = "Plus long.",
                Start = $"{Day}T10:00:00",
                End = $"{Day}T12:00:00",
                Remark = "La salle ouvre à 9 h 30.",
            },
        }, revision: 2);
        Assert.Contains("propose des corrections", await ReadAsync("/espace/bsc"), StringComparison.Ordinal);
        var page = await ReadAsync($"/espace/bsc/publications/{id}");
        Assert.All(["Le prot", "Le port", "Plus long.", "La salle ouvre à 9 h 30.", "10 h"], words =>
            Assert.Contains(words, page, StringComparison.Ordinal));

        await DecideAsync(id, "reprendre", ("field", "title"), ("field", "time"));
        var now = await EventAsync(id);
        Assert.Equal(("Le port", "Court.", $"{Day}T10:00:00"), (now.Title, now.Summary, now.Sessions[0].Start));
        Assert.Equal(2, (await SaidAsync<CoOrganisation>())!.Considered);
        Assert.DoesNotContain("propose des corrections", await ReadAsync($"/espace/bsc/publications/{id}"), StringComparison.Ordinal);
        Assert.DoesNotContain("propose des corrections", await ReadAsync("/espace/bsc"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_day_that_is_taken_over_is_said_to_be_another_date()
    {
        await SignInAsync();
        var id = await PublishAsync(At("Le port") with { CoOrganisers = ["lsn"] });
        var (before, other) = ((await EventAsync(id)).Sessions[0].Start, DateWordsOf(27));
        await HearAsync(new CoOrganisation
        {
            Nonce = "",
            Event = id,
            Cluster = "lsn",
            Answer = CoOrganisationAnswers.Agreed,
            Corrections = new ProposedCorrections { Start = $"{other}T09:00:00" },
        }, revision: 2);
        await DecideAsync(id, "reprendre", ("field", "time"));
        var now = await EventAsync(id);
        Assert.Equal((EventStatus.Rescheduled, before), (now.Status, now.PreviousStart));
    }

    [Fact]
    public async Task What_the_owner_changed_meanwhile_is_shown_before_corrections_are_taken_over()
    {
        await SignInAsync();
        var id = await PublishAsync(At("Le prot") with { CoOrganisers = ["lsn"] });
        await HearAsync(new CoOrganisation
        {
            Nonce = "",
            Event = id,
            Cluster = "lsn",
            Answer = CoOrganisationAnswers.Agreed,
            Corrections = new ProposedCorrections { Title = "Le port" },
        });
        var form = Decision("reprendre", ("field", "title"));
        await EditAsync(id, At("Le quai") with { CoOrganisers = ["lsn"] });
        using var answer = await PostAsync($"/espace/bsc/publications/{id}/co-organisateurs", form, $"/espace/bsc/publications/{id}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("Le quai", (await EventAsync(id)).Title);
    }

    [Fact]
    public async Task Corrections_that_were_not_looked_at_are_not_taken_over()
    {
        await SignInAsync();
        var id = await PublishAsync(At("Le prot") with { CoOrganisers = ["lsn"] });
        // The form names revision 2; this is a later one.
        await HearAsync(new CoOrganisation
        {
            Nonce = "",
            Event = id,
            Cluster = "lsn",
            Answer = CoOrganisationAnswers.Agreed,
            Corrections = new ProposedCorrections { Title = "Autre chose" },
        }, revision: 3);
        using var answer = await PostAsync($"/espace/bsc/publications/{id}/co-organisateurs",
            Decision("reprendre", ("field", "title")), $"/espace/bsc/publications/{id}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("Le prot", (await EventAsync(id)).Title);
    }

    /// <summary>Once they were looked at, the text is taken out of all journals, and the answer stays.</summary>
    [Fact]
    public async Task Corrections_that_were_looked_at_are_forgotten()
    {
        await SignInAsync();
        var id = await HearAsync(At("Le prot") with { CoOrganisers = ["bsc"] });
        await AnswerAsync(id, "accepter");
        using (await PostAsync($"/espace/bsc/national/lire/{id}/corrections", new Dictionary<string, string>
        {
            ["title"] = "Le port de Zélie",
            ["date"] = Day,
            ["start"] = "09:00",
        }))
        {
        }

        using var forgetting = new ForgetCorrections(new Nodes([Node]), TimeProvider.System, NullLogger<ForgetCorrections>.Instance);
        await forgetting.RunAsync(Node, Cancellation);
        Assert.NotNull((await SaidAsync<CoOrganisation>())!.Corrections);
        await HearAsync(new CoOrganisation
        {
            Nonce = "",
            Event = id,
            Cluster = "bsc",
            Answer = CoOrganisationAnswers.Agreed,
            Considered = 2,
        });
        await forgetting.RunAsync(Node, Cancellation);
        await forgetting.RunAsync(Node, Cancellation);
        var said = (await SaidAsync<CoOrganisation>())!;
        Assert.Equal((CoOrganisationAnswers.Agreed, null), (said.Answer, said.Corrections));
        await using var db = Open();
        Assert.False(await db.Journal.AnyAsync(row => row.Text.Contains("Zélie"), Cancellation));
        Assert.False(await db.WorkingCopies.AnyAsync(row => row.Data.Contains("Zélie"), Cancellation));
        Assert.Contains("Vous y figurez", await ReadAsync($"/espace/bsc/national/lire/{id}"), StringComparison.Ordinal);
    }

    /// <summary>Where a review is required, what is taken over is read by a second member first.</summary>
    [Fact]
    public async Task Where_a_review_is_required_nothing_is_taken_over_unread()
    {
        await using (var db = Open())
        {
            await ReviewRule.SetAsync(db, ReviewRule.Required, Cancellation);
            await db.SaveChangesAsync(Cancellation);
        }

        await SignInAsync();
        var id = await PublishAsync(At("Le port"));
        await HearAsync(new CoOrganisation { Nonce = "", Event = id, Cluster = "lsn", Answer = CoOrganisationAnswers.Agreed });
        await DecideAsync(id, "accepter");
        Assert.Empty((await EventAsync(id)).CoOrganisers);
        await using var read = Open();
        Assert.Contains("lsn", (await read.PendingChanges.AsNoTracking().SingleAsync(Cancellation)).Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_co_organiser_proposes_what_differs_and_nothing_else()
    {
        await SignInAsync();
        var id = await HearAsync(At("Le prot") with { CoOrganisers = ["bsc"], Place = new Place { Name = "Le Dock", City = "Le Havre" } });
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync($"/espace/bsc/national/lire/{id}/corrections")).StatusCode);
        await AnswerAsync(id, "accepter");
        var fields = new Dictionary<string, string>
        {
            ["title"] = "Le port",
            ["date"] = Day,
            ["start"] = "09:00",
            ["end"] = "12:00",
            ["placeName"] = "Le Dock",
            ["city"] = "Le Havre",
            ["remark"] = "Une coquille.",
        };
        using var answer = await PostAsync($"/espace/bsc/national/lire/{id}/corrections", fields);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        var said = (await SaidAsync<CoOrganisation>())!;
        Assert.Equal(CoOrganisationAnswers.Agreed, said.Answer);
        Assert.Equal(new ProposedCorrections { Title = "Le port", Remark = "Une coquille." }, said.Corrections);
        Assert.Contains("Vos corrections attendent la réponse de", await ReadAsync($"/espace/bsc/national/lire/{id}"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("title", "", "title")]
    [InlineData("date", "", "date-0")]
    [InlineData("start", "25:00", "start-0")]
    [InlineData("registrationUrl", "pas une adresse", "registrationUrl")]
    public async Task What_can_not_stand_is_shown_again(string field, string typed, string at)
    {
        await SignInAsync();
        var id = await HearAsync(At("Le prot") with { CoOrganisers = ["bsc"] });
        await AnswerAsync(id, "accepter");
        var fields = new Dictionary<string, string> { ["title"] = "Le port", ["date"] = Day, ["start"] = "09:00", [field] = typed };
        using var answer = await PostAsync($"/espace/bsc/national/lire/{id}/corrections", fields);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains($"href=\"#{at}\"", await WordsOfAsync(answer), StringComparison.Ordinal);
        Assert.Null((await SaidAsync<CoOrganisation>())!.Corrections);
    }

    [Fact]
    public async Task Teams_are_written_to_once_of_each()
    {
        var id = await PublishAsync(At("Le port") with { CoOrganisers = ["lsn"] });
        await HearAsync(At("Le canal") with { CoOrganisers = ["bsc"] });
        await HearAsync(new CoOrganisation { Nonce = "", Event = id, Cluster = "lsn", Answer = CoOrganisationAnswers.Agreed });
        using var telling = new NotifyOfAgreements(new Nodes([Node]), Directories.Two,
            new NationalItems(Directories.Two, NullLogger<NationalItems>.Instance), Mails, TimeProvider.System,
            NullLogger<NotifyOfAgreements>.Instance);
        await telling.RunAsync(Node, Cancellation);
        await telling.RunAsync(Node, Cancellation);
        await using var read = Open();
        var subjects = await read.Mails.Select(mail => mail.Subject).ToListAsync(Cancellation);
        Assert.Equal(2, subjects.Count);
        Assert.Contains(subjects, subject => subject.Contains("Le canal", StringComparison.Ordinal)
            && subject.Contains("vous demande si vous co-organisez", StringComparison.Ordinal));
        Assert.Contains(subjects, subject => subject.Contains("accepte d’y figurer", StringComparison.Ordinal));
    }

    private async Task<(string Event, string Cluster, string Answer)> LastAsync()
    {
        var said = (await SaidAsync<CoOrganisation>())!;
        return (said.Event, said.Cluster, said.Answer);
    }

    private async Task AnswerAsync(string id, string action)
    {
        using var answer = await PostAsync($"/espace/bsc/national/lire/{id}/co-organisation",
            new Dictionary<string, string> { ["do"] = action }, $"/espace/bsc/national/lire/{id}");
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }

    private async Task DecideAsync(string id, string action, params (string Name, string Value)[] more)
    {
        using var answer = await PostAsync($"/espace/bsc/publications/{id}/co-organisateurs",
            Decision(action, [.. more, ("version", $"{(await CopyAsync(id)).Version}")]), $"/espace/bsc/publications/{id}");
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }

    private static List<KeyValuePair<string, string>> Decision(string action, params (string Name, string Value)[] more) =>
    [
        KeyValuePair.Create("cluster", "lsn"), KeyValuePair.Create("do", action), KeyValuePair.Create("revision", "2"),
        .. more.Select(field => KeyValuePair.Create(field.Name, field.Value)),
        .. more.Any(field => field.Name == "version") ? [] : new[] { KeyValuePair.Create("version", "1") },
    ];
}
