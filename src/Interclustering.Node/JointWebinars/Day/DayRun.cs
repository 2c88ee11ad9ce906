using System.Globalization;
using Interclustering.Contracts;
using Interclustering.JointWebinars;

namespace Interclustering.Node.JointWebinars.Day;

/// <summary>Where a line of the run stands.</summary>
public enum LineState
{
    /// <summary>Another one has begun since.</summary>
    Done,

    /// <summary>It has begun, and none after it.</summary>
    Now,

    /// <summary>It comes next.</summary>
    Next,

    /// <summary>It comes later.</summary>
    Later,
}

/// <summary>A line of the run, planned against actual.</summary>
/// <param name="Line">As it is planned.</param>
/// <param name="Planned">When it is to begin, in Paris.</param>
/// <param name="Begun">When it has begun, in Paris; null while it has not.</param>
/// <param name="Expected">When it will begin as things go: as much later as what is going on; null for what has begun.</param>
/// <param name="State">Where it stands.</param>
public sealed record DayLine(RunLine Line, DateTime Planned, DateTime? Begun, DateTime? Expected, LineState State);

/// <summary>The day of a joint webinar as it goes: what is going on, what comes next, and how late it is.</summary>
/// <param name="Lines">In the order of the plan.</param>
/// <param name="Start">Of the webinar, in Paris.</param>
/// <param name="End">As planned, in Paris.</param>
/// <param name="Now">In Paris.</param>
public sealed record DayRun(IReadOnlyList<DayLine> Lines, DateTime Start, DateTime End, DateTime Now)
{
    public DayLine? Current => Lines.FirstOrDefault(line => line.State == LineState.Now);

    public DayLine? Next => Lines.FirstOrDefault(line => line.State == LineState.Next);

    /// <summary>It is the day itself: what begins can be noted.</summary>
    public bool IsToday => Start.Date == Now.Date;

    /// <summary>Minutes; negative for what is ahead of its time; null before anything has begun.</summary>
    public int? Late => Current is { Begun: { } begun } current ? (int)Math.Round((begun - current.Planned).TotalMinutes) : null;

    /// <summary>Pure. Of a chosen slot only.</summary>
    public static DayRun Of(Dossier dossier, DateTime nowInParis)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        var start = Dossier.TimeOf(dossier.Slot!);
        var planned = dossier.Run.Select(line => (Line: line, At: start.AddMinutes(line.Minute), Begun: BegunOf(line, start))).ToList();
        // The last that has begun, whatever was passed over before it.
        var current = planned.FindLastIndex(line => line.Begun is not null);
        var shift = current < 0 ? TimeSpan.Zero : planned[current].Begun!.Value - planned[current].At;
        var late = shift > TimeSpan.Zero ? shift : TimeSpan.Zero;
        return new DayRun(
            [.. planned.Select((line, index) => new DayLine(line.Line, line.At, line.Begun, index > current ? line.At + late : null,
                index < current ? LineState.Done : index == current ? LineState.Now
                    : index == current + 1 ? LineState.Next : LineState.Later))],
            start, start.AddMinutes(dossier.Proposal.Minutes), nowInParis);
    }

    /// <summary>Of another day than the slot's it says nothing: the webinar was moved since.</summary>
    private static DateTime? BegunOf(RunLine line, DateTime start) =>
        DateTime.TryParseExact(line.BegunAt, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var begun)
            && begun.Date == start.Date ? begun : null;
}
