using System.CommandLine;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation.Chain;
using Interclustering.Server.Configuration;

namespace Interclustering.Server.Commands;

/// <summary><c>keys create</c>: makes a participant's key where there is none, and prints its entry for the federation directory.</summary>
internal static class KeysCommand
{
    public static Command Create(Func<ParseResult, IConfiguration> configure)
    {
        var cluster = new Option<string>("--cluster") { Description = "Code of the cluster, or hub", Required = true };
        var create = new Command("create", "Make the key of a participant, and print its directory entry") { cluster };
        create.SetAction(async (parsed, cancellation) =>
        {
            var settings = SettingsReader.Read(configure(parsed));
            var code = parsed.GetRequiredValue(cluster);
            using var key = SigningKey.OpenOrCreate(settings.KeyPath(code));
            var entry = Entry(settings.Directory, code, key.Public);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(entry.AsMemory(), cancellation);
        });
        return new Command("keys", "Keys that sign what a participant sends") { create };
    }

    private static string Entry(FederationDirectory directory, string code, PublicKey key) => (code, directory.Find(code)) switch
    {
        (FederationDirectory.HubCode, _) => JsonSerializer.Serialize(directory.Hub with { Keys = [key] }, ContractJson.Indented),
        (_, { } cluster) => JsonSerializer.Serialize(cluster with { Keys = [key] }, ContractJson.Indented),
        _ => JsonSerializer.Serialize(
            new Cluster { Code = code, Name = code, Region = "", Insee = "", Colour = new Colour("#0b5c6b", "#6cc5d3"), Keys = [key] },
            ContractJson.Indented),
    };
}
