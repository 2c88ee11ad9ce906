using Microsoft.AspNetCore.Http;

namespace Interclustering.Accounts.SignIn;

/// <summary>
/// What was typed into a form that has to wait until its sender has signed in or confirmed: carried through in hidden fields.
/// </summary>
public sealed record KeptForm(IReadOnlyList<KeyValuePair<string, string>> Fields)
{
    public const string Marker = "kept";
    public const int MostFields = 5_000;
    private const int MostCharacters = 400_000;
    private const long MostBytes = 4_000_000;
    private const string Token = "__RequestVerificationToken";
    private static readonly string[] OfSignIn = [Marker, "email", "password", "retour", "ticket", "code", "credential", Token];
    private static readonly string[] OfConfirmation =
        ["confirmation", "confirmation-retour", "confirmation-kept", "confirmation-credential", Token];

    /// <summary>Null when it is larger than a publication can be.</summary>
    public static async Task<KeptForm?> TakeAsync(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!request.HasFormContentType || request.ContentLength is null or > MostBytes)
        {
            return null;
        }

        try
        {
            return Of(await request.ReadFormAsync(request.HttpContext.RequestAborted), OfSignIn);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>What a sign-in carries; null for an ordinary one.</summary>
    public static KeptForm? In(IFormCollection form)
    {
        ArgumentNullException.ThrowIfNull(form);
        return form.ContainsKey(Marker) ? Of(form, OfSignIn) : null;
    }

    /// <summary>What waits for a confirmation.</summary>
    internal static KeptForm? BehindConfirmation(IFormCollection form) => Of(form, OfConfirmation);

    private static KeptForm? Of(IFormCollection form, string[] except)
    {
        var fields = form.Where(field => !except.Contains(field.Key))
            .SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value ?? ""))).ToList();
        return fields.Count <= MostFields && fields.Sum(field => field.Key.Length + field.Value.Length) <= MostCharacters
            ? new KeptForm(fields) : null;
    }
}
