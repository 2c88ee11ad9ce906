using System.ComponentModel;
using Interclustering.Contracts;
using Interclustering.Files;
using Interclustering.Files.Pictures;
using Interclustering.Node.Files;
using Interclustering.Node.Publishing.Form;
using Interclustering.Node.Tokens;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.OpenApi;

namespace Interclustering.Node.Api;

/// <summary>The API by which a cluster's own site brings the files and pictures that its publications name.</summary>
public static class FilesApi
{
    public static void MapFilesApi(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("/espace/{code}/api/v1/files", TakeAsync)
        .WithTags("A cluster's own publications").WithName("PostFile")
        .WithSummary("Bring a file, to be named by a publication within a day")
        .WithDescription("The body is the file itself: PDF, PNG, JPEG, WebP, or an office document without macros. What it is, its bytes "
            + "say. A picture is written anew, at most 2,000 pixels a side, without what a camera noted. Needs a token with "
            + "publications:write.")
        .Produces<ApiKeptFile>(StatusCodes.Status201Created)
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .NeedsToken(TokenScopes.Write).RefuseUnknownParameters(request => request.Headers.Authorization.Count > 0)
        .AddOpenApiOperationTransformer((operation, _, _) =>
        {
            // Not declared to routing: a sender that names the type of the picture reaches this endpoint as well.
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [Binary] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } },
                },
            };
            foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>().Where(each => each.Name == "name"))
            {
                parameter.Example = "Programme.pdf";
            }

            return Task.CompletedTask;
        });

    private const string Binary = "application/octet-stream";

    private static async Task<IResult> TakeAsync(
        [Description("Code of the cluster.")] string code,
        [FromQuery, Description("What people read and save it as: Programme.pdf.")] string? name,
        HttpContext http, Nodes nodes, FileLimits limits, ReencodePicture reencode, TimeProvider clock, CancellationToken cancellation)
    {
        var (caller, refusal) = await ApiCaller.FindAsync(http, nodes, code, cancellation);
        if (caller is null)
        {
            return refusal!;
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        using var content = new MemoryStream();
        var buffer = new byte[81_920];
        int count;
        while (content.Length <= limits.Most && (count = await http.Request.Body.ReadAsync(buffer, cancellation)) > 0)
        {
            content.Write(buffer, 0, count);
        }

        await using var db = caller.Node.Open();
        content.Position = 0;
        var (file, reason) = await new AttachedFiles(caller.Node, db, limits, reencode, clock).KeepAsync(content, name ?? "", cancellation);
        return file is not null
            ? TypedResults.Created((string?)null, new ApiKeptFile(file.Sha256, file.Name, file.MediaType, file.Size))
            : reason == FileRefusals.TooLarge
            ? ApiCaller.Problem(StatusCodes.Status413PayloadTooLarge, "too-large", "Too large",
                $"A file has at most {limits.MostMebibytes} MiB.")
            : ApiCaller.Problem(StatusCodes.Status422UnprocessableEntity, "file-refused", "Not a file that is accepted",
                $"It is refused: {reason}.");
    }

    /// <summary>Fills a form with the files and the picture that a publication names.</summary>
    /// <param name="form">Read from it.</param>
    /// <param name="publication">As it was sent.</param>
    /// <param name="known">As it is kept here, null for a new one: what it names already needs no bytes again.</param>
    /// <param name="db">Knows which files are kept.</param>
    /// <param name="site">Origin of the national site, without a slash at the end.</param>
    /// <param name="cancellation">Ends the wait for the database.</param>
    /// <returns>What stands in the way, by field.</returns>
    internal static async Task<Dictionary<string, string[]>> FillAsync(
        ItemForm form, ApiPublication publication, PublishedItem? known, NodeContext db, string site, CancellationToken cancellation)
    {
        var errors = new Dictionary<string, string[]>();
        foreach (var (index, file) in (publication.Files ?? []).Index())
        {
            if (await FindAsync(file.Sha256, file.Name, known, db, cancellation) is { } kept)
            {
                form.Files.Add(kept with { Alt = string.IsNullOrWhiteSpace(file.Alt) ? null : file.Alt.Trim() });
            }
            else
            {
                errors[$"files[{index}]"] = [Unknown];
            }
        }

        if (publication.Image is { Sha256: { } sha256 } image)
        {
            form.Image = await FindAsync(sha256, image.Name, known, db, cancellation);
            if (form.Image is { } picture)
            {
                form["imageUrl"] = site + PublishedFiles.PathOf(picture.Sha256, picture.Name);
            }
            else
            {
                errors["image.sha256"] = [Unknown];
            }
        }

        return errors;
    }

    private const string Unknown = "It has the sha256 and the name that POST …/files answered, within a day.";

    private static async Task<Attachment?> FindAsync(
        string? sha256, string? name, PublishedItem? known, NodeContext db, CancellationToken cancellation)
    {
        if (sha256 is null || name is null || !PublishedFiles.IsName(name))
        {
            return null;
        }

        return PublishedFiles.Of(known).FirstOrDefault(file => file.Sha256 == sha256 && file.Name == name)
            ?? (await db.Files.AsNoTracking().FirstOrDefaultAsync(file => file.Sha256 == sha256, cancellation) is { } row
                ? new Attachment(name, row.MediaType, row.Size, row.Sha256) : null);
    }
}

/// <summary>A file that is kept here until a publication names it.</summary>
/// <param name="Sha256">By which a publication names it. Of a picture, that of the picture that was written anew.</param>
/// <param name="Name">With the right end.</param>
/// <param name="MediaType">What its bytes say that it is.</param>
/// <param name="Size">In bytes.</param>
public sealed record ApiKeptFile(string Sha256, string Name, string MediaType, long Size);
