using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Ui.Words;

namespace Interclustering.Node.Publishing.List;

/// <summary>What the list of publications is narrowed to. All of it stands in the address.</summary>
/// <param name="Tab">One of <see cref="ListTab"/>.</param>
/// <param name="Kind">Empty for all.</param>
/// <param name="State">One of <see cref="ListedState"/>; empty for all but the archived ones.</param>
/// <param name="Theme">Slug; empty for all.</param>
/// <param name="Query">Words, as typed.</param>
public sealed record ListFilter(string Tab, string Kind, string State, string Theme, string Query)
{
    private readonly SearchText? search = SearchText.Of(Query);

    public static ListFilter Of(string? tab, string? kind, string? state, string? theme, string? query) =>
        new(ListTab.All.Contains(tab ?? "") ? tab ?? "" : "", kind ?? "", state ?? "", theme ?? "", SearchText.Cut(query));

    public bool IsEmpty => this == new ListFilter(Tab, "", "", "", "");

    /// <summary>All that fits but the tab.</summary>
    public bool Fits(ListedPublication row) => (Kind.Length == 0 || row.Kind == Kind)
        && (Theme.Length == 0 || row.Text.Themes.Contains(Theme))
        && State switch
        {
            ListedState.Archived => row.ArchivedAt is not null,
            ListedState.Scheduled => row.ArchivedAt is null
                && row is { PublishAt: not null, State: PublicationState.Draft } or { ChangesAt: not null },
            PublicationState.Draft => row.ArchivedAt is null && IsDraft(row),
            PublicationState.Published or PublicationState.Withdrawn =>
                row.ArchivedAt is null && row.State == State,
            _ => row.ArchivedAt is null,
        }
        && (search is null || row.Has(search));

    /// <summary>The rows of a tab: what is to come with the nearest first, the others with the latest first.</summary>
    public static IEnumerable<ListedPublication> Of(string tab, IEnumerable<ListedPublication> rows) => tab switch
    {
        ListTab.Coming => rows.Where(row => IsOut(row) && row.Text.NextDay is not null).OrderBy(row => row.Text.NextDay)
            .ThenBy(row => row.Subject, StringComparer.Ordinal),
        ListTab.Past => rows.Where(row => IsOut(row) && row.Text is { NextDay: null, LastDay: not null })
            .OrderByDescending(row => row.Text.LastDay).ThenBy(row => row.Subject, StringComparer.Ordinal),
        ListTab.Sheets => Latest(rows.Where(row => row.Kind == Kinds.BestPractice)),
        ListTab.Drafts => Latest(rows.Where(IsDraft)),
        _ => Latest(rows),
    };

    /// <summary>The address of the list under this filter, inside the workspace.</summary>
    public string Path(int page = 1)
    {
        var query = string.Join('&', new[]
        {
            ("vue", Tab), ("kind", Kind), ("etat", State), ("theme", Theme), ("q", Query),
            ("page", page > 1 ? page.ToString(CultureInfo.InvariantCulture) : ""),
        }.Where(each => each.Item2.Length > 0).Select(each => $"{each.Item1}={Uri.EscapeDataString(each.Item2)}"));
        return query.Length == 0 ? "/publications" : "/publications?" + query;
    }

    /// <summary>Never published, or about to be changed.</summary>
    private static bool IsDraft(ListedPublication row) => row.State == PublicationState.Draft || row.IsChanging;

    private static bool IsOut(ListedPublication row) => row.State != PublicationState.Draft;

    private static IEnumerable<ListedPublication> Latest(IEnumerable<ListedPublication> rows) =>
        rows.OrderByDescending(row => row.EditedAt).ThenBy(row => row.Subject, StringComparer.Ordinal);
}

/// <summary>The parts of the list.</summary>
internal static class ListTab
{
    public const string Coming = "a-venir", Past = "passees", Sheets = "fiches", Drafts = "brouillons";

    /// <summary>The first one is the whole list.</summary>
    public static IReadOnlyList<string> All { get; } = ["", Coming, Past, Sheets, Drafts];

    public static string InWords(string tab) => tab switch
    {
        Coming => T["À venir"],
        Past => T["Passées"],
        Sheets => T["Fiches"],
        Drafts => T["Brouillons"],
        _ => T["Toutes"],
    };
}

/// <summary>What the list can be narrowed to, besides <see cref="PublicationState"/>.</summary>
public static class ListedState
{
    public const string Scheduled = "scheduled";
    public const string Archived = "archived";
    public static IReadOnlyList<string> All { get; } =
        [PublicationState.Draft, Scheduled, PublicationState.Published, PublicationState.Withdrawn, Archived];

    public static string InWords(string state) => state switch
    {
        PublicationState.Draft => T["Brouillons"],
        Scheduled => T["Programmées"],
        PublicationState.Published => T["Publiées"],
        PublicationState.Withdrawn => T["Retirées"],
        _ => T["Archivées"],
    };
}
