using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Files;
using Interclustering.Files.Previews;
using Interclustering.Node.Files;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Workspace;
using Microsoft.Extensions.Logging;
using Participant = Interclustering.Federation.Participant;

namespace Interclustering.Node.Publishing.Preview;

/// <summary>Asks the hub to show a publication as the national site and its embeds would, before it is published.</summary>
public sealed partial class NationalPreview(
    IReadOnlyList<Participant> participants, HubClient hub, TimeProvider clock, ILogger<NationalPreview> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Null when the hub can't be reached, or can't show it.</summary>
    /// <param name="node">Whose publication it is.</param>
    /// <param name="subject">Its id; null for what was never saved.</param>
    /// <param name="item">The text.</param>
    /// <param name="people">The persons that it names, by id.</param>
    /// <param name="cancellation">Ends the asking.</param>
    public async Task<PreviewPlace?> AskAsync(
        NodeInstance node, string? subject, PublishedItem item, IReadOnlyDictionary<string, Person> people, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (hub.Find() is not { } address)
        {
            return null;
        }

        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(Patience);
            var preview = new PreviewedPublication(
                subject ?? Subjects.Mint(node.Code), PublicationText.KindOf(item),
                    JsonSerializer.Deserialize<JsonElement>(PublicationText.Of(item)), people);
            using var request = RequestFor(node, new Uri(address, PreviewedPublication.PathOf(node.Code)),
                JsonSerializer.SerializeToUtf8Bytes(preview, ContractJson.Options));
            using var answer = await hub.Http.SendAsync(request, patience.Token);
            if (answer.IsSuccessStatusCode)
            {
                return await answer.Content.ReadFromJsonAsync<PreviewPlace>(ContractJson.Options, patience.Token);
            }

            LogRefused(node.Code, (int)answer.StatusCode);
            return null;
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException
            || (exception is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            LogFailed(node.Code, exception.Message);
            return null;
        }
    }

    private HttpRequestMessage RequestFor(NodeInstance node, Uri address, byte[] body)
    {
        var digest = RequestSignature.DigestOf(body);
        var key = participants.Single(participant => participant.Code == node.Code).Key;
        var (input, signature) = RequestSignature.Sign(new SignedRequest(HttpMethod.Post.Method, address.AbsolutePath, digest), key, clock);
        var request = new HttpRequestMessage(HttpMethod.Post,
            address)
        { Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } };
        request.Headers.TryAddWithoutValidation(UploadProtocol.ContentDigest, digest);
        request.Headers.TryAddWithoutValidation(RequestSignature.InputField, input);
        request.Headers.TryAddWithoutValidation(RequestSignature.SignatureField, signature);
        return request;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The hub shows {Cluster} no preview: {Status}")]
    private partial void LogRefused(string cluster, int status);

    [LoggerMessage(Level = LogLevel.Information, Message = "The hub could not be asked for a preview by {Cluster}: {Reason}")]
    private partial void LogFailed(string cluster, string reason);
}
