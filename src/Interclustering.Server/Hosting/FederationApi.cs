using System.ComponentModel;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Verification;
using Interclustering.Hub.Api;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Interclustering.Server.Hosting;

/// <summary>What <c>verify</c> asks of participants that run elsewhere.</summary>
public static class FederationApi
{
    private const string Code = "hub, or the code of a cluster whose node runs here.";

    private const string Epoch = "01a207d1-e3db-7cfa-b34f-5699179a9a6d",
        Hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    public static void MapFederationApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("").RequireRateLimiting(RequestRates.Federation).WithTags(ApiDescription.Federation)
            .RefuseUnknownParameters().ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        api.MapGet("/api/v1/federation/{code}", ReadReportAsync).WithName("Federation")
            .WithSummary("Where a participant stands: journal, watermarks, chain heads, state digests")
            .ParameterExample("code", FederationDirectory.HubCode).WithExample(() => new ParticipantReport(
                FederationDirectory.HubCode, Epoch, 4711, Hash, [new FollowedJournal("bsc", Epoch, 812, Hash, 0, null)],
                [new StateDigest("bsc", "bsc", 97, Hash)]));
        api.MapGet(ReaderPosition.PathOf("{code}"), ReadPositionsAsync).WithName("FederationReaders")
            .WithSummary("How far each reader of a participant's journal has confirmed it")
            .ParameterExample("code", FederationDirectory.HubCode)
            .WithExample(() => (ReaderPosition[])[new ReaderPosition("bsc", 4711, false)]);
    }

    private static async Task<Results<Ok<ParticipantReport>, NotFound>> ReadReportAsync(
        [Description(Code)] string code, IReadOnlyList<Participant> participants, CancellationToken cancellation)
    {
        if (participants.FirstOrDefault(hosted => hosted.Code == code) is not { } participant)
        {
            return TypedResults.NotFound();
        }

        await using var db = participant.Open();
        return TypedResults.Ok(await ParticipantReport.ReadAsync(code, db, cancellation));
    }

    private static async Task<Results<Ok<List<ReaderPosition>>, NotFound>> ReadPositionsAsync(
        [Description(Code)] string code, IReadOnlyList<Participant> participants, CancellationToken cancellation)
    {
        if (participants.FirstOrDefault(hosted => hosted.Code == code) is not { } participant)
        {
            return TypedResults.NotFound();
        }

        await using var db = participant.Open();
        return TypedResults.Ok(await ReaderPosition.ReadAsync(db, cancellation));
    }
}
