using Interclustering.Contracts;
using Interclustering.Files;
using Interclustering.Files.Pictures;
using Interclustering.Node.Forms;
using Interclustering.Node.Publishing.Form;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Files;

/// <summary>
/// The files of a publication's form, and the picture of an event's. A valid file is kept on arrival, and its hidden field survives errors
/// elsewhere in the form: it need not be chosen again.
/// </summary>
internal sealed class FormFiles(AttachedFiles attached, NodeContext db, FileLimits limits, PublicAddress addresses, NationalSite site)
{
    public const string Field = "files", Image = "image";
    private const string Kept = "file", Dropped = "dropFile";
    private const string KeptImage = "imageFile", DroppedImage = "dropImage";

    /// <summary>What is said before a file is chosen.</summary>
    public static string Limits(FileLimits limits) => T[
        "PDF, images (PNG, JPEG, WebP) et documents bureautiques sans macros (docx, xlsx, pptx, odt, ods, odp). {0} Mo au plus par "
            + "fichier, {1} fichiers au plus. Chaque fichier est public si la publication l’est.",
        limits.MostMebibytes, PublishedItem.MostFiles];

    /// <summary>What the form says of a file that it carries on.</summary>
    public static string ValueOf(Attachment file) => $"{file.Sha256}/{file.Name}";

    /// <summary>Name of the field in which a picture among the files is described.</summary>
    public static string DescriptionOf(Attachment file) => $"alt-{file.Sha256}";

    /// <summary>Fills <paramref name="form"/> with the files that it has kept, and with those that come with it.</summary>
    /// <returns>What stands in the way, beside the field.</returns>
    public async Task<IReadOnlyList<FieldError>> ReadAsync(
        HttpContext http, IFormCollection posted, ItemForm form, PublishedItem? known, bool accept, CancellationToken cancellation)
    {
        var errors = new List<FieldError>();
        var dropped = posted[Dropped].ToHashSet();
        foreach (var (sha256, name) in posted[Kept].Select(Split).OfType<(string, string)>().DistinctBy(file => file.Item1))
        {
            if (!dropped.Contains(sha256) && await FindAsync(sha256, name, known, Field, errors, cancellation) is { } file)
            {
                form.Files.Add(posted.ContainsKey(DescriptionOf(file)) ? file with { Alt = Typed(posted[DescriptionOf(file)]) } : file);
            }
        }

        if (Split(posted[KeptImage]) is var (hash, called) && !posted.ContainsKey(DroppedImage))
        {
            form.Image = await FindAsync(hash, called, known, Image, errors, cancellation);
        }

        foreach (var file in accept ? posted.Files.Where(IsChosen) : [])
        {
            await TakeAsync(file, form, errors, cancellation);
        }

        if (form.Image is { } image)
        {
            form["imageUrl"] = addresses.OriginOf(http, site) + PublishedFiles.PathOf(image.Sha256, image.Name);
        }

        return errors;
    }

    private static bool IsChosen(IFormFile file) => file.Name is Field or Image && (file.Length > 0 || file.FileName.Length > 0);

    private static (string Sha256, string Name)? Split(string? value) =>
        value?.IndexOf('/', StringComparison.Ordinal) is > 0 and var at ? (value[..at], InputText.Clean(value[(at + 1)..])) : null;

    private static string? Typed(string? description) =>
        InputText.Clean(description ?? "").Replace('\n', ' ').Trim() is { Length: > 0 } text ? text : null;

    /// <summary>A file that the form carries on: one of the publication, or one that was kept here meanwhile.</summary>
    private async Task<Attachment?> FindAsync(
        string sha256, string name, PublishedItem? known, string field, List<FieldError> errors, CancellationToken cancellation)
    {
        if (PublishedFiles.Of(known).FirstOrDefault(file => file.Sha256 == sha256 && file.Name == name) is { } before)
        {
            return before;
        }

        if (PublishedFiles.IsName(name)
            && await db.Files.AsNoTracking().FirstOrDefaultAsync(file => file.Sha256 == sha256, cancellation) is { } row)
        {
            return new Attachment(name, row.MediaType, row.Size, row.Sha256);
        }

        errors.Add(new FieldError(field, T["« {0} » n’est plus gardé ici : joignez-le à nouveau.", name]));
        return null;
    }

    private async Task TakeAsync(IFormFile file, ItemForm form, List<FieldError> errors, CancellationToken cancellation)
    {
        if (file.Name == Field && form.Files.Count >= PublishedItem.MostFiles)
        {
            errors.Add(new FieldError(Field, T["« {0} » n’est pas joint : {1} fichiers au plus.", file.FileName, PublishedItem.MostFiles]));
            return;
        }

        await using var content = file.OpenReadStream();
        var (kept, refusal) = await attached.KeepAsync(content, file.FileName, cancellation);
        if (kept is null)
        {
            errors.Add(new FieldError(file.Name, Words(file, refusal)));
        }
        else if (file.Name == Image && !PublishedFiles.IsPicture(kept))
        {
            errors.Add(new FieldError(Image, T["« {0} » n’est pas une image : choisissez un PNG, un JPEG ou un WebP.", file.FileName]));
        }
        else if (file.Name == Image)
        {
            form.Image = kept;
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
        FileRefusals.Pixels => T["« {0} » est une image trop grande : {1} millions de pixels au plus. Réduisez-la, puis joignez-la.",
            file.FileName, ReencodedPicture.MostMegapixels],
        _ when file.Name == Image => T["« {0} » ne s’ouvre pas comme une image PNG, JPEG ou WebP : elle n’est pas jointe.", file.FileName],
        _ => T["« {0} » n’est d’aucune des sortes acceptées, ou il est abîmé : il n’est pas joint. Un PDF convient presque toujours.",
            file.FileName],
    };
}
