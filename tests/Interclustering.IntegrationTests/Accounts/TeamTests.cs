using System.Net;
using Interclustering.Node.Workspace;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Accounts;

/// <summary>Inviting, joining, roles, leaving, and the list of who did what.</summary>
public sealed class TeamTests : TeamVisit
{
    [Fact]
    public async Task An_invitation_lets_in_once_with_the_role_that_it_names()
    {
        await SignInAsync();
        await InviteAsync("Claire", "claire@bsc.example", StaffRoles.Editor);
        var link = await LinkToAsync("claire@bsc.example");
        Cookies.Clear();
        Assert.Contains("avec l’adresse claire@bsc.example", await WordsOfAsync(await GetAsync(link)), StringComparison.Ordinal);
        Assert.Contains(
            "Trop court", await WordsOfAsync(
            await PostAsync(link, new Dictionary<string, string> { ["name"] = "Claire", ["password"] = "court" })),
            StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found,
            (await PostAsync(link, new Dictionary<string, string> { ["name"] = "Claire", ["password"] = Chosen })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/espace/bsc/")).StatusCode);
        Assert.Equal(HttpStatusCode.Gone, (await GetAsync(link)).StatusCode);

        // An editor publishes, and neither invites nor reads who did what.
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(NewEvent)).StatusCode);
        Assert.DoesNotContain("Inviter quelqu’un", await WordsOfAsync(await GetAsync("/espace/bsc/equipe")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync("/espace/bsc/journal-des-actions")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden,
            (await PostAsync("/espace/bsc/equipe", new Dictionary<string, string>
            {
                ["name"] = "X",
                ["email"] = "x@bsc.example",
                ["role"] = StaffRoles.Editor
            }, from: NewEvent)).StatusCode);

        Cookies.Clear();
        Assert.Equal(HttpStatusCode.Found, (await SignInAsAsync("claire@bsc.example", Chosen)).StatusCode);
    }

    [Fact]
    public async Task A_newer_invitation_ends_the_older_one_and_a_revoked_or_expired_one_is_no_way_in()
    {
        await SignInAsync();
        await InviteAsync("Claire", "claire@bsc.example", StaffRoles.Editor);
        var first = await LinkToAsync("claire@bsc.example");
        await InviteAsync("Claire", "claire@bsc.example", StaffRoles.Reader);
        var second = await LinkToAsync("claire@bsc.example");
        Assert.Equal((HttpStatusCode.Gone, HttpStatusCode.OK), ((await GetAsync(first)).StatusCode, (await GetAsync(second)).StatusCode));

        await using (var db = Open())
        {
            await db.AccessLinks.ExecuteUpdateAsync(row =>
                row.SetProperty(link => link.ExpiresAt, DateTime.UtcNow.AddSeconds(-1)), Cancellation);
        }

        Assert.Equal(HttpStatusCode.Gone, (await GetAsync(second)).StatusCode);
        Assert.Equal(HttpStatusCode.Gone,
            (await PostAsync(second, new Dictionary<string, string> { ["name"] = "Claire", ["password"] = Chosen },
            from: "/espace/bsc/mot-de-passe-oublie")).StatusCode);
        await InviteAsync("Claire", "claire@bsc.example", StaffRoles.Reader);
        var third = await LinkToAsync("claire@bsc.example");
        Guid id;
        await using (var db = Open())
        {
            id = (await db.AccessLinks.SingleAsync(link => link.ExpiresAt > DateTime.UtcNow, Cancellation)).Id;
        }

        await PostAsync($"/espace/bsc/equipe/invitations/{id}/annuler", new Dictionary<string, string>(), from: "/espace/bsc/equipe");
        Assert.Equal(HttpStatusCode.Gone, (await GetAsync(third)).StatusCode);
    }

    [Theory]
    [InlineData("", "claire@bsc.example", "editor", "Donnez son nom")]
    [InlineData("Claire", "claire", "editor", "n’est pas lisible")]
    [InlineData("Claire", "claire@bsc.example\r\nBcc: x@y.example", "editor", "n’est pas lisible")]
    [InlineData("Claire", "claire@bsc.example", "chief", "Ce choix n’existe pas")]
    [InlineData("Claire", "equipe@bsc.example", "editor", "déjà dans l’équipe")]
    public async Task An_invitation_that_cannot_stand_says_why_and_sends_nothing(string name, string email, string role, string words)
    {
        await SignInAsync();
        var answer =
            await PostAsync("/espace/bsc/equipe", new Dictionary<string, string> { ["name"] = name, ["email"] = email, ["role"] = role });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(words, await WordsOfAsync(answer), StringComparison.Ordinal);
        await using var db = Open();
        Assert.False(await db.Mails.AnyAsync(Cancellation));
    }

    [Fact]
    public async Task A_reader_sees_everything_and_changes_only_their_own_account()
    {
        await SignInAsync();
        var subject = await PublishAsync(Morning());
        await JoinAsync("Rémi", "remi@bsc.example", StaffRoles.Reader);
        foreach (var page in new[] { "/espace/bsc/", "/espace/bsc/publications", $"/espace/bsc/publications/{subject}",
            "/espace/bsc/calendrier" })
        {
            Assert.Equal(HttpStatusCode.OK, (await GetAsync(page)).StatusCode);
        }

        var refused = await PostAsync(
            NewEvent, new Dictionary<string, string>
            {
                ["title"] = "Non",
                ["do"] = "publish",
                ["date"] = "2026-12-01",
                ["start"] = "09:00"
            }, from: "/espace/bsc/compte");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("Votre rôle permet de lire", await WordsOfAsync(refused), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden,
            (await PostAsync($"/espace/bsc/publications/{subject}/retirer", new Dictionary<string, string>(),
            from: "/espace/bsc/compte")).StatusCode);
        Assert.Contains("Votre nom est changé",
            await WordsOfAsync(await PostAsync("/espace/bsc/compte/nom", new Dictionary<string, string> { ["name"] = "Rémi B." },
            from: "/espace/bsc/compte")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_counts_from_the_next_request_on_and_who_is_removed_is_out_at_once()
    {
        await SignInAsync();
        var administrator = Cookies.ToDictionary();
        await JoinAsync("Claire", "claire@bsc.example", StaffRoles.Editor);
        var claire = Cookies.ToDictionary();
        string id;
        await using (var db = Open())
        {
            id = (await db.Users.SingleAsync(member => member.Email == "claire@bsc.example", Cancellation)).Id;
        }

        Become(administrator);
        Assert.Equal(HttpStatusCode.Found,
            (await PostAsync($"/espace/bsc/equipe/{id}/role", new Dictionary<string, string> { ["role"] = StaffRoles.Administrator },
            from: "/espace/bsc/equipe")).StatusCode);
        Become(claire);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/espace/bsc/journal-des-actions")).StatusCode);
        Become(administrator);
        Assert.Equal(HttpStatusCode.Found,
            (await PostAsync($"/espace/bsc/equipe/{id}/retirer", new Dictionary<string, string>(), from: "/espace/bsc/equipe")).StatusCode);
        Become(claire);
        Assert.Equal(HttpStatusCode.Found, (await GetAsync("/espace/bsc/equipe")).StatusCode);
    }

    [Fact]
    public async Task The_last_administrator_neither_leaves_nor_gives_the_role_up()
    {
        await SignInAsync();
        string id;
        await using (var db = Open())
        {
            id = (await db.Users.SingleAsync(Cancellation)).Id;
        }

        Assert.Contains("la dernière personne qui administre",
            await WordsOfAsync(await PostAsync($"/espace/bsc/equipe/{id}/role",
            new Dictionary<string, string> { ["role"] = StaffRoles.Reader }, from: "/espace/bsc/equipe")), StringComparison.Ordinal);
        Assert.Contains("la dernière personne qui administre",
            await WordsOfAsync(await PostAsync(
            $"/espace/bsc/equipe/{id}/retirer", new Dictionary<string, string>(), from: "/espace/bsc/equipe")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/espace/bsc/equipe")).StatusCode);
    }

    [Fact]
    public async Task The_list_of_actions_says_who_did_what()
    {
        await SignInAsync();
        await InviteAsync("Claire", "claire@bsc.example", StaffRoles.Editor);
        await PostAsync(NewEvent, new Dictionary<string, string>
        {
            ["title"] = "Matinée du quai",
            ["do"] = "publish",
            ["date"] = "2026-12-01",
            ["start"] = "09:00",
            ["timeZone"] = "Europe/Paris"
        });
        var list = await WordsOfAsync(await GetAsync("/espace/bsc/journal-des-actions"));
        Assert.All(["Équipe BSC", "s’est connecté(e)", "a invité claire@bsc.example", "a publié « Matinée du quai »"], words =>
            Assert.Contains(words, list, StringComparison.Ordinal));
    }
}
