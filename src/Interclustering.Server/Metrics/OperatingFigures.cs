using System.Diagnostics.Metrics;
using Interclustering.Federation;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Liveness;
using Interclustering.Node;
using Interclustering.Node.Mail;
using Interclustering.Server.Backups;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Server.Metrics;

/// <summary>
/// What an operator watches besides the traffic: read from the databases of the hosted participants now and then, and only where it is
/// exported.
/// </summary>
internal sealed class OperatingFigures : SteadyService
{
    public const string MeterName = "Interclustering.Server";
    private const string KindKey = "interclustering.problem.kind", ReaderKey = "interclustering.reader",
        SourceStateKey = "interclustering.source.state", MailStateKey = "interclustering.mail.state";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);
    private readonly IReadOnlyList<Participant> participants;
    private readonly CurrentProblems problems;
    private readonly Meter meter = new(MeterName);
    private volatile IReadOnlyList<Measurement<double>> oldest = [];
    private volatile IReadOnlyList<Measurement<int>> sources = [], mails = [];

    public OperatingFigures(
        IReadOnlyList<Participant> participants, CurrentProblems problems, ScheduledBackups backups, TimeProvider clock,
            ILogger<OperatingFigures> logger)
        : base(clock, logger)
    {
        this.participants = participants;
        this.problems = problems;
        meter.CreateObservableGauge("interclustering.problems", ProblemsByKind, "{problem}",
            "What keeps a participant from sending or reading, by kind.");
        meter.CreateObservableGauge("interclustering.receipt.oldest.age", () => oldest, "s",
            "Age of the oldest entry that a reader has not confirmed; 0 where it has confirmed all.");
        meter.CreateObservableGauge("interclustering.sources", () => sources, "{source}",
            "Sources of a cluster: healthy, or failing at the last poll.");
        meter.CreateObservableGauge("interclustering.mails", () => mails, "{mail}",
            "Mails that are not sent: waiting to be sent or sent again, or given up.");
        meter.CreateObservableGauge("interclustering.backup.age",
            () => backups.Age is { } age ? [new Measurement<double>(age.TotalSeconds)] : Array.Empty<Measurement<double>>(), "s",
            "Age of the last scheduled backup; absent without a schedule.");
    }

    public override void Dispose()
    {
        meter.Dispose();
        base.Dispose();
    }

    protected override async Task WorkAsync(CancellationToken stop)
    {
        while (true)
        {
            List<Measurement<double>> ages = [];
            List<Measurement<int>> polled = [], queued = [];
            foreach (var participant in participants)
            {
                try
                {
                    await using var db = participant.Open();
                    ages.AddRange(await AgesAsync(db, participant, stop));
                    if (db is NodeContext node)
                    {
                        polled.AddRange(await SourcesAsync(node, participant.Code, stop));
                        queued.AddRange(await MailsAsync(node, participant.Code, stop));
                    }
                }
                catch (Exception exception) when (DatabaseFailure.Is(exception))
                {
                    // A database that is away has no figures, and is one of the problems.
                }
            }

            (oldest, sources, mails) = (ages, polled, queued);
            await Task.Delay(Pause, Clock, stop);
        }
    }

    private async Task<List<Measurement<double>>> AgesAsync(DbContext db, Participant participant, CancellationToken stop)
    {
        var receipts = await db.Set<ReceiptRow>().AsNoTracking().ToDictionaryAsync(row => row.Reader, row => row.Through, stop);
        var now = Clock.GetUtcNow().UtcDateTime;
        List<Measurement<double>> ages = [];
        foreach (var reader in participant.Peers)
        {
            var through = receipts.GetValueOrDefault(reader);
            var next = await db.Set<JournalRow>().AsNoTracking().Where(row => row.Sequence > through).OrderBy(row => row.Sequence)
                .Select(row => (DateTime?)row.Time).FirstOrDefaultAsync(stop);
            ages.Add(new(next is { } time ? Math.Max(0, (now - time).TotalSeconds) : 0,
                new(FederationTelemetry.ParticipantKey, participant.Code), new(ReaderKey, reader)));
        }

        return ages;
    }

    private static async Task<IEnumerable<Measurement<int>>> SourcesAsync(NodeContext db, string code, CancellationToken stop)
    {
        var failing = await db.Sources.CountAsync(source => source.Failures > 0, stop);
        var healthy = await db.Sources.CountAsync(source => source.Failures == 0, stop);
        return Of(code, SourceStateKey, ("failing", failing), ("healthy", healthy));
    }

    private static async Task<IEnumerable<Measurement<int>>> MailsAsync(NodeContext db, string code, CancellationToken stop)
    {
        var waiting = await db.Mails.CountAsync(
            mail => mail.SentAt == null && mail.To != "" && !mail.Waits && mail.Attempts < MailRow.MostAttempts, stop);
        var givenUp = await db.Mails.CountAsync(
            mail => mail.SentAt == null && mail.To != "" && mail.Attempts >= MailRow.MostAttempts, stop);
        return Of(code, MailStateKey, ("waiting", waiting), ("given-up", givenUp));
    }

    private static IEnumerable<Measurement<int>> Of(string code, string key, params (string State, int Count)[] counted) =>
        counted.Select(each => new Measurement<int>(
            each.Count, new(FederationTelemetry.ParticipantKey, code), new(key, each.State)));

    /// <summary>Also those kinds of which there is none: what is over must not stay in sight.</summary>
    private List<Measurement<int>> ProblemsByKind()
    {
        var found = problems.Found.CountBy(problem => (problem.Participant, problem.Kind)).ToDictionary();
        var all = participants.SelectMany(participant => Problem.Kinds.Select(kind => (Participant: participant.Code, Kind: kind)))
            .Union(found.Keys);
        return [.. all.Select(each => new Measurement<int>(found.GetValueOrDefault(each),
            new(FederationTelemetry.ParticipantKey, each.Participant), new(KindKey, each.Kind)))];
    }
}
