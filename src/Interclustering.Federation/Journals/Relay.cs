using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Text;
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
public sealed partial class Relay(Participant participant, string reader, FederationBus bus, FederationSettings settings, ILogger<Relay> logger)
    : IDisposable
{
    private const int ReadAhead = 500;
    private readonly SemaphoreSlim wake = new(0);
    private long through;
    private long sent;
    private string? lastHeartbeat;
    private long? replayAfter;

    public string Reader { get; } = reader;

    /// <summary>Why this relay has stopped; null while it runs. Only an operator's recovery starts it again.</summary>
    public string? StoppedBecause { get; private set; }

    public async Task RunAsync(CancellationToken stop)
    {
        participant.Journal.Appended += Wake;
        var heartbeatAt = participant.Clock.GetUtcNow();
        var pause = TimeSpan.FromMilliseconds(500);
        await LoadAsync(stop);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await SendPendingAsync(stop);
                if (participant.Clock.GetUtcNow() >= heartbeatAt)
                {
                    heartbeatAt = participant.Clock.GetUtcNow() + settings.Heartbeat;
                    await SendHeartbeatAsync(stop);
                }

                pause = TimeSpan.FromMilliseconds(500);
                await wake.WaitAsync(settings.Poll, stop);
            }
            catch (Exception exception) when (!stop.IsCancellationRequested && (SendFailure.Is(exception) || exception is DbException))
            {
                LogFailed(exception, participant.Code, Reader, Interlocked.Read(ref through));
                Interlocked.Exchange(ref sent, Interlocked.Read(ref through));
                await Task.Delay(pause, participant.Clock, stop);
                pause = pause < TimeSpan.FromSeconds(4) ? pause * 2 : pause;
            }
        }
    }

    /// <summary>A lower position counts only in the answer to the latest heartbeat: a restored reader. Late receipts arrive in any order.</summary>
    public async Task AcceptAsync(Receipt receipt, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        var answersLatest = receipt.Heartbeat is not null && receipt.Heartbeat == lastHeartbeat;
        var known = Interlocked.Read(ref through);
        if (receipt.Through < known && !answersLatest)
        {
            return;
        }

        await using var db = participant.Open();
        if (receipt.Through > 0 && !await IsOwnAsync(db, receipt, cancellation))
        {
            StoppedBecause ??= $"{Reader} holds entries that this journal does not have, through {receipt.Through}";
            LogStopped(participant.Code, Reader, StoppedBecause);
            return;
        }

        var at = participant.Clock.GetUtcNow().UtcDateTime;
        await db.Set<ReceiptRow>().Where(row => row.Reader == Reader).ExecuteUpdateAsync(
            row => row.SetProperty(next => next.Through, receipt.Through).SetProperty(next => next.Hash, receipt.Hash)
                .SetProperty(next => next.At, at),
            cancellation);
        Interlocked.Exchange(ref through, receipt.Through);
        if (receipt.Through < known)
        {
            LogMovedBack(participant.Code, Reader, known, receipt.Through);
            Interlocked.Exchange(ref sent, receipt.Through);
        }

        Wake();
    }

    /// <summary>Sends again what follows a position; requests that overlap are one.</summary>
    public void Replay(ReplayRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        lock (wake)
        {
            replayAfter = Math.Min(replayAfter ?? long.MaxValue, request.After);
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

    private static async Task<bool> IsOwnAsync(DbContext db, Receipt receipt, CancellationToken cancellation)
    {
        var head = await db.Set<JournalHead>().AsNoTracking().SingleAsync(cancellation);
        return head.Epoch == receipt.Epoch
            && await db.Set<JournalRow>().AnyAsync(row => row.Sequence == receipt.Through && row.Hash == receipt.Hash, cancellation);
    }

    private async Task LoadAsync(CancellationToken cancellation)
    {
        await using var db = participant.Open();
        var receipt = await db.Set<ReceiptRow>().SingleOrDefaultAsync(row => row.Reader == Reader, cancellation);
        if (receipt is null)
        {
            receipt = new ReceiptRow { Reader = Reader, Hash = EntryChain.Origin, At = participant.Clock.GetUtcNow().UtcDateTime };
            db.Add(receipt);
            await db.SaveChangesAsync(cancellation);
        }

        through = sent = receipt.Through;
    }

    private async Task SendPendingAsync(CancellationToken stop)
    {
        while (StoppedBecause is null)
        {
            lock (wake)
            {
                if (replayAfter is { } after && after < Interlocked.Read(ref sent))
                {
                    Interlocked.Exchange(ref sent, after);
                }

                replayAfter = null;
            }

            var from = Interlocked.Read(ref sent);
            var limit = Math.Min(ReadAhead, Interlocked.Read(ref through) + settings.Window - from);
            if (limit <= 0)
            {
                return;
            }

            var (epoch, rows) = await ReadAsync(from, (int)limit, stop);
            if (rows.Count == 0)
            {
                return;
            }

            await PublishAsync(epoch, rows, stop);
            // A receipt that moved back meanwhile wins.
            Interlocked.CompareExchange(ref sent, rows[^1].Sequence, from);
        }
    }

    private async Task<(string Epoch, List<JournalRow> Rows)> ReadAsync(long after, int limit, CancellationToken cancellation)
    {
        await using var db = participant.Open();
        var rows = await db.Set<JournalRow>().AsNoTracking().Where(row => row.Sequence > after).OrderBy(row => row.Sequence)
            .Take(limit).ToListAsync(cancellation);
        return (rows.Count == 0 ? "" : EntryChain.Read(rows[0].Text).Epoch, rows);
    }

    private async Task PublishAsync(string epoch, List<JournalRow> rows, CancellationToken stop)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stop);
        timeout.CancelAfter(settings.PublishTimeout);
        var spans = rows.ConvertAll(Span);
        await Task.WhenAll(Segments.Cut(participant, epoch, rows).Select(
            segment => bus.SendAsync(participant.Code, Reader, new FederationMessage { Segment = segment }, timeout.Token)));
        spans.ForEach(span => span?.Dispose());
    }

    private static Activity? Span(JournalRow row)
    {
        // Reading the entry costs as much as sending it: only where somebody listens.
        var span = !FederationTelemetry.HasListeners ? null
            : FederationTelemetry.Start("relay", ActivityKind.Producer, EntryChain.Read(row.Text).Traceparent);
        return span?.SetTag("sequence", row.Sequence);
    }

    private async Task SendHeartbeatAsync(CancellationToken stop)
    {
        await using var db = participant.Open();
        var head = await db.Set<JournalHead>().AsNoTracking().SingleAsync(stop);
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
        });
        lastHeartbeat = heartbeat.Id;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stop);
        timeout.CancelAfter(settings.PublishTimeout);
        await bus.SendAsync(participant.Code, Reader, new FederationMessage { Heartbeat = heartbeat }, timeout.Token);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Participant} could not reach {Reader}; it goes on from {Through}")]
    private partial void LogFailed(Exception exception, string participant, string reader, long through);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Participant} has stopped sending to {Reader}: {Reason}")]
    private partial void LogStopped(string participant, string reader, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Reader} was restored: {Participant} goes back from {Known} to {Through}")]
    private partial void LogMovedBack(string participant, string reader, long known, long through);
}

/// <summary>Cuts consecutive entries into signed segments of at most <see cref="EntryChain.MaxSegmentBytes"/>.</summary>
internal static class Segments
{
    // Room for the envelope, the signature, and the list of erased sequences.
    private const int Budget = EntryChain.MaxSegmentBytes - (8 * 1024);

    public static IEnumerable<JournalSegment> Cut(Participant participant, string epoch, IReadOnlyList<JournalRow> rows)
    {
        var start = 0;
        var bytes = 0;
        for (var index = 0; index < rows.Count; index++)
        {
            var size = Encoding.UTF8.GetByteCount(rows[index].Text);
            if (index > start && bytes + size > Budget)
            {
                yield return Sign(participant, epoch, rows.Skip(start).Take(index - start));
                (start, bytes) = (index, 0);
            }

            bytes += size;
        }

        yield return Sign(participant, epoch, rows.Skip(start));
    }

    private static JournalSegment Sign(Participant participant, string epoch, IEnumerable<JournalRow> rows)
    {
        var kept = rows.ToList();
        FederationTelemetry.Sent.Add(1, FederationTelemetry.Journal(participant.Code));
        return participant.Key.Sign(new JournalSegment
        {
            Journal = participant.Code,
            Epoch = epoch,
            Sequence = kept[^1].Sequence,
            Hash = kept[^1].Hash,
            Erased = [.. kept.Where(row => row.Erased).Select(row => row.Sequence)],
            Keyid = "",
            Signature = "",
            Entries = kept.ConvertAll(row => EntryChain.Read(row.Text)),
        });
    }
}
