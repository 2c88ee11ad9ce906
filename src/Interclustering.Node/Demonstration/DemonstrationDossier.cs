using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;
using Interclustering.Node.Workspace;

namespace Interclustering.Node.Demonstration;

/// <summary>
/// A joint webinar that is being agreed on, so that its pages have something to show: one cluster proposes, one has answered.
/// </summary>
public static class DemonstrationDossier
{
    private const string Lead = "pasca", Answered = "tenlog", Title = "Le froid à quai, hiver comme été (démonstration)";

    /// <summary>Journals what the hosted ones of the two clusters say.</summary>
    public static async Task SeedAsync(IReadOnlyList<NodeInstance> nodes, DateOnly today, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        var (id, days) = (Subjects.Mint(Lead), new DemonstrationDays(today));
        IReadOnlyList<string> slots = [
            .. new[] { (7, 1), (7, 3), (8, 1) }.Select(place => $"{DemonstrationDays.Write(days.Day(place.Item1, place.Item2))}T11:00:00")];
        var proposal = new WebinarProposal(Title, 60, [.. nodes.Select(node => node.Code).Where(code => code != Lead)], slots,
            DemonstrationDays.Write(days.Day(2, 4)))
        {
            Pitch = "Trois régions racontent comment elles tiennent la température à quai : ce qui a marché, ce que cela a coûté. Contenu "
                + "de démonstration.",
            Themes = [KnownThemes.Ecology, KnownThemes.Resilience],
            Audiences = [Audiences.Shippers, Audiences.Carriers],
            Wanted = [WebinarRoles.Speaker, WebinarRoles.Moderator],
        };
        var answer = new ClusterAnswer(
            JoinAnswers.Yes, [new SlotAnswer(slots[0], SlotAnswers.Yes), new SlotAnswer(slots[1], SlotAnswers.IfNeedBe),
            new SlotAnswer(slots[2], SlotAnswers.No)])
        {
            Brings = [new Contribution(WebinarRoles.Speaker, [])],
            Remark = "Nous avons un retour d’expérience à présenter.",
        };
        foreach (var (code, fact) in new[]
        {
            (Lead, new JointWebinarFact { Nonce = Nonce.Create(), Dossier = id, Fact = JointWebinarFacts.Proposed, Proposal = proposal }),
            (Answered, new JointWebinarFact { Nonce = Nonce.Create(), Dossier = id, Fact = JointWebinarFacts.Answered, Answer = answer }),
        })
        {
            if (nodes.FirstOrDefault(node => node.Code == code) is { } node)
            {
                await RecordAsync(node, fact, cancellation);
            }
        }
    }

    private static async Task RecordAsync(NodeInstance node, JointWebinarFact fact, CancellationToken cancellation)
    {
        await using var db = node.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await node.Journal.AppendAsync(
            db, [new JournalDraft(Kinds.JointWebinarFact, Subjects.Mint(node.Code), 1,
            JsonSerializer.Serialize(fact, ContractJson.Options))], cancellation);
        await transaction.CommitAsync(cancellation);
        node.Journal.NotifyCommitted();
    }
}
