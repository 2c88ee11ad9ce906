namespace Interclustering.Node.Mail;

/// <summary>A mail that waits to be sent, or was: queued in the transaction that it tells of.</summary>
public sealed class MailRow
{
    /// <summary>Also in the message's <c>Message-ID</c>, so that one that was sent twice is recognised.</summary>
    public required Guid Id { get; init; }
    public required string To { get; init; }
    public required string Subject { get; init; }

    /// <summary>Plain text; emptied once it is sent.</summary>
    public required string Text { get; set; }

    /// <summary>The same as HTML; emptied once it is sent.</summary>
    public required string Html { get; set; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>UTC: when it is tried next.</summary>
    public DateTime DueAt { get; set; }
    public int Attempts { get; set; }

    /// <summary>UTC; null until it was handed over.</summary>
    public DateTime? SentAt { get; set; }

    /// <summary>Why the last attempt failed.</summary>
    public string? Failure { get; set; }
}
