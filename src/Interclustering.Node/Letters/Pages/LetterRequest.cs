using Interclustering.Contracts;
using Interclustering.Node.Letters.Corrections;
using Interclustering.Node.Letters.Formats;
using Interclustering.Node.Letters.Selection;
using Interclustering.Node.NationalView;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Primitives;

namespace Interclustering.Node.Letters.Pages;

/// <summary>What every page of letters reads.</summary>
internal sealed class LetterRequest
{
    /// <summary>Stands where a letter's id does: the correction that is ready, which is kept once it is sent.</summary>
    public const string Correction = "rectificatif";

    public required HttpContext Http { get; init; }

    [FromServices]
    public required NodeInstance Node { get; init; }

    [FromServices]
    public required NodeContext Db { get; init; }

    [FromServices]
    public required NationalItems Items { get; init; }

    [FromServices]
    public required FederationDirectory Directory { get; init; }

    [FromServices]
    public required NationalSite National { get; init; }

    [FromServices]
    public required PublicAddress Address { get; init; }

    [FromServices]
    public required PublicationEditor Editor { get; init; }

    [FromServices]
    public required TimeProvider Clock { get; init; }

    public DateOnly Today => ParisDay.Today(Clock);

    public Cluster Own => Node.Cluster;

    /// <summary>Links leave this server: without a slash at the end.</summary>
    public string Site => Address.OriginOf(Http, National);

    public Task<IReadOnlyList<LetterCorrection>> CorrectionsAsync(CancellationToken cancellation) =>
        LetterCorrections.ReadAsync(Db, Items, Own, Today, cancellation);

    /// <summary>Null for another id.</summary>
    public async Task<Letter?> FindAsync(string id, CancellationToken cancellation) => Guid.TryParse(id, out var key)
        ? await Db.Letters.FindAsync([key], cancellation) : null;

    /// <summary>In the order of the letter.</summary>
    public Task<List<LetterItem>> ItemsOfAsync(Letter letter, CancellationToken cancellation) =>
        Db.LetterItems.Where(item => item.Letter == letter.Id).OrderBy(item => item.Position).ToListAsync(cancellation);

    /// <summary>The newest that was sent, corrections left out; null before the first one.</summary>
    public async Task<SentLetter?> LastAsync(CancellationToken cancellation)
    {
        if (await Db.Letters.AsNoTracking().Where(letter => letter.SentAt != null && !letter.IsCorrection)
            .OrderByDescending(letter => letter.SentAt).FirstOrDefaultAsync(cancellation) is not { } last)
        {
            return null;
        }

        var subjects = await Db.LetterItems.Where(item => item.Letter == last.Id).Select(item => item.Subject).ToListAsync(cancellation);
        return new SentLetter(last.SentAt!.Value, subjects.ToHashSet());
    }

    public LetterFilter FilterOf(string query)
    {
        var values = QueryHelpers.ParseQuery(query);
        return LetterFilter.Read(name => values.GetValueOrDefault(name, StringValues.Empty), Today, Directory);
    }

    /// <summary>What a letter tells of: those of its items that are still published, as they are now.</summary>
    public async Task<IReadOnlyList<Candidate>> ContentsAsync(
        Letter letter, IReadOnlyList<LetterItem> items, CancellationToken cancellation)
    {
        var place = items.ToDictionary(item => item.Subject, item => item.Position);
        var known = await LetterSource.ReadAsync(Db, Items, Own, cancellation, [.. place.Keys]);
        return [.. Candidate.Of(known, FilterOf(letter.Filter), Own.Code, null, place.Keys.ToHashSet())
            .OrderBy(candidate => candidate.Part).ThenBy(candidate => place[candidate.Item.Subject])];
    }

    public LetterOutput Write(Letter letter, IReadOnlyList<Candidate> contents) => LetterOutput.Of(() => new LetterText(
        SafeText.OneLine(letter.Title), letter.Introduction, Own.Name, Site + "/agenda",
        [.. contents.GroupBy(candidate => candidate.Part).Select(part => new LetterSection(HeadingOf(part.Key), [.. part.Select(candidate =>
            LetterEntry.Of(candidate.Item, FilterOf(letter.Filter).From, Site, Directory, letter.ShowsPictures))]))]));

    public LetterOutput Write(IReadOnlyList<LetterCorrection> corrections) =>
        LetterOutput.Of(() => LetterCorrections.Write(corrections, Own, Today, Site, Directory));

    public static string HeadingOf(LetterPart part) => part switch
    {
        LetterPart.Ours => T["Nos rendez-vous"],
        LetterPart.Others => T["Dans les autres clusters"],
        _ => T["À lire et à revoir"],
    };

    public IResult Missing() => WorkspacePage.Missing(
        Http, Node, T["Introuvable"], T["Aucune lettre n’a cette adresse. C’était peut-être un brouillon, supprimé depuis."]);

    public IResult To(string path) => Results.LocalRedirect(Ui.Words.Language.To($"/espace/{Node.Code}/lettre{path}"));
}
