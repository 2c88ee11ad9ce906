using System.Net;
using Interclustering.Contracts;
using Interclustering.IntegrationTests.Node;

namespace Interclustering.IntegrationTests.CoOrganisers;

/// <summary>What is likely the same event is asked about, while it is typed and afterwards, and what members say is remembered.</summary>
public sealed class DuplicateTests : AgreementVisit
{
    private const string List = "/espace/bsc/doublons", Alike = "/espace/bsc/ressemblances", Question = "Est-ce le même événement ?";

    [Theory]
    [InlineData("title=Le+canal+et+le+camion&date={0}", true)]
    [InlineData("title=Camion+et+canal&date={0}", true)]
    [InlineData("title=Autre+sujet&date={0}&placeName=Le+Dock&city=le+havre", true)]
    [InlineData("title=Autre+sujet&date={0}&registrationUrl=http://www.lsn.example/inscription/1/", true)]
    [InlineData("title=Autre+sujet&date={0}", false)]
    [InlineData("title=Le+canal+et+le+camion&date={1}", false)]
    [InlineData("title=Le+canal+et+le+camion&date={2}", true)]
    [InlineData("title=Autre+sujet&date={0}&registrationUrl=https://lsn.example", false)]
    [InlineData("title=&date=&placeName=", false)]
    public async Task While_one_types_what_is_alike_is_shown(string typed, bool expected)
    {
        await SignInAsync();
        var id = await HearAsync(At("Le canal et le camion") with
        {
            Place = new Place { Name = "Le Dock", City = "Le Havre" },
            RegistrationUrl = "https://lsn.example/inscription/1",
        });
        var query = string.Format(System.Globalization.CultureInfo.InvariantCulture, typed, Day, DateWordsOf(40), DateWordsOf(22));
        var page = await ReadAsync($"{Alike}?{query}");
        Assert.Equal(expected, page.Contains(Question, StringComparison.Ordinal));
        Assert.Equal(expected, page.Contains($"/espace/bsc/national/lire/{id}/co-organisation", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Asking_to_be_named_from_the_form_says_so()
    {
        await SignInAsync();
        var id = await HearAsync(At("Le canal"));
        using var answer = await PostAsync($"/espace/bsc/national/lire/{id}/co-organisation",
            new Dictionary<string, string> { ["do"] = "demander", ["title"] = "Le canal", ["date"] = Day }, NewEvent);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(CoOrganisationAnswers.Agreed, (await SaidAsync<CoOrganisation>())!.Answer);
    }

    [Fact]
    public async Task Something_else_is_remembered_with_the_publication()
    {
        await SignInAsync();
        var id = await HearAsync(At("Le canal"));
        using var answer = await PostAsync(NewEvent, new Dictionary<string, string>
        {
            ["title"] = "Le canal",
            ["date"] = Day,
            ["start"] = "14:00",
            ["different"] = id,
            ["form"] = Guid.CreateVersion7().ToString("N"),
            ["do"] = "publish",
        });
        var own = answer.Headers.Location!.OriginalString.Split('/')[^1];
        Assert.Equal((id, own, false), await LastAsync());
        Assert.Contains("Rien ne ressemble", await ReadAsync(List), StringComparison.Ordinal);
        Assert.DoesNotContain("est-ce le même", await ReadAsync("/espace/bsc"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_published_apart_is_listed_and_asked_to_be_one()
    {
        await SignInAsync();
        var (own, other) = (await PublishAsync(At("Le canal")), await HearAsync(At("Le canal")));
        Assert.Contains("Ressemble à un événement de Logistique Seine Normandie", await ReadAsync("/espace/bsc"), StringComparison.Ordinal);
        Assert.Contains("C’est le même : demander à y figurer", await ReadAsync(List), StringComparison.Ordinal);
        await DecideAsync(own, other, "meme");
        Assert.Equal((other, own, true), await LastAsync());
        var page = await ReadAsync($"/espace/bsc/publications/{own}");
        Assert.All(["vous avez demandé à y figurer", "Retirer la demande"], words =>
            Assert.Contains(words, page, StringComparison.Ordinal));

        await HearAsync(new SameEvent { Nonce = "", Event = other, Other = own, Same = true });
        Assert.Contains("montré à sa place, à une seule adresse", await ReadAsync($"/espace/bsc/publications/{own}"),
            StringComparison.Ordinal);
        // One event in the calendar of the clusters, under both.
        var calendar = await ReadAsync($"/espace/bsc/calendrier?month={Day[..7]}");
        Assert.Equal(2, calendar.Split("Le canal</a>").Length);

        await DecideAsync(own, other, "separer");
        Assert.Equal((other, own, false), await LastAsync());
        Assert.Equal(3, (await ReadAsync($"/espace/bsc/calendrier?month={Day[..7]}")).Split("Le canal</a>").Length);
    }

    [Fact]
    public async Task What_another_cluster_says_is_one_is_a_question_that_is_answered_as_it_was_put()
    {
        await SignInAsync();
        var (own, other) = (await PublishAsync(At("Le port")), await HearAsync(At("Rien de commun", "15:00")));
        await HearAsync(new SameEvent { Nonce = "", Event = own, Other = other, Same = true });
        foreach (var path in new[] { List, "/espace/bsc", $"/espace/bsc/publications/{own}" })
        {
            Assert.Contains("dit que", await ReadAsync(path), StringComparison.Ordinal);
        }

        await DecideAsync(own, other, "meme");
        Assert.Equal((own, other, true), await LastAsync());
        Assert.Contains("à une seule adresse : la vôtre", await ReadAsync($"/espace/bsc/publications/{own}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_each_has_asked_the_other_one_page_is_chosen()
    {
        await SignInAsync();
        var (own, other) = (await PublishAsync(At("Le canal")), await HearAsync(At("Le canal")));
        await DecideAsync(own, other, "meme");
        await HearAsync(new SameEvent { Nonce = "", Event = own, Other = other, Same = true });
        Assert.Contains("choisissez laquelle des deux pages reste", await ReadAsync($"/espace/bsc/publications/{own}"),
            StringComparison.Ordinal);
        await DecideAsync(own, other, "meme");
        Assert.Equal((own, other, true), await LastAsync());
        Assert.Contains("à une seule adresse : la vôtre", await ReadAsync($"/espace/bsc/publications/{own}"), StringComparison.Ordinal);
    }

    /// <summary>Neither what is for members nor what is for teams is put together with what everyone sees.</summary>
    [Theory]
    [InlineData(Visibility.Members)]
    [InlineData(Visibility.Staff)]
    public async Task Only_public_events_are_put_together(string visibility)
    {
        await SignInAsync();
        var (own, other) = (await PublishAsync(At("Le canal")), await HearAsync(At("Le canal") with { Visibility = visibility }));
        Assert.DoesNotContain("C’est le même", await ReadAsync(List), StringComparison.Ordinal);
        using var answer = await PostAsync(List, new Dictionary<string, string> { ["own"] = own, ["other"] = other, ["do"] = "meme" },
            "/espace/bsc/options");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Two_of_one_cluster_are_put_together_at_once_under_the_older_one()
    {
        await SignInAsync();
        var (older, newer) = (await PublishAsync(At("Le canal")), await PublishAsync(At("Le canal !")));
        await DecideAsync(newer, older, "meme");
        Assert.Equal((older, newer, true), await LastAsync());
        Assert.Contains("montré à sa place", await ReadAsync($"/espace/bsc/publications/{newer}"), StringComparison.Ordinal);
        Assert.DoesNotContain("Le canal", await ReadAsync(List), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("bsc-1", "lsn-1")]
    [InlineData("own", "own")]
    [InlineData("other", "own")]
    public async Task What_is_no_own_event_and_another_one_is_refused(string own, string other)
    {
        await SignInAsync();
        var ids = new Dictionary<string, string>
        {
            ["own"] = await PublishAsync(At("Le port")),
            ["other"] = await HearAsync(At("Le canal")),
        };
        using var answer = await PostAsync(List, new Dictionary<string, string>
        {
            ["own"] = ids.GetValueOrDefault(own, own),
            ["other"] = ids.GetValueOrDefault(other, other),
            ["do"] = "meme",
        }, "/espace/bsc/options");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Null(await SaidAsync<SameEvent>());
    }

    private async Task DecideAsync(string own, string other, string action)
    {
        using var answer = await PostAsync(List, new Dictionary<string, string> { ["own"] = own, ["other"] = other, ["do"] = action },
            "/espace/bsc/options");
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }

    private async Task<(string Event, string Other, bool Same)> LastAsync()
    {
        var said = (await SaidAsync<SameEvent>())!;
        return (said.Event, said.Other, said.Same);
    }
}
