using System.CommandLine;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Operations;
using Interclustering.Server.Configuration;
using Interclustering.Server.Databases;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Server.Commands;

/// <summary><c>keys create</c>, <c>keys rotate</c>, <c>keys revoke</c>: the life of the key that signs what a participant sends.</summary>
internal static class KeysCommand
{
    public static Command Create(Func<ParseResult, IConfiguration> configure)
    {
        var cluster = new Option<string>("--cluster") { Description = "Code of the cluster, or hub", Required = true };
        var from = new Option<long>("--from") { Description = "First sequence of the journal that no longer counts", Required = true };
        var create = new Command("create", "Make the key of a participant, and print its directory entry") { cluster };
        create.SetAction(async (parsed, cancellation) =>
        {
            var settings = SettingsReader.Read(configure(parsed));
            var code = parsed.GetRequiredValue(cluster);
            using var key = settings.KeysOf(code).Open(settings.Directory.KeysOf(code));
            await PrintAsync(parsed, settings, code, [key.Public], cancellation);
        });
        var rotate = new Command("rotate", "Make the next key, and print the directory entry that lists both") { cluster };
        rotate.SetAction((parsed, cancellation) =>
            RotateAsync(parsed, SettingsReader.Read(configure(parsed)), parsed.GetRequiredValue(cluster), cancellation));
        var revoke =
            new Command("revoke", "Let nothing count that was signed from a sequence on, and go on with a new key") { cluster, from };
        revoke.SetAction((parsed, cancellation) => RevokeAsync(
            parsed, SettingsReader.Read(configure(parsed)), parsed.GetRequiredValue(cluster), parsed.GetRequiredValue(from), cancellation));
        return new Command("keys", "Keys that sign what a participant sends") { create, rotate, revoke };
    }

    private static async Task<int> RotateAsync(ParseResult parsed, ServerSettings settings, string code, CancellationToken cancellation)
    {
        var files = settings.KeysOf(code);
        using var current = files.Open(settings.Directory.KeysOf(code));
        using var next = files.PrepareNext();
        await PrintAsync(parsed, settings, code, [current.Public, next.Public, .. files.Revoked], cancellation);
        await parsed.InvocationConfiguration.Error.WriteLineAsync(
            $"""
            The next key of {code} is {next.Public.Keyid}. It signs from the first start at which the directory lists it:
            1. put this entry into every participant's directory file, and restart them in any order;
            2. restart {code} last;
            3. take {current.Public.Keyid} out of the directory when {code} has been running with the new one.
            """);
        return 0;
    }

    private static async Task<int> RevokeAsync(
        ParseResult parsed, ServerSettings settings, string code, long from, CancellationToken cancellation)
    {
        var console = parsed.InvocationConfiguration;
        if (!settings.Roles.Contains(code))
        {
            await console.Error.WriteLineAsync($"This installation does not host {code}: revoke its key where its database is.");
            return 2;
        }

        await using var db = new DatabaseFactories(settings).Open(code);
        await SchemaUpgrade.RequireAsync(db, code, cancellation);
        var end = await db.Set<JournalHead>().Select(head => head.Sequence).SingleAsync(cancellation);
        if (from < 1 || from > end + 1)
        {
            await console.Error.WriteLineAsync(
                $"--from holds {from}. Allowed: 1 to {end + 1}, the sequence after the last entry of {code}'s journal.");
            return 2;
        }

        var files = settings.KeysOf(code);
        using var current = files.Open(settings.Directory.KeysOf(code));
        using var next = files.PrepareNext();
        files.Revoke(current.Public, from - 1);
        await OperationRow.RequestAsync(db, OperationRow.Revoke, from, TimeProvider.System, cancellation);
        await PrintAsync(parsed, settings, code, [next.Public, .. files.Revoked], cancellation);
        await console.Error.WriteLineAsync(
            $"""
            {current.Public.Keyid} no longer counts from {from} on. {code}'s server keeps the new key {next.Public.Keyid} ready:
            1. put this entry into every participant's directory file at once, and restart them: they refuse the old key from then on;
            2. restart {code}: it signs with the new key, opens a new epoch after {from - 1}, journals its own texts again,
               and takes back the others.
            """);
        return 0;
    }

    private static Task PrintAsync(ParseResult parsed, ServerSettings settings, string code, IReadOnlyList<PublicKey> keys,
        CancellationToken cancellation)
    {
        var directory = settings.Directory;
        var entry = (code, directory.Find(code)) switch
        {
            (FederationDirectory.HubCode, _) => JsonSerializer.Serialize(directory.Hub with { Keys = keys }, ContractJson.Indented),
            (_, { } cluster) => JsonSerializer.Serialize(cluster with { Keys = keys }, ContractJson.Indented),
            _ => JsonSerializer.Serialize(
                new Cluster { Code = code, Name = code, Region = "", Insee = "", Colour = new Colour("#0b5c6b", "#6cc5d3"), Keys = keys },
                ContractJson.Indented),
        };
        return parsed.InvocationConfiguration.Output.WriteLineAsync(entry.AsMemory(), cancellation);
    }
}
