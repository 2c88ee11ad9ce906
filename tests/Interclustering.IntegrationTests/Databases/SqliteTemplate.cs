namespace Interclustering.IntegrationTests.Databases;

/// <summary>An SQLite database that is made once and then copied: to make it anew takes longer than most tests.</summary>
/// <param name="make">Makes it at a path, and closes it.</param>
internal sealed class SqliteTemplate(Func<string, Task> make)
{
    private readonly Lazy<Task<byte[]>> made = new(async () =>
    {
        var folder = Directory.CreateTempSubdirectory("ic-template-").FullName;
        try
        {
            var path = Path.Combine(folder, "template.db");
            await make(path);
            return await File.ReadAllBytesAsync(path);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    });

    public async Task CopyToAsync(string path) =>
        await File.WriteAllBytesAsync(path, await made.Value, TestContext.Current.CancellationToken);
}
