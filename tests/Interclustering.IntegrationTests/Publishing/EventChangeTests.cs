using System.Globalization;
using System.Net;
using Interclustering.Contracts;
using Interclustering.IntegrationTests.Node;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Testing;

namespace Interclustering.IntegrationTests.Publishing;

/// <summary>Moving a date, calling it off and taking that back: each is one visible act on the publication's page.</summary>
public sealed class EventChangeTests : WorkspaceVisit
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(Paris.Now);

    /// <summary>A Wednesday that is still to come.</summary>
    private static readonly DateOnly First = Today.AddDays(14 + (((int)DayOfWeek.Wednesday - (int)Today.DayOfWeek + 7) % 7));

    private static Event Breakfast => new() { Nonce = "", Title = "Petit-déjeuner", Sessions = [new("1", At(First), At(First, "10:30"))] };

    private static Event Weekly => Breakfast with { Recurrence = new("FREQ=WEEKLY;COUNT=4", []) };

    [Fact]
    public async Task A_new_date_keeps_the_old_one()
    {
        var page = await OpenAsync(Breakfast);
        await DoAsync(page, "reporter",
            new() { ["date"] = Day(First.AddDays(7)), ["start"] = "09:00", ["end"] = "10:30", ["reason"] = "Grève" });
        var now = await EventAsync(page);
        Assert.Equal((EventStatus.Rescheduled, At(First), At(First.AddDays(7)), "Grève", "1"),
            (now.Status, now.PreviousStart, now.Sessions[0].Start, now.StatusReason, now.Sessions[0].Id));
    }

    [Theory]
    [InlineData(0, "09:00", "La date est encore la même")]
    [InlineData(-400, "09:00", "Cette date est passée")]
    [InlineData(7, "", "Indiquez l’heure de début")]
    [InlineData(null, "", "Indiquez la nouvelle date.")]
    public async Task A_date_that_can_not_stand_is_refused_where_it_was_typed(int? days, string start, string said)
    {
        var page = await OpenAsync(Breakfast);
        var answer = await SendAsync(page, "reporter", new()
        {
            ["sessionId"] = "1",
            ["date"] = days is { } shift ? Day(First.AddDays(shift)) : "",
            ["start"] = start,
            ["end"] = start.Length == 0 ? "" : "10:30",
        });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var words = await WordsOfAsync(answer);
        Assert.Contains(said, words, StringComparison.Ordinal);
        Assert.Contains("<details id=\"reporter\" class=\"change\" open", words, StringComparison.Ordinal);
        Assert.Contains("<details id=\"annuler\" class=\"change\">", words, StringComparison.Ordinal);
        Assert.Equal(Breakfast.Sessions, (await EventAsync(page)).Sessions);
    }

    /// <summary>What has taken place stays where it was; what is still to come moves, but not into the past.</summary>
    [Theory]
    [InlineData(7, HttpStatusCode.Found)]
    [InlineData(-400, HttpStatusCode.UnprocessableEntity)]
    public async Task One_session_of_several_moves_alone(int days, HttpStatusCode expected)
    {
        var page = await OpenAsync(Breakfast with { Sessions = [new("1", At(Today.AddDays(-30))), new("2", At(First))] });
        var answer = await PostAsync($"{page}/reporter",
        [
            new("version", "1"),
            new("sessionId", "1"), new("date", Day(Today.AddDays(-30))), new("start", "09:00"), new("end", ""), new("endDate", ""),
            new("sessionId", "2"), new("date", Day(First.AddDays(days))), new("start", "09:00"), new("end", ""), new("endDate", ""),
        ], from: page);
        Assert.Equal(expected, answer.StatusCode);
        var now = await EventAsync(page);
        Assert.Equal(At(expected == HttpStatusCode.Found ? First.AddDays(days) : First), now.Sessions[1].Start);
        Assert.Equal((At(Today.AddDays(-30)), null), (now.Sessions[0].Start, now.PreviousStart));
    }

    [Fact]
    public async Task Without_a_new_date_it_is_postponed_and_then_rescheduled()
    {
        var page = await OpenAsync(Breakfast);
        await DoAsync(page, "reporter", new() { ["toBeAnnounced"] = "on" });
        Assert.Equal((EventStatus.Postponed, At(First)), await StatusAsync(page));
        await DoAsync(page, "reporter", new() { ["date"] = Day(First.AddDays(21)), ["start"] = "09:00", ["end"] = "" }, version: 2);
        Assert.Equal((EventStatus.Rescheduled, At(First)), await StatusAsync(page));
    }

    [Fact]
    public async Task What_is_cancelled_is_restored_as_it_was()
    {
        var page = await OpenAsync(Breakfast with { Status = EventStatus.Postponed, StatusReason = "Salle fermée" });
        await DoAsync(page, "annuler", new() { ["reason"] = "Plus de salle" });
        Assert.Equal(EventStatus.Cancelled, (await EventAsync(page)).Status);
        var words = await WordsOfAsync(await GetAsync(page));
        Assert.Contains("Rétablir l’événement", words, StringComparison.Ordinal);
        Assert.DoesNotContain("Reporter…", words, StringComparison.Ordinal);
        await DoAsync(page, "retablir", [], version: 2);
        var now = await EventAsync(page);
        Assert.Equal((EventStatus.Postponed, "Salle fermée"), (now.Status, now.StatusReason));
    }

    [Fact]
    public async Task Of_a_series_the_ticked_dates_are_called_off_and_restored()
    {
        var page = await OpenAsync(Weekly);
        Assert.Contains("Toutes les dates à venir", await WordsOfAsync(await GetAsync(page)), StringComparison.Ordinal);
        await DoAsync(page, "annuler", new() { ["which"] = "some", ["dates"] = At(First.AddDays(7)) });
        var without = await EventAsync(page);
        Assert.Equal((EventStatus.Confirmed, At(First.AddDays(7))), (without.Status, Assert.Single(without.Recurrence!.Except)));
        await DoAsync(page, "retablir", new() { ["dates"] = At(First.AddDays(7)) }, version: 2);
        Assert.Empty((await EventAsync(page)).Recurrence!.Except);
    }

    [Fact]
    public async Task The_first_date_of_a_series_is_called_off_alone()
    {
        var page = await OpenAsync(Weekly);
        await DoAsync(page, "annuler", new() { ["which"] = "some", ["dates"] = At(First) });
        var now = await EventAsync(page);
        Assert.Equal((At(First), At(First)), (Assert.Single(now.Sessions).Start, Assert.Single(now.Recurrence!.Except)));
    }

    [Fact]
    public async Task A_series_asks_which_dates()
    {
        var page = await OpenAsync(Weekly);
        var answer = await SendAsync(page, "annuler", new() { ["which"] = "some" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("Cochez les dates qui n’ont pas lieu.", await WordsOfAsync(answer), StringComparison.Ordinal);
        await DoAsync(page, "annuler", new() { ["which"] = "all" });
        Assert.Equal(EventStatus.Cancelled, (await EventAsync(page)).Status);
    }

    [Fact]
    public async Task Of_named_days_one_is_called_off_and_the_others_stay()
    {
        var page = await OpenAsync(Breakfast with { Sessions = [new("1", At(First)), new("2", At(First.AddDays(5)))] });
        await DoAsync(page, "annuler", new() { ["which"] = "some", ["dates"] = At(First) });
        var now = await EventAsync(page);
        Assert.Equal((EventStatus.Confirmed, "2"), (now.Status, Assert.Single(now.Sessions).Id));
    }

    [Fact]
    public async Task One_date_of_a_series_is_moved_and_says_where_from()
    {
        var page = await OpenAsync(Weekly);
        await DoAsync(page, "reporter", new()
        {
            ["which"] = "some",
            ["dates"] = At(First.AddDays(7)),
            ["date"] = Day(First.AddDays(9)),
            ["start"] = "14:00",
            ["end"] = "",
        });
        var now = await EventAsync(page);
        Assert.Equal((At(First.AddDays(7)), At(First.AddDays(9), "14:00"), EventStatus.Confirmed),
            (Assert.Single(now.Recurrence!.Except), now.Sessions[1].Start, now.Status));
        Assert.StartsWith("Reporté du mercredi", now.Sessions[1].Label, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(7, 7, "La date est encore la même")]
    [InlineData(7, 14, "La série a déjà une date ce jour-là")]
    [InlineData(7, -1, "C’est avant le début de la série")]
    [InlineData(8, 9, "Choisissez la date qui est reportée.")]
    public async Task A_date_of_a_series_that_can_not_move_stays(int from, int to, string said)
    {
        var page = await OpenAsync(Weekly);
        var answer = await SendAsync(page, "reporter", new()
        {
            ["which"] = "some",
            ["dates"] = At(First.AddDays(from)),
            ["date"] = Day(First.AddDays(to)),
            ["start"] = "09:00",
            ["end"] = "10:30",
        });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(said, await WordsOfAsync(answer), StringComparison.Ordinal);
        Assert.Empty((await EventAsync(page)).Recurrence!.Except);
    }

    [Fact]
    public async Task Another_date_in_the_form_is_asked_about_and_the_answer_counts()
    {
        var page = await OpenAsync(Breakfast);
        var asked = await WordsOfAsync(await WriteAsync(page, First.AddDays(7), "publish"));
        Assert.Contains("Même événement, nouvelle date ?", asked, StringComparison.Ordinal);
        Assert.Equal(Breakfast.Sessions, (await EventAsync(page)).Sessions);

        Assert.Equal(HttpStatusCode.Found, (await WriteAsync(page, First.AddDays(7), "reschedule")).StatusCode);
        Assert.Equal((EventStatus.Rescheduled, At(First)), await StatusAsync(page));

        // Once more, as the correction of a slip: the first date stays the old one.
        Assert.Equal(HttpStatusCode.Found,
            (await WriteAsync(page, First.AddDays(8), "correct", version: 2, status: EventStatus.Rescheduled)).StatusCode);
        Assert.Equal((EventStatus.Rescheduled, At(First)), await StatusAsync(page));

        var another = await WordsOfAsync(await WriteAsync(page, First.AddDays(9), "another", version: 3));
        Assert.Contains("Celui d’avant ne change pas.", another, StringComparison.Ordinal);
        Assert.Contains($"action=\"{NewEvent}\"", another, StringComparison.Ordinal);
        Assert.Equal(3, (await CopyAsync(page.Split('/')[^1])).Revision);
    }

    [Fact]
    public async Task A_correction_leaves_a_confirmed_event_confirmed()
    {
        var page = await OpenAsync(Breakfast);
        await WriteAsync(page, First.AddDays(7), "correct");
        Assert.Equal((EventStatus.Confirmed, null), await StatusAsync(page));
        Assert.Equal(At(First.AddDays(7)), (await EventAsync(page)).Sessions[0].Start);
    }

    [Fact]
    public async Task The_form_can_not_say_rescheduled_without_another_date()
    {
        var page = await OpenAsync(Breakfast);
        var answer = await WriteAsync(page, First, "publish", status: EventStatus.Rescheduled);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("id=\"date-0-erreur\">La date est encore la même.", await WordsOfAsync(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_and_stays_past_is_corrected_without_a_question()
    {
        var past = Today.AddDays(-30);
        var page = await OpenAsync(Breakfast with { Sessions = [new("1", At(past))] });
        Assert.Equal(HttpStatusCode.Found, (await WriteAsync(page, past.AddDays(1), "publish")).StatusCode);
        Assert.Equal(EventStatus.Confirmed, (await EventAsync(page)).Status);
    }

    private static string At(DateOnly day, string hour = "09:00") => $"{Day(day)}T{hour}:00";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string FormOf(string page) => page.Replace("/publications/", "/evenements/", StringComparison.Ordinal);

    private async Task<string> OpenAsync(Event happening)
    {
        var subject = await PublishAsync(happening);
        await SignInAsync();
        return $"/espace/bsc/publications/{subject}";
    }

    private Task<HttpResponseMessage> SendAsync(string page, string action, Dictionary<string, string> fields, int version = 1) =>
        PostAsync($"{page}/{action}", new Dictionary<string, string>(fields) { ["version"] = Invariant(version) }, from: page);

    private async Task DoAsync(string page, string action, Dictionary<string, string> fields, int version = 1)
    {
        var answer = await SendAsync(page, action, fields, version);
        Assert.Equal((HttpStatusCode.Found, page), (answer.StatusCode, answer.Headers.Location?.OriginalString));
    }

    private Task<HttpResponseMessage> WriteAsync(
        string page, DateOnly day, string action, int version = 1, string status = EventStatus.Confirmed) =>
        PostAsync(FormOf(page), new Dictionary<string, string>
        {
            ["title"] = "Petit-déjeuner",
            ["sessionId"] = "1",
            ["date"] = Day(day),
            ["start"] = "09:00",
            ["end"] = "10:30",
            ["timeZone"] = "Europe/Paris",
            ["status"] = status,
            ["version"] = Invariant(version),
            ["do"] = action,
        });

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task<(string Status, string? Before)> StatusAsync(string page)
    {
        var now = await EventAsync(page);
        return (now.Status, now.PreviousStart);
    }

    private async Task<Event> EventAsync(string page)
    {
        var copy = await CopyAsync(page.Split('/')[^1]);
        return (Event)PublicationText.Read(copy.Kind, copy.Data);
    }
}
