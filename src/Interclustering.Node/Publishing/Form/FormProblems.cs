using Interclustering.Content;
using Interclustering.Contracts;
using Interclustering.Node.Forms;
using Interclustering.Node.Publishing.Editor;

namespace Interclustering.Node.Publishing.Form;

/// <summary>What the checks of all doors say about a form, beside the fields that were typed.</summary>
internal static class FormProblems
{
    /// <param name="publication">As it was read from the form.</param>
    /// <param name="draft">A draft may lack its dates.</param>
    public static IEnumerable<FieldError> Of(Publication publication, bool draft = false) => ContentCheck.Of(publication)
        .Where(problem => !(draft && problem is { At: "/sessions", Rule: ContentRules.TooFew }))
        .Select(problem => new FieldError(FieldOf(problem.At), ContentWords.Of(problem)));

    public static IEnumerable<FieldError> Of(ContentRefusedException refused) =>
        refused.Problems.Select(problem => new FieldError(FieldOf(problem.At), ContentWords.Of(problem)));

    /// <summary>The form's name for a place in a publication: <c>date-0</c> for <c>/sessions/0/start</c>.</summary>
    private static string FieldOf(string at) => at.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["sessions", var row, "end"] => $"endDate-{row}",
        ["sessions", var row, "label"] => $"label-{row}",
        ["sessions", var row, ..] => $"date-{row}",
        ["sessions"] or ["previousStart"] => "date-0",
        ["recurrence", ..] => "repeat",
        ["place", "name"] or ["place"] => "placeName",
        ["place", "street" or "postalCode" or "city" or "region"] and [_, var part] => part,
        ["place", ..] => "placeName",
        ["image", "alt"] => "imageAlt",
        ["image", "file", ..] => "image",
        ["image", ..] => "imageUrl",
        [] or ["source", ..] or ["nonce"] => "title",
        [var field, ..] => field,
    };
}
