using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Chain;
using Interclustering.Files;
using Interclustering.Node.Workspace;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Interclustering.Node.Files;

/// <summary>
/// Pushes a node's files to the hub: those that its own journal names in public items, and no other. The hub is asked how far each one has
/// come, so nothing need be remembered but when to ask again.
/// </summary>
public sealed partial class FilePush(NodeInstance node, SigningKey key, HubClient hub, TimeProvider clock, ILogger<FilePush> logger)
{
    // A hub that has lost its disk does not say so, but gets everything again.
    private static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private readonly Dictionary<string, Turn> turns = [];
    private string? epoch;

    /// <summary>When there is something to do next; null when nothing waits.</summary>
    public DateTimeOffset? Next => hub.LeadsNowhere ? null : hub.Find() is null ? clock.GetUtcNow() : turns.Count == 0
        ? null : turns.Values.Min(turn => turn.At);

    /// <summary>Pushes what is due.</summary>
    public async Task RunOnceAsync(CancellationToken cancellation)
    {
        if (hub.Find() is not { } address)
        {
            return;
        }

        await using var db = node.Open();
        await ForgetWhereTheHubIsAnotherAsync(db, cancellation);
        var files = await PublicAsync(db, cancellation);
        foreach (var left in turns.Keys.Except(files.Select(file => file.Sha256)).ToList())
        {
            turns.Remove(left);
        }

        foreach (var file in files.Where(file => turns.GetValueOrDefault(file.Sha256) is not { } turn || turn.At <= clock.GetUtcNow()))
        {
            // What is not on this disk any more, e.g. after a loss, the hub may still have: staff see it, and can attach it again.
            var outcome = node.Files.Find(file.Sha256) is { } path ? await TryAsync(address, file, path, cancellation) : Outcome.Unknown;
            await KeepAsync(db, file.Sha256, outcome, cancellation);
            var failures = outcome.IsAnswer ? 0 : (turns.GetValueOrDefault(file.Sha256)?.Failures ?? 0) + 1;
            turns[file.Sha256] = new Turn(clock.GetUtcNow() + Pause(failures), failures);
        }
    }

    private static TimeSpan Pause(int failures) => failures == 0 ? AskAgain
        : TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Min(failures - 1, 20)));

    /// <summary>What the own journal names in public items now.</summary>
    private async Task<IReadOnlyList<Attachment>> PublicAsync(NodeContext db, CancellationToken cancellation)
    {
        var naming = await db.Publications.AsNoTracking()
            .Where(row => row.Journal == node.Code && PublishedFiles.Kinds.Contains(row.Kind)
                && row.Data != null && row.Data.Contains(PublishedFiles.Mark))
            .Select(row => new { row.Subject, row.Revision, row.Kind, row.Data }).ToListAsync(cancellation);
        return [.. FaultIsolation.Shared.Each(naming, item => (item.Subject, item.Revision), item => PublicIn(item.Kind, item.Data!))
            .SelectMany(named => named).DistinctBy(file => file.Sha256)];
    }

    private static IReadOnlyList<Attachment> PublicIn(string kind, string data) =>
        PublishedFiles.Of(kind, data) is var named && named.Visibility == Visibility.Public ? [.. named.Files] : [];

    private async Task ForgetWhereTheHubIsAnotherAsync(NodeContext db, CancellationToken cancellation)
    {
        var now = await db.Cursors.AsNoTracking().Where(row => row.Journal == FederationDirectory.HubCode).Select(row => row.Epoch)
            .FirstOrDefaultAsync(cancellation);
        if (now != epoch)
        {
            turns.Clear();
            epoch = now;
        }
    }

    private static async Task KeepAsync(NodeContext db, string sha256, Outcome outcome, CancellationToken cancellation)
    {
        if (outcome != Outcome.Unknown && await db.Files.FindAsync([sha256], cancellation) is { } row)
        {
            (row.Refusal, row.ArrivedAt) = (outcome.Refusal, outcome.ArrivedAt is null ? null : row.ArrivedAt ?? outcome.ArrivedAt);
            await db.SaveChangesAsync(cancellation);
        }
    }

    private async Task<Outcome> TryAsync(Uri address, Attachment file, string path, CancellationToken cancellation)
    {
        try
        {
            return await PushAsync(address, file, path, cancellation);
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            LogFailed(node.Code, file.Sha256, exception.Message);
            return Outcome.Unknown;
        }
    }

    private async Task<Outcome> PushAsync(Uri address, Attachment file, string path, CancellationToken cancellation)
    {
        await using var content = File.OpenRead(path);
        using var asked = await SendAsync(address, HttpMethod.Head, file, null, null, cancellation);
        var (answer, chunk) = (asked, new byte[FileLimits.Chunk]);
        for (var sent = 0L; answer.StatusCode == HttpStatusCode.NoContent; sent++)
        {
            if (Field(answer, UploadProtocol.Complete) == UploadProtocol.Flag(true))
            {
                return new Outcome(IsAnswer: true, ArrivedAt: clock.GetUtcNow().UtcDateTime);
            }

            if (!long.TryParse(Field(answer, UploadProtocol.Offset), CultureInfo.InvariantCulture, out var offset)
                || offset > content.Length || sent > (content.Length / FileLimits.Chunk) + 1)
            {
                throw new HttpRequestException("The hub does not say how far the file has come, or it gets no further.");
            }

            content.Position = offset;
            var count = await content.ReadAtLeastAsync(chunk, chunk.Length, throwOnEndOfStream: false, cancellation);
            answer = await SendAsync(address, HttpMethod.Patch, file, offset, chunk.AsMemory(0, count), cancellation);
        }

        return await RefusedAsync(answer, file, cancellation);
    }

    /// <summary>A refusal of the file is an answer, everything else a reason to come again.</summary>
    private async Task<Outcome> RefusedAsync(HttpResponseMessage answer, Attachment file, CancellationToken cancellation)
    {
        LogRefused(node.Code, file.Sha256, (int)answer.StatusCode);
        if (answer.StatusCode is not (HttpStatusCode.UnprocessableEntity or HttpStatusCode.RequestEntityTooLarge))
        {
            return answer.StatusCode == HttpStatusCode.NotFound ? Outcome.NotThere : Outcome.Unknown;
        }

        // HEAD brings no body to say why.
        var body = await answer.Content.ReadAsByteArrayAsync(cancellation);
        var reason = body.Length == 0 ? null : JsonDocument.Parse(body).RootElement is var problem
            && problem.TryGetProperty("reason", out var told) ? told.GetString() : null;
        return new Outcome(IsAnswer: true, Refusal: reason
            ?? (answer.StatusCode == HttpStatusCode.RequestEntityTooLarge ? FileRefusals.TooLarge : FileRefusals.Kind));
    }

    private async Task<HttpResponseMessage> SendAsync(
        Uri address, HttpMethod method, Attachment file, long? offset, ReadOnlyMemory<byte>? chunk, CancellationToken cancellation)
    {
        var path = UploadProtocol.PathOf(node.Code, file.Sha256);
        using var request = new HttpRequestMessage(method, new Uri(address, path));
        var signed = new SignedRequest(method.Method, request.RequestUri!.AbsolutePath);
        if (chunk is { } bytes && offset is { } from)
        {
            signed = signed with { ContentDigest = RequestSignature.DigestOf(bytes.Span), UploadOffset = UploadProtocol.Number(from) };
            request.Content = new ReadOnlyMemoryContent(
                bytes)
            { Headers = { ContentType = new MediaTypeHeaderValue(UploadProtocol.PartialUpload) } };
            request.Headers.TryAddWithoutValidation(UploadProtocol.ContentDigest, signed.ContentDigest);
            request.Headers.TryAddWithoutValidation(UploadProtocol.Offset, signed.UploadOffset);
            request.Headers.TryAddWithoutValidation(UploadProtocol.Complete, UploadProtocol.Flag(from + bytes.Length == file.Size));
        }

        var (input, signature) = RequestSignature.Sign(signed, key, clock);
        request.Headers.TryAddWithoutValidation(RequestSignature.InputField, input);
        request.Headers.TryAddWithoutValidation(RequestSignature.SignatureField, signature);
        return await hub.Http.SendAsync(request, cancellation);
    }

    private static string Field(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values)
        ? string.Join(',', values) : "";

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Cluster} could not push {Sha256}; it is tried again: {Reason}")]
    private partial void LogFailed(string cluster, string sha256, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The hub answers {Status} to {Sha256} of {Cluster}")]
    private partial void LogRefused(string cluster, string sha256, int status);

    private sealed record Turn(DateTimeOffset At, int Failures);

    private sealed record Outcome(bool IsAnswer, DateTime? ArrivedAt = null, string? Refusal = null)
    {
        /// <summary>Nothing was learnt.</summary>
        public static Outcome Unknown { get; } = new(IsAnswer: false, Refusal: "unknown");

        /// <summary>The hub does not know the publication, or not yet.</summary>
        public static Outcome NotThere { get; } = new(IsAnswer: false);
    }
}
