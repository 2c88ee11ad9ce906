using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Node.JointWebinars.Day;

/// <summary>« Le jour même »: the run planned against actual, for the teams, and for a speaker without an account.</summary>
internal static class DayPages
{
    public const string Begin = "commence", Undo = "non";

    public static void MapTheDay(this RouteGroupBuilder group)
    {
        var dossier = group.MapGroup("/webinaires-communs/{id}");
        dossier.MapGet("/jour-j", ([AsParameters] FactRecorder saying, SpeakerLink links, PublicAddress address, string id,
            CancellationToken cancellation) => saying.WithAsync(id, view => Show(saying, view, links, address), cancellation));
        dossier.MapPost("/jour-j", ([AsParameters] FactRecorder saying, string id, CancellationToken cancellation) =>
            saying.WithAsync(id, view => NoteAsync(saying, view, cancellation), cancellation));
    }

    /// <summary>Open without signing in: the address is the secret, for a day.</summary>
    public static void MapSpeakersDay(this RouteGroupBuilder group) =>
        group.MapGet("/jour-j/{token}", SpeakAsync).RequireRateLimiting(RequestRates.Api);

    private static IResult Show(FactRecorder saying, DossierView view, SpeakerLink links, PublicAddress address)
    {
        if (view.Dossier.Slot is not { } slot)
        {
            return saying.To(view, "");
        }

        var run = DayRun.Of(view.Dossier, view.NowInParis);
        var token = run.Now.Date > run.Start.Date ? null
            : links.Of(view.Own, view.Dossier.Id, slot, new DateTimeOffset(ParisDay.ToUtc(run.Start.Date.AddDays(1)), TimeSpan.Zero));
        return WorkspacePage.Of<DayPage>(saying.Http, saying.Node, view.Title, new()
        {
            [nameof(DayPage.View)] = view,
            [nameof(DayPage.Run)] = run,
            [nameof(DayPage.SpeakerLink)] = token is null ? null : address.To(saying.Http, saying.Node, $"/jour-j/{token}"),
        });
    }

    /// <summary>A line begins now, or has not begun after all. Nothing else of it changes, whatever it has become.</summary>
    private static async Task<IResult> NoteAsync(FactRecorder saying, DossierView view, CancellationToken cancellation)
    {
        var posted = await saying.Http.Request.ReadFormAsync(cancellation);
        var line = view.Dossier.Run.FirstOrDefault(line => line.Id == posted["line"]);
        if (view.Dossier.Slot is null || line is null || !view.Joins || !DayRun.Of(view.Dossier, view.NowInParis).IsToday)
        {
            return saying.To(view, "/jour-j");
        }

        var fact = FactRecorder.Fact(JointWebinarFacts.LineWritten) with
        {
            Line = line with
            {
                BegunAt = posted["do"] == Undo ? null
                    : view.NowInParis.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
            },
        };
        return await saying.RecordAsync(view, fact with { Corrects = view.Latest(fact)?.Subject }, "/jour-j#jour", cancellation);
    }

    private static async Task<IResult> SpeakAsync(HttpContext http, NodeInstance node, NodeContext db, FederationDirectory directory,
        SpeakerLink links, string token, CancellationToken cancellation)
    {
        http.Response.Headers.CacheControl = "no-store";
        return links.Read(node.Code, token) is { } read
            && await DossierView.FindAsync(http, node, db, directory, read.Dossier, cancellation) is { } view
            && view.Dossier.Slot == read.Slot
            ? WorkspacePage.Of<SpeakerDayPage>(http, node, view.Title, new()
            {
                [nameof(SpeakerDayPage.View)] = view,
                [nameof(SpeakerDayPage.Run)] = DayRun.Of(view.Dossier, view.NowInParis),
            })
            : WorkspacePage.Missing(http, node, T["Ce lien ne mène plus à rien"],
                T["Il valait pour un jour, ou la date a changé. Demandez-en un autre à qui vous l’a envoyé."]);
    }
}
