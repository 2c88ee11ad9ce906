using System.Collections.Concurrent;
using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Files;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Interclustering.Hub.Files;

/// <summary>
/// Takes the files that clusters push, chunk by chunk; contracts/README.md has the protocol. A chunk is checked whole before any of it is
/// kept, so what stands on disk is always what was signed, and an upload goes on wherever it stopped.
/// </summary>
public sealed partial class ReceiveFiles(HubFiles files, FileLimits limits, FederationDirectory directory, TimeProvider clock,
    ILogger<ReceiveFiles> logger)
{
    // One chunk of a cluster at a time: what it may keep incomplete is counted and used in one step.
    private readonly ConcurrentDictionary<string, SemaphoreSlim> turns = [];

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var route = UploadProtocol.PathOf("{cluster}", "{sha256}");
        endpoints.MapMethods(route, ["HEAD"], (HttpContext http, string cluster, string sha256, ReceiveFiles receive) =>
            receive.Tell(http, cluster, sha256))
            .WithMetadata(new NeedsSignature()).ExcludeFromDescription();
        endpoints.MapPatch(route, (HttpContext http, string cluster, string sha256, ReceiveFiles receive) =>
            receive.TakeAsync(http, cluster, sha256))
            .WithMetadata(new NeedsSignature()).ExcludeFromDescription();
    }

    /// <summary>How far a file has come.</summary>
    private IResult Tell(HttpContext http, string cluster, string sha256) =>
        RefuseSender(http, cluster, sha256, asksOnly: true, out var file) ?? Standing(http, cluster, file!);

    private async Task<IResult> TakeAsync(HttpContext http, string cluster, string sha256)
    {
        if (RefuseSender(http, cluster, sha256, asksOnly: false, out var file) is { } refused)
        {
            return refused;
        }

        if (await ReadAsync(http.Request) is not { } chunk
            || RequestSignature.DigestOf(chunk) != http.Request.Headers[UploadProtocol.ContentDigest])
        {
            return Problem(StatusCodes.Status400BadRequest, "chunk", "The chunk is not what its digest says, or larger than 4 MiB.");
        }

        var turn = turns.GetOrAdd(cluster, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(http.RequestAborted);
        try
        {
            return await AppendAsync(http, cluster, file!, chunk);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<IResult> AppendAsync(HttpContext http, string cluster, Attachment file, byte[] chunk)
    {
        var written = new FileInfo(files.IncomingOf(cluster, file.Sha256));
        var offset = written.Exists ? written.Length : 0;
        if (files.Find(file.Sha256) is not null || http.Request.Headers[UploadProtocol.Offset] != UploadProtocol.Number(offset))
        {
            Standing(http, cluster, file);
            return Problem(StatusCodes.Status409Conflict, "mismatching-offset",
                $"The upload stands at {http.Response.Headers[UploadProtocol.Offset]}.");
        }

        if (offset + chunk.Length > file.Size)
        {
            written.Delete();
            return Refuse(cluster, file, FileRefusals.Hash);
        }

        if (files.IncompleteOf(cluster) + chunk.Length > limits.MostIncomplete)
        {
            return Problem(StatusCodes.Status507InsufficientStorage, "too-much-incomplete",
                "Too many files of this cluster are not complete.");
        }

        // A chunk whose sender is gone is kept all the same: it is checked already, and the next one goes on behind it.
        await using (var stream = written.Open(FileMode.Append, FileAccess.Write))
        {
            await stream.WriteAsync(chunk, CancellationToken.None);
        }

        return offset + chunk.Length < file.Size ? Standing(http, cluster, file) : await FinishAsync(http, cluster, file, written);
    }

    /// <summary>All bytes are here: they are the file, or nothing.</summary>
    private async Task<IResult> FinishAsync(HttpContext http, string cluster, Attachment file, FileInfo written)
    {
        var verdict = new FileVerdict(null, FileRefusals.Hash);
        if (await ContentStore.HashAsync(written.FullName, CancellationToken.None) == file.Sha256)
        {
            await using var stream = written.OpenRead();
            verdict = FileSniffing.Judge(stream);
        }

        if (verdict.Kind?.MediaType != file.MediaType)
        {
            written.Delete();
            return Refuse(cluster, file, verdict.Refusal ?? FileRefusals.Kind);
        }

        files.Complete(written.FullName, file.Sha256);
        LogCompleted(cluster, file.Sha256, file.Size);
        return Standing(http, cluster, file);
    }

    /// <summary>Who is not the cluster that it names, or asks for a file that no public item of it names, learns nothing else.</summary>
    private IResult? RefuseSender(HttpContext http, string cluster, string sha256, bool asksOnly, out Attachment? file)
    {
        file = null;
        var headers = http.Request.Headers;
        var request = new SignedRequest(
            http.Request.Method, http.Request.PathBase.Add(http.Request.Path).ToUriComponent(),
            asksOnly ? null : headers[UploadProtocol.ContentDigest].ToString(), asksOnly ? null : headers[UploadProtocol.Offset]
                .ToString());
        if (RequestSignature.Refuse(
            request, headers[RequestSignature.InputField], headers[RequestSignature.SignatureField], directory.Find(cluster)?.Keys
                ?? [], clock.GetUtcNow()) is { } reason)
        {
            LogRefusedSender(cluster, reason);
            return Problem(StatusCodes.Status401Unauthorized, "signature", $"Refused: {reason}.");
        }

        file = files.References[sha256].FirstOrDefault(reference => reference.Published.Owner.Code == cluster)?.File;
        return file is null
            ? Problem(StatusCodes.Status404NotFound, "not-referenced", "No public item of this cluster names this file, or not yet.")
            : file.Size > limits.Most ? Problem(
                StatusCodes.Status413PayloadTooLarge, "too-large", $"A file has at most {limits.Most} bytes here.", FileRefusals.TooLarge)
            : null;
    }

    private IResult Standing(HttpContext http, string cluster, Attachment file)
    {
        var complete = files.Find(file.Sha256) is not null;
        var written = new FileInfo(files.IncomingOf(cluster, file.Sha256));
        var headers = http.Response.Headers;
        headers[UploadProtocol.Offset] = UploadProtocol.Number(complete ? file.Size : written.Exists ? written.Length : 0);
        headers[UploadProtocol.Complete] = UploadProtocol.Flag(complete);
        headers[UploadProtocol.Length] = UploadProtocol.Number(file.Size);
        headers.CacheControl = "no-store";
        return Results.NoContent();
    }

    private static async Task<byte[]?> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength > FileLimits.MostChunk)
        {
            return null;
        }

        var chunk = new byte[FileLimits.MostChunk + 1];
        var count = await request.Body.ReadAtLeastAsync(chunk, chunk.Length, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
        return count > FileLimits.MostChunk ? null : chunk[..count];
    }

    private IResult Refuse(string cluster, Attachment file, string reason)
    {
        LogRefusedFile(cluster, file.Sha256, reason);
        return Problem(StatusCodes.Status422UnprocessableEntity, "file-refused",
            "The bytes are not a file that this hub accepts under this name. They were discarded.", reason);
    }

    private static IResult Problem(int status, string type, string detail, string? reason = null) => Results.Problem(
        detail, statusCode: status, type: UploadProtocol.Problem + type,
        title: string.Create(CultureInfo.InvariantCulture, $"The file was not taken ({status})."),
        extensions: reason is null ? null : new Dictionary<string, object?> { ["reason"] = reason });

    [LoggerMessage(Level = LogLevel.Information, Message = "{Cluster} has pushed {Sha256}, {Size} bytes")]
    private partial void LogCompleted(string cluster, string sha256, long size);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A request in the name of {Cluster} was refused: {Reason}")]
    private partial void LogRefusedSender(string cluster, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Sha256} of {Cluster} was discarded: {Reason}")]
    private partial void LogRefusedFile(string cluster, string sha256, string reason);
}
