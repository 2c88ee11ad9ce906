using System.Collections.Concurrent;
using Interclustering.Federation.Bus;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Liveness;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Federation.Hosting;

/// <summary>
/// What is wrong now, from what each participant has and does, not from what a library says of itself: a bus calls itself healthy while
/// an alarm blocks every publish.
/// </summary>
public sealed class Problems(
    IEnumerable<HostedParticipant> hosted, FederationHost host, FederationBus bus, BusSettings broker, IEnumerable<IFindProblems> parts,
        FederationSettings settings, TimeProvider clock)
{
    private static readonly TimeSpan LongestKept = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, Kept> kept = [];
    private readonly ConcurrentDictionary<Relay, DateTimeOffset> mute = [];

    /// <summary>Everything that is wrong; empty when all is well.</summary>
    public Task<IReadOnlyList<Problem>> FindAsync(CancellationToken cancellation) => FindAsync(asksAgain: true, cancellation);

    /// <param name="asksAgain">False: a database that has changed nothing since it was asked is asked again after ten seconds.</param>
    /// <param name="cancellation">Ends it.</param>
    internal async Task<IReadOnlyList<Problem>> FindAsync(bool asksAgain, CancellationToken cancellation)
    {
        var found = new List<Problem>();
        if (host.Waiting is { } waiting)
        {
            found.Add(new Problem("", "waiting", waiting, Severity.Notice));
        }
        else if (bus.Failure is { } failure)
        {
            found.Add(new Problem("", "bus", "The bus does not work.", Severity.Blocked, failure));
        }

        if (host.Failure is { } broken)
        {
            found.Add(new Problem("", "reading", "A part of the federation failed, and begins again.", Severity.Blocked, broken));
        }

        foreach (var each in hosted)
        {
            found.AddRange(Work(each));
            found.AddRange(Refused(each));
            found.AddRange(Alone(each.Participant));
            found.AddRange(await StateAsync(each, asksAgain, cancellation));
        }

        foreach (var part in parts)
        {
            found.AddRange(await part.FindAsync(cancellation));
        }

        return found;
    }

    private IEnumerable<Problem> Work(HostedParticipant each)
    {
        foreach (
            var relay in each.Relays.Where(relay => relay.FailingSince is { } since && clock.GetUtcNow() - since > settings.PublishTimeout))
        {
            yield return new Problem(
                each.Participant.Code, "sending", $"Nothing can be sent to {relay.Reader} since {relay.FailingSince:u}.", Severity.Blocked,
                    relay.Failure)
            {
                About = relay.Reader,
            };
        }

        if (each.Inbox.BusySince is { } busy && clock.GetUtcNow() - busy > settings.Silence)
        {
            yield return new Problem(each.Participant.Code, "reading", $"What arrived at {busy:u} is still not taken in.",
                Severity.Blocked);
        }
    }

    private IEnumerable<Problem> Refused(HostedParticipant each) => each.Inbox.Refused
        .Where(refused => clock.GetUtcNow() - refused.At < settings.Silence).Select(refused => new Problem(
            each.Participant.Code, "refused", $"Messages of {refused.From} are refused, the last at {refused.At:u}: {refused.Reason}.",
            Severity.Notice)
        {
            About = refused.From,
        });

    /// <summary>A bus in memory reaches this process only.</summary>
    private IEnumerable<Problem> Alone(Participant participant)
    {
        var away = broker.Host is not null ? [] : participant.Peers.Except(hosted.Select(each => each.Participant.Code)).ToList();
        if (away.Count > 0)
        {
            yield return new Problem(
                participant.Code, "alone", $"The bus is in memory (Bus:Transport), and {string.Join(", ", away)} run elsewhere: nothing "
                + "reaches them.", away.Count == participant.Peers.Count ? Severity.Blocked : Severity.Notice);
        }
    }

    private async Task<IReadOnlyList<Problem>> StateAsync(HostedParticipant each, bool asksAgain, CancellationToken cancellation)
    {
        var participant = each.Participant;
        try
        {
            var (stopped, cursors) = await PositionsAsync(participant, asksAgain, cancellation);
            return
            [
                .. stopped.Select(row => new Problem(
                    participant.Code, "stopped", $"Nothing is sent to {row.Reader} now: {row.StoppedBecause}.", Severity.Blocked)
                {
                    About = row.Reader,
                }),
                .. cursors.Where(cursor => participant.Peers.Contains(cursor.Journal)).SelectMany(cursor => Of(participant.Code, cursor)
                    .Select(problem => problem with { About = cursor.Journal })),
                .. Unconfirmed(each, cursors),
            ];
        }
        catch (Exception exception) when (DatabaseFailure.Is(exception))
        {
            return [new Problem(participant.Code, "database", "The database does not answer.", Severity.Blocked, exception.Message)];
        }
    }

    /// <summary>
    /// A reader that sends, and answers no heartbeat: it refuses them, and only its own operators are told. One reader of several
    /// keeps the others from nothing. One that has just come back is given time to answer.
    /// </summary>
    private IEnumerable<Problem> Unconfirmed(HostedParticipant each, IReadOnlyList<ReplicaCursor> cursors)
    {
        var now = clock.GetUtcNow();
        foreach (var relay in each.Relays)
        {
            if (relay.UnansweredSince is not { } since || now - since < settings.Silence
                || !cursors.Any(cursor => cursor.Journal == relay.Reader && now.UtcDateTime - cursor.HeardAt < settings.Silence))
            {
                mute.TryRemove(relay, out _);
            }
            else if (now - mute.GetOrAdd(relay, now) >= 3 * settings.Heartbeat)
            {
                yield return new Problem(
                    each.Participant.Code, "unconfirmed", $"{relay.Reader} is heard of and has confirmed nothing since {since:u}: it may "
                    + "refuse the signature. Compare the key with the one in its directory.",
                    each.Relays.Count == 1 ? Severity.Blocked : Severity.Notice)
                {
                    About = relay.Reader,
                };
            }
        }
    }

    private async Task<(IReadOnlyList<ReceiptRow> Stopped, IReadOnlyList<ReplicaCursor> Cursors)> PositionsAsync(
        Participant participant, bool asksAgain, CancellationToken cancellation)
    {
        var last = kept.GetOrAdd(participant.Code, _ => new Kept(participant.Journal));
        if (!asksAgain && !last.IsOutdated && clock.GetUtcNow() - last.At < LongestKept)
        {
            return last.Positions;
        }

        // Before it is read: what is committed meanwhile is read the next time.
        last.IsOutdated = false;
        await using var db = participant.Open();
        last.Positions = (
            await db.Set<ReceiptRow>().AsNoTracking().Where(row => row.StoppedBecause != null).ToListAsync(cancellation),
            await db.Set<ReplicaCursor>().AsNoTracking().ToListAsync(cancellation));
        last.At = clock.GetUtcNow();
        return last.Positions;
    }

    private IEnumerable<Problem> Of(string code, ReplicaCursor cursor)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (cursor.StoppedBecause is { } reason)
        {
            yield return new Problem(code, "stopped", $"{cursor.Journal} is not followed any more: {reason}.", Severity.Blocked);
        }

        if (cursor.HeardAt is { } heard && now - heard > settings.Silence)
        {
            yield return new Problem(code, "silence", $"Nothing was heard of {cursor.Journal} since {heard:u}.", Severity.Notice);
        }
        else if (cursor.HeardAt is null && host.Since is { } since && now - since.UtcDateTime > settings.Silence && broker.Host is not null)
        {
            yield return new Problem(
                code, "silence", $"Nothing was ever heard of {cursor.Journal}: it does not run, its keys are not those of the directory, "
                + "or the broker lets nothing through.", Severity.Notice);
        }

        var lag = cursor.Announced - cursor.Sequence;
        if (lag > settings.MostLag || (lag > 0 && now - (cursor.AdvancedAt ?? now) > settings.Silence))
        {
            yield return new Problem(code, "lag", $"{lag} entries of {cursor.Journal} are announced and not here yet.", Severity.Notice);
        }
    }

    /// <summary>What a participant's database said last.</summary>
    private sealed class Kept
    {
        public Kept(Journal journal) => journal.Appended += () => IsOutdated = true;

        public volatile bool IsOutdated = true;

        public DateTimeOffset At { get; set; }

        public (IReadOnlyList<ReceiptRow> Stopped, IReadOnlyList<ReplicaCursor> Cursors) Positions { get; set; }
    }
}
