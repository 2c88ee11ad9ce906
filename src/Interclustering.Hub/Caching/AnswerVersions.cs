using System.Security.Cryptography;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Hub.Files;
using Interclustering.Hub.ReadModel;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Hub.Caching;

/// <summary>What makes an answer another one, apart from its address; see <see cref="Freshness"/>.</summary>
/// <param name="Epoch">Of the hub's journal.</param>
/// <param name="Position">Of the read model in it.</param>
/// <param name="Month">In which the dates of series were worked out.</param>
/// <param name="Files">How many have arrived.</param>
/// <param name="Today">In Paris.</param>
/// <param name="Directory">A digest of the federation directory.</param>
/// <param name="Found">See <see cref="AlsoVariesBy"/>.</param>
internal readonly record struct AnswerVersion(string Epoch, long Position, DateOnly Month, long Files, DateOnly Today, string Directory,
    string? Found);

/// <summary>Tells the version that an answer has now.</summary>
internal sealed class AnswerVersions(
    Catalogue catalogue, HubFiles files, FederationDirectory federation, TimeProvider clock, IServiceProvider services)
{
    /// <summary>A reader's copy from before a cluster came or left is not that of now.</summary>
    private readonly string directory = Convert.ToHexStringLower(SHA256.HashData(
        JsonSerializer.SerializeToUtf8Bytes(federation, ContractJson.Options)))[..8];

    public AnswerVersion Of(Endpoint? endpoint)
    {
        var snapshot = catalogue.Current;
        return new AnswerVersion(
            snapshot.Epoch, snapshot.Position, snapshot.Month, files.Arrived, ParisDay.Today(clock), directory,
            endpoint?.Metadata.GetMetadata<AlsoVariesBy>()?.Version(services));
    }
}
