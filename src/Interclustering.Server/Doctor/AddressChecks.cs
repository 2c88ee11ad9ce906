using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Interclustering.Contracts;
using Interclustering.Server.Configuration;

namespace Interclustering.Server.Doctor;

/// <summary>Whether the participants' public addresses answer, with which clock, and how long their certificates are good.</summary>
internal static class AddressChecks
{
    /// <summary>Signed requests count for five minutes.</summary>
    private static readonly TimeSpan MostSkew = TimeSpan.FromMinutes(1);

    public static async Task<IReadOnlyList<Finding>> OfAsync(ServerSettings settings, TimeProvider clock, CancellationToken cancellation)
    {
        var addresses = settings.Directory.Current.Cast<DirectoryEntry>().Prepend(settings.Directory.Hub)
            .Select(entry => (entry.Code, Public: entry.Address,
                Address: settings.Addresses.GetValueOrDefault(entry.Code) ?? entry.Address))
            .Where(entry => entry.Address is not null).ToList();
        var findings = await Task.WhenAll(addresses.Select(entry =>
            OneAsync(entry.Code, entry.Address!, entry.Address == entry.Public && entry.Code != FederationDirectory.HubCode, clock,
                cancellation)));
        return [.. findings.SelectMany(each => each)];
    }

    private static async Task<IReadOnlyList<Finding>> OneAsync(
        string code, string address, bool isForVisitors, TimeProvider clock, CancellationToken cancellation)
    {
        DateTime? end = null;
        using var handler = new HttpClientHandler
        {
            AllowAutoRedirect = false,
            ServerCertificateCustomValidationCallback = (_, certificate, _, errors) =>
            {
                end = (certificate as X509Certificate2)?.NotAfter.ToUniversalTime();
                return errors == SslPolicyErrors.None;
            },
        };
        using var http = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(10) };
        try
        {
            using var answer = await http.GetAsync(new Uri(new Uri(address), "/healthz/ready"), HttpCompletionOption.ResponseHeadersRead,
                cancellation);
            var skew = answer.Headers.Date - clock.GetUtcNow();
            return
            [
                Finding.Good(code, $"answers at {address}"),
                .. skew?.Duration() > MostSkew
                    ? [Finding.Wrong(code, string.Create(CultureInfo.InvariantCulture,
                        $"Its clock is {skew.Value.TotalSeconds:0} s off this machine's"), "Set both by NTP")] : Array.Empty<Finding>(),
                .. end is { } last ? [BrokerChecks.Ends(code, last, clock)] : Array.Empty<Finding>(),
            ];
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException
            && !cancellation.IsCancellationRequested)
        {
            // In a container of its own, or on another machine, nothing of a participant's answers there.
            return [isForVisitors && new Uri(address).IsLoopback
                ? Finding.Look(code, $"has the address {address} in the directory, which visitors of that machine alone can open",
                    "Write the public address into the directory")
                : Finding.Wrong(code, $"does not answer at {address}: {exception.GetBaseException().Message}",
                "Look at the name, the proxy and the certificate; from inside a network an outer address may be closed")];
        }
    }
}
