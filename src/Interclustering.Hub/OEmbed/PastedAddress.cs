using System.Globalization;
using System.Text.RegularExpressions;
using Interclustering.Contracts;
using Interclustering.Hub.Agenda;
using Interclustering.Hub.Embeds;
using Interclustering.Hub.Filters;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Interclustering.Hub.OEmbed;

/// <summary>
/// What an address of the national site names that can stand elsewhere: a publication, or a part of the agenda or of the sheets.
/// </summary>
/// <param name="Culture">Of the address: French at the root, English under <c>/en</c>.</param>
/// <param name="Publication">Its id; null for a part of the agenda or of the sheets.</param>
/// <param name="IsSheet">Whether the address is that of a sheet.</param>
/// <param name="Filter">Of the agenda or the sheets.</param>
/// <param name="Choice">How it is laid out.</param>
internal sealed partial record PastedAddress(
    CultureInfo Culture, string? Publication, bool IsSheet, AgendaFilter Filter, EmbedChoice Choice)
{
    /// <summary>Null for what is not an address of this site, or of a page that can't stand elsewhere.</summary>
    /// <param name="address">Absolute, http or https.</param>
    /// <param name="host">Of this site, as the caller names it.</param>
    /// <param name="directory">For what a filter may say.</param>
    public static PastedAddress? Read(string? address, HostString host, FederationDirectory directory)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
            || !string.Equals(uri.Authority, host.Value, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var query = new QueryCollection(QueryHelpers.ParseQuery(uri.Query));
        string[] path = [.. uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];
        var isEnglish = path is [var first, ..] && "/" + first == Language.EnglishPrefix;
        var all = new PastedAddress(
            isEnglish ? Language.English : Language.French, null, false, AgendaFilter.Read(query, directory), EmbedChoice.Read(query));
        return (isEnglish ? path[1..] : path) switch
        {
            ["evenements", var id, .. { Length: < 2 }] => all with { Publication = id },
            ["ressources", var id, .. { Length: < 2 }] => all with { Publication = id, IsSheet = true },
            ["ressources"] => all.As(EmbedChoice.SheetsLayout),
            // What has taken place is shown nowhere else.
            [] or ["agenda"] or ["agenda", "carte"] => all.Filter.Past ? null
                : all.Choice.Layout == EmbedChoice.SheetsLayout ? all.As(EmbedChoice.ListLayout) : all,
            ["agenda", "mois"] => all.As(EmbedChoice.MonthLayout).On(null),
            ["agenda", var month] when Month().IsMatch(month) =>
                EmbedChoice.MonthOf(month) is { } day ? all.As(EmbedChoice.MonthLayout).On(day) : null,
            ["agenda", var week] when Week().IsMatch(week) => AgendaWeek.Monday(week) is { } monday && AgendaView.IsShown(monday)
                ? all with
                {
                    Filter = all.Filter.Undated with { From = monday, To = monday.AddDays(6) },
                    Choice = all.Choice with { Layout = EmbedChoice.ListLayout, Limit = EmbedChoice.MostItems },
                }
                : null,
            _ => null,
        };
    }

    /// <summary>The frame's address on this site, in the current language.</summary>
    public string FramePath => Language.To(Publication is not null
        ? "/embed/publication/" + Uri.EscapeDataString(Publication) + (Choice.Theme is { } theme ? "?theme=" + theme : "")
        : "/embed/agenda" + Choice.Query(Filter.Query(), Choice.Month is { } month ? DateWords.Iso(month)[..7] : null));

    private PastedAddress As(string layout) => this with { Choice = Choice with { Layout = layout } };

    /// <summary>Of a month, or of this one: the days are the month's.</summary>
    private PastedAddress On(DateOnly? month) => this with { Filter = Filter.Undated, Choice = Choice with { Month = month } };

    [GeneratedRegex(@"^\d{4}-\d{2}$")]
    private static partial Regex Month();

    [GeneratedRegex(@"^\d{4}-W\d{2}$")]
    private static partial Regex Week();
}
