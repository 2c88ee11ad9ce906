using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Node.Audit;
using Interclustering.Node.Letters.Corrections;
using Interclustering.Node.Letters.Formats;
using Interclustering.Node.Letters.Selection;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Letters.Pages;

/// <summary>« Marquer comme envoyée » remembers what a letter has said. The mailing tool of the cluster's own has sent it.</summary>
internal static class Sending
{
    public static async Task<IResult> SendAsync(LetterRequest request, string id, CancellationToken cancellation)
    {
        if (await LetterPages.ReadAsync(request, id, cancellation) is not { } shown)
        {
            return request.Missing();
        }

        if (shown.Letter?.SentAt is not null || shown.Output is null)
        {
            // Another member was quicker: the page says when, or that nothing is left to correct.
            return request.To($"/{shown.Id}");
        }

        if (shown.Output.IsTooLong || request.Http.Request.Form["seen"] != shown.Output.Seen)
        {
            return await LetterPages.ShowAsync(request, id, hasChanged: true, cancellation);
        }

        var (me, now) = (StaffMember.IdOf(request.Http.User), request.Http.Now());
        var letter = shown.Letter is { } draft ? Remember(request, draft, shown) : Remember(request, shown.Corrections, now);
        (letter.SentAt, letter.SentBy) = (now, me);
        request.Db.Note(me, AuditedActions.LetterSent, letter.Title, now);
        await request.Db.SaveChangesAsync(cancellation);
        if (!letter.IsCorrection)
        {
            // For the report: how often what others publish is taken up. A rectificatif takes up nothing.
            var issue = new LetterIssue
            {
                Nonce = "",
                SentOn = DateWords.Iso(request.Today),
                Items = [.. shown.Contents.Select(candidate => candidate.Item.Subject).Where(id => Subjects.OwnerOf(id).Length > 0)
                    .Distinct().Take(LetterIssue.MostItems)],
            };
            await request.Editor.PublishAsync(subject: null, issue, request.Http.User.Identity?.Name ?? "", cancellation);
        }

        return request.To($"/{letter.Id}");
    }

    public static async Task<IResult> DeleteAsync(LetterRequest request, string id, CancellationToken cancellation)
    {
        if (Guid.TryParse(id, out var key))
        {
            await request.Db.Letters.Where(letter => letter.Id == key && letter.SentAt == null).ExecuteDeleteAsync(cancellation);
        }

        return request.To("");
    }

    private static Letter Remember(LetterRequest request, Letter draft, ShownLetter shown)
    {
        var from = request.FilterOf(draft.Filter).From;
        var contents = shown.Contents.ToDictionary(candidate => candidate.Item.Subject);
        foreach (var item in shown.Items)
        {
            if (contents.TryGetValue(item.Subject, out var candidate))
            {
                Say(item, candidate, from);
            }
            else
            {
                // Withdrawn before it was sent: the letter did not tell of it.
                request.Db.Remove(item);
            }
        }

        return draft;
    }

    private static void Say(LetterItem item, Candidate candidate, DateOnly from)
    {
        var published = (PublishedItem)candidate.Item.Publication;
        var happening = published as Event;
        item.Title = candidate.Item.Title;
        item.Say(candidate.Item.Revision, happening?.Status, happening is null ? null : LetterEntry.FirstOf(happening, from),
            published.Visibility == Visibility.Public);
    }

    private static Letter Remember(LetterRequest request, IReadOnlyList<LetterCorrection> corrections, DateTime now)
    {
        var letter = new Letter
        {
            Id = Guid.CreateVersion7(),
            Title = Language.InFrench(() => LetterCorrections.Title(request.Own)),
            IsCorrection = true,
            EditedAt = now,
        };
        request.Db.Add(letter);
        request.Db.AddRange(corrections.Select((correction, index) => correction.Said(letter.Id, index + 1, request.Today)));
        return letter;
    }
}
