using Interclustering.Contracts;
using Interclustering.Node.DateHolds;
using Interclustering.Node.Files;
using Interclustering.Node.NationalView;
using Interclustering.Node.Publishing.Autosave;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.Form;
using Interclustering.Node.Publishing.Mapping;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Node.Publishing.EditPage;

/// <summary>Opens a form: empty, or with what a hold, another publication, an older version or an unsaved text says.</summary>
internal sealed class OpenHandler
{
    public required HttpContext Http { get; init; }

    [FromServices]
    public required NodeInstance Node { get; init; }

    [FromServices]
    public required NodeContext Db { get; init; }

    /// <summary>Id of an own hold that becomes an event.</summary>
    [FromQuery(Name = "option")]
    public string? Hold { get; init; }

    /// <summary>The day on which something new is to take place, yyyy-MM-dd.</summary>
    [FromQuery(Name = "date")]
    public string? Day { get; init; }

    /// <summary>Id of the publication to copy.</summary>
    [FromQuery(Name = "copie")]
    public string? CopyOf { get; init; }

    [FromServices]
    public required NationalItems National { get; init; }

    /// <summary>Id of a publication of any cluster whose text is a start.</summary>
    [FromQuery(Name = "reprendre")]
    public string? TakenUp { get; init; }

    /// <summary>Of the publication, to be taken up again.</summary>
    [FromQuery(Name = "version")]
    public long? Version { get; init; }

    /// <summary>Key of an unsaved text, see <see cref="UnsavedText.Form"/>.</summary>
    [FromQuery(Name = "saisie")]
    public string? Unsaved { get; init; }

    [FromServices]
    public required FormFiles Files { get; init; }

    private DraftStanding standing = DraftStanding.New;

    public async Task<IResult> NewAsync(string kind, CancellationToken cancellation)
    {
        standing = await DraftStanding.LoadAsync(Db, copy: null, cancellation);
        if (Unsaved is not null && await UnsavedTexts.FindAsync(Db, Http.User, Unsaved, cancellation) is { } text)
        {
            return Show(await TakenUpAsync(null, text, cancellation));
        }

        // « Back » from what a form has become leads to the form's address: what is changed there corrects it.
        if (Unsaved is not null && UnsavedTexts.SubjectOf(Unsaved, Node.Code) is { } subject
            && await OwnPublications.FindAsync(Db, kind, subject, cancellation) is not null)
        {
            return await OpenAsync(kind, subject, cancellation);
        }

        if (CopyOf is not null)
        {
            return await DuplicateAsync(kind, CopyOf, cancellation);
        }

        if (TakenUp is not null && await National.FindAsync(Db, Node.Code, TakenUp, cancellation) is { Publication: PublishedItem } item)
        {
            var site = Http.RequestServices.GetRequiredService<PublicAddress>()
                .OriginOf(Http, Http.RequestServices.GetRequiredService<NationalSite>());
            return Show(new ShownForm(null, TakenUpText.Of(item, kind, site, Node.Cluster.Insee))
            {
                Notice = T["Repris de « {0} », de {1}. La présentation nomme la source.", item.Title, item.Cluster.Name],
            });
        }

        var form = ItemForm.Empty(kind, Node.Cluster.Insee);
        if (Hold is not null && await Holds.FindAsync(Db, Hold, cancellation) is { } own)
        {
            (form["hold"], form["title"]) = (Hold, own.Hold.Title);
            form.Themes.UnionWith(own.Hold.Themes);
            form.Audiences.UnionWith(own.Hold.Audiences);
            FormFilling.FillTimes(form, [new Session("", own.Hold.Start, own.Hold.End)]);
        }
        else if (form.Sessions.Count > 0 && SessionInput.DayOf(Day ?? "") is not null)
        {
            FormFilling.FillTimes(form, [new Session("", Day!)]);
        }

        return Show(new ShownForm(null, form) { Unsaved = await UnsavedTexts.OfNewAsync(Db, Http.User, kind, cancellation) });
    }

    public async Task<IResult> OpenAsync(string kind, string id, CancellationToken cancellation)
    {
        if (await OwnPublications.FindAsync(Db, kind, id, cancellation) is not { } copy)
        {
            return OwnPublications.Missing(Http, Node);
        }

        standing = await DraftStanding.LoadAsync(Db, copy, cancellation);
        var unsaved = await UnsavedTexts.FindAsync(Db, Http.User, id, cancellation);
        if (Unsaved is not null && unsaved is not null)
        {
            return Show(await TakenUpAsync(copy, unsaved, cancellation));
        }

        var people = await NamedPeople.LoadAsync(Db, Node.Code, cancellation);
        if (Version is { } version && await Db.Edits.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Subject == id && row.Version == version, cancellation) is { } edit)
        {
            var older = FormFilling.Of(new WorkingCopy
            {
                Subject = id,
                Kind = kind,
                State = copy.State,
                Title = "",
                Data = edit.Data,
                Version = copy.Version
            }, people.LineOf);
            Press.SetChange(older, standing.Change?.Version);
            return Show(new ShownForm(copy, older)
            {
                Notice = T["Voici le texte de {0}. Il ne revient que si vous l’enregistrez ou le publiez.",
                    Moments.At(edit.At, Http.Now())],
            });
        }

        var form = FormFilling.Of(standing.Change?.AsCopy() ?? copy, people.LineOf);
        Press.SetChange(form, standing.Change?.Version);
        return Show(new ShownForm(copy, form) { Unsaved = unsaved is null ? [] : [unsaved] });
    }

    /// <summary>What was typed before, with the files that the form had kept.</summary>
    private async Task<ShownForm> TakenUpAsync(WorkingCopy? copy, UnsavedText text, CancellationToken cancellation)
    {
        var form = UnsavedTexts.FormOf(text);
        var known = copy is null ? null : (PublishedItem)PublicationText.Read(copy.Kind, copy.Data);
        var gone = await Files.ReadAsync(Http, UnsavedTexts.FieldsOf(text), form, known, accept: false, cancellation);
        return new ShownForm(copy, form) { Errors = gone, Notice = UnsavedTexts.TakenUp };
    }

    /// <summary>A new form with another publication's text, picture and hours: its dates, its status and its files are its own.</summary>
    private async Task<IResult> DuplicateAsync(string kind, string id, CancellationToken cancellation)
    {
        if (await OwnPublications.FindAsync(Db, kind, id, cancellation) is not { } copy)
        {
            return OwnPublications.Missing(Http, Node);
        }

        var form = FormFilling.Of(copy, (await NamedPeople.LoadAsync(Db, Node.Code, cancellation)).LineOf);
        var sessions = form.Sessions.Select(session =>
            new SessionInput(Start: session.Start, End: session.End, Label: session.Label)).ToList();
        form.Sessions.Clear();
        form.Sessions.AddRange(sessions);
        form.Files.Clear();
        form.Except.Clear();
        form.Version = 0;
        (form["status"], form["statusReason"], form["full"], form["movedOnline"], form["replayUrl"], form["repeat"]) =
            (EventStatus.Confirmed, "", "", "", "", "");
        if (PublicationText.Read(copy.Kind, copy.Data) is Event { Registration: not null })
        {
            // The form that it leads to registers for the other event.
            form["registrationUrl"] = "";
        }

        return Show(new ShownForm(null, form) { Notice = T["Copie de « {0} » : choisissez les dates, puis publiez.", copy.Title] });
    }

    private IResult Show(ShownForm shown)
    {
        if (shown.Form["form"].Length == 0)
        {
            shown.Form["form"] = shown.Copy?.Subject ?? UnsavedTexts.NewKey();
        }

        return Editing.Page(Http, Node, shown with { Standing = standing });
    }
}
