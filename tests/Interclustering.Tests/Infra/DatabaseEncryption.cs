using Interclustering.Server.Configuration;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Interclustering.Tests.Infra;

/// <summary>Plain text to PostgreSQL has to be asked for, unless it stays on the machine.</summary>
public sealed class DatabaseEncryption
{
    [Theory]
    [InlineData("Host=localhost", SslMode.Prefer)]
    [InlineData("Host=127.0.0.1;Port=5433", SslMode.Prefer)]
    [InlineData("Host=127.0.0.1:5433", SslMode.Prefer)]
    [InlineData("Host=::1", SslMode.Prefer)]
    [InlineData("Host=/var/run/postgresql", SslMode.Prefer)]
    [InlineData("Host=postgres", SslMode.VerifyFull)]
    [InlineData("Server=db.example.org", SslMode.VerifyFull)]
    [InlineData("Host=localhost.example.org", SslMode.VerifyFull)]
    [InlineData("Host=localhost,db.example.org", SslMode.VerifyFull)]
    [InlineData("Host=10.0.0.1", SslMode.VerifyFull)]
    [InlineData("Host=postgres;SSL Mode=Disable", SslMode.Disable)]
    [InlineData("Host=postgres;SslMode=Require", SslMode.Require)]
    [InlineData("Host=postgres;ssl mode=Prefer", SslMode.Prefer)]
    public void The_way_to_the_database_is_encrypted_unless_it_is_on_this_machine_or_it_is_told(string server, SslMode expected)
    {
        var read = new NpgsqlConnectionStringBuilder(Read($"{server};Database=bsc;Username=bsc;Password=p").Databases["bsc"]);
        Assert.Equal((expected, "bsc", "p"), (read.SslMode, read.Database, read.Password));
    }

    [Fact]
    public void A_connection_string_that_can_not_be_read_is_not_repeated_where_it_is_refused()
    {
        var refusal = Assert.Throws<WrongSettingException>(() => Read("Host=postgres;Pasword=very-secret"));
        Assert.Contains("Database:Nodes:bsc", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_misspelt_key_does_not_show_the_password_that_it_holds() => Assert.DoesNotContain(
        "very-secret", Assert.Throws<WrongSettingException>(() => Read("Host=localhost", ("Bus:Passwort", "very-secret"))).Message,
            StringComparison.Ordinal);

    private static ServerSettings Read(string connection, params (string Key, string Value)[] others)
    {
        (string Key, string Value)[] settings =
            [("Roles", "bsc"), ("Database:Provider", "postgres"), ("Database:Nodes:bsc", connection), .. others];
        return SettingsReader.Read(new ConfigurationBuilder()
            .AddInMemoryCollection(
                settings.Select(pair => KeyValuePair.Create($"Interclustering:{pair.Key}", (string?)pair.Value))).Build());
    }
}
