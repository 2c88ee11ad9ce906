using Interclustering.Contracts;
using Interclustering.Files;
using Interclustering.Node.Forms;
using Interclustering.Node.Publishing.Form;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Files;

/// <summary>
/// The files of a sheet's form. A valid file is kept on arrival, and its hidden field survives errors elsewhere in the form: it need not be
/// chosen again.
/// </summary>
internal sealed class FormFiles(AttachedFiles attached, NodeContext db, FileLimits limits)
{
    public const string Field = "files";
    private const string Kept = "file";
    private const string Dropped = "dropFile";

    /// <summary>What is said before a file is chosen.</summary>
    public static string Limits(FileLimits limits) => T[
        "PDF, images (PNG, JPEG, WebP) et documents bureautiques sans macros (docx, xlsx, pptx, odt, ods, odp). {0} Mo au plus par "
            + "fichier, {1} fichiers au plus. Chaque fichier est public si la fiche l’est.",
        limits.MostMebibytes, BestPractice.MostFiles];

    /// <summary>What the form says of a file that it carries on.</summary>
    public static string ValueOf(Attachment file) => $"{file.Sha256}/{file.Name}";

    /// <summary>Fills <paramref name="form"/> with the files that it has kept, and with those that come with it.</summary>
    /// <returns>What stands in the way, beside the field.</returns>
    public async Task<IReadOnlyList<FieldError>> ReadAsync(
        IFormCollection posted, ItemForm form, PublishedItem? known, bool accept, CancellationToken cancellation)
    {
        var errors = new List<FieldError>();
        var dropped = posted[Dropped].ToHashSet();
        foreach (var value in posted[Kept].OfType<string>().Where(value => value.IndexOf('/', StringComparison.Ordinal) > 0)
            .DistinctBy(value => value.Split('/')[0]))
        {
            var (sha256, name) = (value[..value.IndexOf('/', StringComparison.Ordinal)],
                InputText.Clean(value[(value.IndexOf('/', StringComparison.Ordinal) + 1)..]));
            if (!dropped.Contains(sha256))
            {
                await KeepOnAsync(sha256, name, form, known, errors, cancellation);
            }
        }

        foreach (var file in accept ? posted.Files.Where(file => file.Name == Field && (file.Length > 0 || file.FileName.Length > 0)) : [])
        {
            await TakeAsync(file, form, errors, cancellation);
        }

        return errors;
    }

    private async Task KeepOnAsync(
        string sha256, string name, ItemForm form, PublishedItem? known, List<FieldError> errors, CancellationToken cancellation)
    {
        var before = PublishedFiles.Of(known).FirstOrDefault(file => file.Sha256 == sha256 && file.Name == name);
        var row = before is null ? await db.Files.AsNoTracking().FirstOrDefaultAsync(file => file.Sha256 == sha256, cancellation) : null;
        if (before is not null)
        {
            form.Files.Add(before);
        }
        else if (row is not null && PublishedFiles.IsName(name))
        {
            form.Files.Add(new Attachment(name, row.MediaType, row.Size, row.Sha256));
        }
        else
        {
            errors.Add(new FieldError(Field, T["« {0} » n’est plus gardé ici : joignez-le à nouveau.", name]));
        }
    }

    private async Task TakeAsync(IFormFile file, ItemForm form, List<FieldError> errors, CancellationToken cancellation)
    {
        if (form.Files.Count >= BestPractice.MostFiles)
        {
            errors.Add(new FieldError(Field,
                T["« {0} » n’est pas joint : une fiche a {1} fichiers au plus.", file.FileName, BestPractice.MostFiles]));
            return;
        }

        await using var content = file.OpenReadStream();
        var (kept, refusal) = await attached.KeepAsync(content, file.FileName, cancellation);
        if (kept is null)
        {
            errors.Add(new FieldError(Field, Words(file, refusal)));
        }
        else if (form.Files.All(known => known.Sha256 != kept.Sha256))
        {
            form.Files.Add(kept);
        }
    }

    private string Words(IFormFile file, string? refusal) => refusal switch
    {
        FileRefusals.Empty => T["« {0} » est vide : il n’est pas joint.", file.FileName],
        FileRefusals.TooLarge => T["« {0} » est trop lourd ({1}) : {2} Mo au plus. Il n’est pas joint.", file.FileName,
            FileWords.Size(file.Length), limits.MostMebibytes],
        FileRefusals.Macros => T["« {0} » contient des macros : il n’est pas joint. Enregistrez-le sans macros, ou en PDF.", file.FileName],
        FileRefusals.Mixed =>
            T["« {0} » se lit comme deux sortes de fichier à la fois : il n’est pas joint. Enregistrez-le à nouveau, ou en PDF.",
            file.FileName],
        _ => T["« {0} » n’est d’aucune des sortes acceptées, ou il est abîmé : il n’est pas joint. Un PDF convient presque toujours.",
            file.FileName],
    };
}
