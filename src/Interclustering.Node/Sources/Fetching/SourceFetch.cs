using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Interclustering.Node.Sources.Reading;

namespace Interclustering.Node.Sources.Fetching;

/// <summary>What may be fetched.</summary>
public sealed record FetchSettings
{
    /// <summary>Hosts (<c>intranet.example</c>, or with a port) that may be inward, and plain http: for intranets and tests.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>For one answer, redirects included.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of an answer, decompressed.</summary>
    public int Most { get; init; } = 5 * 1024 * 1024;
}

/// <summary>What an address answered.</summary>
/// <param name="Address">Where it was in the end, after redirects.</param>
/// <param name="Content">Empty when nothing has changed.</param>
/// <param name="NotModified">The address says that it has not changed since <paramref name="Validators"/>.</param>
/// <param name="Validators">For the next request.</param>
public sealed record Fetched(Uri Address, ReadOnlyMemory<byte> Content, bool NotModified, Validators Validators);

/// <summary>What an answer is recognised by (RFC 9110 §8.8); null where the server gave none.</summary>
public sealed record Validators(string? Etag = null, DateTimeOffset? LastModified = null);

/// <summary>
/// Fetches addresses that people typed, without letting them lead inward: every name is resolved here, every address of it checked, and the
/// connection made to the address that was checked, again at each redirect. Nothing of ours goes along: no cookie, no proxy, no credential.
/// </summary>
public sealed class SourceFetch : IDisposable
{
    private const int MostRedirects = 3;
    private readonly FetchSettings settings;
    private readonly HttpClient client;

    public SourceFetch(FetchSettings settings)
    {
        this.settings = settings;
        client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectCallback = ConnectAsync,
            PooledConnectionLifetime = TimeSpan.FromSeconds(30),
            MaxResponseHeadersLength = 64,
        })
        { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("Interclustering/1.0");
    }

    /// <exception cref="ImportFetchException">It can't be had; the message says why, in French.</exception>
    public async Task<Fetched> GetAsync(string address, Validators? known, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(settings.Patience);
        try
        {
            return await FollowRedirectsAsync(AddressOf(address), known ?? new Validators(), deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new ImportFetchException(
                T["Pas de réponse complète en {0} secondes.", (int)Math.Ceiling(settings.Patience.TotalSeconds)]);
        }
        catch (HttpRequestException failure) when (failure.InnerException is ImportFetchException refused)
        {
            throw new ImportFetchException(refused.Message, failure);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or InvalidDataException or SocketException
            or NotSupportedException)
        {
            throw new ImportFetchException(T["Aucune connexion : l’adresse est fausse, ou le site est en panne."], failure);
        }
    }

    public void Dispose() => client.Dispose();

    private async Task<Fetched> FollowRedirectsAsync(Uri address, Validators known, CancellationToken cancellation)
    {
        for (var redirects = 0; redirects <= MostRedirects; redirects++)
        {
            Check(address);
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Accept.ParseAdd("text/calendar, application/json, text/html;q=0.9, */*;q=0.5");
            if (known.Etag is { } etag && EntityTagHeaderValue.TryParse(etag, out var tag))
            {
                request.Headers.IfNoneMatch.Add(tag);
            }

            request.Headers.IfModifiedSince = known.LastModified;
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (response.StatusCode == HttpStatusCode.NotModified)
            {
                return new Fetched(address, ReadOnlyMemory<byte>.Empty, NotModified: true, known);
            }

            if ((int)response.StatusCode is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is { } location
                && Uri.TryCreate(address, location, out var next))
            {
                address = next;
                continue;
            }

            return response.IsSuccessStatusCode
                ? new Fetched(address,
                    SourceText.AsUtf8(await ReadAsync(response, cancellation), response.Content.Headers.ContentType?.CharSet),
                    NotModified: false,
                    new Validators(response.Headers.ETag?.ToString(), response.Content.Headers.LastModified))
                : throw new ImportFetchException(
                    T["Le site a répondu {0}.", (int)response.StatusCode])
                { RetryAfter = response.Headers.RetryAfter };
        }

        throw new ImportFetchException(T["Trop de redirections : {0} au plus.", MostRedirects]);
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        using var content = new MemoryStream();
        var buffer = new byte[81_920];
        int read;
        while ((read = await body.ReadAsync(buffer, cancellation)) > 0)
        {
            if (content.Length + read > settings.Most)
            {
                throw new ImportFetchException(
                    T["Plus de {0} Mio une fois décompressé : c’est trop pour une source.", settings.Most / 1024 / 1024]);
            }

            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }

    /// <summary>What people paste: also without <c>https://</c>, also <c>webcal://</c>.</summary>
    private static Uri AddressOf(string typed)
    {
        var text = typed.Trim();
        text = text.StartsWith("webcal://", StringComparison.OrdinalIgnoreCase) ? $"https{text["webcal".Length..]}"
            : text.Contains("://", StringComparison.Ordinal) ? text : $"https://{text}";
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Host.Length > 0 && text.Length <= 2000 ? address
            : throw new ImportFetchException(T["Ce n’est pas une adresse : collez celle d’une page, https://…"]);
    }

    /// <summary>Some characters pass as a host until it is asked for in the form of the DNS.</summary>
    private static bool HasHost(Uri address)
    {
        try
        {
            return address.IdnHost.Length > 0;
        }
        catch (UriFormatException)
        {
            return false;
        }
    }

    private void Check(Uri address)
    {
        if (!HasHost(address))
        {
            throw new ImportFetchException(T["Ce n’est pas une adresse : collez celle d’une page, https://…"]);
        }

        if (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && IsAllowed(address.IdnHost, address.Port)))
        {
            throw new ImportFetchException(T["Seules les adresses https:// sont relevées : {0}",
                $"{address.Scheme}://{address.Authority}"]);
        }

        if (address.UserInfo.Length > 0)
        {
            throw new ImportFetchException(T["Cette adresse contient un mot de passe : retirez-le."]);
        }
    }

    private bool IsAllowed(string host, int port) => settings.Allowed.Any(allowed =>
        allowed.Equals(host, StringComparison.OrdinalIgnoreCase) || allowed.Equals($"{host}:{port}", StringComparison.OrdinalIgnoreCase));

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var literal = IPAddress.TryParse(host.Trim('[', ']'), out var parsed) ? parsed : null;
        var addresses = literal is not null ? [literal] : await Dns.GetHostAddressesAsync(host, cancellation);
        // One inward address among several is enough: a name that answers so is not to be trusted with the others.
        if (!IsAllowed(host, port) && addresses.FirstOrDefault(InwardAddresses.Contains) is not null)
        {
            throw new ImportFetchException(T["Cette adresse mène à un réseau privé ou à cette machine : elle n’est pas relevée."]);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
