using Interclustering.Content.Agreements;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Node.Agreements;
using Interclustering.Node.NationalView;
using Interclustering.Node.Publishing.Editor;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.CoOrganisers;

/// <summary>Something that was said of an event of several clusters, for this cluster's team.</summary>
/// <param name="What">Of what it tells: a team is told once of each.</param>
/// <param name="Sentence">What was said, in words.</param>
/// <param name="Title">Of the event.</param>
/// <param name="Path">Where it is answered or read, inside the workspace.</param>
/// <param name="At">When it was said, UTC.</param>
/// <param name="Waits">An answer of this cluster is waited for.</param>
internal sealed record AgreementNews(string What, string Sentence, string Title, string Path, DateTime At, bool Waits)
{
    /// <summary>Of events that are still to come.</summary>
    public static async Task<IReadOnlyList<AgreementNews>> ReadAsync(NodeContext db, NationalItems items, FederationDirectory directory,
        string own, DateOnly today, CancellationToken cancellation)
    {
        var agreements = await NodeAgreements.ReadAsync(db, cancellation);
        string NameOf(string code) => directory.Find(code)?.Name ?? code;
        return [.. await OfOthersAsync(db, items, agreements, own, today, cancellation),
            .. await OfOwnAsync(db, agreements, NameOf, own, today, cancellation)];
    }

    /// <summary>Events of other clusters that name this one.</summary>
    private static async Task<IEnumerable<AgreementNews>> OfOthersAsync(NodeContext db, NationalItems items, EventAgreements agreements,
        string own, DateOnly today, CancellationToken cancellation)
    {
        var quoted = $"\"{own}\"";
        var naming = await db.Publications.AsNoTracking().Where(row => row.Journal == FederationDirectory.HubCode && row.Data != null
            && row.Cluster != own && (row.Kind == Kinds.Event || row.Kind == Kinds.Webinar) && row.Data.Contains(quoted))
            .Select(row => row.Subject).ToListAsync(cancellation);
        var asked = agreements.WherePartOf(own);
        List<string> wanted = [.. naming.Union(asked)];
        return wanted.Count == 0 ? [] : (await items.ReadAsync(db, own, [Kinds.Event, Kinds.Webinar], cancellation, wanted))
            .Where(item => item is { Publication: Event, IsJoint: false } && item.Cluster.Code != own && item.NextDay(today) is not null)
            .Select(item => Of(item, CoOrganiserState.Of(agreements, item.Subject, (Event)item.Publication, own))).OfType<AgreementNews>();
    }

    private static AgreementNews? Of(NationalItem item, CoOrganiserState state)
    {
        var (owner, path) = (item.Cluster.Name, $"/national/lire/{item.Subject}#co-organisation");
        return state.Step switch
        {
            CoOrganiserStep.Asked => new($"asked {item.Subject}", T["{0} vous demande si vous co-organisez : acceptez ou déclinez", owner],
                item.Title, path, item.RevisedAt, Waits: true),
            CoOrganiserStep.Refused => new($"refused {item.Subject} {state.Said!.Revision}",
                T["{0} ne souhaite pas vous y faire figurer", owner], item.Title, path, item.RevisedAt, Waits: false),
            _ => null,
        };
    }

    private static async Task<IEnumerable<AgreementNews>> OfOwnAsync(NodeContext db, EventAgreements agreements,
        Func<string, string> nameOf, string own, DateOnly today, CancellationToken cancellation)
    {
        var about = agreements.EventsOf(own);
        var named = about.SelectMany(id => agreements.ClaimsAbout(id).Select(claim => EventAgreements.OtherOf(claim.Said, id))).ToList();
        // A claim about an event that is not published asks nothing.
        var known = (await db.Publications.AsNoTracking().Where(row => named.Contains(row.Subject) && row.Data != null
            && (row.Kind == Kinds.Event || row.Kind == Kinds.Webinar)).Select(row => row.Subject).ToListAsync(cancellation)).ToHashSet();
        var copies = await db.WorkingCopies.AsNoTracking().Where(row => about.Contains(row.Subject)
            && row.State == PublicationState.Published && (row.Kind == Kinds.Event || row.Kind == Kinds.Webinar)).ToListAsync(cancellation);
        return FaultIsolation.Shared.Each(copies, copy => (copy.Subject, copy.Version), copy =>
                Of(copy, agreements, known, nameOf, own, today))
            .SelectMany(news => news);
    }

    private static List<AgreementNews> Of(WorkingCopy copy, EventAgreements agreements, HashSet<string> known,
        Func<string, string> nameOf, string own, DateOnly today)
    {
        var item = (Event)PublicationText.Read(copy.Kind, copy.Data);
        if (EventTimes.Of(item, today).All(time => time.LastDay < today))
        {
            return [];
        }

        var (id, path) = (copy.Subject, $"/publications/{copy.Subject}#co-organisateurs");
        var news = new List<AgreementNews>();
        foreach (var state in CoOrganiserState.AllOf(agreements, id, item).Where(state => state.Said is not null))
        {
            var (name, said) = (nameOf(state.Cluster), state.Said!);
            var proposes = state.Corrections is { } corrections
                && (Corrections.Between(item, corrections).Count > 0 || corrections.Remark is not null);
            var sentence = state.Step switch
            {
                CoOrganiserStep.Asks => T["{0} demande à y figurer : acceptez ou refusez", name],
                CoOrganiserStep.Agreed when proposes => T["{0} propose des corrections : reprenez ce qui convient", name],
                CoOrganiserStep.Agreed => T["{0} accepte d’y figurer", name],
                CoOrganiserStep.Declined => T["{0} décline : le site national ne le nomme pas", name],
                _ => null,
            };
            if (sentence is not null)
            {
                news.Add(new($"said {said.Subject} {said.Said.Answer} {proposes} {said.At:yyyy-MM-dd}", sentence, item.Title, path, said.At,
                    Waits: proposes || state.Step == CoOrganiserStep.Asks));
            }
        }

        news.AddRange(agreements.ClaimsAbout(id).Where(claim => claim.Said.Same && claim.By != own
                && known.Contains(EventAgreements.OtherOf(claim.Said, id))
                && claim.By == Subjects.OwnerOf(EventAgreements.OtherOf(claim.Said, id))
                && agreements.ClaimOf(own, claim.Said.Event, claim.Said.Other)?.Said is var answer
                && (answer is null || (answer.Same && answer.Event != claim.Said.Event)))
            .Select(claim => new AgreementNews($"same {claim.By} {claim.Said.Event} {claim.Said.Other}",
                T["{0} dit que son événement est le même, et demande à y figurer", nameOf(claim.By)], item.Title,
                $"/publications/{id}#ensemble", claim.At, Waits: true)));
        return news;
    }
}
