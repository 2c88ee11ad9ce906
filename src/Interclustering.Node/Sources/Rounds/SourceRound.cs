using Interclustering.Contracts;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Sources.Reading;

namespace Interclustering.Node.Sources.Rounds;

/// <summary>What is to be done after a look at a source. Decided here without any effect.</summary>
internal sealed record SourceRound
{
    /// <summary>So many known items are needed before a loss of half of them is a doubt.</summary>
    private const int EnoughToDoubt = 4;

    /// <summary>Looks that must agree before an item has disappeared.</summary>
    private const int LooksThatAgree = 2;

    private readonly HashSet<string> renamed = [];

    /// <summary>New ones, and those that may have changed.</summary>
    public List<ImportedEvent> Publish { get; } = [];

    /// <summary>For an editor to accept.</summary>
    public List<ImportedEvent> Propose { get; } = [];

    /// <summary>Known items under another key.</summary>
    public List<(SourceItem Known, ImportedEvent Now)> Renamed { get; } = [];

    /// <summary>New ones that may be known items under another key.</summary>
    public List<(SourceItem Known, ImportedEvent Now)> Ask { get; } = [];

    /// <summary>Were not there this time: may have disappeared.</summary>
    public List<SourceItem> Missing { get; } = [];

    /// <summary>Have disappeared.</summary>
    public List<SourceItem> Gone { get; } = [];

    /// <summary>Over, or never accepted: nothing is done about them any more.</summary>
    public List<SourceItem> Forget { get; } = [];

    /// <summary>Why nothing may have disappeared; null where there is no doubt.</summary>
    public string? Doubt { get; private set; }

    /// <param name="propose">Whether an editor has to accept.</param>
    /// <param name="known">Items as they were at the last look.</param>
    /// <param name="read">What the source has now, each key once.</param>
    /// <param name="today">In Paris.</param>
    public static SourceRound Decide(bool propose, IReadOnlyList<SourceItem> known, IReadOnlyList<ImportedEvent> read, DateOnly today)
    {
        var round = new SourceRound();
        var byKey = known.ToDictionary(item => item.Key);
        var present = read.Select(item => item.Key).ToHashSet();
        var absent = known.Where(item =>
            !present.Contains(item.Key) && item.State is not (SourceItemState.AskGone or SourceItemState.Erased)).ToList();
        var followed = new Similarities<SourceItem>(absent.Where(item => item.State == SourceItemState.Followed).Select(item =>
            (item, Similarity.Of(EventOf(item)))).ToList());
        var added = read.Where(other => !byKey.ContainsKey(other.Key)).Select(other => (other, Similarity.Of(other.Event))).ToList();
        var others = new Similarities<ImportedEvent>(added);
        var similarity = added.ToDictionary(pair => pair.other.Key, pair => pair.Item2);
        foreach (var now in read)
        {
            if (byKey.GetValueOrDefault(now.Key) is { } item)
            {
                round.Again(propose, item, now);
            }
            else if (!IsOver(now.Event, today))
            {
                round.New(propose, now, similarity[now.Key], followed, others);
            }
        }

        var elsewhere = round.Renamed.Concat(round.Ask).Select(pair => pair.Known.Key).ToHashSet();
        round.Absent([.. absent.Where(item => !elsewhere.Contains(item.Key))], known, today);
        return round;
    }

    /// <summary>Nothing of it lies ahead: a source's past is not news.</summary>
    public static bool IsOver(Event item, DateOnly today) => EventTimes.Of(item).All(time => time.LastDay < today);

    public static Event EventOf(SourceItem item) => (Event)PublicationText.Read(Kinds.Event, item.Data);

    private void Again(bool propose, SourceItem item, ImportedEvent now)
    {
        var changed = PublicationText.Of(now.Event) != item.Data;
        switch (item.State)
        {
            case SourceItemState.AskSame:
                Ask.Add((new SourceItem { Source = item.Source, Key = item.LikelyKey ?? "", Title = item.Title, Data = item.Data }, now));
                break;
            case SourceItemState.Refused when !changed:
            case SourceItemState.Erased:
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
        Similarities<ImportedEvent> others)
    {
        var near = followed.Near(similarity).Where(known => !renamed.Contains(known.Item.Key)).ToList();
        var sure = near.Where(known => known.Similarity.IsSurely(similarity)).ToList();
        if (sure.Count == 1 && others.Near(sure[0].Similarity).Count(other => sure[0].Similarity.IsSurely(other.Similarity)) == 1)
        {
            Renamed.Add((sure[0].Item, now));
            renamed.Add(sure[0].Item.Key);
            return;
        }

        if (near.Where(known => known.Similarity.IsLikely(similarity)).Select(known => known.Item).FirstOrDefault() is { } likely)
        {
            Ask.Add((likely, now));
            return;
        }

        (propose ? Propose : Publish).Add(now);
    }

    private void Absent(List<SourceItem> absent, IReadOnlyList<SourceItem> known, DateOnly today)
    {
        var over = absent.Where(item => item.State != SourceItemState.Followed || IsOver(EventOf(item), today)).ToList();
        Forget.AddRange(over);
        var ahead = absent.Except(over).ToList();
        var alive = known.Count(item => item.State == SourceItemState.Followed) - over.Count(item =>
            item.State == SourceItemState.Followed);
        if (ahead.Count == 0)
        {
            return;
        }

        if (ahead.Count == alive || (alive >= EnoughToDoubt && ahead.Count * 2 > alive))
        {
            Doubt = ahead.Count == alive
                ? T["La source est soudain vide : rien n’est retiré."]
                : T["{0} événements sur {1} manquent d’un coup : rien n’est retiré.", ahead.Count, alive];
            return;
        }

        foreach (var item in ahead)
        {
            (item.Missing + 1 >= LooksThatAgree ? Gone : Missing).Add(item);
        }
    }
}
