using Interclustering.Contracts;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Sources.Reading;

namespace Interclustering.Node.Sources.Comparing;

/// <summary>An event that this cluster has published, and that another source or a member looks after.</summary>
/// <param name="Subject">The publication's id.</param>
/// <param name="Similarity">By which it is recognised.</param>
internal sealed record OwnEvent(string Subject, Similarity Similarity);

/// <summary>What is to be done after a poll of a source. Decided here without any effect.</summary>
internal sealed record SourceDiff
{
    /// <summary>With fewer followed items, losing more than half is not suspicious.</summary>
    private const int EnoughToDoubt = 4;

    /// <summary>Polls that must agree before an item has disappeared.</summary>
    private const int PollsThatAgree = 2;

    /// <summary>Polls that agree on a loss in doubt before a member is asked about it.</summary>
    private const int PollsBeforeAsking = 4;

    private readonly HashSet<string> renamed = [];

    /// <summary>New ones, and those that may have changed.</summary>
    public List<ImportedEvent> Publish { get; } = [];

    /// <summary>For an editor to accept.</summary>
    public List<ImportedEvent> Propose { get; } = [];

    /// <summary>Known items under another key.</summary>
    public List<(SourceItem Known, ImportedEvent Now)> Renamed { get; } = [];

    /// <summary>New ones that may be known items under another key, or publications of this cluster.</summary>
    public List<(string LikelyKey, ImportedEvent Now)> Ask { get; } = [];

    /// <summary>Were not there this time: may have disappeared.</summary>
    public List<SourceItem> Missing { get; } = [];

    /// <summary>Have disappeared.</summary>
    public List<SourceItem> Gone { get; } = [];

    /// <summary>The source still has them, and no longer for the public.</summary>
    public List<SourceItem> Hidden { get; } = [];

    /// <summary>Seem to have disappeared with too many others: a member decides.</summary>
    public List<SourceItem> AskGone { get; } = [];

    /// <summary>Over, or never accepted: nothing is done about them any more.</summary>
    public List<SourceItem> Forget { get; } = [];

    /// <summary>Followed items that lie ahead and were not there.</summary>
    public int Absent { get; private set; }

    /// <summary>Why nothing may have disappeared; null where there is no doubt.</summary>
    public string? Doubt { get; private set; }

    /// <param name="propose">Whether an editor has to accept.</param>
    /// <param name="known">Items as they were at the last poll.</param>
    /// <param name="own">What the cluster has published besides.</param>
    /// <param name="reading">What the source has now.</param>
    /// <param name="now">In Paris.</param>
    public static SourceDiff Decide(
        bool propose, IReadOnlyList<SourceItem> known, IReadOnlyList<OwnEvent> own, ImportDocument reading, DateTime now)
    {
        var (round, today) = (new SourceDiff(), DateOnly.FromDateTime(now));
        var byKey = known.ToDictionary(item => item.Key);
        var present = reading.Present();
        var absent = known.Where(item =>
            !present.Contains(item.Key) && item.State is not (SourceItemState.AskGone or SourceItemState.Erased)).ToList();
        var followed = new Similarities<SourceItem>(absent.Where(item => item.State == SourceItemState.Followed).Select(item =>
            (item, Similarity.Of(EventOf(item)))).ToList());
        var added = reading.Events.Where(other => !byKey.ContainsKey(other.Key)).Select(other => (other, Similarity.Of(other.Event)))
            .ToList();
        var others = new Similarities<ImportedEvent>(added);
        var published = new Similarities<OwnEvent>(own.Select(other => (other, other.Similarity)));
        var similarity = added.ToDictionary(pair => pair.other.Key, pair => pair.Item2);
        foreach (var item in reading.Events)
        {
            if (byKey.GetValueOrDefault(item.Key) is { } before)
            {
                round.Again(propose, before, item);
            }
            else if (!IsOver(item.Event, today))
            {
                round.New(propose, item, similarity[item.Key], followed, others, published);
            }
        }

        var elsewhere = round.Renamed.Select(pair => pair.Known.Key).Concat(round.Ask.Select(pair => pair.LikelyKey)).ToHashSet();
        var hidden = reading.LeftOut.Select(problem => problem.Key).ToHashSet();
        round.Hide([.. known.Where(item => hidden.Contains(item.Key))], known, today);
        round.Judge([.. absent.Where(item => !elsewhere.Contains(item.Key))], known, reading.Incomplete, now);
        return round;
    }

    /// <summary>Nothing of it lies ahead: a source's past is not news.</summary>
    public static bool IsOver(Event item, DateOnly today) => EventTimes.Of(item, today).All(time => time.LastDay < today);

    public static Event EventOf(SourceItem item) => (Event)PublicationText.Read(Kinds.Event, item.Data);

    private void Again(bool propose, SourceItem item, ImportedEvent now)
    {
        var changed = PublicationText.Of(now.Event) != item.Data;
        switch (item.State)
        {
            case SourceItemState.AskSame:
                Ask.Add((item.LikelyKey ?? "", now));
                break;
            case SourceItemState.Refused when !changed:
            case SourceItemState.Erased or SourceItemState.Elsewhere:
                break;
            case SourceItemState.Proposed:
                Propose.Add(now);
                break;
            case SourceItemState.Followed or SourceItemState.AskGone when !(propose && changed):
                Publish.Add(now);
                break;
            default:
                Propose.Add(now);
                break;
        }
    }

    private void New(bool propose, ImportedEvent now, Similarity similarity, Similarities<SourceItem> followed,
        Similarities<ImportedEvent> others, Similarities<OwnEvent> published)
    {
        var near = followed.Near(similarity).Where(known => !renamed.Contains(known.Item.Key)).ToList();
        if (SureOf(near, similarity, others) is { } known)
        {
            Renamed.Add((known, now));
            renamed.Add(known.Key);
        }
        else if (near.Where(other => other.Similarity.IsLikely(similarity)).Select(other => other.Item).FirstOrDefault() is { } likely)
        {
            Ask.Add((likely.Key, now));
        }
        else if (published.Near(similarity).Where(other => other.Similarity.IsSame(similarity)).Select(other => other.Item)
            .FirstOrDefault() is { } twin)
        {
            Ask.Add((SourceItem.OwnPublication + twin.Subject, now));
        }
        else
        {
            (propose ? Propose : Publish).Add(now);
        }
    }

    /// <summary>
    /// The one known item that this is under another key. What has the same title at the same time is it, also where a source gives new
    /// keys to a whole series of them.
    /// </summary>
    private static SourceItem? SureOf(
        List<(SourceItem Item, Similarity Similarity)> near, Similarity similarity, Similarities<ImportedEvent> others)
    {
        if (near.Find(known => known.Similarity.IsSame(similarity)).Item is { } same)
        {
            return same;
        }

        var sure = near.Where(known => known.Similarity.IsSurely(similarity)).ToList();
        return sure is [var only] && others.Near(only.Similarity).Count(other => only.Similarity.IsSurely(other.Similarity)) == 1
            ? only.Item : null;
    }

    /// <summary>
    /// What the source itself takes from the public is withdrawn at the same poll: nothing is announced as cancelled. When it is most of
    /// a source, a member decides: it may be a setting of the site.
    /// </summary>
    private void Hide(List<SourceItem> hidden, IReadOnlyList<SourceItem> known, DateOnly today)
    {
        Forget.AddRange(hidden.Where(item => item.State == SourceItemState.Proposed));
        var followed = hidden.FindAll(item => item.State == SourceItemState.Followed && !IsOver(EventOf(item), today));
        (IsMost(followed.Count, known.Count(item => item.State == SourceItemState.Followed)) ? AskGone : Hidden).AddRange(followed);
    }

    private static bool IsMost(int lost, int alive) => alive >= EnoughToDoubt && lost * 2 > alive;

    /// <summary>What is to be thought of items that were not there.</summary>
    private void Judge(List<SourceItem> absent, IReadOnlyList<SourceItem> known, string? incomplete, DateTime now)
    {
        var today = DateOnly.FromDateTime(now);
        var over = absent.Where(item => item.State != SourceItemState.Followed || IsOver(EventOf(item), today)).ToList();
        Forget.AddRange(over);
        // Lists of what is to come leave out what has begun.
        var ahead = absent.Except(over).Where(item => !HasBegun(EventOf(item), now)).ToList();
        Absent = ahead.Count;
        if (incomplete is not null)
        {
            Doubt = T["Relevé incomplet, rien n’est retiré. {0}", incomplete];
            return;
        }

        var alive = known.Count(item => item.State == SourceItemState.Followed)
            - over.Count(item => item.State == SourceItemState.Followed);
        if (IsMost(ahead.Count, alive))
        {
            Doubt = ahead.Count == alive
                ? T["Aucun des {0} événements suivis n’est plus dans la source : rien n’est retiré.", alive]
                : T["{0} événements sur {1} manquent d’un coup : rien n’est retiré.", ahead.Count, alive];
            Missing.AddRange(ahead);
            AskGone.AddRange(ahead.Where(item => item.Missing + 1 >= PollsBeforeAsking));
            return;
        }

        foreach (var item in ahead)
        {
            (item.Missing + 1 >= PollsThatAgree ? Gone : Missing).Add(item);
        }
    }

    /// <summary>One of its dates is going on, or has begun today.</summary>
    private static bool HasBegun(Event item, DateTime now) => EventTimes.Of(item, DateOnly.FromDateTime(now)).Any(time =>
        time.LastDay >= DateOnly.FromDateTime(now)
        && time.Day.ToDateTime(time.Start ?? TimeOnly.MinValue, DateTimeKind.Unspecified) <= now);
}
