namespace Interclustering.Node.Registrations;

/// <summary>A person who registers, as they said it. Kept encrypted only.</summary>
/// <param name="Name">First and last name.</param>
/// <param name="Email">Address of mail.</param>
/// <param name="Answers">By <see cref="Contracts.RegistrationFields"/>; what was left empty is not in it.</param>
/// <param name="IsMember">They say that they are a member of the cluster.</param>
public sealed record Registrant(string Name, string Email, IReadOnlyDictionary<string, string> Answers, bool IsMember = false)
{
    /// <summary>Why the team took them out; empty otherwise.</summary>
    public string RemovedFor { get; init; } = "";
}
