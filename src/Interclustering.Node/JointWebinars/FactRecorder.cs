using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;
using Interclustering.Node.Audit;
using Interclustering.Node.Forms;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.Form;
using Interclustering.Node.Workspace;
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

    private IResult Show<TPage>(DossierView view, InputFields typed, IReadOnlyList<FieldError> errors, string? notice) =>
        WorkspacePage.Of<TPage>(
        Http, Node, view.Title, new() { ["View"] = view, ["Typed"] = typed, ["Errors"] = errors, ["Notice"] = notice },
            FormStatus.Of(errors, notice));

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
