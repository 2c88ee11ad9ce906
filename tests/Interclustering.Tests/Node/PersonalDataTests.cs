using System.Text.RegularExpressions;
using Interclustering.Accounts.PersonalData;
using Interclustering.Hub;
using Interclustering.Hub.Operators;
using Interclustering.Node;
using Interclustering.Node.PersonalData;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Interclustering.Tests.Node;

/// <summary>A table that is added says what it keeps of persons: in the export, or with the reason why not.</summary>
public sealed partial class PersonalDataTests
{
    public static TheoryData<string, IReadOnlyList<PersonalTable>, IReadOnlyDictionary<Type, string>, Func<DbContext>> Databases => new()
    {
        { "node", NodeTables.All, NodeTables.Without, () =>
            new SqliteNodeContext(new DbContextOptionsBuilder<SqliteNodeContext>().UseSqlite().Options) },
        { "hub", OperatorTables.All, OperatorTables.Without, () =>
            new SqliteHubContext(new DbContextOptionsBuilder<SqliteHubContext>().UseSqlite().Options) },
    };

    [Theory]
    [MemberData(nameof(Databases), DisableDiscoveryEnumeration = true)]
    public void Every_table_is_exported_or_listed_with_its_reason(
        string database, IReadOnlyList<PersonalTable> all, IReadOnlyDictionary<Type, string> without, Func<DbContext> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(without);
        var tables = TablesOf(open);
        Assert.True(tables.Count > 5, database);
        Assert.Equal(
            tables.Select(table => table.ClrType.Name).Order(),
            all.Select(table => table.Row).Distinct().Concat(without.Keys).Select(row => row.Name).Order());
        Assert.All(without.Values, Assert.NotEmpty);
    }

    /// <summary>Which columns these are is known by their names, as they are used all over.</summary>
    [Theory]
    [MemberData(nameof(Databases), DisableDiscoveryEnumeration = true)]
    public void A_column_that_identifies_a_person_is_one_that_rows_are_found_by(
        string database, IReadOnlyList<PersonalTable> all, IReadOnlyDictionary<Type, string> without, Func<DbContext> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(without);
        var found = all.ToLookup(table => table.Row, table => table.Columns);
        var missing =
            from table in TablesOf(open)
            from column in table.GetProperties()
            where column.ClrType == typeof(string) && Identifying().IsMatch(column.Name)
            where !found[table.ClrType].Any(columns => columns.Contains(column.Name))
            select $"{database}: {table.ClrType.Name}.{column.Name}";
        Assert.Empty(missing);
    }

    [Theory]
    [MemberData(nameof(Databases), DisableDiscoveryEnumeration = true)]
    public void No_secret_is_told(
        string database, IReadOnlyList<PersonalTable> all, IReadOnlyDictionary<Type, string> without, Func<DbContext> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(without);
        Assert.All(all.SelectMany(table => table.Shown), column => Assert.DoesNotMatch(Secret(), column));
        Assert.NotEmpty(database);
    }

    private static List<IEntityType> TablesOf(Func<DbContext> open)
    {
        using var db = open();
        return [.. db.Model.GetEntityTypes().Where(table => !table.IsOwned())];
    }

    [GeneratedRegex("^(Member|Account|UserId|Email|To|Owner|.*By)$")]
    private static partial Regex Identifying();

    [GeneratedRegex("Hash|Secret|Token$|Stamp|Codes|Link|Html|ProviderKey|Unsubscribe|CredentialId|PublicKey")]
    private static partial Regex Secret();
}
