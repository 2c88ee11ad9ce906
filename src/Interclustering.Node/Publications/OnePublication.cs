using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Node.Authoring;
using Interclustering.Node.Workspace;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Publications;

/// <summary>A reason as typed, for cancelling or withdrawing, and the version of what it was typed about.</summary>
internal sealed record ReasonForm(long Version, string Text = "", string? Notice = null)
{
    private const int Longest = 500;

    public static async Task<ReasonForm> ReadAsync(HttpContext http, CancellationToken cancellation)
    {
        var form = await http.Request.ReadFormAsync(cancellation);
        var version = long.TryParse(form["version"], CultureInfo.InvariantCulture, out var typed) ? typed : 0;
        return new ReasonForm(version, ItemForm.Clean(form["reason"].ToString()).Trim(), StaleForm.In(http)?.Notice);
    }

    public IReadOnlyList<FieldError> Errors => Text.Length <= Longest ? [] :
        [new FieldError("reason", T["Ce texte est trop long : {0:N0} caractères, {1:N0} au plus (un emoji peut compter double).", Text.Length, Longest])];

    public string? TextOrNull => Text.Length == 0 ? null : Text;
}

/// <summary>The pages about one publication, which show what was typed on them again where it can't stand.</summary>
internal static class OnePublication
{
    public static Task<WorkingCopy?> FindAsync(NodeContext db, string id, CancellationToken cancellation) =>
        db.WorkingCopies.AsNoTracking().FirstOrDefaultAsync(row => row.Subject == id && row.Kind != Kinds.Person && row.Kind != Kinds.DateHold, cancellation);

    public static IResult Missing(HttpContext http, NodeInstance node) => WorkspacePage.Missing(
        http, node, T["Introuvable"], T["Aucune publication de votre cluster n’a cette adresse. C’était peut-être un brouillon, supprimé depuis."]);

    /// <summary>Somebody saved it meanwhile: the reason is kept, and counts for the version that is shown now.</summary>
    public static async Task<IResult> EditedMeanwhileAsync<TPage>(
        HttpContext http, NodeInstance node, NodeContext db, TimeProvider clock, string id, ReasonForm form, CancellationToken cancellation) =>
        await FindAsync(db, id, cancellation) is { } current
            ? await PageAsync<TPage>(http, node, db, clock, current, form with { Version = current.Version }, cancellation,
                [new FieldError("reason", T["{0} a enregistré une autre version entre-temps. Regardez-la, puis confirmez.", current.EditedBy])])
            : Missing(http, node);

    public static async Task<IResult> PageAsync<TPage>(
        HttpContext http, NodeInstance node, NodeContext db, TimeProvider clock, WorkingCopy copy, ReasonForm form, CancellationToken cancellation,
        IReadOnlyList<FieldError>? errors = null)
    {
        Dictionary<string, object?> shown = new()
        {
            [nameof(PublicationPage.Copy)] = copy,
            [nameof(PublicationPage.Delivery)] = (await Delivery.OfAsync(db, [copy], cancellation))[copy.Subject],
            [nameof(PublicationPage.Errors)] = errors ?? [],
            [nameof(PublicationPage.Now)] = clock.GetUtcNow().UtcDateTime,
            [nameof(PublicationPage.Version)] = form.Version,
            [nameof(PublicationPage.Reason)] = form.Text,
            [nameof(PublicationPage.Notice)] = form.Notice,
        };
        if (typeof(TPage) == typeof(PublicationPage))
        {
            shown[nameof(PublicationPage.Way)] = await WayToHub.ReadAsync(http.RequestServices, node, db, cancellation);
            shown[nameof(PublicationPage.Others)] = copy.State == PublicationState.Published ? await OtherNodes.AskAsync(http.RequestServices, node, db, copy.Subject, cancellation) : null;
        }

        return WorkspacePage.Of<TPage>(http, node, copy.Title, shown, errors switch
        {
            { Count: > 0 } => StatusCodes.Status422UnprocessableEntity,
            _ => form.Notice is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        });
    }
}
