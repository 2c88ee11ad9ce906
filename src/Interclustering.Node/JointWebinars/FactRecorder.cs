using System.Text.Json;
using Interclustering.Accounts.SignIn;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;
using Interclustering.Node.Audit;
using Interclustering.Node.Forms;
using Interclustering.Node.Publishing.Autosave;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.Form;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Interclustering.Node.JointWebinars;

/// <summary>Journals what this cluster says about a joint webinar, in the signed-in member's name. The hub decides what counts.</summary>
internal sealed record FactRecorder(
    HttpContext Http, [FromServices] NodeInstance Node, [FromServices] NodeContext Db, [FromServices] PublicationEditor Editor,
    [FromServices] Journal Journal, [FromServices] FederationDirectory Directory)
{
    /// <summary>Goes on with a dossier, or says that it is not known here.</summary>
    public async Task<IResult> WithAsync(string id, Func<DossierView, Task<IResult>> next, CancellationToken cancellation) =>
        await DossierView.FindAsync(Http, Node, Db, Directory, id, cancellation) is { } view
            ? await next(view) : DossierView.Missing(Http, Node);

    /// <inheritdoc cref="WithAsync(string, Func{DossierView, Task{IResult}}, CancellationToken)"/>
    public Task<IResult> WithAsync(string id, Func<DossierView, IResult> next, CancellationToken cancellation) =>
        WithAsync(id, view => Task.FromResult(next(view)), cancellation);

    /// <summary>Shows a page that is only there once a slot is chosen; before, the dossier itself.</summary>
    public IResult ShowChosen<TPage>(DossierView view, InputFields typed, IReadOnlyList<FieldError> errors, string? notice) =>
        view.Dossier.Slot is null ? To(view, "") : Show<TPage>(view, typed, errors, notice);

    /// <summary>Shows a page that is only there once it is announced; before, the dossier itself.</summary>
    public IResult ShowAnnounced<TPage>(DossierView view, InputFields typed, IReadOnlyList<FieldError> errors, string? notice) =>
        view.Dossier.Announcements.Count == 0 ? To(view, "") : Show<TPage>(view, typed, errors, notice);

    /// <inheritdoc cref="ShowChosen{TPage}"/>
    public IResult OpenChosen<TPage>(DossierView view) =>
        TakenUp(Http, view) is { } text ? ShowChosen<TPage>(view, InputFields.Of(text), [], UnsavedTexts.TakenUp)
        : ShowChosen<TPage>(view, InputFields.None, [], null);

    /// <inheritdoc cref="ShowAnnounced{TPage}"/>
    public IResult OpenAnnounced<TPage>(DossierView view) =>
        TakenUp(Http, view) is { } text ? ShowAnnounced<TPage>(view, InputFields.Of(text), [], UnsavedTexts.TakenUp)
        : ShowAnnounced<TPage>(view, InputFields.None, [], null);

    /// <summary>The autosave that the address asks for.</summary>
    public static UnsavedText? TakenUp(HttpContext http, DossierView view) =>
        view.Unsaved.FirstOrDefault(text => text.Form == http.Request.Query["saisie"]);

    /// <summary>Without the autosave of the text that the page shows already.</summary>
    public static DossierView WithoutShown(HttpContext http, DossierView view)
    {
        var shown = HttpMethods.IsPost(http.Request.Method) ? http.Request.Form["form"] : http.Request.Query["saisie"];
        return view with { Unsaved = [.. view.Unsaved.Where(text => text.Form != shown)] };
    }

    private IResult Show<TPage>(DossierView view, InputFields typed, IReadOnlyList<FieldError> errors, string? notice) =>
        WorkspacePage.Of<TPage>(
        Http, Node, view.Title,
            new() { ["View"] = WithoutShown(Http, view), ["Typed"] = typed, ["Errors"] = errors, ["Notice"] = notice },
            FormStatus.Of(Http, errors, notice, typed.Meanwhile));

    /// <summary>
    /// What was recorded of the same thing since the form was opened; what was typed is autosaved as well, in case the other is taken. Null
    /// when nothing was.
    /// </summary>
    public async Task<Meanwhile?> MeanwhileAsync(
        DossierView view, JointWebinarFact mine, NamedPeople people, CancellationToken cancellation)
    {
        var posted = await Http.Request.ReadFormAsync(cancellation);
        var meanwhile = Meanwhile.Of(view, mine, posted["corrects"].ToString(), id => LineOf(view, people, id));
        var key = posted["form"].ToString();
        if (meanwhile is not null && key.Length is > 0 and <= UnsavedTexts.LongestKey
            && await KeptForm.TakeAsync(Http.Request) is { } typed)
        {
            await UnsavedTexts.KeepAsync(Db, Http.User, Kinds.JointWebinarFact, key, typed, Http.Now(), cancellation);
        }

        return meanwhile;
    }

    /// <summary>Also of a person who is only just typed.</summary>
    private static string LineOf(DossierView view, NamedPeople people, string? id) =>
        id is null || view.People.ContainsKey(id) ? view.LineOf(id)
        : people.In([id]).GetValueOrDefault(id) is { } typed ? DossierView.LineOf(typed) : "";

    /// <param name="dossier">Its id.</param>
    /// <param name="title">For the list of actions.</param>
    /// <param name="people">Persons whom the facts name; those who are new are entered first.</param>
    /// <param name="facts">In the order in which they count.</param>
    /// <param name="cancellation">Ends the wait for the database.</param>
    public async Task<IReadOnlyList<string>> RecordAsync(
        string dossier, string title, NamedPeople people, IReadOnlyList<JointWebinarFact> facts, CancellationToken cancellation)
    {
        var by = people.IdOfMember(Http.User.Identity?.Name ?? Node.Cluster.Name);
        if (people.Added.Count > 0)
        {
            await Editor.PublishManyAsync(people.Added, Http.User.Identity?.Name ?? "", cancellation);
        }

        foreach (var fact in facts)
        {
            ContentRefusedException.ThrowIfRefused(fact with { Dossier = dossier, By = by });
        }

        await Editor.PublishPeopleAsync([by, .. facts.Select(fact => JsonSerializer.Serialize(fact, ContractJson.Options))],
            Http.User.Identity?.Name ?? "", cancellation);
        await using (var transaction = await Db.Database.BeginTransactionAsync(cancellation))
        {
            var drafts = facts.Select(fact => new JournalDraft(
                Kinds.JointWebinarFact, Subjects.Mint(Node.Code), 1,
                JsonSerializer.Serialize(fact with { Nonce = Nonce.Create(), Dossier = dossier, By = by }, ContractJson.Options))).ToList();
            await Journal.AppendAsync(Db, drafts, cancellation);
            await transaction.CommitAsync(cancellation);
            Journal.NotifyCommitted();
            await Http.NoteAsync(Db, AuditedActions.JointWebinarMoved, title, cancellation);
            await UnsavedTexts.DropAsync(Db, Http.User, Http.Request.Form["form"].ToString(), cancellation);
            return drafts.ConvertAll(draft => draft.Subject);
        }
    }

    public Task<IReadOnlyList<string>> RecordAsync(
        DossierView view, NamedPeople people, IReadOnlyList<JointWebinarFact> facts, CancellationToken cancellation) =>
        RecordAsync(view.Dossier.Id, view.Title, people, facts, cancellation);

    /// <summary>Records one fact that names no other person, and returns to a page of the dossier.</summary>
    public async Task<IResult> RecordAsync(DossierView view, JointWebinarFact fact, string page, CancellationToken cancellation)
    {
        await RecordAsync(view, await PeopleAsync(cancellation), [fact], cancellation);
        return To(view, page);
    }

    public Task<NamedPeople> PeopleAsync(CancellationToken cancellation) => NamedPeople.LoadAsync(Db, Node.Code, cancellation);

    public IResult To(DossierView view, string page) => Results.LocalRedirect(Language.To($"/espace/{Node.Code}{view.Path}{page}"));

    public static JointWebinarFact Fact(string fact) => new() { Nonce = "", Dossier = "", Fact = fact };
}
