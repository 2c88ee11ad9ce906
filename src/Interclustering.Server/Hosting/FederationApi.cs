using Interclustering.Federation;
using Interclustering.Federation.Verification;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Interclustering.Server.Hosting;

/// <summary>What <c>verify</c> asks of participants that run elsewhere.</summary>
public static class FederationApi
{
    public static void MapFederationApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("").RequireRateLimiting(RequestRates.Federation).WithTags("Federation").RefuseUnknownParameters()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status429TooManyRequests);
        api.MapGet("/api/v1/federation/{code}", ReadReportAsync).WithName("Federation")
            .WithSummary("Where a participant stands: journal, watermarks, chain heads, state digests");
        api.MapGet(ReaderPosition.PathOf("{code}"), ReadPositionsAsync).WithName("FederationReaders")
            .WithSummary("How far each reader of a participant's journal has confirmed it");
    }

    private static async Task<Results<Ok<ParticipantReport>, NotFound>> ReadReportAsync(
        string code, IReadOnlyList<Participant> participants, CancellationToken cancellation)
    {
        if (participants.FirstOrDefault(hosted => hosted.Code == code) is not { } participant)
        {
            return TypedResults.NotFound();
        }

        await using var db = participant.Open();
        return TypedResults.Ok(await ParticipantReport.ReadAsync(code, db, cancellation));
    }

    private static async Task<Results<Ok<List<ReaderPosition>>, NotFound>> ReadPositionsAsync(
        string code, IReadOnlyList<Participant> participants, CancellationToken cancellation)
    {
        if (participants.FirstOrDefault(hosted => hosted.Code == code) is not { } participant)
        {
            return TypedResults.NotFound();
        }

        await using var db = participant.Open();
        return TypedResults.Ok(await ReaderPosition.ReadAsync(db, cancellation));
    }
}
