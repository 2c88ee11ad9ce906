using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Node.Agreements;
using Interclustering.Node.CoOrganisers;
using Interclustering.Node.DateHolds;
using Interclustering.Node.Duplicates;
using Interclustering.Node.JointWebinars;
using Interclustering.Node.Letters.Corrections;
using Interclustering.Node.NationalView;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.Form;
using Interclustering.Node.Publishing.PublicationStatus;
using Interclustering.Node.Radar;
using Interclustering.Node.Sources;
using Interclustering.Ui.Words;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.ToDo;

/// <summary>One task that waits for a member of the cluster.</summary>
/// <param name="Why">In words, what is to be done.</param>
/// <param name="Title">Of what it is about.</param>
/// <param name="Path">Where it is done, inside the workspace.</param>
/// <param name="IsUrgent">It has waited too long already.</param>
public sealed record ToDoItem(string Why, string Title, string Path, bool IsUrgent = false)
{
    private readonly string? pathToRead;

    /// <summary>Where a member looks at it who may not do it; the same place where nothing else is said.</summary>
    public string PathToRead { get => pathToRead ?? Path; init => pathToRead = value; }
}

/// <summary>What waits for the cluster's staff: found anew each time, so that nothing has to be ticked off.</summary>
internal static class ToDoList
{
    private const int LinkAhead = 14, ReviewAhead = 14, ExpiryAhead = 2, ToldFor = 7, FailuresToTell = 3;

    /// <summary>What has not arrived for so long is worth a word: usually it takes a second.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<IReadOnlyList<ToDoItem>> ReadAsync(
        NodeContext db, AgendaAtNode agenda, FederationDirectory directory, string code, DateTime nowUtc, DateOnly today,
            CancellationToken cancellation) =>
    [
        .. await NotVisibleAsync(db, nowUtc, cancellation),
        .. await DossiersAsync(db, directory, code, nowUtc, cancellation),
        .. await HoldsAsync(db, agenda, code, today, cancellation),
        .. await AgreementsAsync(db, agenda, directory, code, today, cancellation),
        .. await LettersAsync(db, directory, code, today, cancellation),
        .. await SourcesAsync(db, cancellation),
        .. await ItemsAsync(db, today, cancellation),
    ];

    /// <summary>Drafts, events that say nothing of how to take part, sheets to read again.</summary>
    private static async Task<IEnumerable<ToDoItem>> ItemsAsync(NodeContext db, DateOnly today, CancellationToken cancellation)
    {
        var copies = await db.WorkingCopies.AsNoTracking()
            .Where(row => (row.State == PublicationState.Draft || row.State == PublicationState.Published) && row.ArchivedAt == null
                && row.PublishAt == null && Kinds.Items.Contains(row.Kind)
                && !db.DraftReviews.Any(review => review.Subject == row.Subject))
            .OrderBy(row => row.EditedAt).ToListAsync(cancellation);
        return FaultIsolation.Shared.Each(copies, copy => (copy.Subject, copy.Version), copy => Of(copy, today))
            .OrderByDescending(item => item.IsUrgent);
    }

    private static ToDoItem? Of(WorkingCopy copy, DateOnly today)
    {
        var title = copy.Title.Length == 0 ? T["(sans titre)"] : copy.Title;
        ToDoItem Edit(string why, bool isUrgent = false) =>
            new(why, title, Addresses.Edit(copy.Kind, copy.Subject), isUrgent) { PathToRead = $"/publications/{copy.Subject}" };

        if (copy.State == PublicationState.Draft)
        {
            return Edit(T["Brouillon à terminer ou à supprimer"]);
        }

        return PublicationText.Read(copy.Kind, copy.Data) switch
        {
            Event { Attendance: not Attendance.OnSite, OnlineUrl: null, Status: EventStatus.Confirmed or EventStatus.Rescheduled } happening
                when (happening as Webinar)?.PlatformUrl is null && Next(happening, today) is { } day && day <= today.AddDays(LinkAhead) =>
                Edit(T["Le lien pour participer en ligne manque : c’est {0}", DateWords.InFull(day)], day <= today.AddDays(2)),
            BestPractice { ReviewBy: { } by } when Day(by) is { } day && day <= today.AddDays(ReviewAhead) =>
                Edit(day < today ? T["Fiche à relire depuis le {0}", DateWords.InFull(day)]
                    : T["Fiche à relire avant le {0}", DateWords.InFull(day)], day < today),
            _ => null,
        };
    }

    /// <summary>Kept here, and not shown by the national site: it waits, or was set aside.</summary>
    private static async Task<IEnumerable<ToDoItem>> NotVisibleAsync(NodeContext db, DateTime nowUtc, CancellationToken cancellation)
    {
        var before = nowUtc - Patience;
        var late = await db.WorkingCopies.AsNoTracking().Where(row => row.Sequence > 0 && row.EditedAt < before
                && !db.Publications.Any(told => told.Journal == FederationDirectory.HubCode && told.Subject == row.Subject
                    && told.Revision >= row.Revision))
            .OrderBy(row => row.EditedAt).Take(50).ToListAsync(cancellation);
        var deliveries = await Delivery.OfAsync(db, late, cancellation);
        return late.Where(copy => Kinds.Items.Contains(copy.Kind)).Select(copy => new ToDoItem(
            deliveries[copy.Subject].SetAsideInWords
                ?? T["Pas encore visible sur le site national : publié {0}", Moments.Ago(copy.EditedAt, nowUtc)], copy.Title,
                $"/publications/{copy.Subject}", IsUrgent: true));
    }

    /// <summary>What joint webinars ask of this cluster.</summary>
    private static async Task<IEnumerable<ToDoItem>> DossiersAsync(
        NodeContext db, FederationDirectory directory, string code, DateTime nowUtc, CancellationToken cancellation)
    {
        var people = new Dictionary<string, Person>();
        return FaultIsolation.Shared.Each(await Dossiers.ReadAsync(db, code, cancellation), dossier => (dossier.Id, 0), dossier =>
            StepsOf(new DossierView(dossier, code, people, directory, nowUtc, KnownAt: null)))
            .SelectMany(steps => steps);
    }

    private static IReadOnlyList<ToDoItem> StepsOf(DossierView view) =>
        [.. NextStep.Of(view).Select(step => new ToDoItem(step.Why, view.Title, view.Path + step.Page, step.IsUrgent)
        {
            PathToRead = view.Path + step.PageFor(edits: false),
        })];

    private static async Task<IEnumerable<ToDoItem>> HoldsAsync(
        NodeContext db, AgendaAtNode agenda, string code, DateOnly today, CancellationToken cancellation)
    {
        var own = await Holds.OwnAsync(db, agenda, code, today, cancellation);
        var shared = own.SelectMany(hold =>
            hold.Others.Where(other => other.Firmness == Firmness.Held && hold.Hold.Purpose == HoldPurposes.Option)
            .Select(other => new ToDoItem(
            T["{0} a aussi une option le {1} : « {2} ». Parlez-vous.", other.Cluster.Name, DateWords.InFull(hold.Time.Day), other.Title],
                hold.Hold.Title, $"/options#{hold.Copy.Subject}", IsUrgent: true)));
        var ending = own.Where(hold => hold.Hold.Purpose == HoldPurposes.Option && hold.ExpiresOn <= today.AddDays(ExpiryAhead))
            .Select(hold => new ToDoItem(
            T["L’option s’efface après le {0} : prolongez-la, libérez-la, ou faites-en un événement", DateWords.InFull(hold.ExpiresOn)],
                hold.Hold.Title, $"/options#{hold.Copy.Subject}"));
        var gone = await db.WorkingCopies.AsNoTracking().Where(row => row.Kind == Kinds.DateHold && row.State == PublicationState.Withdrawn
            && row.EditedBy == "").ToListAsync(cancellation);
        return [.. shared, .. ending, .. FaultIsolation.Shared.Each(gone, row => (row.Subject, row.Version), row => OfExpired(row, today))];
    }

    private static ToDoItem? OfExpired(WorkingCopy copy, DateOnly today) =>
        PublicationText.Read(copy.Kind, copy.Data) is DateHold { Purpose: HoldPurposes.Option } hold && Day(hold.ExpiresOn) is { } day
            && day >= today.AddDays(-ToldFor)
            ? new ToDoItem(T["L’option du {0} est effacée, la date est libre pour tous", DateWords.InFull(Day(hold.Start[..10])!.Value)],
                copy.Title, $"/options?date={hold.Start[..10]}")
            : null;

    /// <summary>What other clusters ask about events of several, and what looks like one event.</summary>
    private static async Task<IEnumerable<ToDoItem>> AgreementsAsync(NodeContext db, AgendaAtNode agenda, FederationDirectory directory,
        string code, DateOnly today, CancellationToken cancellation)
    {
        var news = await AgreementNews.ReadAsync(
            db, new NationalItems(directory, FaultIsolation.Shared), directory, code, today, cancellation);
        var likely = DuplicatePair.Open(agenda, await NodeAgreements.ReadAsync(db, cancellation), code, today)
            .Where(pair => !pair.IsClaimed).ToList();
        return
        [
            .. news.Where(each => each.Waits).Select(each => new ToDoItem(each.Sentence, each.Title, each.Path)),
            .. likely.Select(pair => new ToDoItem(
                T["Ressemble à un événement de {0} : est-ce le même ?", pair.Other.Engagement.Cluster.Name], pair.Own.Title,
                DuplicatePages.Path)),
        ];
    }

    /// <summary>What a letter to members has announced and that is no longer so.</summary>
    private static async Task<IEnumerable<ToDoItem>> LettersAsync(
        NodeContext db, FederationDirectory directory, string code, DateOnly today, CancellationToken cancellation) =>
        directory.Find(code) is not { } own ? []
        : (await LetterCorrections.ReadAsync(db, new NationalItems(directory, FaultIsolation.Shared), own, today, cancellation))
            .Select(correction => new ToDoItem(
                T["{0} depuis votre lettre du {1} : un rectificatif est prêt", correction.InWords,
                    DateWords.InFull(DateOnly.FromDateTime(ParisDay.Of(correction.SentAt)))],
                correction.Told.Title, "/lettre/rectificatif", IsUrgent: true));

    /// <summary>What sources bring that waits for an answer, and sources that fail.</summary>
    private static async Task<IEnumerable<ToDoItem>> SourcesAsync(NodeContext db, CancellationToken cancellation)
    {
        var sources = await db.Sources.AsNoTracking().Select(source => new
        {
            source.Id,
            source.Name,
            source.Failures,
            Waiting = db.SourceItems.Count(item =>
                item.Source == source.Id && (item.State == SourceItemState.Proposed || item.State == SourceItemState.AskSame
                || item.State == SourceItemState.AskGone)),
        }).ToListAsync(cancellation);
        return
        [
            .. sources.Where(source => source.Waiting > 0)
                .Select(source =>
                new ToDoItem(T.Count("Une source attend votre avis sur {0} événement|Une source attend votre avis sur {0} événements",
                source.Waiting), source.Name, $"/sources/{source.Id}")),
            .. sources.Where(source => source.Failures >= FailuresToTell)
                .Select(source => new ToDoItem(T["Cette source est en panne depuis plusieurs relevés : ce qui est publié reste"],
                source.Name, $"/sources/{source.Id}")),
        ];
    }

    /// <summary>Autosaved texts of one member of staff, for that member alone.</summary>
    public static async Task<IEnumerable<ToDoItem>> UnsavedAsync(
        NodeContext db, string member, DateTime nowUtc, CancellationToken cancellation)
    {
        var texts = await db.UnsavedTexts.AsNoTracking().Where(row => row.Member == member).OrderByDescending(row => row.SavedAt)
            .Select(row => new
            {
                row.Form,
                row.Kind,
                row.Title,
                row.SavedAt,
                // An id with hyphens is a kept letter's, as the key of a new one has none.
                IsKept = row.Kind == Addresses.Letter ? row.Form.Contains('-') : db.WorkingCopies.Any(copy => copy.Subject == row.Form)
            }).ToListAsync(cancellation);
        return texts.Select(text => new ToDoItem(
            T["Écrit sans enregistrer, {0}", Moments.Saved(text.SavedAt, nowUtc)], text.Title.Length == 0 ? T["(sans titre)"] : text.Title,
            $"{Addresses.Resume(text.Kind, text.Form, text.IsKept)}?saisie={Uri.EscapeDataString(text.Form)}"));
    }

    private static DateOnly? Next(Event happening, DateOnly today) => EventTimes.Of(happening, today)
        .Where(time => time.LastDay >= today).Select(time => (DateOnly?)time.Day).Min();

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
