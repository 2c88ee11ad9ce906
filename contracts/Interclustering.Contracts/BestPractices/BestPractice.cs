namespace Interclustering.Contracts;

/// <summary>A best-practice sheet: what a cluster has learnt, kept current by an owner.</summary>
public sealed record BestPractice : PublishedItem
{
    /// <summary>Id of the <see cref="Person"/> who keeps it current.</summary>
    public string? Owner { get; init; }

    /// <summary>Ids of <see cref="Person"/> entries to ask.</summary>
    public IReadOnlyList<string> Contacts { get; init; } = [];

    /// <summary>Date of the last reading by its owner, <c>2026-10-02</c>.</summary>
    public string? ReviewedOn { get; init; }

    /// <summary>Date by which it must be read again, <c>2027-10-02</c>.</summary>
    public string? ReviewBy { get; init; }

    /// <summary>Links to what lies elsewhere.</summary>
    public IReadOnlyList<Link> Attachments { get; init; } = [];

    /// <summary>Ids of sheets, events and webinars that belong to it.</summary>
    public IReadOnlyList<string> Related { get; init; } = [];
}
