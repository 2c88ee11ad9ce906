using System.Globalization;
using Interclustering.Node.Forms;
using Interclustering.Node.Workspace;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Node.Publishing.PublicationStatus;

/// <summary>A reason as typed, for cancelling or withdrawing, and the version of what it was typed about.</summary>
internal sealed record ReasonForm(long Version, string Text = "", string? Notice = null)
{
    private const int Longest = 500;

    public static async Task<ReasonForm> ReadAsync(HttpContext http, CancellationToken cancellation)
    {
        var form = await http.Request.ReadFormAsync(cancellation);
        var version = long.TryParse(form["version"], CultureInfo.InvariantCulture, out var typed) ? typed : 0;
        return new ReasonForm(version, InputText.Clean(form["reason"].ToString()).Trim(), StaleForm.In(http)?.Notice);
    }

    public IReadOnlyList<FieldError> Errors => Text.Length <= Longest ? [] :
        [new FieldError("reason", T["Ce texte est trop long : {0:N0} caractères, {1:N0} au plus (un emoji peut compter double).",
            Text.Length, Longest])];

    public string? TextOrNull => Text.Length == 0 ? null : Text;
}
