using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Interclustering.Benchmarks.Federation;

/// <summary>What Npgsql's own traces say about the time that statements take, as the participants see it.</summary>
internal sealed partial class Statements : IDisposable
{
    private readonly ConcurrentDictionary<string, (int Count, TimeSpan Time)> spent = new();
    private readonly ActivityListener listener;

    /// <param name="databases">Names of databases as connection strings give them, and what they are called here.</param>
    public Statements(IReadOnlyDictionary<string, string> databases)
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                var text = (string?)(activity.GetTagItem("db.query.text") ?? activity.GetTagItem("db.statement"));
                var database = (string?)(activity.GetTagItem("db.namespace") ?? activity.GetTagItem("db.name"));
                if (database is not null && databases.TryGetValue(database, out var owner))
                {
                    spent.AddOrUpdate(
                        $"{owner}: {Shorten(text ?? activity.DisplayName)}", _ => (1, activity.Duration), (_, sum) =>
                            (sum.Count + 1, sum.Time + activity.Duration));
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
    }

    public void Print(string title, int entries)
    {
        Console.WriteLine($"\n{title}");
        foreach (var (name, (count, time)) in spent.OrderByDescending(pair => pair.Value.Time)
            .Where(pair => pair.Value.Time.TotalMicroseconds / entries >= 1))
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  {$"{name}, {count} times",-74} {time.TotalMicroseconds / entries,10:0.0} µs"));
        }
    }

    public void Dispose() => listener.Dispose();

    private static string Shorten(string text)
    {
        var found = VerbAndTable().Match(text);
        return found.Success ? $"{found.Groups[1].Value} {found.Groups[2].Value}" : text.Split('\n')[0];
    }

    [GeneratedRegex("^\\s*(INSERT|UPDATE|DELETE|SELECT).*?(?:INTO|UPDATE|FROM)?\\s+\"([A-Z]\\w+)\"", RegexOptions.Singleline)]
    private static partial Regex VerbAndTable();
}
