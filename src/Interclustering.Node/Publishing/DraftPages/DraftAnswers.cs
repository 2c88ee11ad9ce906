using Interclustering.Federation.Journals;
using Interclustering.Node.Forms;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.EventChanges;
using Interclustering.Node.Publishing.PublicationStatus;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Node.Publishing.DraftPages;

/// <summary>How what is done with a draft ends: on its page, with what stands in the way.</summary>
internal sealed record DraftAnswers(HttpContext Http, NodeInstance Node, NodeContext Db, TimeProvider Clock)
{
    public IResult To(string id, string part = "") =>
        Results.LocalRedirect(Language.To($"/espace/{Node.Code}/publications/{Uri.EscapeDataString(id)}") + part);

    /// <summary>The page again, with what was typed.</summary>
    /// <param name="id">Of the publication.</param>
    /// <param name="form">As typed.</param>
    /// <param name="field">Of the page.</param>
    /// <param name="message">What stands in the way; null where the form was not carried out for another reason, which it says.</param>
    /// <param name="cancellation">Of the request.</param>
    public async Task<IResult> AgainAsync(string id, ChangeForm form, string field, string? message, CancellationToken cancellation) =>
        await OwnPublications.FindAsync(Db, id, cancellation) is { } copy
            ? await OnePublication.PageAsync<PublicationPage>(Http, Node, Db, Clock, copy, form with { Version = copy.Version },
                cancellation, message is null ? [] : [new FieldError(field, message)])
            : OwnPublications.Missing(Http, Node);

    /// <summary>Without a draft there is nothing to do: the page says how things stand.</summary>
    public async Task<IResult> NoDraftAsync(string id, CancellationToken cancellation) =>
        await OwnPublications.FindAsync(Db, id, cancellation) is null ? OwnPublications.Missing(Http, Node) : To(id);

    public static string Meanwhile(string by) =>
        T["{0} a enregistré une autre version entre-temps. Regardez-la, puis confirmez.", by];

    /// <summary>Why a draft was not published, in words; null for what no page can say.</summary>
    public static string? InWords(Exception exception, string by) => exception switch
    {
        ContentRefusedException refused => string.Join(' ', refused.Problems.Take(3).Select(ContentWords.InWords)),
        EntryTooLargeException => T["Cette publication est trop volumineuse pour voyager (192 Kio au plus) : raccourcissez le texte."],
        EditedMeanwhileException => Meanwhile(by),
        _ => null,
    };
}
