using System.Net;
using System.Net.Http.Headers;
using Interclustering.Federation;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Interclustering.IntegrationTests.Ui;

/// <summary>What programs are told when a request fails.</summary>
public sealed class FailureAnswerTests
{
    private const int Busy = 5, Full = 13, Constraint = 19;

    public static TheoryData<string, HttpStatusCode> Failures => new()
    {
        { "PostgreSQL does not answer", HttpStatusCode.ServiceUnavailable },
        { "PostgreSQL is shutting down", HttpStatusCode.ServiceUnavailable },
        { "SQLite is busy", HttpStatusCode.ServiceUnavailable },
        { "the disk is full", HttpStatusCode.ServiceUnavailable },
        { "a constraint", HttpStatusCode.InternalServerError },
        { "U+0000", HttpStatusCode.InternalServerError },
        { "a fault of ours", HttpStatusCode.InternalServerError },
        { "a request that can't be read", HttpStatusCode.BadRequest },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_database_that_is_away_is_told_apart_from_a_fault(string what, HttpStatusCode status)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.UseErrorAnswers(DatabaseFailure.IsAway);
        app.Run(_ => throw Thrown(what));
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var http = app.GetTestClient();

        using var answer = await http.GetAsync(new Uri("/api/v1/publications", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(status == HttpStatusCode.ServiceUnavailable
            ? new RetryConditionHeaderValue(TimeSpan.FromSeconds(5)) : null, answer.Headers.RetryAfter);
    }

    private static Exception Thrown(string what) => what switch
    {
        "PostgreSQL does not answer" => new InvalidOperationException("EF", new NpgsqlException("x", new TimeoutException())),
        "PostgreSQL is shutting down" => Postgres("57P01"),
        "U+0000" => Postgres("22021"),
        "SQLite is busy" => new SqliteException("x", Busy),
        "the disk is full" => new SqliteException("x", Full),
        "a constraint" => new SqliteException("x", Constraint),
        "a request that can't be read" => new BadHttpRequestException("x"),
        _ => new InvalidOperationException("x"),
    };

    private static PostgresException Postgres(string state) => new("x", "FATAL", "FATAL", state);
}
