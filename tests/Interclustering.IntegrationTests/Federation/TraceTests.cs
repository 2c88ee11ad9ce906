using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;
using Interclustering.Hub;
using Interclustering.Hub.ReadModel;
using Interclustering.IntegrationTests.Federation.Behaviours;
using Interclustering.Node;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Interclustering.IntegrationTests.Federation;

public sealed class TraceTests : IDisposable
{
    private readonly ConcurrentBag<Activity> spans = [];
    private readonly ConcurrentDictionary<string, long> measured = new();
    private readonly ActivityListener listener;
    private readonly MeterListener meters = new();

    public TraceTests()
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is FederationTelemetry.Name or "test",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        meters.InstrumentPublished = (instrument, own) =>
        {
            if (instrument.Meter.Name == FederationTelemetry.Name)
            {
                own.EnableMeasurementEvents(instrument);
            }
        };
        meters.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
            measured.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        meters.Start();
    }

    public void Dispose()
    {
        listener.Dispose();
        meters.Dispose();
    }

    [Fact]
    public async Task A_publication_is_one_trace_from_the_form_to_the_national_site()
    {
        await using var federation = await FederationUnderTest.StartAsync(InMemoryAndSqlite.NewGround());
        using var catalogue = new Catalogue(new HubDatabases(federation.Databases["hub"]), federation.Members, [], TimeProvider.System,
            NullLogger<Catalogue>.Instance);
        await catalogue.StartAsync(TestContext.Current.CancellationToken);
        ActivityTraceId trace;
        string subject;
        using (var form = new ActivitySource("test").StartActivity("POST form")!)
        {
            trace = form.TraceId;
            await using var db = (NodeContext)federation.Databases["bsc"]();
            var sheet = new BestPractice { Nonce = Nonce.Create(), Title = "Quai" };
            var saved = await new PublicationEditor(db, new Journal("bsc", TimeProvider.System), TimeProvider.System)
                .PublishAsync(null, sheet, "test", TestContext.Current.CancellationToken);
            subject = saved.Subject;
        }

        await federation.ConvergeAsync();
        catalogue.Wake();
        List<Activity> Spans(string name) => [.. spans.Where(span => span.TraceId == trace && span.OperationName == name)];
        await Until.TrueAsync(
            () => Task.FromResult(Spans("visible").Count == 1 && Spans("ingest").Count == 3),
            () => Task.FromResult(string.Join(", ", spans.Where(span => span.TraceId == trace).Select(span => span.OperationName))));

        Assert.True(catalogue.Current.Items.ContainsKey(subject));
        Assert.Single(Spans("POST form"));
        // The relay has a step of that name, which says whose it is.
        Assert.Single(Spans("publish"), span => span.GetTagItem("participant") is null);
        // The hub has it once from the cluster; each node has it once from the hub.
        Assert.Equal(["bsc", "hub", "tenlog"], Spans("ingest").Select(span => (string)span.GetTagItem("participant")!).Order());
        Assert.NotEmpty(Spans("relay"));
        await catalogue.StopAsync(TestContext.Current.CancellationToken);

        Assert.True(measured["interclustering.entries.applied"] >= 3);
        Assert.True(measured["interclustering.segments.sent"] >= 2);
        Assert.Contains("interclustering.replica.lag", measured.Keys);
    }

    [Fact]
    public async Task What_is_set_aside_is_counted()
    {
        await using var federation = await FederationUnderTest.StartAsync(InMemoryAndSqlite.NewGround());
        await federation.PublishAsync("bsc", "");
        await federation.ConvergeAsync();
        Assert.True(measured.GetValueOrDefault("interclustering.entries.quarantined") >= 1);
    }

    private sealed class HubDatabases(Func<DbContext> open) : IDbContextFactory<HubContext>
    {
        public HubContext CreateDbContext() => (HubContext)open();
    }
}
