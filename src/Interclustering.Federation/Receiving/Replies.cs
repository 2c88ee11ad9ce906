using Interclustering.Contracts;
using Interclustering.Federation.Bus;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Replicas;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Interclustering.Federation.Receiving;

/// <summary>
/// What a reader sends to the owner of a journal: receipts, requests for replay, and the owner's own entries when it has lost them. A lost
/// one is sent again with the next heartbeat or the next gap, so sending has a timeout and no retry.
/// </summary>
internal sealed partial class Replies(Participant participant, FederationBus bus, FederationSettings settings, ILogger logger)
{
    private readonly DueReceipts due = new();

    /// <summary>
    /// Does not wait for the broker's confirm: the next entries are ingested meanwhile. Of each journal one receipt is on its way at a
    /// time, and of those that become due only the last follows it.
    /// </summary>
    /// <param name="buffer">Of the journal.</param>
    /// <param name="heartbeat">The id of the heartbeat that this answers; null when it answers entries.</param>
    /// <param name="stop">Ends it.</param>
    public async Task SendReceiptAsync(ReorderBuffer buffer, string? heartbeat, CancellationToken stop)
    {
        var position = buffer.Ingested ?? await PositionAsync(buffer.Journal, stop);
        if (due.Put(buffer.Journal, new DueReceipt(position, heartbeat)))
        {
            _ = SendDueAsync(buffer.Journal, stop);
        }
    }

    private async Task<JournalEnd> PositionAsync(string journal, CancellationToken stop)
    {
        await using var db = participant.Open();
        return await db.Set<ReplicaCursor>().Where(row => row.Journal == journal)
            .Select(row => new JournalEnd(row.Epoch, row.Sequence, row.Hash)).SingleAsync(stop);
    }

    private async Task SendDueAsync(string journal, CancellationToken stop)
    {
        try
        {
            while (due.Take(journal) is { } receipt)
            {
                await SendAsync(journal, new FederationMessage { Receipt = Sign(journal, receipt) }, stop);
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            due.Fail(journal);
            if (!stop.IsCancellationRequested)
            {
                LogSendFailed(exception, participant.Code, journal);
            }
        }
    }

    private Receipt Sign(string journal, DueReceipt receipt) => participant.Key.Sign(new Receipt
    {
        Journal = journal,
        From = participant.Code,
        Epoch = receipt.Position.Epoch,
        Keyid = "",
        Through = receipt.Position.Sequence,
        Hash = receipt.Position.Hash,
        Heartbeat = receipt.Heartbeat,
    });

    public async Task AskReplayAsync(ReorderBuffer buffer, long after, CancellationToken stop)
    {
        buffer.Asked();
        FederationTelemetry.Replays.Add(1, FederationTelemetry.Of(participant.Code, buffer.Journal));
        LogReplayAsked(participant.Code, buffer.Journal, after, buffer.Announced);
        await using var db = participant.Open();
        var epoch = await db.Set<ReplicaCursor>().Where(row => row.Journal == buffer.Journal).Select(row => row.Epoch).SingleAsync(stop);
        var request = participant.Key.Sign(new ReplayRequest
        {
            Journal = buffer.Journal,
            From = participant.Code,
            Epoch = epoch,
            Keyid = "",
            After = Math.Max(0, after),
        });
        await SendAsync(buffer.Journal, new FederationMessage { ReplayRequest = request }, stop);
    }

    /// <summary>The owner of a journal has lost entries, and asks for its own back.</summary>
    public async Task ReturnEntriesAsync(ReorderBuffer buffer, CancellationToken stop)
    {
        var request = buffer.ToReturn(FederationLimits.ReturnPause);
        if (await Replica.ReturnAsync(participant, request.Journal, request.After, stop) is { } segment)
        {
            await SendAsync(request.From, new FederationMessage { Segment = segment }, stop);
        }
    }

    private async Task SendAsync(string to, FederationMessage message, CancellationToken stop)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stop);
        timeout.CancelAfter(settings.PublishTimeout);
        try
        {
            await bus.SendAsync(participant.Code, to, message, timeout.Token);
        }
        catch (Exception exception) when (!stop.IsCancellationRequested && SendFailure.Is(exception))
        {
            LogSendFailed(exception, participant.Code, to);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Participant} asks {Journal} for replay after {Watermark} of {Announced}")]
    private partial void LogReplayAsked(string participant, string journal, long watermark, long announced);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Participant} could not send to {To}; it is sent again later")]
    private partial void LogSendFailed(Exception exception, string participant, string to);
}
