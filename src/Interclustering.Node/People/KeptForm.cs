using Microsoft.AspNetCore.Http;

namespace Interclustering.Node.People;

/// <summary>What somebody typed into a form while her session ended: the sign-in page carries it through, in hidden fields.</summary>
public sealed record KeptForm(IReadOnlyList<KeyValuePair<string, string>> Fields)
{
    public const string Marker = "kept";
    public const int MostFields = 5_000;
    private const int MostCharacters = 400_000;
    private const long MostBytes = 4_000_000;
    private static readonly string[] OfSignIn = [Marker, "email", "password", "retour", "__RequestVerificationToken"];

    /// <summary>Null when it is larger than a publication can be.</summary>
    public static async Task<KeptForm?> TakeAsync(HttpRequest request)
    {
        if (!request.HasFormContentType || request.ContentLength is null or > MostBytes)
        {
            return null;
        }

        try
        {
            return Of(await request.ReadFormAsync(request.HttpContext.RequestAborted));
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>What a sign-in carries; null for an ordinary one.</summary>
    public static KeptForm? In(IFormCollection form) => form.ContainsKey(Marker) ? Of(form) : null;

    private static KeptForm? Of(IFormCollection form)
    {
        var fields = form.Where(field => !OfSignIn.Contains(field.Key))
            .SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value ?? ""))).ToList();
        return fields.Count <= MostFields && fields.Sum(field => field.Key.Length + field.Value.Length) <= MostCharacters ? new KeptForm(fields) : null;
    }
}
