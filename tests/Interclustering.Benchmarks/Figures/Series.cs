using System.Globalization;

namespace Interclustering.Benchmarks.Figures;

/// <summary>One figure over several rounds: its median, and the rounds in their order.</summary>
internal sealed class Series(string name, string unit)
{
    private readonly List<double> rounds = [];

    public string Name => name;

    public double Last => rounds[^1];

    public double Median => Statistics.Median(rounds);

    public void Add(double value) => rounds.Add(value);

    public void Print() => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"  {name,-74} {Text(Median),10} {unit,-10} {string.Join("  ", rounds.Select(Text))}"));

    /// <summary>Prints this figure as a multiple of another, beside the goal.</summary>
    public void PrintRatio(string of, Series other, string goal = "") => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"  {of,-74} {Median / other.Median,10:0.000} {"×",-10} {goal}"));

    private static string Text(double value) => value.ToString(value >= 100 ? "#,0" : "0.0", CultureInfo.InvariantCulture);
}
