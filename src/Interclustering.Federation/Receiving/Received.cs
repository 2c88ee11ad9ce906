using Interclustering.Contracts;

namespace Interclustering.Federation.Receiving;

/// <summary>A message that has arrived.</summary>
/// <param name="Message">What it says.</param>
/// <param name="Sender">The sender that the broker knows; null or empty where it knows none.</param>
/// <param name="Done">Ends once it is committed or dropped.</param>
/// <param name="Refusal">Why the transport refused it; null when it did not.</param>
internal sealed record Received(FederationMessage Message, string? Sender, TaskCompletionSource Done, string? Refusal = null)
{
    /// <summary>Whom it is from, and why it is refused; null where it was not checked at its arrival.</summary>
    public (string From, string? Refusal)? Checked { get; init; }

    /// <summary>Entries that it carries.</summary>
    public int Entries => Message.Segment?.Entries?.Count ?? 0;

    /// <summary>The sender that the broker has checked; without a broker the one that the message names. Messages queue by it.</summary>
    public string From => Sender is { Length: > 0 } sender ? sender
        : Message.Segment?.Journal ?? Message.Heartbeat?.From ?? Message.Receipt?.From ?? Message.ReplayRequest?.From ?? "";
}
