using System.Globalization;
using Interclustering.Node.Forms;
using Interclustering.Node.Publishing.Form;
using Interclustering.Node.Workspace;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Node.Publishing.EventChanges;

/// <summary>What was typed on a publication's own page: what shall become of it, and why.</summary>
/// <param name="Version">Of the publication when it was typed.</param>
/// <param name="Reason">In plain words; may be empty.</param>
/// <param name="Notice">Why the form can't be taken as it is; null when it can.</param>
public sealed record ChangeForm(long Version, string Reason = "", string? Notice = null)
{
    private const int Longest = 500;
    private const int MostDates = 1000;

    /// <summary>Dates and hours as typed, for an event that is rescheduled.</summary>
    public IReadOnlyList<SessionInput> Sessions { get; init; } = [];

    /// <summary>
    /// Starts of dates that were ticked, or of the one that was chosen, in the form of <see cref="Contracts.Session.Start"/>.
    /// </summary>
    public IReadOnlyList<string> Dates { get; init; } = [];

    /// <summary>Of a series, only <see cref="Dates"/> are meant.</summary>
    public bool OnlySome { get; init; }

    /// <summary>To the team, about a draft.</summary>
    public string Comment { get; init; } = "";

    /// <summary>With which a draft is given back to its author.</summary>
    public string Remark { get; init; } = "";

    /// <summary>Why a draft is published without a review.</summary>
    public string Unreviewed { get; init; } = "";

    /// <summary>There is no new date yet.</summary>
    public bool ToBeAnnounced { get; init; }

    public static async Task<ChangeForm> ReadAsync(HttpContext http, CancellationToken cancellation)
    {
        var form = await http.Request.ReadFormAsync(cancellation);
        var version = long.TryParse(form["version"], CultureInfo.InvariantCulture, out var typed) ? typed : 0;
        return new ChangeForm(version, Typed("reason"), StaleForm.In(http)?.Notice)
        {
            Sessions = ItemForm.SessionsOf(form),
            Dates = [.. form["dates"].Take(MostDates).Select(start => InputText.Clean(start ?? ""))],
            Comment = Typed("comment"),
            Remark = Typed("remark"),
            Unreviewed = Typed("unreviewed"),
            OnlySome = form["which"] == "some",
            ToBeAnnounced = form["toBeAnnounced"] == "on",
        };

        string Typed(string field) => InputText.Clean(form[field].ToString()).Trim();
    }

    /// <summary>What is wrong with the reason.</summary>
    /// <param name="field">Its id on the page.</param>
    public IReadOnlyList<FieldError> ErrorsAt(string field) => Reason.Length <= Longest ? [] :
        [new FieldError(field, T["Ce texte est trop long : {0:N0} caractères, {1:N0} au plus (un emoji peut compter double).",
            Reason.Length, Longest])];

    public string? ReasonOrNull => Reason.Length == 0 ? null : Reason;
}
