using System.Globalization;
using System.Text.RegularExpressions;
using Interclustering.Federation;
using Interclustering.Testing;

namespace Interclustering.Tests.Contracts;

/// <summary>The limits that the contract tells are those of the code.</summary>
public sealed partial class LimitTests
{
    [Fact]
    public void The_contract_tells_the_limits_of_the_code()
    {
        double[] limits =
        [
            FederationLimits.BodyBytes, FederationLimits.EntryBytes, FederationLimits.SegmentBytes, FederationLimits.MessageDepth,
                FederationLimits.KeptDepth,
            FederationLimits.Prefetch, FederationLimits.Turn, FederationLimits.ReplayPause.TotalMilliseconds,
                FederationLimits.ReturnPause.TotalMilliseconds,
            FederationLimits.Ahead.TotalHours,
        ];
        var told = File.ReadAllText(Repository.PathTo("contracts", "README.md")).Split("## 13. Limits")[1];

        Assert.Equal(limits, Row().Matches(told)
            .Select(row => double.Parse(row.Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)));
    }

    [GeneratedRegex(@"^\| [^|]+ \| ([0-9,]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
