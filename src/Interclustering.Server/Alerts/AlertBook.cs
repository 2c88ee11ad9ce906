using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation.Liveness;

namespace Interclustering.Server.Alerts;

/// <summary>A problem that stands now, or stood lately.</summary>
/// <param name="Since">When it was first seen, UTC.</param>
/// <param name="ToldAt">When the operators were told, UTC; null while they were not.</param>
/// <param name="GoneAt">Since when it is not there any more, UTC; null while it is.</param>
public sealed record Alert(DateTime Since, DateTime? ToldAt = null, DateTime? GoneAt = null);

/// <summary>
/// Which problems the operators were told of: each once, however often the server starts again. One that comes back at once is the
/// same one.
/// </summary>
/// <param name="Alerts">By <see cref="KeyOf"/>.</param>
public sealed record AlertBook(IReadOnlyDictionary<string, Alert> Alerts)
{
    public static AlertBook Empty { get; } = new(new Dictionary<string, Alert>());

    /// <summary>What makes two findings the same problem: their words change while it lasts.</summary>
    public static string KeyOf(Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return $"{problem.Participant}|{problem.Kind}|{problem.About}";
    }

    /// <summary>
    /// That a node is silent, or late, is told by the hub's server: otherwise each of the others would tell it as well.
    /// </summary>
    public static bool IsOfAnother(Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return problem.Kind is "silence" or "lag" && problem.Participant != FederationDirectory.HubCode
            && problem.About != FederationDirectory.HubCode;
    }

    /// <summary>The book after a look at what is wrong.</summary>
    /// <param name="found">Everything that is wrong now.</param>
    /// <param name="now">UTC.</param>
    /// <param name="after">How long a problem must be gone before it is forgotten, once it was told.</param>
    public AlertBook Seen(IEnumerable<Problem> found, DateTime now, TimeSpan after)
    {
        var keys = found.Where(problem => !IsOfAnother(problem)).Select(KeyOf).ToHashSet(StringComparer.Ordinal);
        var next = keys.ToDictionary(
            key => key, key => Alerts.TryGetValue(key, out var known) ? known with { GoneAt = null } : new Alert(now));
        foreach (var (key, alert) in Alerts.Where(each => !keys.Contains(each.Key) && each.Value.ToldAt is not null))
        {
            var gone = alert.GoneAt ?? now;
            if (now - gone < after)
            {
                next[key] = alert with { GoneAt = gone };
            }
        }

        return new AlertBook(next);
    }

    /// <summary>Whether the operators are to be told of it now.</summary>
    public bool IsDue(Problem problem, DateTime now, TimeSpan after) =>
        Alerts.TryGetValue(KeyOf(problem), out var alert) && alert.ToldAt is null && now - alert.Since >= after;

    /// <summary>The book after the operators were told.</summary>
    public AlertBook Told(IEnumerable<Problem> problems, DateTime now)
    {
        var keys = problems.Select(KeyOf).ToHashSet(StringComparer.Ordinal);
        return new AlertBook(Alerts.ToDictionary(
            each => each.Key, each => keys.Contains(each.Key) ? each.Value with { ToldAt = now } : each.Value));
    }

    public bool IsSameAs(AlertBook other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Alerts.Count == other.Alerts.Count
            && Alerts.All(each => other.Alerts.TryGetValue(each.Key, out var alert) && alert == each.Value);
    }

    /// <summary>Empty where there is no file yet.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="JsonException">It holds something else.</exception>
    public static AlertBook Read(string path) => !File.Exists(path) ? Empty
        : new AlertBook(JsonSerializer.Deserialize<Dictionary<string, Alert>>(File.ReadAllText(path)) ?? []);

    /// <summary>As a whole or not at all.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public void Write(string path)
    {
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(Alerts));
        File.Move(path + ".new", path, overwrite: true);
    }
}
