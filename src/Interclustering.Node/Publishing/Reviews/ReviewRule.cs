using Interclustering.Node.Workspace;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Publishing.Reviews;

/// <summary>Whether a second member reads what a member wants to publish: each cluster decides for itself.</summary>
public static class ReviewRule
{
    public const string None = "none";

    /// <summary>It can be asked for; publishing without it stays possible.</summary>
    public const string Advised = "advised";

    /// <summary>Nothing that a member or a token writes is published without it.</summary>
    public const string Required = "required";

    private const string Name = "review";

    public static IReadOnlyList<string> All { get; } = [None, Advised, Required];

    public static string InWords(string rule) => rule switch
    {
        Advised => T["conseillée"],
        Required => T["obligatoire"],
        _ => T["aucune"],
    };

    public static async Task<string> ReadAsync(NodeContext db, CancellationToken cancellation) =>
        await db.Settings.AsNoTracking().Where(row => row.Name == Name).Select(row => row.Value).FirstOrDefaultAsync(cancellation) ?? None;

    public static async Task<bool> IsRequiredAsync(NodeContext db, CancellationToken cancellation) =>
        await ReadAsync(db, cancellation) == Required;

    /// <summary>With <paramref name="db"/>'s next save.</summary>
    public static async Task SetAsync(NodeContext db, string rule, CancellationToken cancellation)
    {
        if (await db.Settings.FindAsync([Name], cancellation) is { } setting)
        {
            setting.Value = rule;
        }
        else
        {
            db.Add(new ClusterSetting { Name = Name, Value = rule });
        }
    }
}
