namespace Interclustering.Contracts;

/// <summary>
/// CloudEvents types of journal entries: <c>fr.interclustering.&lt;kind&gt;.v&lt;n&gt;</c>. A kind not listed here is kept and handed on.
/// </summary>
public static class Kinds
{
    public const string Event = "event";
    public const string Webinar = "webinar";
    public const string BestPractice = "best-practice";
    public const string Person = "person";

    /// <summary>For the teams of all clusters only. See <see cref="Contracts.DateHold"/>.</summary>
    public const string DateHold = "date-hold";

    /// <summary>For the teams of all clusters only. See <see cref="Contracts.CoOrganisation"/>.</summary>
    public const string CoOrganisation = "co-organisation";

    /// <summary>For the teams of all clusters only. See <see cref="Contracts.SameEvent"/>.</summary>
    public const string SameEvent = "same-event";

    /// <summary>For the teams of all clusters only. See <see cref="Contracts.LetterIssue"/>.</summary>
    public const string LetterIssue = "letter-issue";

    /// <summary>Counts that the national site shows beside an event. See <see cref="Contracts.RegistrationCount"/>.</summary>
    public const string RegistrationCount = "registration-count";

    /// <summary>For the nodes of clusters that register for one event. See <see cref="Contracts.PlacesGiven"/>.</summary>
    public const string PlacesGiven = "places-given";
    public const string Withdrawn = "withdrawn";

    /// <summary>For the teams of all clusters only. See <see cref="Contracts.JointWebinarFact"/>.</summary>
    public const string JointWebinarFact = "joint-webinar-fact";

    /// <summary>Only in the hub's journal. See <see cref="Contracts.JointWebinar"/>.</summary>
    public const string JointWebinar = "joint-webinar";

    /// <summary>Only in the hub's journal: an origin's entry, applied and visible. See <see cref="Accepted"/>.</summary>
    public const string Accepted = "accepted";

    /// <summary>Only in the hub's journal: an authentic entry that could not be applied. See <see cref="Quarantined"/>.</summary>
    public const string Quarantined = "quarantined";

    /// <summary>First entry of a new epoch: which end of which epoch it replaces. See <see cref="JournalOpened"/>.</summary>
    public const string JournalOpened = "journal-opened";

    /// <summary>What people read on the national site.</summary>
    public static IReadOnlyList<string> Items { get; } = [Event, Webinar, BestPractice];

    private const string Prefix = "fr.interclustering.";

    /// <summary>The wire name of a kind, e.g. <c>fr.interclustering.event.v1</c>.</summary>
    public static string TypeOf(string kind, int version = 1) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Prefix}{kind}.v{version}");

    /// <summary>The version in a wire name: 2 of <c>fr.interclustering.event.v2</c>; 0 when it is not one of ours.</summary>
    public static int VersionOf(string type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var end = type.LastIndexOf(".v", StringComparison.Ordinal);
        return end > 0 && int.TryParse(type.AsSpan(end + 2), System.Globalization.NumberStyles.None,
            System.Globalization.CultureInfo.InvariantCulture, out var version) ? version : 0;
    }

    /// <summary>The kind in a wire name, whatever its version; the whole name when it is not one of ours.</summary>
    public static string KindOf(string type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var end = type.LastIndexOf(".v", StringComparison.Ordinal);
        return type.StartsWith(Prefix, StringComparison.Ordinal) && end > Prefix.Length ? type[Prefix.Length..end] : type;
    }
}
