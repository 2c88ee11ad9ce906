using System.Diagnostics;
using System.Globalization;

namespace Interclustering.Benchmarks.Embedded;

/// <summary>What a process uses, as Linux counts it.</summary>
/// <param name="Processor">Processor time since its start.</param>
/// <param name="Written">Bytes that it has caused to be written to disk since then.</param>
internal readonly record struct Footprint(TimeSpan Processor, long Written)
{
    public static Footprint Of(Process process)
    {
        process.Refresh();
        return new Footprint(process.TotalProcessorTime, Number($"/proc/{process.Id}/io", "write_bytes:"));
    }

    /// <summary>Resident memory in MB: all of it, and with what others share divided among them.</summary>
    public static (double Resident, double Proportional) Memory(Process process)
    {
        var file = $"/proc/{process.Id}/smaps_rollup";
        return (Number(file, "Rss:") / 1024d, Number(file, "Pss:") / 1024d);
    }

    private static long Number(string file, string name) => long.Parse(
        File.ReadLines(file).First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Replace("kB", "").Trim(),
        CultureInfo.InvariantCulture);
}
