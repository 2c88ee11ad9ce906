namespace Interclustering.Node.People;

/// <summary>What a member of staff may do in her cluster's workspace; each role may do what the one before it may.</summary>
public static class StaffRoles
{
    /// <summary>Sees everything, changes nothing but her own account.</summary>
    public const string Reader = "reader";

    /// <summary>Writes and publishes.</summary>
    public const string Editor = "editor";

    /// <summary>Also looks after people, tokens, the journal, and erases.</summary>
    public const string Administrator = "administrator";

    public static IReadOnlyList<string> All { get; } = [Reader, Editor, Administrator];

    public static bool Reaches(string? role, string needed) => All.ToList().IndexOf(role ?? "") >= All.ToList().IndexOf(needed);

    public static string InWords(string role) => role switch
    {
        Reader => T["lecture"],
        Editor => T["édition"],
        _ => T["administration"],
    };
}

/// <summary>Who may ask for an endpoint; without it, reading is for everybody and changing for editors.</summary>
public sealed record NeedsRole(string Role);
