using System.Reflection;

namespace Interclustering.Server.Hosting;

/// <summary>
/// The version of this build: <c>0.2.0+06a0c07f724a</c>. The build takes the commit from git, or where there is none from
/// <c>-p:SourceRevisionId</c>.
/// </summary>
internal static class ProgramVersion
{
    private const int OfCommit = 12;

    /// <summary>As <c>--version</c> prints it, with the commit cut to 12 digits.</summary>
    public static string Text { get; } = Short(
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown");

    /// <summary>With the program's name.</summary>
    public static string Long => $"Interclustering {Text}";

    private static string Short(string whole) => whole.Split('+', 2) is [var version, { Length: > OfCommit } commit]
        ? $"{version}+{commit[..OfCommit]}" : whole;
}
