using Interclustering.Node.Forms;
using Interclustering.Node.Letters.Formats;
using Interclustering.Node.Letters.Selection;
using Interclustering.Node.Publishing.Autosave;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Primitives;

namespace Interclustering.Node.Letters.Pages;

/// <summary>The form in which items are ticked and ordered, and an introduction is written.</summary>
internal static class Composing
{
    public const string Items = "elements";

    public static async Task<IResult> NewAsync(LetterRequest request, string? since, string? unsaved, CancellationToken cancellation)
    {
        if (unsaved is not null && await UnsavedTexts.FindAsync(request.Db, request.Http.User, unsaved, cancellation) is { } text)
        {
            return await TakeUpAsync(request, text, null, cancellation);
        }

        // « Back » from what a form has become leads to the form's address: what is changed there changes the draft.
        if (unsaved is not null && await request.FindAsync(unsaved, cancellation) is { SentAt: null } draft)
        {
            return await OpenAsync(request, draft.Id.ToString(), null, cancellation);
        }

        var start = since is null ? null : await request.FindAsync(since, cancellation);
        var filter = start is null ? LetterFilter.Read(Query(request), request.Today, request.Directory)
            : request.FilterOf(start.Filter) with { From = request.Today, To = request.Today.AddDays(LetterFilter.UsualDays - 1) };
        var form = LetterForm.Empty(UnsavedTexts.NewKey(), start?.Title ?? LetterWords.TitleOf(request.Own.Name, filter)) with
        {
            Introduction = start?.Introduction ?? "",
            ShowsPictures = start?.ShowsPictures ?? false,
        };
        var others = await UnsavedTexts.OfNewAsync(request.Db, request.Http.User, LetterForm.Kind, cancellation);
        return await PageAsync(request, new ComposedLetter(form, filter) { Unsaved = others }, cancellation);
    }

    public static async Task<IResult> OpenAsync(LetterRequest request, string id, string? unsaved, CancellationToken cancellation)
    {
        if (await request.FindAsync(id, cancellation) is not { SentAt: null } letter)
        {
            return request.Missing();
        }

        var key = letter.Id.ToString();
        var text = await UnsavedTexts.FindAsync(request.Db, request.Http.User, key, cancellation);
        if (unsaved is not null && text is not null)
        {
            return await TakeUpAsync(request, text, letter, cancellation);
        }

        var form = LetterForm.Of(key, letter, await request.ItemsOfAsync(letter, cancellation));
        return await PageAsync(request, new ComposedLetter(form, request.FilterOf(letter.Filter))
        {
            Draft = letter,
            Unsaved = text is null ? [] : [text],
        }, cancellation);
    }

    public static async Task<IResult> SaveAsync(LetterRequest request, string id, CancellationToken cancellation)
    {
        var fields = await request.Http.Request.ReadFormAsync(cancellation);
        var form = LetterForm.Read(fields);
        var filter = LetterFilter.Read(name => fields[name], request.Today, request.Directory);
        if (!Guid.TryParse(id, out var key) || await request.FindAsync(id, cancellation) is { SentAt: not null })
        {
            return request.Missing();
        }

        var draft = await request.FindAsync(id, cancellation);
        form = form with { Key = draft is null ? key.ToString("N") : key.ToString() };
        if (StaleForm.In(request.Http) is { } stale)
        {
            return await PageAsync(request, new ComposedLetter(form, filter) { Draft = draft, Notice = stale.Notice }, cancellation);
        }

        if (fields["do"] != "show")
        {
            // Another period or filter: what is typed is kept, and the list is made anew at an address that says what it shows.
            await KeepAsync(request, form, fields, cancellation);
            return request.To($"{(draft is null ? "/nouvelle" : $"/{key}/modifier")}{filter.Query()}&saisie={form.Key}#{Items}");
        }

        // What came up meanwhile was not seen, and so not ticked.
        form = form with { ProposesNew = false };
        var chosen = (await ListAsync(request, form, filter, cancellation)).Where(form.IsTicked).ToList();
        var letter = new Letter
        {
            Id = key,
            Title = SafeText.OneLine(form.Title),
            Introduction = form.Introduction,
            Filter = filter.Query().TrimStart('?'),
            ShowsPictures = form.ShowsPictures,
            EditedAt = request.Http.Now(),
        };
        var errors = ErrorsOf(letter, chosen, request);
        if (errors.Count > 0)
        {
            return await PageAsync(request, new ComposedLetter(form, filter) { Draft = draft, Errors = errors }, cancellation);
        }

        await KeepAsync(request, letter, chosen, cancellation);
        await UnsavedTexts.DropAsync(request.Db, request.Http.User, form.Key, cancellation);
        return request.To($"/{key}");
    }

    private static IReadOnlyList<FieldError> ErrorsOf(Letter letter, IReadOnlyList<Candidate> chosen, LetterRequest request)
    {
        var errors = new List<FieldError>();
        if (letter.Title.Length is 0 or > Letter.LongestTitle)
        {
            errors.Add(new FieldError("title", T["Donnez un titre à la lettre, de {0} caractères au plus.", Letter.LongestTitle]));
        }

        if (letter.Introduction.Length > Letter.LongestIntroduction)
        {
            errors.Add(new FieldError("introduction", T["L’introduction a {0} caractères au plus.", Letter.LongestIntroduction]));
        }

        if (chosen.Count == 0)
        {
            errors.Add(new FieldError(Items, T["Cochez au moins un élément."]));
        }

        if (errors.Count == 0 && request.Write(letter, chosen) is { IsTooLong: true } output)
        {
            errors.Add(new FieldError(Items, LetterWords.TooLong(output, chosen.Count)));
        }

        return errors;
    }

    /// <summary>The draft, in place of what it was before.</summary>
    private static async Task KeepAsync(
        LetterRequest request, Letter letter, IReadOnlyList<Candidate> chosen, CancellationToken cancellation)
    {
        var db = request.Db;
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // One that was sent meanwhile stays as it was sent.
        await db.Letters.Where(row => row.Id == letter.Id && row.SentAt == null).ExecuteDeleteAsync(cancellation);
        if (!await db.Letters.AnyAsync(row => row.Id == letter.Id, cancellation))
        {
            db.Add(letter);
            db.AddRange(chosen.Select((candidate, index) => new LetterItem
            {
                Letter = letter.Id,
                Subject = candidate.Item.Subject,
                Position = index + 1,
                Kind = candidate.Item.Kind,
                // Kept once it is sent: a draft shows what is published.
                Title = "",
            }));
            await db.SaveChangesAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    private static Task KeepAsync(LetterRequest request, LetterForm form, IFormCollection fields, CancellationToken cancellation) =>
        UnsavedTexts.KeepAsync(request.Db, new UnsavedText
        {
            Member = UnsavedTexts.MemberOf(request.Http.User),
            Form = form.Key,
            Kind = LetterForm.Kind,
            SavedAt = request.Http.Now(),
            Title = form.Title,
            Fields = UnsavedText.Write(fields.Where(field => !field.Key.StartsWith("__", StringComparison.Ordinal))
                .SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, InputText.Clean(value ?? ""))))),
        }, cancellation);

    private static Task<IResult> TakeUpAsync(LetterRequest request, UnsavedText text, Letter? draft, CancellationToken cancellation)
    {
        var typed = new FormCollection(text.Read().GroupBy(field => field.Key, field => field.Value)
            .ToDictionary(field => field.Key, field => new StringValues([.. field])));
        // The address says what the list shows; one that says nothing leads to what was typed.
        var filter = LetterFilter.Read(request.Http.Request.Query.ContainsKey("from") ? Query(request) : name => typed[name],
            request.Today, request.Directory);
        return PageAsync(request, new ComposedLetter(LetterForm.Read(typed) with { Key = text.Form }, filter) { Draft = draft },
            cancellation);
    }

    private static Func<string, StringValues> Query(LetterRequest request) => name => request.Http.Request.Query[name];

    private static async Task<IReadOnlyList<Candidate>> ListAsync(
        LetterRequest request, LetterForm form, LetterFilter filter, CancellationToken cancellation)
    {
        var items = await LetterSource.ReadAsync(request.Db, request.Items, request.Own, cancellation);
        return form.Ordered(Candidate.Of(items, filter, request.Own.Code, await request.LastAsync(cancellation), form.Ticked));
    }

    private static async Task<IResult> PageAsync(LetterRequest request, ComposedLetter composed, CancellationToken cancellation)
    {
        var candidates = await ListAsync(request, composed.Form, composed.Filter, cancellation);
        return WorkspacePage.Of<ComposePage>(
            request.Http, request.Node, T["Préparer une lettre"],
            new()
            {
                [nameof(ComposePage.Composed)] = composed,
                [nameof(ComposePage.Candidates)] = candidates.Take(Candidate.MostListed).ToList(),
                [nameof(ComposePage.Found)] = candidates.Count,
                [nameof(ComposePage.Clusters)] = request.Directory.Clusters,
                [nameof(ComposePage.Now)] = request.Http.Now(),
            },
            composed.Errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity
                : composed.Notice is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }
}

/// <summary>A letter's form as it is shown.</summary>
/// <param name="Form">What was typed.</param>
/// <param name="Filter">What the list shows.</param>
public sealed record ComposedLetter(LetterForm Form, LetterFilter Filter)
{
    /// <summary>Null for a new one.</summary>
    public Letter? Draft { get; init; }
    public IReadOnlyList<FieldError> Errors { get; init; } = [];
    public IReadOnlyList<UnsavedText> Unsaved { get; init; } = [];
    public string? Notice { get; init; }
}
