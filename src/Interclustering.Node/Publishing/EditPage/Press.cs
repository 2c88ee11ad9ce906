using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Node.Publishing.Form;

namespace Interclustering.Node.Publishing.EditPage;

/// <summary>Which button of a form was pressed, and what it is to do.</summary>
/// <param name="Action">One of <see cref="SaveActions"/> that keep something; publishing, after an answer to another question.</param>
/// <param name="Answer">About another date: <see cref="SaveActions.Reschedule"/> or <see cref="SaveActions.Correct"/>; else null.</param>
internal sealed record Press(string Action, string? Answer)
{
    /// <summary>Name of the field that says what a question stood in the way of.</summary>
    public const string Then = "then";

    /// <summary>Name of the field with the version of the pending change from which the form was filled.</summary>
    public const string Change = "change";

    public static Press Of(ItemForm form) => form["do"] is SaveActions.Reschedule or SaveActions.Correct
        ? new(form[Then] is SaveActions.Review or SaveActions.Schedule ? form[Then] : SaveActions.Publish, form["do"])
        : new(form["do"], null);

    /// <summary>It may say less than what is published must.</summary>
    public bool IsDraft => Action == SaveActions.Draft;

    public bool IsPublishing => Action == SaveActions.Publish;

    /// <summary>0 for a form that was filled from what is published.</summary>
    public static long ChangeOf(ItemForm form) =>
        long.TryParse(form[Change], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;

    public static void SetChange(ItemForm form, long? version) =>
        form[Change] = version?.ToString(CultureInfo.InvariantCulture) ?? "";

    /// <summary>The status that an answer stands for.</summary>
    public string StatusOf(ItemForm form) => Answer == SaveActions.Reschedule ? EventStatus.Rescheduled : form["status"];
}
