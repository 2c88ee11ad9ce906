using Interclustering.Server.Configuration;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Interclustering.Tests.Infra;

/// <summary>What stands in a file of its own counts as if it stood in the environment. Refusals are among the wrong settings.</summary>
public sealed class SettingsInFiles : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ic-files-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("a password")]
    [InlineData("a password\n")]
    [InlineData("a password\r\n")]
    public void The_end_of_the_last_line_does_not_count(string written) => Assert.Equal("a password", Read(
        ("Bus:Transport", "rabbitmq"), ("Bus:Host", "broker"), ("Bus:Password_FILE", Write(written))).Bus.Password);

    [Fact]
    public void Any_setting_may_be_a_file_and_an_empty_name_is_as_if_not_set()
    {
        var read = Read(("Site:Publisher_FILE", Write("L’éditeur\n12 rue du Port\n")), ("Addresses:hub_FILE", Write("https://hub.example")),
            ("Mail:Smtp:Password_FILE", ""));
        Assert.Equal("L’éditeur\n12 rue du Port", read.Site.Publisher);
        Assert.Equal("https://hub.example", read.Addresses["hub"]);
        Assert.Null(read.Smtp);
    }

    [Fact]
    public void The_password_of_a_database_stands_apart_from_its_connection_string()
    {
        var read = new NpgsqlConnectionStringBuilder(Read(
            ("Database:Provider", "postgres"), ("Database:Nodes:bsc", "Host=postgres;Database=bsc;Username=bsc;SSL Mode=Disable"),
            ("Database:Passwords:bsc_FILE", Write("semi;colon='"))).Databases["bsc"]);
        Assert.Equal(("bsc", "semi;colon='", SslMode.Disable), (read.Username, read.Password, read.SslMode));
    }

    private string Write(string text)
    {
        var path = Path.Combine(folder, Guid.NewGuid().ToString("N"));
        File.WriteAllText(path, text);
        return path;
    }

    private static ServerSettings Read(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([.. settings.Append(("Roles", "bsc"))
            .Select(pair => KeyValuePair.Create($"Interclustering:{pair.Item1}", (string?)pair.Item2))]).Build();
        return SettingsReader.Read(new ConfigurationBuilder().AddConfiguration(configuration)
            .AddInMemoryCollection(SettingFiles.Read(configuration)).Build());
    }
}
