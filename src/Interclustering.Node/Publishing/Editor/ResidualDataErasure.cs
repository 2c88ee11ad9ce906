using Interclustering.Contracts;
using Interclustering.Node.Audit;
using Interclustering.Node.Mail;
using Interclustering.Node.Sources;
using Interclustering.Ui.Words;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Publishing.Editor;

/// <summary>
/// Where a publication has left its words besides its own rows: the list of actions, mails, letters, and what its source gave.
/// </summary>
internal static class ResidualDataErasure
{
    // A shorter title stands in mails that have nothing to do with it.
    private const int FirstLetters = 40, ShortestInMail = 8;

    /// <summary>
    /// Takes them away; who did something and when stays in the list of actions. In the transaction that erases the publication.
    /// </summary>
    public static async Task EraseAsync(NodeContext db, WorkingCopy copy, CancellationToken cancellation)
    {
        var texts = await db.Edits.AsNoTracking().Where(edit => edit.Subject == copy.Subject).Select(edit => edit.Data)
            .ToListAsync(cancellation);
        string[] titles = [.. texts.Select(text => PublicationText.TitleOf(PublicationText.Read(copy.Kind, text))).Append(copy.Title)
            .Where(title => title.Length > 0).Distinct()];
        foreach (var title in titles)
        {
            await EraseActionsAsync(db, title, cancellation);
            await MailRow.ForgetAsync(db.Mails.Where(row => row.About == copy.Subject
                || (title.Length >= ShortestInMail && (row.Subject.Contains(title) || row.Text.Contains(title)))), cancellation);
            if (title.Length >= ShortestInMail || copy.Kind == Kinds.Person)
            {
                await db.Letters.Where(letter => letter.Introduction.Contains(title))
                    .ExecuteUpdateAsync(letter => letter.SetProperty(each => each.Introduction, ""), cancellation);
                await db.Letters.Where(letter => letter.Title.Contains(title))
                    .ExecuteUpdateAsync(letter => letter.SetProperty(each => each.Title, ""), cancellation);
            }
        }

        await db.LetterItems.Where(item => item.Subject == copy.Subject)
            .ExecuteUpdateAsync(item => item.SetProperty(each => each.Title, ""), cancellation);
        if (copy is { SourceSystem: { } system, SourceKey: { } key })
        {
            // The key stays: without it the source's next look would bring everything back.
            await db.SourceItems.Where(item =>
                item.Key == key && db.Sources.Any(source => source.Id == item.Source && source.System == system)).ExecuteUpdateAsync(
                item => item.SetProperty(each => each.Title, "").SetProperty(each => each.Data, "")
                    .SetProperty(each => each.LikelyKey, (string?)null)
                    .SetProperty(each => each.State, SourceItemState.Erased),
                cancellation);
            foreach (var title in titles)
            {
                await db.SourceRuns.Where(run => run.Remarks.Contains(title))
                    .ExecuteUpdateAsync(run => run.SetProperty(each => each.Remarks, ""), cancellation);
            }
        }
    }

    private static async Task EraseActionsAsync(NodeContext db, string title, CancellationToken cancellation)
    {
        var first = FoldedText.Beginning(title, FirstLetters);
        var rows = await db.Audit.AsNoTracking().Where(row => row.What.Contains(first)).Select(row => new { row.Id, row.What })
            .ToListAsync(cancellation);
        // The whole title, also after the name of a token, also where it was cut; not another one that begins alike.
        var named = rows.Where(row => row.What == AuditTrail.Cut(title) || (row.What.Split(" : ", 2) is [_, var rest]
            && (rest == title || AuditTrail.IsCut(row.What) && title.StartsWith(rest, StringComparison.Ordinal))))
            .Select(row => row.Id).ToList();
        await db.Audit.Where(row => named.Contains(row.Id)).ExecuteUpdateAsync(row => row
            .SetProperty(each => each.What, "").SetProperty(each => each.Reason, ""), cancellation);
    }
}
