using System.Net;
using Interclustering.Contracts;
using Interclustering.Files;
using Interclustering.Testing;

namespace Interclustering.IntegrationTests.Files;

public sealed class RequestSignatureTests : PushVisit
{
    public static TheoryData<string, Action<HttpRequestMessage>> Changes => new()
    {
        { "no signature", request => request.Headers.Remove(RequestSignature.SignatureField) },
        { "no input", request => request.Headers.Remove(RequestSignature.InputField) },
        { "another offset", request => Set(request, UploadProtocol.Offset, "1") },
        { "another digest", request => Set(request, UploadProtocol.ContentDigest, RequestSignature.DigestOf("x"u8)) },
        { "another path", request => request.RequestUri =
            new Uri(request.RequestUri!.OriginalString.Replace("/bsc/", "/lsn/", StringComparison.Ordinal), UriKind.Relative) },
        { "another method", request => request.Method = HttpMethod.Head },
        { "another time", request => Change(request, input => input.Replace("created=1", "created=2", StringComparison.Ordinal)) },
        { "less covered", request => Change(request, input => input.Replace(" \"upload-offset\"", "", StringComparison.Ordinal)) },
        { "another purpose", request =>
            Change(request, input => input.Replace("interclustering-files", "something-else", StringComparison.Ordinal)) },
        { "another key's name", request => Change(request, input => input.Replace("keyid=\"", "keyid=\"0", StringComparison.Ordinal)) },
        { "an empty signature", request => Set(request, RequestSignature.SignatureField, $"ic=:{Convert.ToBase64String(new byte[64])}:") },
        { "no form at all", request => Set(request, RequestSignature.InputField, "ic=()") },
    };

    [Fact]
    public async Task What_is_signed_now_by_the_cluster_is_taken()
    {
        await PublishAsync(Visibility.Public, Samples.Pdf);
        using var answer = await SendAsync(Samples.Named(Samples.Pdf), 0, Samples.Pdf);
        Assert.Equal((HttpStatusCode.NoContent, "?1"), (answer.StatusCode, answer.Headers.GetValues(UploadProtocol.Complete).Single()));
    }

    [Theory]
    [MemberData(nameof(Changes), DisableDiscoveryEnumeration = true)]
    public async Task Whatever_is_changed_after_signing_is_refused(string what, Action<HttpRequestMessage> change)
    {
        await PublishAsync(Visibility.Public, Samples.Pdf);
        using var answer = await SendAsync(Samples.Named(Samples.Pdf), 0, Samples.Pdf, change: change);
        Assert.Equal((what, HttpStatusCode.Unauthorized), (what, answer.StatusCode));
        Assert.Null(Hub.Files.Find(Samples.HashOf(Samples.Pdf)));
    }

    [Theory]
    [InlineData(4, HttpStatusCode.NoContent)]
    [InlineData(6, HttpStatusCode.Unauthorized)]
    [InlineData(-4, HttpStatusCode.NoContent)]
    [InlineData(-6, HttpStatusCode.Unauthorized)]
    public async Task A_signature_counts_for_five_minutes(int minutes, HttpStatusCode status)
    {
        await PublishAsync(Visibility.Public, Samples.Pdf);
        using var answer = await SendAsync(Samples.Named(Samples.Pdf), 0, Samples.Pdf, late: TimeSpan.FromMinutes(minutes));
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Another_clusters_key_and_an_unknown_cluster_are_refused()
    {
        await PublishAsync(Visibility.Public, Samples.Pdf);
        using var other = await SendAsync(Samples.Named(Samples.Pdf), 0, Samples.Pdf, OtherKey);
        using var unknown = await SendAsync(Samples.Named(Samples.Pdf), 0, Samples.Pdf, Key, "xyz");
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (other.StatusCode, unknown.StatusCode));
    }

    [Fact]
    public void A_key_that_was_revoked_signs_nothing_more()
    {
        var request = new SignedRequest("HEAD", "/api/v1/files/bsc/x");
        var (input, signature) = RequestSignature.Sign(request, Key, Hub.Clock);
        Assert.Null(RequestSignature.Refuse(request, input, signature, [Key.Public], Hub.Clock.GetUtcNow()));
        Assert.NotNull(RequestSignature.Refuse(request, input, signature, [Key.Public with { Through = 1000 }], Hub.Clock.GetUtcNow()));
    }

    private static void Change(HttpRequestMessage request, Func<string, string> change) =>
        Set(request, RequestSignature.InputField, change(request.Headers.GetValues(RequestSignature.InputField).Single()));

    private static void Set(HttpRequestMessage request, string field, string value)
    {
        request.Headers.Remove(field);
        request.Headers.TryAddWithoutValidation(field, value);
    }
}
