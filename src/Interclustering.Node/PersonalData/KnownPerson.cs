using Interclustering.Accounts.PersonalData;
using Interclustering.Contracts;
using Interclustering.Node.Erasure;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Registrations;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Words;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.PersonalData;

/// <summary>A person as this node knows them: with an account, as persons whom publications name, or by an address alone.</summary>
/// <param name="Account">Their account; null without one.</param>
/// <param name="Records">Persons whom publications name, under their name or with their address.</param>
/// <param name="Keys">How rows know them.</param>
public sealed record KnownPerson(StaffMember? Account, IReadOnlyList<WorkingCopy> Records, PersonKeys Keys)
{
    /// <summary>What they said when they registered for events, decrypted.</summary>
    public IReadOnlyList<Registrant> Registrants { get; init; } = [];

    /// <summary>The same person with the registrations under their address or name, which only this server's keys tell.</summary>
    public async Task<KnownPerson> WithRegistrationsAsync(
        NodeContext db, string node, RegistrationSeal seal, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(seal);
        var names = Keys.Words.Where(word => !word.Contains('@', StringComparison.Ordinal)).Select(PersonWords.KeyOf).ToHashSet();
        var found = await seal.FindAsync(node, db, person => Keys.Words.Contains(person.Email, StringComparer.OrdinalIgnoreCase)
            || names.Contains(PersonWords.KeyOf(person.Name)), cancellation);
        return this with
        {
            Keys = Keys with { Values = [.. Keys.Values, .. found.Select(each => each.AddressKey).Distinct()] },
            Registrants = [.. found.Select(each => each.Person)],
        };
    }

    /// <param name="db">The node's database.</param>
    /// <param name="node">Code of the cluster.</param>
    /// <param name="text">An address, or a name.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="SeveralAccountsException">Several accounts have this name.</exception>
    public static async Task<KnownPerson> FindAsync(NodeContext db, string node, string text, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        var key = PersonWords.KeyOf(text);
        var accounts = (await db.Users.AsNoTracking().ToListAsync(cancellation)).Where(account =>
            string.Equals(account.Email, text, StringComparison.OrdinalIgnoreCase) || PersonWords.KeyOf(account.Name) == key).ToList();
        return accounts is [_, _, ..] ? throw new SeveralAccountsException(accounts.Count)
            : await OfAsync(db, node, accounts.FirstOrDefault(), text, cancellation);
    }

    /// <param name="db">The node's database.</param>
    /// <param name="node">Code of the cluster.</param>
    /// <param name="account">Null without one.</param>
    /// <param name="text">An address or a name beside the account's.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<KnownPerson> OfAsync(
        NodeContext db, string node, StaffMember? account, string text, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        string[] given = [.. new[] { text, account?.Name, account?.Email }.OfType<string>().Where(each => each.Length > 0).Distinct()];
        var keys = given.Where(each => !each.Contains('@', StringComparison.Ordinal)).Select(PersonWords.KeyOf).ToHashSet();
        var records = (await SamePerson.AllAsync(db, cancellation)).SelectMany(each => each).Where(record =>
            keys.Contains(PersonWords.KeyOf(record.Title)) || AddressOf(record) is { } address
                && given.Contains(address, StringComparer.OrdinalIgnoreCase)).ToList();
        string[] words = [.. given, .. records.Select(record => record.Title), .. records.Select(AddressOf).OfType<string>(),
            .. records.Select(record => record.Subject)];
        string[] values = account is null ? words
            : [.. words, .. AccountTables.KeysOf(account), $"{node}/{account.Id}"];
        return new KnownPerson(account, records, new PersonKeys(
            [.. values.Where(each => each.Length > 0).Distinct()], [.. words.Where(each => each.Length > 2).Distinct()]));
    }

    private static string? AddressOf(WorkingCopy record) => ((Person)PublicationText.Read(record.Kind, record.Data)).Email;
}

/// <summary>A name that several accounts have: an address tells them apart.</summary>
public sealed class SeveralAccountsException(int count) : Exception($"{count} accounts have this name: give the address.");
