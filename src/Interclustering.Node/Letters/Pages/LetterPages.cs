using System.Text;
using Interclustering.Node.Files;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Letters.Pages;

/// <summary>« Lettre »: a letter to members is prepared, copied into the cluster's own mailing tool, and remembered.</summary>
internal static class LetterPages
{
    /// <summary>
    /// A mail has inline styles. It stands alone in a frame without script, forms, or our origin, and only our own page frames it.
    /// </summary>
    private const string PreviewPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src https:; base-uri 'none'; "
        + "form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

    public static void MapLetters(this RouteGroupBuilder group)
    {
        var editor = new NeedsRole(StaffRoles.Editor);
        group.MapGet("/lettre", ([AsParameters] LetterRequest request, CancellationToken cancellation) =>
            StartAsync(request, cancellation));
        group.MapGet("/lettre/nouvelle", ([AsParameters] LetterRequest request, string? depuis, string? saisie,
            CancellationToken cancellation) => Composing.NewAsync(request, depuis, saisie, cancellation)).WithMetadata(editor);
        group.MapGet("/lettre/{id}/modifier", ([AsParameters] LetterRequest request, string id, string? saisie,
            CancellationToken cancellation) => Composing.OpenAsync(request, id, saisie, cancellation)).WithMetadata(editor);
        group.MapPost("/lettre/{id}/modifier", ([AsParameters] LetterRequest request, string id, CancellationToken cancellation) =>
            Composing.SaveAsync(request, id, cancellation)).WithMetadata(new ShowsFormAgain(), new LargestForm(LargestForm.OfText));
        group.MapGet("/lettre/{id}", ([AsParameters] LetterRequest request, string id, CancellationToken cancellation) =>
            ShowAsync(request, id, hasChanged: false, cancellation));
        group.MapGet("/lettre/{id}/apercu", ([AsParameters] LetterRequest request, string id, CancellationToken cancellation) =>
            PreviewAsync(request, id, cancellation));
        foreach (var (ending, type) in ((string, string)[])[("html", "text/html"), ("md", "text/markdown"), ("txt", "text/plain")])
        {
            group.MapGet($"/lettre/{{id}}/lettre.{ending}", ([AsParameters] LetterRequest request, string id,
                CancellationToken cancellation) => DownloadAsync(request, id, ending, type, cancellation));
        }

        group.MapPost("/lettre/{id}/envoyee", ([AsParameters] LetterRequest request, string id, CancellationToken cancellation) =>
            Sending.SendAsync(request, id, cancellation));
        group.MapPost("/lettre/{id}/supprimer", ([AsParameters] LetterRequest request, string id, CancellationToken cancellation) =>
            Sending.DeleteAsync(request, id, cancellation));
    }

    /// <summary>What a letter is now, with what can be done with it.</summary>
    public static async Task<IResult> ShowAsync(LetterRequest request, string id, bool hasChanged, CancellationToken cancellation)
    {
        if (await ReadAsync(request, id, cancellation) is not { } shown)
        {
            return request.Missing();
        }

        request.Http.Response.Headers.ContentSecurityPolicy = SecurityHeaders.FramingPolicy;
        return WorkspacePage.Of<LetterPage>(
            request.Http, request.Node, shown.Title,
            new()
            {
                [nameof(LetterPage.Shown)] = shown,
                [nameof(LetterPage.HasChanged)] = hasChanged,
                [nameof(LetterPage.Members)] = await MembersAsync(request, cancellation),
                [nameof(LetterPage.Now)] = request.Http.Now(),
                [nameof(LetterPage.Today)] = request.Today,
            },
            hasChanged ? StatusCodes.Status409Conflict : StatusCodes.Status200OK);
    }

    /// <summary>Null where there is none of this id.</summary>
    public static async Task<ShownLetter?> ReadAsync(LetterRequest request, string id, CancellationToken cancellation)
    {
        if (id == LetterRequest.Correction)
        {
            var corrections = await request.CorrectionsAsync(cancellation);
            return new ShownLetter(id, T["Rectificatif"])
            {
                Corrections = corrections,
                Output = corrections.Count == 0
                ? null : request.Write(corrections)
            };
        }

        if (await request.FindAsync(id, cancellation) is not { } letter)
        {
            return null;
        }

        var items = await request.ItemsOfAsync(letter, cancellation);
        var contents = letter.IsCorrection ? [] : await request.ContentsAsync(letter, items, cancellation);
        return new ShownLetter(letter.Id.ToString(), LetterWords.NameOf(letter.Title))
        {
            Letter = letter,
            Items = items,
            Contents = contents,
            Output = contents.Count == 0 ? null : request.Write(letter, contents),
        };
    }

    private static async Task<IResult> StartAsync(LetterRequest request, CancellationToken cancellation)
    {
        var letters = await request.Db.Letters.AsNoTracking().OrderByDescending(letter => letter.SentAt ?? letter.EditedAt)
            .ToListAsync(cancellation);
        return WorkspacePage.Of<LettersPage>(request.Http, request.Node, T["Lettre"], new()
        {
            [nameof(LettersPage.Drafts)] = letters.Where(letter => letter.SentAt is null).ToList(),
            [nameof(LettersPage.Sent)] = letters.Where(letter => letter.SentAt is not null).ToList(),
            [nameof(LettersPage.Corrections)] = await request.CorrectionsAsync(cancellation),
            [nameof(LettersPage.Members)] = await MembersAsync(request, cancellation),
            [nameof(LettersPage.Today)] = request.Today,
            [nameof(LettersPage.Now)] = request.Http.Now(),
        });
    }

    /// <summary>Names by id: of a member who has left there is none.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> MembersAsync(LetterRequest request, CancellationToken cancellation) =>
        await request.Db.Users.ToDictionaryAsync(member => member.Id, member => member.Name, cancellation);

    private static async Task<IResult> PreviewAsync(LetterRequest request, string id, CancellationToken cancellation)
    {
        if (await ReadAsync(request, id, cancellation) is not { Output: { } output })
        {
            return request.Missing();
        }

        request.Http.Response.Headers.ContentSecurityPolicy = PreviewPolicy;
        return Results.Text(output.Html, "text/html", Encoding.UTF8);
    }

    /// <summary>HTML that mail programs would cut is not handed out.</summary>
    private static async Task<IResult> DownloadAsync(
        LetterRequest request, string id, string ending, string type, CancellationToken cancellation)
    {
        if (await ReadAsync(request, id, cancellation) is not { Output: { } output } shown)
        {
            return request.Missing();
        }

        if (ending == "html" && output.IsTooLong)
        {
            return WorkspacePage.Missing(request.Http, request.Node, T["Lettre trop longue"], LetterWords.TooLong(output, shown.Count),
                StatusCodes.Status422UnprocessableEntity);
        }

        var text = ending switch { "html" => output.Html, "md" => output.Markdown, _ => output.Plain };
        var name = id == LetterRequest.Correction ? LetterRequest.Correction : "lettre";
        return Results.File(Encoding.UTF8.GetBytes(text), $"{type}; charset=utf-8", $"{name}-{DateWords.Iso(request.Today)}.{ending}");
    }
}
