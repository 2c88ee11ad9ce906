using Interclustering.Contracts;
using Interclustering.Node.Agreements;
using Interclustering.Node.Forms;
using Interclustering.Node.Publishing.Form;
using Interclustering.Node.Publishing.Mapping;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Node.CoOrganisers;

/// <summary>The fields of another cluster's event that a co-organiser may see otherwise, as typed.</summary>
/// <param name="Item">All fields of the event, with those that were typed.</param>
/// <param name="Remark">A word to the owner.</param>
public sealed record CorrectionsForm(ItemForm Item, string Remark)
{
    private const int LongestRemark = 1000;
    private static readonly string[] Typed =
        ["title", "summary", "text", "placeName", "street", "postalCode", "city", "registrationUrl"];

    /// <summary>As it is published, with what was proposed before.</summary>
    public static CorrectionsForm Of(Event item, ProposedCorrections? before) =>
        new(Filled(before is null ? item : Corrections.Taken(item, before,
            [.. Corrections.Between(item, before).Select(field => field.Field)])), before?.Remark ?? "");

    public static CorrectionsForm Read(Event item, IFormCollection posted)
    {
        var form = Filled(item);
        foreach (var field in Typed.Where(posted.ContainsKey))
        {
            form[field] = InputText.Clean(posted[field].ToString());
        }

        if (ItemForm.SessionsOf(posted) is [var first, ..] && form.Sessions.Count > 0)
        {
            form.Sessions[0] = form.Sessions[0] with { Date = first.Date, Start = first.Start, End = first.End };
        }

        return new CorrectionsForm(form, InputText.Clean(posted["remark"].ToString()).Trim());
    }

    /// <summary>What differs from what is published, or what is wrong with it.</summary>
    public (ProposedCorrections? Said, IReadOnlyList<FieldError> Errors) ToCorrections(Event item)
    {
        var reading = new FormReading(Item, item.CoOrganisers) { IsOthers = true };
        var now = reading.Read(draft: false, item, _ => item.Speakers) as Event;
        List<FieldError> errors = [.. reading.Errors];
        if (Remark.Length > LongestRemark)
        {
            errors.Add(new("remark", T["Ce texte est trop long : {0:N0} caractères au plus.", LongestRemark]));
        }

        if (now is null || errors.Count > 0)
        {
            return (null, errors);
        }

        var (before, after) = (item.Sessions[0], now.Sessions[0]);
        var moved = before.Start != after.Start || before.End != after.End;
        var said = new ProposedCorrections
        {
            Title = now.Title == item.Title ? null : now.Title,
            Summary = now.Summary == item.Summary ? null : now.Summary ?? "",
            Text = now.Text == item.Text ? null : now.Text ?? "",
            Start = moved ? after.Start : null,
            End = moved ? after.End : null,
            Place = now.Place == item.Place ? null : now.Place,
            RegistrationUrl = now.RegistrationUrl == item.RegistrationUrl ? null : now.RegistrationUrl,
            Remark = Remark.Length == 0 ? null : Remark,
        };
        return Corrections.Between(item, said).Count == 0 && said.Remark is null
            ? (null, [new FieldError("title", T["Rien ne change encore : corrigez un champ, ou écrivez une remarque."])]) : (said, []);
    }

    private static ItemForm Filled(Event item)
    {
        var form = ItemForm.Empty(item is Webinar ? Kinds.Webinar : Kinds.Event);
        FormFilling.Fill(form, item, person => person);
        return form;
    }
}
