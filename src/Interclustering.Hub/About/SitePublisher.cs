namespace Interclustering.Hub.About;

/// <summary>
/// Who publishes the national site and runs it: what its legal pages have to say. What is null is shown as still to be completed.
/// </summary>
public sealed record SitePublisher
{
    /// <summary>Name, legal form, postal address, registration number; several lines.</summary>
    public string? Publisher { get; init; }

    /// <summary>Who answers for what is published (« directeur ou directrice de la publication »).</summary>
    public string? Director { get; init; }

    /// <summary>Name, postal address and telephone of who hosts the server; several lines.</summary>
    public string? Host { get; init; }

    /// <summary>E-mail address for readers.</summary>
    public string? Contact { get; init; }

    /// <summary>E-mail address for questions about personal data; <see cref="Contact"/> where absent.</summary>
    public string? DataProtection { get; init; }

    /// <summary>What an audit by the RGAA has found; null before there was one.</summary>
    public AccessibilityLevel? Accessibility { get; init; }

    /// <summary>Who has audited, when, and the rate found; several lines.</summary>
    public string? AccessibilityAudit { get; init; }
}

/// <summary>The three states that an accessibility statement by the RGAA knows.</summary>
public enum AccessibilityLevel
{
    None,
    Partial,
    Full,
}
