using Interclustering.Node.Forms;
using Interclustering.Node.Recovery;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Registrations.PublicForm;

/// <summary>
/// The public pages of registration: a form, and the page of one's own registration. They leave no cookie, and need no script. Opening a
/// page changes nothing, as programs that look through mails open links too: a button does.
/// </summary>
internal static class RegistrationPages
{
    private const int LargestBody = 64 * 1024;

    /// <param name="group">Of the cluster, without the guard of the workspace's forms: there is no session to protect.</param>
    public static void MapRegistering(this RouteGroupBuilder group)
    {
        const string Form = RegistrationLinks.Form + "/{id}", Own = RegistrationLinks.Own + "/{token}";
        group.MapGet(Form, ([AsParameters] RegistrationHandler handler, string id, CancellationToken cancellation) =>
            handler.ShowAsync(id, cancellation));
        group.MapPost(Form, ([AsParameters] RegistrationHandler handler, string id, CancellationToken cancellation) =>
            handler.AskAsync(id, cancellation)).DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(LargestBody));
        group.MapGet(Form + "/envoyee", ([AsParameters] RegistrationHandler handler, string id, CancellationToken cancellation) =>
            handler.SentAsync(id, cancellation));
        group.MapGet(Own, ([AsParameters] RegistrationHandler handler, string token, CancellationToken cancellation) =>
            handler.OwnAsync(token, cancellation));
        group.MapPost(Own, ([AsParameters] RegistrationHandler handler, string token, CancellationToken cancellation) =>
            handler.DecideAsync(token, cancellation)).DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(LargestBody));
    }

    /// <summary>The short address: leads to the only node of this process, or of several to the one that the event's id names.</summary>
    public static void MapShortRegistration(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(RegistrationLinks.Form + "/{id}", (Nodes nodes, string id) =>
            (nodes.All is [var only] ? only : nodes.Find(Federation.Subjects.OwnerOf(id))) is { } node
                ? Results.LocalRedirect(Language.To($"/espace/{node.Code}{RegistrationLinks.FormOf(id)}")) : Results.NotFound())
            .ExcludeFromDescription();
}

/// <summary>Answers the public pages.</summary>
internal sealed record RegistrationHandler(HttpContext Http, [FromServices] NodeInstance Node, [FromServices] NodeContext Db,
    [FromServices] RegistrationDesk Desk, [FromServices] RegistrationLinks Links, [FromServices] RegistrationSeal Seal,
    [FromServices] RegistrationRate Rate)
{
    public async Task<IResult> ShowAsync(string id, CancellationToken cancellation) =>
        await RegistrableEvent.FindAsync(Db, Node.Code, id, cancellation) is { } happening
            ? await PageAsync(happening, new RegistrationForm(), [], cancellation) : Missing();

    public async Task<IResult> AskAsync(string id, CancellationToken cancellation)
    {
        if (await RegistrableEvent.FindAsync(Db, Node.Code, id, cancellation) is not { } happening)
        {
            return Missing();
        }

        if (!Http.Request.HasFormContentType)
        {
            return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        }

        var form = RegistrationForm.Read(await Http.Request.ReadFormAsync(cancellation));
        var hadOpenForm = Links.IsStamp(Node, id, form.Stamp);
        var open = happening.Pools.Where(pool => happening.WindowOf(pool, Now, hadOpenForm) == RegistrationWindow.Open).ToList();
        if (open.Count == 0 || await IsStoppedAsync(cancellation))
        {
            return await PageAsync(happening, form, [], cancellation);
        }

        if (form.Errors(happening.Terms, open).ToList() is { Count: > 0 } errors)
        {
            return await PageAsync(happening, form, errors, cancellation);
        }

        if (!Rate.Allows(Http))
        {
            return await PageAsync(happening, form,
                [new FieldError("email", T["Trop de demandes viennent de votre réseau. Réessayez dans quelques minutes."])], cancellation,
                StatusCodes.Status429TooManyRequests);
        }

        if (form.Trap.Length == 0)
        {
            await Desk.AskAsync(happening, form.ToRequest(happening.Terms), cancellation);
        }

        // The same answer whether the address was known or not.
        return Results.LocalRedirect(Language.To($"/espace/{Node.Code}{RegistrationLinks.FormOf(id)}/envoyee"));
    }

    public async Task<IResult> SentAsync(string id, CancellationToken cancellation) =>
        await RegistrableEvent.FindAsync(Db, Node.Code, id, cancellation) is { } happening
            ? Page<SentPage>(T["Regardez vos mails"], new() { [nameof(SentPage.Happening)] = happening }) : Missing();

    public Task<IResult> OwnAsync(string token, CancellationToken cancellation) => OwnAsync(token, isFull: false, cancellation);

    public async Task<IResult> DecideAsync(string token, CancellationToken cancellation)
    {
        if (await FindAsync(token, cancellation) is not var (row, happening) || !Http.Request.HasFormContentType)
        {
            return Missing();
        }

        if (await IsStoppedAsync(cancellation))
        {
            return await OwnAsync(token, isFull: false, cancellation);
        }

        var isFull = false;
        switch ((await Http.Request.ReadFormAsync(cancellation))["do"].ToString())
        {
            case "confirm" when happening.WindowOf(row.Session, row.AskedAt, hadOpenForm: true) == RegistrationWindow.Open
                && happening.StartOf(row.Session) > Now:
                // Asked for in time, it may be confirmed until the start.
                isFull = !await Desk.ConfirmAsync(happening, row.Id, cancellation);
                break;
            case "accept":
                await Desk.AcceptAsync(happening, row.Id, cancellation);
                break;
            case "cancel":
                await Desk.CancelAsync(happening, row.Id, cancellation);
                break;
        }

        return isFull ? await OwnAsync(token, isFull: true, cancellation)
            : Results.LocalRedirect(Language.To($"/espace/{Node.Code}{RegistrationLinks.Own}/{token}"));
    }

    private async Task<IResult> OwnAsync(string token, bool isFull, CancellationToken cancellation)
    {
        if (await FindAsync(token, cancellation) is not var (row, happening))
        {
            return Missing();
        }

        return Page<OwnRegistrationPage>(T["Mon inscription"], new()
        {
            [nameof(OwnRegistrationPage.Happening)] = happening,
            [nameof(OwnRegistrationPage.Row)] = row,
            [nameof(OwnRegistrationPage.Person)] = Seal.Open(Node.Code, row.Sealed),
            [nameof(OwnRegistrationPage.IsFull)] = isFull,
            [nameof(OwnRegistrationPage.IsStopped)] = await IsStoppedAsync(cancellation),
            [nameof(OwnRegistrationPage.Now)] = Now,
        }, isFull ? StatusCodes.Status409Conflict : StatusCodes.Status200OK);
    }

    private async Task<(Registration Row, RegistrableEvent Happening)?> FindAsync(string token, CancellationToken cancellation) =>
        Links.Read(Node, token) is { } id
        && await Db.Registrations.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.Sealed != "", cancellation) is { } row
        && await RegistrableEvent.FindAsync(Db, Node.Code, row.Event, cancellation) is { } happening ? (row, happening) : null;

    private async Task<IResult> PageAsync(RegistrableEvent happening, RegistrationForm form, IReadOnlyList<FieldError> errors,
        CancellationToken cancellation, int? status = null)
    {
        var counts = new Dictionary<string, int?>();
        foreach (var pool in happening.Pools)
        {
            var now = await Desk.OccupancyAsync(happening.Id, pool, cancellation);
            counts[pool] = Allocation.Free(await Desk.CapacityAsync(happening, pool, cancellation), now.Taken);
        }

        return Page<RegistrationPage>(T["S’inscrire : {0}", happening.Item.Title], new()
        {
            [nameof(RegistrationPage.Happening)] = happening,
            [nameof(RegistrationPage.Form)] = form,
            [nameof(RegistrationPage.Errors)] = errors,
            [nameof(RegistrationPage.Free)] = counts,
            [nameof(RegistrationPage.Stamp)] = Links.StampOf(Node, happening.Id),
            [nameof(RegistrationPage.IsStopped)] = await IsStoppedAsync(cancellation),
            [nameof(RegistrationPage.Now)] = Now,
        }, status ?? (errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK));
    }

    /// <summary>A restored database has lost registrations that people were told of: none is taken before it is recovered.</summary>
    private async Task<bool> IsStoppedAsync(CancellationToken cancellation) =>
        (await JournalState.ReadAsync(Db, cancellation)) is { SendingStopped: true } or { Running: true };

    private IResult Missing() => Page<NoRegistrationPage>(T["Introuvable"], [], StatusCodes.Status404NotFound);

    private IResult Page<TPage>(string title, Dictionary<string, object?> parameters, int status = StatusCodes.Status200OK)
    {
        Http.Response.Headers.CacheControl = "no-store";
        return WorkspacePage.OfPublic<TPage>(Http, Node, title, parameters, status);
    }

    private DateTime Now => Http.Now();
}
