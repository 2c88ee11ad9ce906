using System.Diagnostics;
using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Federation.Bus;
using Interclustering.Federation.Chain;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Interclustering.Federation.Journals;

/// <summary>
/// Carries the own journal to one reader: from its last receipt, at most a window ahead, several publishes in flight. It starts again from
/// the receipt, never from memory.
/// </summary>
public sealed partial class Relay(Participant participant, string reader, FederationBus bus, FederationSettings settings,
    ILogger<Relay> logger)
    : IDisposable
{
    private const int ReadAhead = 500;
    private readonly SemaphoreSlim wake = new(0);
    private long through;
    private long sent;
    private string? lastHeartbeat;
    private (JournalEnd? Told, JournalEnd? Position, DateTime At) noted;
    private long? replayAfter;
    private DateTimeOffset replayAt;
    private volatile bool paused;
    private volatile bool loaded;

    public string Reader { get; } = reader;

    /// <summary>
    /// Why this relay has stopped; null while it runs. A recovery starts it again, or the reader itself: by a position that this journal
    /// has, in the answer to the latest heartbeat.
    /// </summary>
    public string? StoppedBecause { get; private set; }

    /// <summary>Since when nothing could be sent, and why; null while it can.</summary>
    public DateTimeOffset? FailingSince { get; private set; }

    /// <inheritdoc cref="FailingSince"/>
    public string? Failure { get; private set; }

    /// <summary>
    /// When the first heartbeat left that the reader has not answered; null while it answers. A reader that is heard of and answers none
    /// refuses them.
    /// </summary>
    public DateTimeOffset? UnansweredSince { get; private set; }

    /// <summary>Sends nothing but heartbeats until <see cref="Resume"/>: the journal is being recovered.</summary>
    public void Pause() => paused = true;

    /// <summary>Reads again where the reader stands, and goes on.</summary>
    public void Resume()
    {
        participant.Outgoing.Forget();
        loaded = false;
        paused = false;
        Wake();
    }

    public async Task RunAsync(CancellationToken stop)
    {
        participant.Journal.Appended += Wake;
        participant.Outgoing.Forget();
        var heartbeatAt = participant.Clock.GetUtcNow();
        var (pause, looks) = (TimeSpan.FromMilliseconds(500), true);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (!loaded)
                {
                    await LoadAsync(stop);
                    loaded = true;
                }

                if (looks)
                {
                    await SendPendingAsync(stop);
                }

                if (participant.Clock.GetUtcNow() >= heartbeatAt)
                {
                    heartbeatAt = participant.Clock.GetUtcNow() + settings.Heartbeat;
                    await SendHeartbeatAsync(stop);
                    UnansweredSince ??= participant.Clock.GetUtcNow();
                    (FailingSince, Failure) = (null, null);
                }

                pause = TimeSpan.FromMilliseconds(500);
                looks = await wake.WaitAsync(UntilDue(heartbeatAt), stop) || replayAfter is not null;
            }
            catch (Exception exception) when (!stop.IsCancellationRequested)
            {
                // A bus that does not work is told once, and not by each relay at each try.
                if (exception.Message != Failure && bus.Failure is null)
                {
                    LogFailed(participant.Code, Reader, Interlocked.Read(ref through), exception.Message);
                }

                (FailingSince, Failure) = (FailingSince ?? participant.Clock.GetUtcNow(), exception.Message);
                UnansweredSince = null;
                Interlocked.Exchange(ref sent, Interlocked.Read(ref through));
                looks = true;
                await Task.Delay(pause, participant.Clock, stop);
                pause = pause < TimeSpan.FromSeconds(4) ? pause * 2 : pause;
            }
        }
    }

    /// <summary>
    /// A lower position counts only in the answer to the latest heartbeat: a restored reader. Late receipts arrive in any order.
    /// </summary>
    public async Task AcceptAsync(Receipt receipt, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        using var step = FederationTelemetry.Step("receipt", participant.Code);
        UnansweredSince = null;
        var answersLatest = receipt.Heartbeat is not null && receipt.Heartbeat == lastHeartbeat;
        var known = Interlocked.Read(ref through);
        var told = new JournalEnd(receipt.Epoch, receipt.Through, receipt.Hash);
        if (paused || (receipt.Through < known && !answersLatest) || IsNoted(told))
        {
            return;
        }

        await using var db = participant.Open();
        if (await Journal.LocateAsync(db, told, cancellation) is not { } position)
        {
            await StopAsync(
                db, $"{Reader} holds entries that this journal does not have, through {receipt.Through}. After a restore of this database: "
                + $"recover --cluster {participant.Code}. Else the operators of {Reader} look at theirs", cancellation);
            return;
        }

        if (StoppedBecause is not null)
        {
            if (!answersLatest)
            {
                return;
            }

            await GoOnAsync(db, position.Sequence, cancellation);
        }

        var at = participant.Clock.GetUtcNow().UtcDateTime;
        await db.Set<ReceiptRow>().Where(row => row.Reader == Reader).ExecuteUpdateAsync(
            row => row.SetProperty(next => next.Through, position.Sequence).SetProperty(next => next.Hash, position.Hash)
                .SetProperty(next => next.At, at),
            cancellation);
        noted = (told, position, at);
        Interlocked.Exchange(ref through, position.Sequence);
        if (position.Sequence < known)
        {
            LogMovedBack(participant.Code, Reader, known, position.Sequence);
            Interlocked.Exchange(ref sent, position.Sequence);
        }

        Wake();
    }

    /// <summary>Sends again what follows a position; requests that overlap are one.</summary>
    public async Task ReplayAsync(ReplayRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        await using var db = participant.Open();
        var after = Math.Min(request.After, (await Journal.EndOfAsync(db, request.Epoch, cancellation))?.Sequence ?? long.MaxValue);
        lock (wake)
        {
            replayAfter = Math.Min(replayAfter ?? long.MaxValue, after);
        }

        Wake();
    }

    public void Dispose()
    {
        participant.Journal.Appended -= Wake;
        wake.Dispose();
    }

    private void Wake()
    {
        if (wake.CurrentCount == 0)
        {
            wake.Release();
        }
    }

    /// <summary>Until the next heartbeat, or until entries may be sent again that the reader has asked for.</summary>
    private TimeSpan UntilDue(DateTimeOffset heartbeatAt)
    {
        lock (wake)
        {
            var replays = replayAfter is not null && StoppedBecause is null && !paused;
            var wait = (replays && replayAt < heartbeatAt ? replayAt : heartbeatAt) - participant.Clock.GetUtcNow();
            // A timer counts whole milliseconds: one more, so that it does not end too early.
            return wait > settings.LongestPoll ? settings.LongestPoll
                : (wait > TimeSpan.Zero ? wait : TimeSpan.Zero) + TimeSpan.FromMilliseconds(1);
        }
    }

    private async Task StopAsync(DbContext db, string reason, CancellationToken cancellation)
    {
        if (StoppedBecause is null)
        {
            StoppedBecause = reason;
            await db.Set<ReceiptRow>().Where(row => row.Reader == Reader)
                .ExecuteUpdateAsync(row => row.SetProperty(set => set.StoppedBecause, reason), cancellation);
            LogStopped(participant.Code, Reader, reason);
        }
    }

    /// <summary>The reader stands where this journal can go on from: what it said before was wrong, or it was mended.</summary>
    private async Task GoOnAsync(DbContext db, long from, CancellationToken cancellation)
    {
        await db.Set<ReceiptRow>().Where(row => row.Reader == Reader)
            .ExecuteUpdateAsync(row => row.SetProperty(set => set.StoppedBecause, (string?)null), cancellation);
        Interlocked.Exchange(ref sent, from);
        StoppedBecause = null;
        LogGoesOn(participant.Code, Reader, from);
    }

    /// <summary>
    /// Whether the reader has said so before, lately, and the database says it already: nothing is read or written while all is quiet.
    /// </summary>
    private bool IsNoted(JournalEnd told) => StoppedBecause is null && noted.Told == told
        && noted.Position?.Sequence == Interlocked.Read(ref through)
        && participant.Clock.GetUtcNow().UtcDateTime - noted.At < settings.LongestUnnoted;

    private async Task LoadAsync(CancellationToken cancellation)
    {
        noted = default;
        await using var db = participant.Open();
        var receipt = await db.Set<ReceiptRow>().SingleOrDefaultAsync(row => row.Reader == Reader, cancellation);
        if (receipt is null)
        {
            receipt = new ReceiptRow { Reader = Reader, Hash = EntryChain.Origin, At = participant.Clock.GetUtcNow().UtcDateTime };
            db.Add(receipt);
            await db.SaveChangesAsync(cancellation);
        }

        StoppedBecause = receipt.StoppedBecause;
        Interlocked.Exchange(ref through, receipt.Through);
        // The last one again: its signature is the reader's proof of the end, and the key may have changed since.
        Interlocked.Exchange(ref sent, Math.Max(0, receipt.Through - 1));
    }

    private async Task SendPendingAsync(CancellationToken stop)
    {
        // What follows is read and sent while the broker confirms what went before.
        var confirming = Task.CompletedTask;
        try
        {
            while (StoppedBecause is null && !paused)
            {
                GoBackForReplay();
                var from = Interlocked.Read(ref sent);
                var limit = Math.Min(ReadAhead, Interlocked.Read(ref through) + settings.Window - from);
                if (limit <= 0
                    || await participant.Outgoing.ReadAsync(from, (int)limit, stop) is not { Rows: { Count: > 0 } rows } outgoing)
                {
                    return;
                }

                (var before, confirming) = (confirming, PublishAsync(outgoing, stop));
                // A receipt that moved back meanwhile wins.
                Interlocked.CompareExchange(ref sent, rows[^1].Sequence, from);
                await before;
                if (rows.Count < limit)
                {
                    return;
                }
            }
        }
        finally
        {
            await confirming;
        }
    }

    private void GoBackForReplay()
    {
        lock (wake)
        {
            var now = participant.Clock.GetUtcNow();
            if (replayAfter is { } after && now >= replayAt)
            {
                Interlocked.Exchange(ref sent, Math.Min(after, Interlocked.Read(ref sent)));
                (replayAfter, replayAt) = (null, now + FederationLimits.ReplayPause);
            }
        }
    }

    private async Task PublishAsync(Outgoing outgoing, CancellationToken stop)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stop);
        timeout.CancelAfter(settings.PublishTimeout);
        var spans = outgoing.Rows.Select(Span).ToList();
        List<Task> sending;
        using (FederationTelemetry.Step("publish", participant.Code))
        {
            sending = [.. outgoing.Messages.Select(message => bus.SendAsync(participant.Code, Reader, message, timeout.Token))];
            FederationTelemetry.Sent.Add(sending.Count, FederationTelemetry.Of(participant.Code, participant.Code));
        }

        using (FederationTelemetry.Step("confirm", participant.Code))
        {
            await Task.WhenAll(sending);
        }

        spans.ForEach(span => span?.Dispose());
    }

    private static Activity? Span(JournalRow row)
    {
        // Reading the entry costs as much as sending it, so it is read only for listeners.
        var span = !FederationTelemetry.HasListeners ? null
            : FederationTelemetry.Start("relay", ActivityKind.Producer, EntryChain.Read(row.Text).Traceparent);
        return span?.SetTag("sequence", row.Sequence);
    }

    private async Task SendHeartbeatAsync(CancellationToken stop)
    {
        await using var db = participant.Open();
        var head = await db.Set<JournalHead>().AsNoTracking().SingleAsync(stop);
        if (head.Sequence > Interlocked.Read(ref sent))
        {
            // The safety net: there is something to send that this relay has not been told of.
            Wake();
        }

        var now = participant.Clock.GetUtcNow().UtcDateTime;
        var heartbeat = participant.Key.Sign(new Heartbeat
        {
            Journal = participant.Code,
            From = participant.Code,
            Epoch = head.Epoch,
            Keyid = "",
            Id = Guid.NewGuid().ToString(),
            Sequence = head.Sequence,
            Hash = head.Hash,
            Time = now.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            Software = settings.Software,
        });
        lastHeartbeat = heartbeat.Id;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stop);
        timeout.CancelAfter(settings.PublishTimeout);
        await bus.SendAsync(participant.Code, Reader, new FederationMessage { Heartbeat = heartbeat }, timeout.Token);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Participant} could not reach {Reader}; it goes on from {Through}: {Reason}")]
    private partial void LogFailed(string participant, string reader, long through, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Participant} has stopped sending to {Reader}: {Reason}")]
    private partial void LogStopped(string participant, string reader, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Participant} sends to {Reader} again, from {Through}")]
    private partial void LogGoesOn(string participant, string reader, long through);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Reader} was restored: {Participant} goes back from {Known} to {Through}")]
    private partial void LogMovedBack(string participant, string reader, long known, long through);
}
