using System.Globalization;
using System.Net;
using Interclustering.Contracts;
using Interclustering.IntegrationTests.Accounts;
using Interclustering.Node.Mail;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Workspace;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Publishing;

/// <summary>A team of two who write at one published event, and the drafts of its changes.</summary>
public abstract class DraftVisit : TeamVisit
{
    protected const string ClairesAddress = "claire@bsc.example";

    protected static string Day { get; } = Paris.Now.AddDays(40).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    protected static Event Visit(string title = "Visite du quai") =>
        new() { Nonce = "", Title = title, Sessions = [new Session("1", Day + "T09:00:00")] };

    /// <summary>Cookies of the administrator, with whom a visit begins.</summary>
    protected Dictionary<string, string> Administrator { get; private set; } = [];

    /// <summary>Cookies of an editor.</summary>
    protected Dictionary<string, string> Claire { get; private set; } = [];

    /// <summary>Both are signed in; the administrator is at the browser.</summary>
    protected async Task<string> OpenTeamAsync(string rule = "none")
    {
        await SignInAsync();
        Administrator = Cookies.ToDictionary();
        await JoinAsync("Claire", ClairesAddress, StaffRoles.Editor);
        Claire = Cookies.ToDictionary();
        Become(Administrator);
        await RuleAsync(rule);
        await using var db = Open();
        await db.Mails.ExecuteDeleteAsync(Cancellation);
        return await PublishAsync(Visit());
    }

    protected async Task RuleAsync(string rule) =>
        Assert.Equal(HttpStatusCode.Found, (await PostAsync("/espace/bsc/equipe/relecture",
            new Dictionary<string, string> { ["review"] = rule }, from: "/espace/bsc/equipe")).StatusCode);

    protected static string FormOf(string subject) => $"/espace/bsc/evenements/{subject}";

    protected static string PageOf(string subject) => $"/espace/bsc/publications/{subject}";

    /// <summary>Sends the form as it opens, with another title.</summary>
    protected async Task<HttpResponseMessage> SaveAsync(
        string subject, string title, string action, long? version = null, long? change = null, string? at = null) =>
        await PostAsync(FormOf(subject), await FieldsAsync(subject, title, action, version, change, at));

    protected async Task<Dictionary<string, string>> FieldsAsync(
        string subject, string title, string action, long? version = null, long? change = null, string? at = null)
    {
        var pending = await ChangeAsync(subject);
        return new()
        {
            ["title"] = title,
            ["date"] = Day,
            ["start"] = "09:00",
            ["sessionId"] = "1",
            ["timeZone"] = "Europe/Paris",
            ["attendance"] = Attendance.OnSite,
            ["visibility"] = Visibility.Public,
            ["form"] = subject,
            ["version"] = $"{version ?? pending?.BasedOn ?? (await CopyAsync(subject)).Version}",
            ["change"] = $"{change ?? pending?.Version}",
            ["publishOn"] = at ?? "",
            ["publishTime"] = at is null ? "" : "09:00",
            ["do"] = action,
        };
    }

    /// <summary>Sends a form of a publication's page, with the version of its draft.</summary>
    protected async Task<HttpResponseMessage> DoAsync(string subject, string action, params (string Name, string Value)[] fields)
    {
        var version = (await ChangeAsync(subject))?.Version ?? (await CopyAsync(subject)).Version;
        var form = fields.ToDictionary(field => field.Name, field => field.Value);
        form.TryAdd("version", $"{version}");
        return await PostAsync($"{PageOf(subject)}/{action}", form, from: PageOf(subject));
    }

    protected async Task<PendingChange?> ChangeAsync(string subject)
    {
        await using var db = Open();
        return await db.PendingChanges.AsNoTracking().SingleOrDefaultAsync(row => row.Subject == subject, Cancellation);
    }

    protected async Task<DraftReview?> ReviewAsync(string subject)
    {
        await using var db = Open();
        return await db.DraftReviews.AsNoTracking().SingleOrDefaultAsync(row => row.Subject == subject, Cancellation);
    }

    protected async Task<IReadOnlyList<MailRow>> MailsAsync()
    {
        await using var db = Open();
        return await db.Mails.AsNoTracking().OrderBy(row => row.Id).ToListAsync(Cancellation);
    }

    protected async Task<string> ReadAsync(string path) => await WordsOfAsync(await GetAsync(path));

    protected Task<string> ToDoAsync() => ReadAsync("/espace/bsc/");
}
