using Interclustering.Node.Sources.Reading;

namespace Interclustering.Testing;

internal static class Fixture
{
    public static byte[] Bytes(string name) =>
        File.ReadAllBytes(Repository.PathTo("tests", "Interclustering.Tests", "Sources", "Fixtures", name));

    /// <summary>The day on which tests read what others have sent.</summary>
    public static DateOnly Today { get; } = new(2026, 11, 23);

    public static ImportDocument Read(string name) => ImportReader.Read(Bytes(name), name, Today);

    /// <summary>A small input that was read wrongly once; the letter is the kind of fault.</summary>
    public static ImportDocument Case(string name) =>
        ImportReader.Read(File.ReadAllBytes(PathOfCase(name)), name, Today);

    public static string PathOfCase(string name) => Repository.PathTo("tests", "Interclustering.Tests", "Sources", "Cases", name);

    /// <summary>The samples beside the repository, which are not part of it; null where they are absent.</summary>
    public static string? Samples()
    {
        for (var folder = new DirectoryInfo(Repository.Root); folder is not null; folder = folder.Parent)
        {
            var samples = Path.Combine(folder.FullName, "shared", "data", "samples");
            if (Directory.Exists(samples))
            {
                return samples;
            }
        }

        return null;
    }
}
