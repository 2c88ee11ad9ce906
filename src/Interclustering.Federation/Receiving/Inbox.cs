using System.Collections.Concurrent;
using System.Threading.Channels;
using Interclustering.Contracts;
using Interclustering.Federation.Bus;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Recovery;
using Interclustering.Federation.Replicas;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Interclustering.Federation.Receiving;

/// <summary>
/// The one place where messages reach a participant. A single reader takes what has arrived, checks it, ingests the runs that are complete,
/// and answers with receipts. What it drops (a failed database, a window that is full) comes again, because no receipt was given for it.
/// </summary>
public sealed partial class Inbox(
    Participant participant, IReadOnlyList<Relay> relays, JournalRecovery recovery, FederationBus bus, FederationSettings settings,
        ILogger<Inbox> logger)
{
    private const int MostFailures = 3, LongestSoftware = 100;
    private readonly Channel<Received> arrived = Channel.CreateUnbounded<Received>(new UnboundedChannelOptions { SingleReader = true });
    private readonly WaitingMessages waiting = new();
    private readonly Refusals refusals = new(participant, logger);
    private readonly Replies replies = new(participant, bus, settings, logger);
    private readonly Dictionary<string, ReorderBuffer> buffers = participant.Followed.ToDictionary(
        journal => journal, journal => new ReorderBuffer(journal, settings, participant.Clock));

    /// <summary>What the database says of the last heartbeat of each journal: nothing is written while all is quiet.</summary>
    private readonly Dictionary<string, (long Announced, DateTimeOffset At)> noted = [];

    private readonly ConcurrentDictionary<string, string> software = [];
    private long heardAt;
    private bool hasOpened;

    /// <summary>Since when something is being taken in; null while nothing is.</summary>
    public DateTimeOffset? BusySince { get; private set; }

    /// <summary>When something last arrived or was worked on; null before that.</summary>
    public DateTimeOffset? HeardAt => BusySince is not null ? participant.Clock.GetUtcNow()
        : Interlocked.Read(ref heardAt) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero)
        : null;

    /// <summary>What was refused last, by the peer that it names.</summary>
    public ICollection<Refused> Refused => refusals.Last;

    /// <summary>The programs of the peers that say which they are, as their last heartbeats do.</summary>
    public IReadOnlyDictionary<string, string> Software => software;

    /// <summary>What the bus hands this participant's messages to.</summary>
    public BusReader Reader => new(participant.Code, participant.Queue, BindingKey, ReceiveAsync, RefuseDeliveryAsync);

    public string Code => participant.Code;

    public bool IsHub => participant.Code == FederationDirectory.HubCode;

    private string BindingKey => IsHub ? $"*.{FederationDirectory.HubCode}" : $"{FederationDirectory.HubCode}.{participant.Code}";

    /// <summary>Ends once the message is committed or dropped: then it is acknowledged.</summary>
    public Task ReceiveAsync(FederationMessage message, string? sender, CancellationToken cancellation) =>
        ReceiveAsync(message, sender, null, cancellation);

    /// <summary>Counts a message that the transport refused, against its broker-checked sender. Ends once it is counted.</summary>
    public Task RefuseDeliveryAsync(string? sender, string reason, CancellationToken cancellation) =>
        ReceiveAsync(new FederationMessage(), sender, reason, cancellation);

    private async Task ReceiveAsync(FederationMessage message, string? sender, string? refused, CancellationToken cancellation)
    {
        Interlocked.Exchange(ref heardAt, participant.Clock.GetUtcNow().UtcTicks);
        var received = new Received(message, sender, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), refused)
        {
            Checked = CheckAtArrival(message, sender, refused),
        };
        // After the end of the inbox nothing is taken any more: without a receipt it comes again at the next start.
        if (arrived.Writer.TryWrite(received))
        {
            await received.Done.Task.WaitAsync(cancellation);
        }
    }

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            await OpenAsync(stop);
            while (!stop.IsCancellationRequested)
            {
                await WaitAsync(stop);
                await DrainAsync(stop);
            }
        }
        finally
        {
            if (stop.IsCancellationRequested)
            {
                arrived.Writer.TryComplete();
            }

            Line();
            while (!waiting.IsEmpty)
            {
                waiting.TakeBatch().ForEach(received => received.Done.TrySetResult());
            }
        }
    }

    private void Line()
    {
        while (arrived.Reader.TryRead(out var received))
        {
            waiting.Enqueue(received, isAsked: recovery.IsRunning && received.Message.Segment?.Journal == participant.Code);
        }
    }

    private async Task DrainAsync(CancellationToken stop)
    {
        Line();
        var batch = waiting.TakeBatch();
        refusals.TellCounts();
        BusySince = participant.Clock.GetUtcNow();
        try
        {
            await ProcessAsync(batch, stop);
        }
        catch (Exception exception) when (!stop.IsCancellationRequested && exception is not OutOfMemoryException)
        {
            // A database that is away, or a fault of our own: neither ends the process, and what was dropped comes again.
            LogDatabaseFailed(exception, participant.Code, batch.Count);
            foreach (var buffer in buffers.Values)
            {
                buffer.Forget();
            }

            await OpenAsync(stop);
        }
        finally
        {
            BusySince = null;
            batch.ForEach(received => received.Done.TrySetResult());
        }
    }

    private async Task ProcessAsync(List<Received> batch, CancellationToken stop)
    {
        var answers = new Dictionary<string, string?>();
        var control = new Dictionary<string, ControlOfBatch>();
        foreach (var buffer in buffers.Values)
        {
            buffer.Ingested = null;
        }

        foreach (var received in batch)
        {
            TakeOrRefuse(received, control, answers, stop);
        }

        foreach (var (from, messages) in control)
        {
            await HandleControlAsync(from, messages, stop);
        }

        await refusals.StoreAsync(stop);
        foreach (var buffer in buffers.Values.Where(buffer => !buffer.IsGivenUp))
        {
            if (buffer.TakeRun(FederationLimits.Turn) is { Count: > 0 } run)
            {
                await IngestOrGiveUpAsync(buffer, run, answers, stop);
            }
        }

        await refusals.StoreAsync(stop);
        foreach (var (journal, heartbeat) in answers)
        {
            using var step = FederationTelemetry.Step("receipt", participant.Code);
            await replies.SendReceiptAsync(buffers[journal], heartbeat, stop);
        }

        foreach (var buffer in buffers.Values.Where(buffer => buffer.UntilReturn() == TimeSpan.Zero))
        {
            await replies.ReturnEntriesAsync(buffer, stop);
        }

        foreach (var buffer in buffers.Values.Where(buffer => !buffer.IsGivenUp && UntilReplay(buffer) == TimeSpan.Zero))
        {
            await replies.AskReplayAsync(buffer, buffer.Watermark, stop);
        }
    }

    /// <summary>A message that its handling fails at is refused like one that can't be read: the others of the batch go on.</summary>
    private void TakeOrRefuse(Received received, Dictionary<string, ControlOfBatch> control, Dictionary<string, string?> answers,
        CancellationToken stop)
    {
        // Checking a batch of full segments takes seconds: a stop does not wait for it.
        stop.ThrowIfCancellationRequested();
        try
        {
            Take(received, control, answers);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            LogMessageFailed(exception, participant.Code);
            refusals.Add("", received.Sender, "taking it fails");
        }
    }

    /// <summary>
    /// What neither passes nor can be set aside is tried three times as it comes again. Then this one journal is followed no more until the
    /// next start, and says so: the others go on.
    /// </summary>
    private async Task IngestOrGiveUpAsync(ReorderBuffer buffer, List<JournalSegment> run, Dictionary<string, string?> answers,
        CancellationToken stop)
    {
        try
        {
            await IngestAsync(buffer, run, answers, stop);
            buffer.Failures = 0;
        }
        catch (Exception exception)
            when (!stop.IsCancellationRequested && exception is not OutOfMemoryException && !DatabaseFailure.IsTransient(exception))
        {
            LogIngestFailed(exception, participant.Code, buffer.Journal, buffer.Watermark);
            buffer.Forget();
            if (++buffer.Failures < MostFailures)
            {
                return;
            }

            var reason = $"{Replica.CannotGoOn} after {buffer.Watermark}: {DatabaseFailure.NameOf(exception)}";
            (buffer.IsGivenUp, buffer.Stopped) = (true, reason);
            LogStopped(participant.Code, buffer.Journal, reason);
            await SayGivenUpAsync(buffer.Journal, reason, stop);
        }
    }

    private async Task SayGivenUpAsync(string journal, string reason, CancellationToken stop)
    {
        try
        {
            await Replica.GiveUpAsync(participant, journal, reason, stop);
        }
        catch (Exception exception) when (!stop.IsCancellationRequested && exception is not OutOfMemoryException)
        {
            // The log has said it.
            LogDatabaseFailed(exception, participant.Code, 0);
        }
    }

    private void Take(Received received, Dictionary<string, ControlOfBatch> control, Dictionary<string, string?> answers)
    {
        var (message, sender) = (received.Message, received.Sender);
        var (from, refusal) = received.Checked ?? Check(message, sender, received.Refusal);
        if (refusal is null && !buffers.ContainsKey(from))
        {
            refusal = "not a peer";
        }

        if (refusal is not null)
        {
            refusals.Add(from, sender, refusal);
            return;
        }

        if (message.Segment is null && message.Heartbeat is null && !participant.Peers.Contains(from))
        {
            // Of a cluster that has left: nothing is sent to it any more that it could confirm or ask for.
            return;
        }

        var messages = control.GetValueOrDefault(from) ?? (control[from] = new ControlOfBatch());
        switch (message)
        {
            case { Segment: { } returned } when returned.Journal == participant.Code:
                recovery.Take(returned);
                break;
            case { Segment: { } segment }:
                buffers[from].Hold(segment);
                answers.TryAdd(from, null);
                break;
            case { Heartbeat: { } heartbeat }:
                messages.Heartbeat = heartbeat;
                answers[from] = heartbeat.Id;
                break;
            case { Receipt: { } receipt } when receipt.Journal == participant.Code:
                messages.Take(receipt);
                break;
            case { ReplayRequest: { } request } when request.Journal == participant.Code:
                messages.Replay = request;
                break;
            case { ReplayRequest: { } request } when request.Journal == from:
                messages.Return = request;
                break;
        }
    }

    /// <summary>
    /// Signatures, chain and digests cost most of taking a message, and concern nothing but itself: so they are checked where it arrives,
    /// beside the loop. What checking fails at is checked again in the loop, which refuses it.
    /// </summary>
    private (string From, string? Refusal)? CheckAtArrival(FederationMessage message, string? sender, string? refused)
    {
        try
        {
            return Check(message, sender, refused);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return null;
        }
    }

    /// <summary>Whom a message is from, and why it is refused; null when it is authentic.</summary>
    private (string From, string? Refusal) Check(FederationMessage message, string? sender, string? refused) => message switch
    {
        _ when refused is not null => (sender ?? "", refused),
        { Segment: { } returned } when returned.Journal == participant.Code =>
            (sender ?? participant.Peers[0], Authenticity.RefuseReturned(returned, participant.Directory)),
        { Segment: { } segment } => (segment.Journal, Authenticity.Refuse(segment, sender, participant.Directory)),
        { Heartbeat: { } heartbeat } => (heartbeat.From, heartbeat.From == heartbeat.Journal
            ? Authenticity.Refuse(heartbeat, sender, participant.Directory) : "a heartbeat of another's journal"),
        { Receipt: { } receipt } => (receipt.From, Authenticity.Refuse(receipt, sender, participant.Directory)),
        { ReplayRequest: { } request } => (request.From, Authenticity.Refuse(request, sender, participant.Directory)),
        _ => (sender ?? "", "an empty message"),
    };

    /// <summary>A participant's control messages that their handling fails at concern that participant alone.</summary>
    private async Task HandleControlAsync(string from, ControlOfBatch messages, CancellationToken stop)
    {
        try
        {
            if (messages.Heartbeat is { } heartbeat)
            {
                await HandleHeartbeatAsync(buffers[from], heartbeat, stop);
            }

            foreach (var receipt in messages.Receipts)
            {
                await RelayTo(from).AcceptAsync(receipt, stop);
            }

            if (messages.Replay is { } replay)
            {
                await RelayTo(from).ReplayAsync(replay, stop);
            }

            if (messages.Return is { } request)
            {
                buffers[from].AskedBack(request);
            }
        }
        catch (Exception exception)
            when (!stop.IsCancellationRequested && exception is not OutOfMemoryException && !DatabaseFailure.Is(exception)
            && !DatabaseFailure.IsTransient(exception))
        {
            LogMessageFailed(exception, participant.Code);
            refusals.Add(from, null, "taking it fails");
        }
    }

    /// <summary>Null for nothing to ask for. A cluster that has left is asked for nothing.</summary>
    private TimeSpan? UntilReplay(ReorderBuffer buffer) =>
        participant.Peers.Contains(buffer.Journal) ? buffer.UntilReplay(waiting.HasOf(buffer.Journal)) : null;

    private Relay RelayTo(string reader) => relays.Single(relay => relay.Reader == reader);

    private async Task IngestAsync(
        ReorderBuffer buffer, List<JournalSegment> run, Dictionary<string, string?> answers, CancellationToken stop)
    {
        var ingested = await Replica.IngestAsync(participant, buffer.Journal, run, stop);
        var watermark = ingested.Position.Sequence;
        buffer.Advanced(watermark);
        buffer.Ingested = ingested.Position;
        answers.TryAdd(buffer.Journal, null);
        FederationTelemetry.Lag.Record(buffer.Announced - watermark, FederationTelemetry.Of(participant.Code, buffer.Journal));
        if (ingested.Fresh > 0)
        {
            if (IsHub)
            {
                // The hub journals what it ingests: its relays and its read model look at once.
                participant.Journal.NotifyCommitted();
            }

            LogIngested(participant.Code, ingested.Fresh, buffer.Journal, watermark);
        }

        for (var segment = 0; segment < ingested.OfLeftEpochs; segment++)
        {
            refusals.Add(buffer.Journal, null, "its epoch was left");
        }

        if (ingested.Stopped is { } reason && reason != buffer.Stopped)
        {
            LogStopped(participant.Code, buffer.Journal, reason);
        }

        buffer.Stopped = ingested.Stopped;
    }

    private async Task HandleHeartbeatAsync(ReorderBuffer buffer, Heartbeat heartbeat, CancellationToken stop)
    {
        buffer.Heard(heartbeat.Sequence);
        if (heartbeat.Software is { Length: > 0 and <= LongestSoftware } told && told.All(letter => letter is > ' ' and <= '~'))
        {
            software[buffer.Journal] = told;
        }

        // Where nothing arrives but heartbeats, the lag must not stay what it was.
        FederationTelemetry.Lag.Record(buffer.Announced - buffer.Watermark, FederationTelemetry.Of(participant.Code, buffer.Journal));
        var now = participant.Clock.GetUtcNow();
        if (IsNoted(buffer, heartbeat, now))
        {
            return;
        }

        await using var db = participant.Open();
        await db.Set<ReplicaCursor>().Where(cursor => cursor.Journal == buffer.Journal).ExecuteUpdateAsync(
            cursor => cursor.SetProperty(row => row.HeardAt, now.UtcDateTime).SetProperty(row => row.Announced, heartbeat.Sequence),
            stop);
        // After a rebuild the owner's signature over this position is missing: the last entry brings it again.
        if (await db.Set<ReplicaCursor>().AnyAsync(row => row.Journal == buffer.Journal && row.Sequence > 0 && row.Proof == null, stop))
        {
            await replies.AskReplayAsync(buffer, buffer.Watermark - 1, stop);
            return;
        }

        noted[buffer.Journal] = (heartbeat.Sequence, now);
    }

    /// <summary>
    /// Whether the database says so already, and that the owner was heard of lately. An owner that announces less than there is may have
    /// lost something, and a rebuild waits for a word of each cluster: then every heartbeat is noted.
    /// </summary>
    private bool IsNoted(ReorderBuffer buffer, Heartbeat heartbeat, DateTimeOffset now) =>
        noted.GetValueOrDefault(buffer.Journal) is var last && last.Announced == heartbeat.Sequence
        && heartbeat.Sequence >= buffer.Watermark && now - last.At < settings.LongestUnnoted
        && !recovery.IsRunning && now - recovery.EndedAt > settings.Silence;

    /// <summary>Reads where this participant stands, as soon as its database answers.</summary>
    private async Task OpenAsync(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await Replica.OpenAsync(participant, isStart: !hasOpened, stop);
                hasOpened = true;
                noted.Clear();
                await RefreshAsync(stop);
                return;
            }
            catch (Exception exception) when (DatabaseFailure.Is(exception))
            {
                LogDatabaseFailed(exception, participant.Code, 0);
                await Task.Delay(TimeSpan.FromSeconds(1), participant.Clock, stop);
            }
        }
    }

    private async Task RefreshAsync(CancellationToken stop)
    {
        await using var db = participant.Open();
        foreach (var cursor in await db.Set<ReplicaCursor>().AsNoTracking().ToListAsync(stop))
        {
            if (buffers.TryGetValue(cursor.Journal, out var buffer))
            {
                buffer.Advanced(cursor.Sequence);
            }
        }
    }

    private async Task WaitAsync(CancellationToken stop)
    {
        if (!waiting.IsEmpty || buffers.Values.Any(buffer => !buffer.IsGivenUp && buffer.HasRun))
        {
            return;
        }

        var gaps = buffers.Values.Where(buffer => !buffer.IsGivenUp).Select(UntilReplay)
            .Concat(buffers.Values.Select(buffer => buffer.UntilReturn())).OfType<TimeSpan>().ToList();
        var arrival = arrived.Reader.WaitToReadAsync(stop).AsTask();
        if (gaps.Count == 0 || arrival.IsCompleted)
        {
            await arrival;
            return;
        }

        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny(arrival, Task.Delay(gaps.Min(), participant.Clock, cancel.Token));
        await cancel.CancelAsync();
        stop.ThrowIfCancellationRequested();
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Participant} ingested {Count} entries of {Journal}, through {Watermark}")]
    private partial void LogIngested(string participant, int count, string journal, long watermark);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Participant} has stopped following {Journal}: {Reason}")]
    private partial void LogStopped(string participant, string journal, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Participant} could not handle a message")]
    private partial void LogMessageFailed(Exception exception, string participant);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Participant} could not ingest {Journal} after {Watermark}; it comes again")]
    private partial void LogIngestFailed(Exception exception, string participant, string journal, long watermark);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "The database of {Participant} failed; {Count} messages were dropped and will be asked for again")]
    private partial void LogDatabaseFailed(Exception exception, string participant, int count);
}
