using Interclustering.Accounts.SignIn;
using Interclustering.Contracts;
using Interclustering.Node.Forms;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.Form;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Node.Publishing.Autosave;

/// <summary>
/// Keeps what is being typed, every few seconds, and forgets it when asked. The page's script calls it; without script
/// « Enregistrer le brouillon » does.
/// </summary>
internal static class AutosavePages
{
    private static readonly string[] Editable = [Kinds.Event, Kinds.Webinar, Kinds.BestPractice];

    public static void MapAutosave(this RouteGroupBuilder group)
    {
        group.MapPost("/saisie/{kind}", KeepAsync).WithMetadata(new KeepsCounts());
        group.MapPost("/saisie/{kind}/effacer", ForgetAsync);
    }

    private static async Task<IResult> KeepAsync(HttpContext http, NodeContext db, string kind, CancellationToken cancellation)
    {
        var posted = await KeptForm.TakeAsync(http.Request);
        var form = posted?.Fields.FirstOrDefault(field => field.Key == "form").Value ?? "";
        if (!Editable.Contains(kind) || posted is null || form.Length is 0 or > 100)
        {
            return Results.Text(T["Ce texte est trop long pour être gardé pendant que vous écrivez : enregistrez-le vous-même."],
                statusCode: StatusCodes.Status413PayloadTooLarge);
        }

        var now = http.Now();
        await UnsavedTexts.KeepAsync(db, new UnsavedText
        {
            Member = UnsavedTexts.MemberOf(http.User),
            Form = form,
            Kind = kind,
            SavedAt = now,
            Title = InputText.Clean(posted.Fields.FirstOrDefault(field => field.Key == "title").Value ?? ""),
            Fields = UnsavedText.Write(posted.Fields.Select(field => KeyValuePair.Create(field.Key, InputText.Clean(field.Value)))),
        }, cancellation);
        return Results.Text(T["Gardé à {0}, pour vous seulement.", Moments.At(now, now)]);
    }

    private static async Task<IResult> ForgetAsync(
        HttpContext http, NodeInstance node, NodeContext db, string kind, CancellationToken cancellation)
    {
        var form = (await http.Request.ReadFormAsync(cancellation))["form"].ToString();
        await UnsavedTexts.DropAsync(db, http.User, form, cancellation);
        var path = await OwnPublications.FindAsync(db, kind, form, cancellation) is null ? Addresses.New(kind) : Addresses.Edit(kind, form);
        return Results.LocalRedirect(Language.To($"/espace/{node.Code}{path}"));
    }
}
