using Interclustering.Accounts.SignIn;
using Interclustering.Contracts;
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
    /// <summary>The fields of a publication's form that are typed, and not chosen beside the radar.</summary>
    private static readonly string[] Typed =
    [
        "title", "summary", "text", "speakers", "placeName", "street", "city", "onlineUrl", "registrationUrl", "platformUrl", "replayUrl",
        "slides", "imageUrl", "imageAlt", "repeat", "owner", "contacts", "related",
    ];

    private static readonly string[] Publications = [Kinds.Event, Kinds.Webinar, Kinds.BestPractice];

    private static readonly string[] Editable = [.. Publications, Kinds.JointWebinarFact, Addresses.Letter];

    public static void MapAutosave(this RouteGroupBuilder group)
    {
        group.MapPost("/saisie/{kind}", KeepAsync).WithMetadata(new KeepsCounts());
        group.MapPost("/saisie/{kind}/effacer", ForgetAsync);
    }

    private static async Task<IResult> KeepAsync(HttpContext http, NodeContext db, string kind, CancellationToken cancellation)
    {
        var posted = await KeptForm.TakeAsync(http.Request);
        var form = posted?.Fields.FirstOrDefault(field => field.Key == "form").Value ?? "";
        if (!Editable.Contains(kind) || posted is null || form.Length is 0 or > UnsavedTexts.LongestKey)
        {
            return Results.Text(T["Ce texte est trop long pour être gardé pendant que vous écrivez : enregistrez-le vous-même."],
                statusCode: StatusCodes.Status413PayloadTooLarge);
        }

        var now = http.Now();
        if (Publications.Contains(kind) && !form.Contains('-', StringComparison.Ordinal)
            && !posted.Fields.Any(field => Typed.Contains(field.Key) && !string.IsNullOrWhiteSpace(field.Value)))
        {
            // A member who only looks at dates has written nothing.
            return Results.Text("");
        }

        await UnsavedTexts.KeepAsync(db, http.User, kind, form, posted, now, cancellation);
        return Results.Text(T["Gardé à {0}, pour vous seulement.", Moments.At(now, now)]);
    }

    private static async Task<IResult> ForgetAsync(
        HttpContext http, NodeInstance node, NodeContext db, string kind, CancellationToken cancellation)
    {
        var form = (await http.Request.ReadFormAsync(cancellation))["form"].ToString();
        await UnsavedTexts.DropAsync(db, http.User, form, cancellation);
        // An id with hyphens is a kept letter's, as the key of a new one has none.
        var path = Addresses.Resume(kind, form, kind == Addresses.Letter ? form.Contains('-', StringComparison.Ordinal)
            : await OwnPublications.FindAsync(db, kind, form, cancellation) is not null);
        return Results.LocalRedirect(Language.To($"/espace/{node.Code}{path}"));
    }
}
