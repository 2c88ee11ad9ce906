using Interclustering.Contracts;

namespace Interclustering.JointWebinars;

/// <summary>How a slot suits.</summary>
/// <param name="Slot">Its start.</param>
/// <param name="Can">Codes of the clusters that say yes.</param>
/// <param name="IfNeedBe">Of those that would come to it.</param>
/// <param name="Cannot">Of those that can't.</param>
/// <param name="Silent">Of those that have said nothing of it and have not declined.</param>
/// <param name="Clash">What else happens then: 0 for nothing, more for worse.</param>
public sealed record RankedSlot(
    CandidateSlot Slot, IReadOnlyList<string> Can, IReadOnlyList<string> IfNeedBe, IReadOnlyList<string> Cannot,
        IReadOnlyList<string> Silent, int Clash)
{
    /// <summary>Best first: fewest who can't, most who can, least else that day, then the earliest. Pure.</summary>
    /// <param name="dossier">As folded.</param>
    /// <param name="clash">What else happens at a start.</param>
    public static IReadOnlyList<RankedSlot> Of(Dossier dossier, Func<string, int> clash)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        ArgumentNullException.ThrowIfNull(clash);
        var concerned = dossier.Invited.Where(code => dossier.Answers.GetValueOrDefault(code)?.Answer.Joins != JoinAnswers.No).ToList();
        return
        [
            .. dossier.Slots.Select(slot =>
            {
                var said = concerned.ToLookup(code => dossier.Answers.GetValueOrDefault(code)?.On(slot.Start)
                    ?? (code == slot.By ? SlotAnswers.Yes : null));
                return new RankedSlot(slot, [.. said[SlotAnswers.Yes]], [.. said[SlotAnswers.IfNeedBe]], [.. said[SlotAnswers.No]],
                    [.. said[null]], clash(slot.Start));
            }).OrderBy(slot => slot.Cannot.Count).ThenByDescending(slot => slot.Can.Count).ThenByDescending(slot => slot.IfNeedBe.Count)
                .ThenBy(slot => slot.Clash)
                .ThenBy(slot => slot.Slot.Start, StringComparer.Ordinal),
        ];
    }
}
