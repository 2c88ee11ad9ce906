namespace Interclustering.Contracts;

/// <summary>
/// What the owner of one of two events says of them: that they are one, or that they are not. Once both owners say that they are one, and
/// which of them stays, it is shown once, under both, at the address of <see cref="Event"/>. It lasts as long as both say so. Of several of
/// one cluster about the same two, the one with the last id counts. For the teams of all clusters:
/// nothing public shows the record itself.
/// </summary>
public sealed record SameEvent : Publication
{
    /// <summary>Id of the event or webinar that stays.</summary>
    public required string Event { get; init; }

    /// <summary>Id of the one that is shown as part of it.</summary>
    public required string Other { get; init; }

    /// <summary>Whether they are one.</summary>
    public required bool Same { get; init; }
}
