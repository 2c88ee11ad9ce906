using Interclustering.Contracts;

namespace Interclustering.Federation.Receiving;

/// <summary>
/// What the control messages of one participant in a batch come to: of each kind the last counts, so that many cost what one costs. Of
/// receipts the furthest counts, and the last that answers a heartbeat: that one alone may lead back.
/// </summary>
internal sealed class ControlOfBatch
{
    private int taken;
    private (Receipt? Receipt, int At) furthest, answer;

    public Heartbeat? Heartbeat { get; set; }

    /// <summary>Asks for our journal again.</summary>
    public ReplayRequest? Replay { get; set; }

    /// <summary>Asks for entries of its own journal.</summary>
    public ReplayRequest? Return { get; set; }

    /// <summary>Two at most, in the order in which they came.</summary>
    public IReadOnlyList<Receipt> Receipts =>
        [.. new[] { furthest, answer }.DistinctBy(each => each.At).OrderBy(each => each.At).Select(each => each.Receipt).OfType<Receipt>()];

    public void Take(Receipt receipt)
    {
        taken++;
        if (receipt.Through >= (furthest.Receipt?.Through ?? 0))
        {
            furthest = (receipt, taken);
        }

        if (receipt.Heartbeat is not null)
        {
            answer = (receipt, taken);
        }
    }
}
