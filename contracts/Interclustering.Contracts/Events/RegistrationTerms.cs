using System.Text.Json;
using System.Text.Json.Serialization;

namespace Interclustering.Contracts;

/// <summary>
/// How people register for an event at a cluster's own node: each cluster says it for its own people, and its places are its own part of
/// all there are. Nothing of a person is ever journaled.
/// </summary>
public sealed record RegistrationTerms
{
    /// <summary>
    /// Local date and time <c>2026-11-23T11:00:00</c> in <see cref="Event.TimeZone"/> from which one registers; at once where absent.
    /// </summary>
    public string? Opens { get; init; }

    /// <summary>In the form of <see cref="Opens"/>: from then on one does not; until the start where absent.</summary>
    public string? Closes { get; init; }

    /// <summary>Of each session where it is registered for apart, else of the event. 0 is none, absent is unlimited.</summary>
    public int? Places { get; init; }

    /// <summary>On the waiting list, in the form of <see cref="Places"/>.</summary>
    public int? WaitingPlaces { get; init; }

    /// <summary>How many seats one person may take, 1 to 5.</summary>
    public int SeatsPerPerson { get; init; } = 1;

    /// <summary>What is asked beside name and address, each once.</summary>
    public IReadOnlyList<RegistrationField> Fields { get; init; } = [];

    /// <summary>Shown above the form, plain text.</summary>
    public string? Information { get; init; }

    /// <summary>Said in the mail that confirms a place, plain text.</summary>
    public string? Confirmation { get; init; }

    /// <summary>For members of the cluster only, who say so themselves.</summary>
    public bool MembersOnly { get; init; }

    /// <summary>
    /// So many days before the start, 0 to 60, places that are free go to the lead, where this cluster is not the lead; 0 for never.
    /// </summary>
    public int UnusedBackDays { get; init; } = 3;

    /// <summary>One registers for each session apart.</summary>
    public bool PerSession { get; init; }

    /// <inheritdoc cref="Publication.Extensions"/>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extensions { get; init; }
}

/// <summary>Something that is asked of a person who registers.</summary>
/// <param name="Name">One of <see cref="RegistrationFields"/>.</param>
/// <param name="Mandatory">Without it, one can't register.</param>
public sealed record RegistrationField(string Name, bool Mandatory = false)
{
    /// <inheritdoc cref="Publication.Extensions"/>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extensions { get; init; }
}

/// <summary>What may be asked.</summary>
public static class RegistrationFields
{
    public const string Company = "company", Function = "function", Phone = "phone", Diet = "diet", Remark = "remark";

    public static IReadOnlyList<string> All { get; } = [Company, Function, Phone, Diet, Remark];
}
