using System.Text.Json;
using System.Text.RegularExpressions;
using Interclustering.Contracts;
using Interclustering.Federation.Chain;

namespace Interclustering.Server.Configuration;

/// <summary>The file of the federation directory, checked before anything relies on it.</summary>
internal static partial class DirectoryFile
{
    private const string Key = "Interclustering:Directory", Form = "the path of a federation directory (JSON, see contracts/README.md)";

    /// <exception cref="WrongSettingException">There is none, or it is wrong.</exception>
    public static FederationDirectory Read(string? given)
    {
        var path = given ?? Path.Combine(AppContext.BaseDirectory, "directory.json");
        try
        {
            var directory = JsonSerializer.Deserialize<FederationDirectory>(File.ReadAllText(path), ContractJson.Options);
            return directory is null ? throw new WrongSettingException(Key, path, Form)
                : Fault(directory) is { } fault ? throw new WrongSettingException(Key, path, $"{Form}; in this one {fault}")
                : directory;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            throw new WrongSettingException(Key, path, $"{Form}; {exception.Message.TrimEnd('.')}");
        }
    }

    public static bool IsCode(string text) => Code().IsMatch(text);

    /// <summary>What is wrong with it, in words; null for nothing.</summary>
    private static string? Fault(FederationDirectory directory)
    {
        if (directory.Hub is null || directory.Clusters is null || directory.Clusters.Any(cluster => cluster?.Code is null))
        {
            return "the hub, the clusters or a code is null";
        }

        if (directory.Hub.Code != FederationDirectory.HubCode)
        {
            return $"the hub has the code \"{directory.Hub.Code}\" instead of \"{FederationDirectory.HubCode}\"";
        }

        IReadOnlyList<DirectoryEntry> all = [directory.Hub, .. directory.Clusters];
        return all.CountBy(entry => entry.Code).FirstOrDefault(each => each.Value > 1) is { Key: { } twice }
                ? $"the code \"{twice}\" is there twice"
            : all.FirstOrDefault(entry => !IsCode(entry.Code)) is { } misnamed
                ? $"the code \"{misnamed.Code}\" is not 2 to 24 of a-z and 0-9, beginning with a letter"
            : all.SelectMany(entry => entry.Keys.Select(key => (entry.Code, PublicKey: key)))
                .FirstOrDefault(each => !Signatures.IsKey(each.PublicKey)) is { Code: { } owner } wrong
                ? $"{owner}'s key \"{wrong.PublicKey?.Keyid}\" is no public key of ECDSA P-256 with that id; `keys create` prints the entry"
            : null;
    }

    [GeneratedRegex("^[a-z][a-z0-9]{1,23}$")]
    private static partial Regex Code();
}
