using Interclustering.Node.Forms;
using Interclustering.Node.Publishing.Editor;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Node.JointWebinars;

/// <summary>The fields of one of a page's forms, as typed, so that nothing is lost when they can't be taken.</summary>
/// <param name="Form">Which form: its last part of the address and, for one row of several, the row's id behind it.</param>
/// <param name="Values">By name.</param>
public sealed record InputFields(string Form, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>What was recorded of the same thing since the form was opened.</summary>
    public Meanwhile? Meanwhile { get; init; }

    public static InputFields None { get; } = new("", new Dictionary<string, string>());

    public static InputFields Read(string form, IFormCollection posted)
    {
        ArgumentNullException.ThrowIfNull(posted);
        var values = posted.ToDictionary(field => field.Key, field => InputText.Clean(field.Value.FirstOrDefault() ?? "").Trim());
        foreach (var address in values.Keys.Where(name => name.EndsWith("url", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            values[address] = TypedAddress.Completed(values[address]);
        }

        return new InputFields($"{form}{values.GetValueOrDefault("id")}", values);
    }

    /// <summary>An autosave of a form of a dossier: its key ends in which one.</summary>
    internal static InputFields Of(UnsavedText text) => new(text.Form.Split('/', 3)[^1], text.Read().GroupBy(field => field.Key)
        .ToDictionary(field => field.Key, field => field.First().Value));

    public string this[string field] => Values.GetValueOrDefault(field, "");

    /// <summary>Null for what is empty.</summary>
    public string? Text(string field) => this[field] is { Length: > 0 } text ? text : null;

    public bool Has(string flag) => this[flag] == "on";

    /// <summary>What to show in a field of a form: what was typed in it, else what is known.</summary>
    public string Of(string form, string field, string? known) => form == Form ? this[field] : known ?? "";

    /// <summary>Null, or an error for a text that is too long.</summary>
    public FieldError? TooLong(string field, int most, string? at = null) => this[field].Length > most
        ? new FieldError(at ?? field, T["{0:N0} caractères au plus.", most]) : null;

    /// <summary>Null, or an error for what is no address of a page.</summary>
    public FieldError? NoAddress(string field, bool needed = false) =>
        this[field].Length == 0 ? needed ? new FieldError(field, T["Donnez une adresse, qui commence par https://."]) : null
        : this[field].Length <= 2000 && Uri.TryCreate(this[field], UriKind.Absolute, out var address)
            && address.Scheme == Uri.UriSchemeHttps && address.Host.Length > 0 ? null
        : new FieldError(field, T["Cette adresse ne convient pas : elle doit commencer par https://."]);
}
