using System.Net;
using Interclustering.Contracts;
using Interclustering.IntegrationTests.Node;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.Scheduling;
using Interclustering.Node.Workspace;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Interclustering.IntegrationTests.Publishing;

/// <summary>Draft, scheduled, published, archived; history and what comes back from it; what was typed and not saved.</summary>
public sealed class LifeOfAPublicationTests : WorkspaceVisit
{
    private static Dictionary<string, string> Form(string title, string action) => new()
    {
        ["title"] = title,
        ["date"] = "2026-12-01",
        ["start"] = "09:00",
        ["end"] = "11:00",
        ["timeZone"] = "Europe/Paris",
        ["form"] = "0123456789abcdef",
        ["do"] = action,
    };

    [Fact]
    public async Task An_event_repeats_in_words_without_dates_ticked_off()
    {
        await SignInAsync();
        var form = Form("Petit-déjeuner", "repeat");
        form["repeat"] = "tous les premiers mardis jusqu’en mars";
        var shown = await WordsOfAsync(await PostAsync(NewEvent, form));
        Assert.All(["Compris : tous les premiers mardis jusqu’au 31 mars 2027. Prochaines dates : mar. 1er déc. · mar. 5 janv.",
            "3 autres dates", "mardi 2 mars 2027"], words =>
            Assert.Contains(words, shown, StringComparison.Ordinal));

        (form["except"], form["coOrganisers"], form["do"]) = ("2027-02-02T09:00:00", "lsn", "publish");
        Assert.Equal(HttpStatusCode.Found, (await PostAsync(NewEvent, form)).StatusCode);
        await using var db = Open();
        var copy = await db.WorkingCopies.AsNoTracking().SingleAsync(row => row.Kind == Kinds.Event, Cancellation);
        var kept = (Event)PublicationText.Read(copy.Kind, copy.Data);
        Assert.Equal("FREQ=MONTHLY;BYDAY=1TU;UNTIL=20270331T215959Z", kept.Recurrence?.Rule);
        Assert.Equal(["2027-02-02T09:00:00"], kept.Recurrence?.Except);
        Assert.Equal(["lsn"], kept.CoOrganisers);

        // Opened and saved again without a change, it is the same.
        var page = await WordsOfAsync(await GetAsync($"/espace/bsc/evenements/{copy.Subject}"));
        Assert.Contains("value=\"tous les premiers mardis jusqu’au 31 mars 2027\"", page, StringComparison.Ordinal);
        form["version"] = "1";
        form["repeat"] = "tous les premiers mardis jusqu’au 31 mars 2027";
        Assert.Equal(HttpStatusCode.Found, (await PostAsync($"/espace/bsc/evenements/{copy.Subject}", form)).StatusCode);
        Assert.Equal(1, (await CopyAsync(copy.Subject)).Revision);

        form["repeat"] = "de temps en temps";
        var refused = await PostAsync($"/espace/bsc/evenements/{copy.Subject}", form);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("Écrivez par exemple", await WordsOfAsync(refused), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Single_dates_in_words_become_sessions()
    {
        await SignInAsync();
        var form = Form("Trois ateliers", "repeat");
        form["repeat"] = "les 1, 8 et 17 décembre";
        Assert.Contains("Compris : mardi 1er décembre 2026, mardi 8 décembre 2026, jeudi 17 décembre 2026. Chaque date devient une séance",
            await WordsOfAsync(await PostAsync(NewEvent, form)), StringComparison.Ordinal);
        form["do"] = "publish";
        Assert.Equal(HttpStatusCode.Found, (await PostAsync(NewEvent, form)).StatusCode);
        await using var db = Open();
        var copy = await db.WorkingCopies.AsNoTracking().SingleAsync(row => row.Kind == Kinds.Event, Cancellation);
        var kept = (Event)PublicationText.Read(copy.Kind, copy.Data);
        Assert.Null(kept.Recurrence);
        Assert.Equal(["2026-12-01T09:00:00", "2026-12-08T09:00:00", "2026-12-17T09:00:00"], kept.Sessions.Select(session => session.Start));
        Assert.Equal(["2026-12-01T11:00:00", "2026-12-08T11:00:00", "2026-12-17T11:00:00"], kept.Sessions.Select(session => session.End));
    }

    [Fact]
    public async Task A_scheduled_draft_is_published_at_its_time_and_not_before()
    {
        await SignInAsync();
        var form = Form("À l’heure", "schedule");
        Assert.Contains("Indiquez le jour de la publication", await WordsOfAsync(await PostAsync(NewEvent, form)),
            StringComparison.Ordinal);
        (form["publishOn"], form["publishTime"]) = ("2020-01-01", "09:00");
        Assert.Contains("Ce moment est passé", await WordsOfAsync(await PostAsync(NewEvent, form)), StringComparison.Ordinal);

        // 9 h in Paris, a year from now, whatever the season.
        var day = DateOnly.FromDateTime(Paris.Now).AddYears(1);
        form["publishOn"] = day.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        var subject = (await PostAsync(NewEvent, form)).Headers.Location!.OriginalString.Split('/')[^1];
        var at = TimeZoneInfo.ConvertTimeToUtc(day.ToDateTime(new TimeOnly(9, 0)), TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"));
        Assert.Equal((PublicationState.Draft, at), ((await CopyAsync(subject)).State, (await CopyAsync(subject)).PublishAt));
        Assert.Contains("Programmé : paraît", await WordsOfAsync(await GetAsync($"/espace/bsc/publications/{subject}")),
            StringComparison.Ordinal);
        Assert.DoesNotContain("À l’heure", await WordsOfAsync(await GetAsync("/espace/bsc/")), StringComparison.Ordinal);

        var clock = new FakeTimeProvider(new DateTimeOffset(at.AddSeconds(-15), TimeSpan.Zero));
        using var service = new PublishScheduled(new Nodes([Node]), Mails, clock, NullLogger<PublishScheduled>.Instance);
        await service.StartAsync(Cancellation);
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(0, (await CopyAsync(subject)).Revision);
        await Until.TrueAsync(async () =>
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            return (await CopyAsync(subject)).State == PublicationState.Published;
        }, () => Task.FromResult("the scheduled draft is published"));
        await service.StopAsync(Cancellation);
        Assert.Equal((1, null), ((await CopyAsync(subject)).Revision, (await CopyAsync(subject)).PublishAt));
    }

    [Fact]
    public async Task An_archived_publication_leaves_the_lists_and_comes_back_unchanged()
    {
        await SignInAsync();
        var subject = await PublishAsync(Morning("Vieille matinée"));
        var page = $"/espace/bsc/publications/{subject}";
        await PostAsync($"{page}/archiver", new Dictionary<string, string>(), from: page);
        Assert.DoesNotContain("Vieille matinée", await WordsOfAsync(await GetAsync("/espace/bsc/publications")), StringComparison.Ordinal);
        Assert.Contains("Vieille matinée", await WordsOfAsync(await GetAsync("/espace/bsc/publications?etat=archived")),
            StringComparison.Ordinal);
        Assert.Contains("Archivée", await WordsOfAsync(await GetAsync(page)), StringComparison.Ordinal);
        await PostAsync($"{page}/desarchiver", new Dictionary<string, string>(), from: page);
        Assert.Contains("Vieille matinée", await WordsOfAsync(await GetAsync("/espace/bsc/publications?etat=published")),
            StringComparison.Ordinal);
        Assert.Equal(1, (await CopyAsync(subject)).Revision);
    }

    [Fact]
    public async Task The_history_says_who_changed_what_and_old_texts_come_back_when_published()
    {
        await SignInAsync();
        var subject = await PublishAsync(Morning("Matinée") with { Text = "Venez nombreux à Rennes." });
        await EditAsync(subject, Morning("Matinée") with { Text = "Venez nombreux à Brest." });
        var history = await WordsOfAsync(await GetAsync($"/espace/bsc/publications/{subject}/historique"));
        Assert.All(["par Anne", "par Zoé", "Modifié et publié", "<del>Rennes</del>", "<ins>Brest</ins>", "?version=1"], words =>
            Assert.Contains(words, history, StringComparison.Ordinal));
        Assert.DoesNotContain("?version=2", history, StringComparison.Ordinal);

        var form = await WordsOfAsync(await GetAsync($"/espace/bsc/evenements/{subject}?version=1"));
        Assert.All(["Venez nombreux à Rennes.", "Voici le texte de", "name=\"version\" value=\"2\""], words =>
            Assert.Contains(words, form, StringComparison.Ordinal));
        Assert.Contains("Brest", (await CopyAsync(subject)).Data, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("/espace/bsc/publications/bsc-1/historique")).StatusCode);
    }

    [Fact]
    public async Task What_is_erased_is_in_no_history_and_in_nothing_half_written()
    {
        await SignInAsync();
        var subject = await PublishAsync(Morning());
        await EditAsync(subject, Morning("Autre matinée"));
        await PostAsync("/espace/bsc/saisie/event", new Dictionary<string, string> { ["form"] = subject, ["title"] = "Encore une" },
            from: NewEvent);
        await using var db = Open();
        await new PublicationEditor(db, Journal, TimeProvider.System).EraseAsync(subject, Cancellation);
        Assert.False(await db.Edits.AnyAsync(Cancellation) || await db.UnsavedTexts.AnyAsync(Cancellation));
    }

    [Fact]
    public async Task A_person_who_is_erased_leaves_what_others_are_writing()
    {
        await SignInAsync();
        await using var db = Open();
        var person = (await new PublicationEditor(db, Journal, TimeProvider.System)
            .PublishAsync(null, new Person { Nonce = "", Name = "Exemple Éloïse" }, "Anne", Cancellation)).Subject;
        await PostAsync("/espace/bsc/saisie/event",
            new Dictionary<string, string> { ["form"] = "1", ["speakers"] = "Exemple Éloïse — directrice" }, from: NewEvent);
        await PostAsync("/espace/bsc/saisie/event", new Dictionary<string, string> { ["form"] = "2", ["speakers"] = "Une autre" },
            from: NewEvent);
        await new PublicationEditor(db, Journal, TimeProvider.System).EraseAsync(person, Cancellation);
        Assert.Equal(["2"], await db.UnsavedTexts.Select(text => text.Form).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task What_was_typed_and_not_saved_is_offered_again_to_the_one_who_typed_it()
    {
        await SignInAsync();
        var typed = Form("Une idée", "");
        typed["text"] = "À moitié";
        Assert.Contains("Gardé à", await WordsOfAsync(await PostAsync("/espace/bsc/saisie/event", typed, from: NewEvent)),
            StringComparison.Ordinal);

        var fresh = await WordsOfAsync(await GetAsync(NewEvent));
        Assert.All(["Vous aviez écrit sans enregistrer", "Une idée", "?saisie=0123456789abcdef"], words =>
            Assert.Contains(words, fresh, StringComparison.Ordinal));
        Assert.Contains("Une idée", await WordsOfAsync(await GetAsync("/espace/bsc/")), StringComparison.Ordinal);
        var again = await WordsOfAsync(await GetAsync($"{NewEvent}?saisie=0123456789abcdef"));
        Assert.All(["À moitié", "value=\"2026-12-01\"", "name=\"form\" value=\"0123456789abcdef\""], words =>
            Assert.Contains(words, again, StringComparison.Ordinal));

        // Saving settles it, and so does letting go.
        typed["do"] = "draft";
        await PostAsync(NewEvent, typed);
        Assert.DoesNotContain("sans enregistrer", await WordsOfAsync(await GetAsync(NewEvent)), StringComparison.Ordinal);
        await PostAsync("/espace/bsc/saisie/event", Form("Autre", ""), from: NewEvent);
        await PostAsync("/espace/bsc/saisie/event/effacer", Form("Autre", ""), from: NewEvent);
        Assert.DoesNotContain("sans enregistrer", await WordsOfAsync(await GetAsync(NewEvent)), StringComparison.Ordinal);
    }
}
