using System.Net;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.IntegrationTests.Accounts;
using Interclustering.Node.Audit;
using Interclustering.Node.Mail;
using Interclustering.Node.PersonalData;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Workspace;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Node;

/// <summary>What a node keeps of one person: told to that person, and ended.</summary>
public sealed class PersonalDataVisitTests : TeamVisit
{
    private const string Claire = "claire@bsc.example";
    private static readonly Dictionary<string, string> Nothing = [];

    [Fact]
    public async Task Members_have_their_own_data_and_administrators_those_of_a_member()
    {
        await SignInAsync();
        var administrator = Cookies.ToDictionary();
        await JoinAsync("Claire Exemple", Claire, StaffRoles.Reader);
        var own = await TextAsync(await GetAsync("/espace/bsc/compte/donnees"));
        using var told = JsonDocument.Parse(own);
        var account = told.RootElement.GetProperty("bsc").GetProperty("Compte")[0];
        Assert.Equal(Claire, account.GetProperty("Email").GetString());
        Assert.True(told.RootElement.GetProperty("bsc").GetProperty("Sessions ouvertes").GetArrayLength() > 0);
        await using (var db = Open())
        {
            var hash = await db.Users.Where(member => member.Email == Claire).Select(member => member.PasswordHash)
                .SingleAsync(Cancellation);
            Assert.DoesNotContain(JsonEncodedText.Encode(hash!).ToString(), own, StringComparison.Ordinal);
        }

        Assert.Contains("compte/donnees", await WordsOrMarkupAsync("/espace/bsc/compte"), StringComparison.Ordinal);
        var id = account.GetProperty("Id").GetString();
        Assert.Equal(HttpStatusCode.Forbidden,
            (await PostAsync($"/espace/bsc/equipe/{id}/donnees", Nothing, from: "/espace/bsc/compte")).StatusCode);
        Become(administrator);
        Assert.Contains(Claire,
            await TextAsync(await PostAsync($"/espace/bsc/equipe/{id}/donnees", Nothing, from: "/espace/bsc/equipe")),
            StringComparison.Ordinal);
        await using var after = Open();
        Assert.Equal("Claire Exemple", (await after.Audit.SingleAsync(row => row.Action == AuditedActions.Exported, Cancellation)).What);
    }

    [Fact]
    public async Task A_person_who_is_erased_is_known_no_more_and_others_are()
    {
        await SignInAsync();
        await JoinAsync("Claire Exemple", Claire, StaffRoles.Editor);
        await using (var db = Open())
        {
            var id = await db.Users.Where(member => member.Email == Claire).Select(member => member.Id).SingleAsync(Cancellation);
            var editor = new PublicationEditor(db, Node.Journal, TimeProvider.System);
            await editor.PublishManyAsync(
                [(null, new Person { Nonce = "", Name = "Claire Exemple", Email = Claire })], "Claire Exemple", null, Cancellation);
            db.Add(new DraftComment { Subject = "bsc-x", Member = id, By = "Claire Exemple", At = DateTime.UtcNow, Text = "À relire" });
            db.Add(new DraftComment { Subject = "bsc-x", Member = "other", By = "Autre", At = DateTime.UtcNow, Text = "Oui" });
            db.Add(new UnsavedText { Member = $"bsc/{id}", Form = "x", Kind = Kinds.Event, Fields = "[]", SavedAt = DateTime.UtcNow });
            new MailTemplate("Bonjour", ["Bonjour"]).Queue(db, Claire, DateTime.UtcNow, "");
            await db.SaveChangesAsync(Cancellation);
        }

        await using (var db = Open())
        {
            var person = await KnownPerson.FindAsync(db, "bsc", "claire exemple", Cancellation);
            Assert.NotNull(person.Account);
            Assert.Single(person.Records);
            var shares = await PersonErasure.LookAsync(db, person, Cancellation);
            Assert.Contains(shares, share => share is { Table: "Commentaires écrits", Rows: 1, Stays: null });
            Assert.Contains(shares, share => share.Stays is not null);
            Assert.False(await PersonErasure.IsLastAdministratorAsync(db, person, Cancellation));
            await PersonErasure.RunAsync(db, new PublicationEditor(db, Node.Journal, TimeProvider.System), person, Cancellation);
        }

        await using var left = Open();
        Assert.Null((await KnownPerson.FindAsync(left, "bsc", Claire, Cancellation)).Account);
        Assert.Empty((await KnownPerson.FindAsync(left, "bsc", "Claire Exemple", Cancellation)).Records);
        Assert.Equal(["Autre", "un ancien membre"],
            await left.DraftComments.OrderBy(row => row.By).Select(row => row.By).ToListAsync(Cancellation));
        Assert.Empty(await left.UnsavedTexts.ToListAsync(Cancellation));
        Assert.DoesNotContain(await left.Mails.ToListAsync(Cancellation), mail => mail.To == Claire);
        Assert.DoesNotContain(await left.Audit.ToListAsync(Cancellation),
            row => row.What.Contains("Claire", StringComparison.OrdinalIgnoreCase));
        Assert.NotEmpty(await left.Users.ToListAsync(Cancellation));
    }

    [Fact]
    public async Task The_last_administrator_is_kept_and_a_name_of_several_is_asked_back()
    {
        await using var db = Open();
        var me = await db.Users.SingleAsync(Cancellation);
        var person = await KnownPerson.FindAsync(db, "bsc", me.Email!, Cancellation);
        Assert.True(await PersonErasure.IsLastAdministratorAsync(db, person, Cancellation));
        db.Users.Add(new StaffMember
        {
            Name = me.Name,
            UserName = "x@bsc.example",
            NormalizedUserName = "X@BSC.EXAMPLE",
            Email = "x@bsc.example",
            NormalizedEmail = "X@BSC.EXAMPLE",
        });
        await db.SaveChangesAsync(Cancellation);
        await Assert.ThrowsAsync<SeveralAccountsException>(() => KnownPerson.FindAsync(db, "bsc", me.Name, Cancellation));
    }

    private static async Task<string> TextAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<string> WordsOrMarkupAsync(string path) => await (await GetAsync(path)).Content.ReadAsStringAsync();
}
