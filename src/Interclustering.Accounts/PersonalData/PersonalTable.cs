using System.Linq.Expressions;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Accounts.PersonalData;

/// <summary>A table with rows of persons: which rows are whose, what of them is told to the person, what an erasure does.</summary>
/// <param name="Row">Its type.</param>
/// <param name="Name">For the person, in French.</param>
/// <param name="Columns">What identifies or names a person.</param>
/// <param name="Shown">The columns that are told: no secrets, and nothing of others.</param>
/// <param name="Stays">Why an erasure leaves the rows, in English; null where it does not.</param>
public abstract record PersonalTable(
    Type Row, string Name, IReadOnlyList<string> Columns, IReadOnlyList<string> Shown, string? Stays)
{
    /// <summary>In place of the name of a person who was erased, where colleagues read who wrote.</summary>
    public const string Nameless = "un ancien membre";

    public abstract Task<JsonArray> ReadAsync(DbContext db, PersonKeys person, CancellationToken cancellation);

    /// <returns>How many rows it has changed or deleted.</returns>
    public abstract Task<int> EraseAsync(DbContext db, PersonKeys person, CancellationToken cancellation);
}

/// <inheritdoc cref="PersonalTable"/>
/// <typeparam name="T">The row.</typeparam>
public sealed record PersonalTable<T>(string Name, IReadOnlyList<string> Columns, IReadOnlyList<string> Shown, string? Stays = null)
    : PersonalTable(typeof(T), Name, Columns, Shown, Stays)
    where T : class
{
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web);

    /// <summary>Whether the columns are texts that may name a person, and not what identifies them.</summary>
    public bool Names { get; init; }

    /// <summary>What an erasure does to the rows; it deletes them by default.</summary>
    public Func<IQueryable<T>, CancellationToken, Task<int>> Erase { get; init; } =
        (rows, cancellation) => rows.ExecuteDeleteAsync(cancellation);

    /// <summary>Fewer rows than the columns tell.</summary>
    public Expression<Func<T, bool>>? Only { get; init; }

    public override async Task<JsonArray> ReadAsync(DbContext db, PersonKeys person, CancellationToken cancellation)
    {
        var rows = await Of(db, person).AsNoTracking().ToListAsync(cancellation);
        return [.. rows.Select(row => (JsonNode)new JsonObject(Shown.Select(column =>
            KeyValuePair.Create(column, JsonSerializer.SerializeToNode(ValueOf(row, column), Plain)))))];
    }

    public override Task<int> EraseAsync(DbContext db, PersonKeys person, CancellationToken cancellation) =>
        Stays is null ? Erase(Of(db, person), cancellation) : Task.FromResult(0);

    private static object? ValueOf(object? row, string path) => path.Split('.').Aggregate(
        row, (value, name) => value?.GetType().GetProperty(name)!.GetValue(value));

    private IQueryable<T> Of(DbContext db, PersonKeys person)
    {
        var row = Expression.Parameter(typeof(T), "row");
        var tests = Columns.SelectMany(column =>
        {
            var value = Expression.Property(row, column);
            return Names
                ? person.Words.Select(word => (Expression)Expression.Call(value, nameof(string.Contains), null, Expression.Constant(word)))
                : [Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [typeof(string)],
                    Expression.Constant(person.Values.ToArray()), value)];
        });
        var rows = db.Set<T>().Where(
            Expression.Lambda<Func<T, bool>>(tests.Aggregate((Expression)Expression.Constant(false), Expression.OrElse), row));
        return Only is null ? rows : rows.Where(Only);
    }
}
