using System.Text.Encodings.Web;
using System.Text.Json;

namespace Interclustering.Node.Publishing.Editor;

/// <summary>The autosave of a form, as typed. Only its member sees it.</summary>
public sealed class UnsavedText
{
    // Names stay readable, so that an erased person's can be found.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Id of the member of staff.</summary>
    public required string Member { get; init; }

    /// <summary>The form: the publication's subject, or a random key for a new one.</summary>
    public required string Form { get; init; }

    /// <inheritdoc cref="WorkingCopy.Kind"/>
    public required string Kind { get; init; }
    public string Title { get; set; } = "";

    /// <summary>JSON: an array of [name, value].</summary>
    public required string Fields { get; set; }

    /// <summary>UTC.</summary>
    public DateTime SavedAt { get; set; }

    public static string Write(IEnumerable<KeyValuePair<string, string>> fields) =>
        JsonSerializer.Serialize(fields.Select(field => new[] { field.Key, field.Value }), Plain);

    public IEnumerable<KeyValuePair<string, string>> Read() =>
        JsonSerializer.Deserialize<string[][]>(Fields, Plain)!.Select(pair => KeyValuePair.Create(pair[0], pair[1]));
}
