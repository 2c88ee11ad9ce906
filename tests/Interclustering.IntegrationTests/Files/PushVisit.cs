using System.Net;
using System.Net.Http.Headers;
using Interclustering.Contracts;
using Interclustering.Federation.Chain;
using Interclustering.Files;
using Interclustering.IntegrationTests.Hub;
using Interclustering.IntegrationTests.Node;
using Interclustering.Node.Files;
using Interclustering.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Interclustering.IntegrationTests.Files;

/// <summary>A node and a hub that know each other, and what went between them.</summary>
public abstract class PushVisit : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("ic-keys-").FullName;

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;
    private protected TemporaryNode Node { get; private set; } = null!;
    private protected TemporaryHub Hub { get; private set; } = null!;
    private protected SigningKey Key { get; private set; } = null!;
    private protected SigningKey OtherKey { get; private set; } = null!;
    private protected Wire Wire { get; private set; } = null!;
    private protected FilePush Push { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        (Key, OtherKey) = (SigningKey.OpenOrCreate(Path.Combine(folder, "bsc.pem")),
            SigningKey.OpenOrCreate(Path.Combine(folder, "lsn.pem")));
        Node = await TemporaryNode.CreateAsync();
        Hub = await TemporaryHub.CreateAsync(Directories.Two with
        {
            Clusters = [.. Directories.Two.Clusters.Select(cluster =>
                cluster with { Keys = [cluster.Code == "bsc" ? Key.Public : OtherKey.Public] })],
        });
        Wire = new Wire(Hub.Way);
        Push = new FilePush(
            Node.Instance, Key, new HubClient(() => new Uri("http://localhost/"), new HttpClient(Wire)), Hub.Clock,
                NullLogger<FilePush>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        await Node.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Attaches files and publishes a sheet of them at the node; the hub shows it as well.</summary>
    private protected async Task<string> PublishAsync(string visibility, params byte[][] files)
    {
        await using var db = Node.Open();
        var named = new List<Attachment>();
        foreach (var file in files)
        {
            using var content = new MemoryStream(file);
            named.Add((await Node.Files(db).KeepAsync(content, "liste.pdf", Cancellation)).File!);
        }

        var sheet = Samples.Sheet(named) with { Visibility = visibility };
        var subject = (await Node.Editor(db).PublishAsync(null, sheet, "Anne", Cancellation)).Subject;
        return await Hub.ShowAsync(sheet, subject);
    }

    /// <summary>Sends a chunk as a cluster's node does, or as a caller that is no node.</summary>
    private protected async Task<HttpResponseMessage> SendAsync(
        Attachment file, long offset, byte[] chunk, SigningKey? key = null, string cluster = "bsc", TimeSpan late = default,
            Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, UploadProtocol.PathOf(cluster, file.Sha256));
        request.Content = new ByteArrayContent(
            chunk)
        { Headers = { ContentType = new MediaTypeHeaderValue(UploadProtocol.PartialUpload) } };
        var signed = new SignedRequest(
            "PATCH", request.RequestUri!.OriginalString, RequestSignature.DigestOf(chunk), UploadProtocol.Number(offset));
        Hub.Clock.AutoAdvanceAmount = TimeSpan.Zero;
        var (input, signature) = RequestSignature.Sign(signed, key ?? Key, new ShiftedClock(Hub.Clock, -late));
        request.Headers.TryAddWithoutValidation(UploadProtocol.ContentDigest, signed.ContentDigest);
        request.Headers.TryAddWithoutValidation(UploadProtocol.Offset, signed.UploadOffset);
        request.Headers.TryAddWithoutValidation(RequestSignature.InputField, input);
        request.Headers.TryAddWithoutValidation(RequestSignature.SignatureField, signature);
        change?.Invoke(request);
        return await Hub.Http.SendAsync(request, Cancellation);
    }

    private protected async Task PushLaterAsync(TimeSpan later)
    {
        Hub.Clock.Advance(later);
        await Push.RunOnceAsync(Cancellation);
    }

    private protected async Task<HttpStatusCode> StatusAsync(string address)
    {
        using var answer = await Hub.Http.GetAsync(address, Cancellation);
        return answer.StatusCode;
    }

    private sealed class ShiftedClock(TimeProvider clock, TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow() + by;
    }
}

/// <summary>The way to the hub: it notes where each chunk begins, and breaks where a test says so.</summary>
internal sealed class Wire(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    public List<string> Seen { get; } = [];

    /// <summary>Called with the number of the request; what it throws, the sender sees.</summary>
    public Func<int, HttpRequestMessage, Task>? Before { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Seen.Add(request.Headers.TryGetValues(UploadProtocol.Offset, out var offset) ? $"PATCH {offset.Single()}" : request.Method.Method);
        await (Before?.Invoke(Seen.Count, request) ?? Task.CompletedTask);
        return await base.SendAsync(request, cancellationToken);
    }
}
