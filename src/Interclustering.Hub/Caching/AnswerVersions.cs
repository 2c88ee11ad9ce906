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
/// <param name="Found">See <see cref="AlsoVariesBy"/>.</param>
internal readonly record struct AnswerVersion(string Epoch, long Position, DateOnly Month, long Files, DateOnly Today, string? Found);

/// <summary>Tells the version that an answer has now.</summary>
internal sealed class AnswerVersions(Catalogue catalogue, HubFiles files, TimeProvider clock, IServiceProvider services)
{
    public AnswerVersion Of(Endpoint? endpoint)
    {
        var snapshot = catalogue.Current;
        return new AnswerVersion(
            snapshot.Epoch, snapshot.Position, snapshot.Month, files.Arrived, ParisDay.Today(clock),
            endpoint?.Metadata.GetMetadata<AlsoVariesBy>()?.Version(services));
    }
}
