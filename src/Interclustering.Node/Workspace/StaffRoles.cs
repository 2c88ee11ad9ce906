namespace Interclustering.Node.Workspace;

/// <summary>What a member of staff may do in the workspace of their cluster. Each role includes the one before it.</summary>
public static class StaffRoles
{
    /// <summary>Sees everything, changes nothing but their own account.</summary>
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

/// <summary>The role that an endpoint needs. Without it all members read, and editors change.</summary>
public sealed record NeedsRole(string Role);
