using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Interclustering.Hub.Filters;
using Interclustering.Ui.Words;

namespace Interclustering.Hub.Embeds;

/// <summary>What to copy into another site: a component, a frame, or links as they are now.</summary>
/// <param name="Component">A script and the element that it defines.</param>
/// <param name="Frame">A frame, and the script that gives it the height of its content.</param>
/// <param name="Plain">Links.</param>
/// <param name="Address">What becomes a card where it is pasted (oEmbed).</param>
/// <param name="FramePath">What stands in the frame.</param>
public sealed record Snippets(string Component, string Frame, string Plain, string Address, string FramePath)
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static Snippets Of(AgendaFilter filter, EmbedChoice choice, EmbeddedAgenda agenda, string origin)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(choice);
        ArgumentNullException.ThrowIfNull(agenda);
        var path = Language.To("/embed/agenda") + choice.Query(filter.Query());
        return new Snippets(
            $"<script type=\"module\" "
                + $"src=\"{Text(origin)}/embed/interclustering.js\"></script>\n"
                + $"<interclustering-agenda{Attributes(filter, choice, origin)}>\n"
                + $"  <a href=\"{Text(agenda.MoreUrl)}\">{Text(agenda.More)}</a>\n</interclustering-agenda>",
            string.Create(CultureInfo.InvariantCulture, $"<iframe src=\"{Text(origin + path)}\" title=\"{Text(agenda.Title)}\" "
                + $"width=\"100%\" height=\"{HeightOf(choice)}\" loading=\"lazy\"></iframe>\n"
                + $"<script src=\"{Text(origin)}/embed/height.js\" async></script>"),
            PlainOf(agenda),
            origin + Language.To(PageOf(filter, choice)), path);
    }

    /// <summary>Pixels of a frame whose own height is not known yet.</summary>
    public static int HeightOf(EmbedChoice choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return choice.Layout switch
        {
            EmbedChoice.NextLayout => 220,
            EmbedChoice.MonthLayout => 760,
            _ => 120 + (130 * Math.Min(choice.Limit, 6)),
        };
    }

    /// <summary>A page that shows the choice to people too; <c>/agenda/mois</c> is always this month.</summary>
    private static string PageOf(AgendaFilter filter, EmbedChoice choice)
    {
        var path = choice.Layout switch
        {
            EmbedChoice.SheetsLayout => "/ressources",
            EmbedChoice.MonthLayout => "/agenda/mois",
            _ => "/agenda",
        };
        string?[] asked =
        [
            filter.Query() is { Length: > 1 } query ? query[1..] : null,
            choice.Layout == EmbedChoice.NextLayout ? "layout=next" : null,
            choice.IsCounted && choice.Limit != EmbedChoice.DefaultLimit
                ? string.Create(CultureInfo.InvariantCulture, $"limit={choice.Limit}") : null,
            choice.Theme is { } theme ? "theme=" + theme : null,
        ];
        var all = string.Join('&', asked.OfType<string>());
        return all.Length == 0 ? path : $"{path}?{all}";
    }

    private static string Attributes(AgendaFilter filter, EmbedChoice choice, string origin)
    {
        IEnumerable<(string Name, string? Value)> given = [
            ("src", origin), ("layout", choice.Layout),
                .. Criterion.All.Select(criterion => (criterion.Name, List(ValuesOf(criterion, filter, choice)))), ("q", filter.Text),
            ("from", filter.FirstDay is { } from ? DateWords.Iso(from) : null), ("to", filter.LastDay is { } to ? DateWords.Iso(to) : null),
            ("limit", choice.IsCounted ? choice.Limit.ToString(CultureInfo.InvariantCulture) : null), ("lang", Language.Tag),
        ];
        return string.Concat(given.Where(pair => pair.Value is not null).Select(pair => $" {pair.Name}=\"{Text(pair.Value!)}\""));
    }

    private static IReadOnlyList<string> ValuesOf(Criterion criterion, AgendaFilter filter, EmbedChoice choice) =>
        criterion.Name == Criterion.Theme && choice.Theme is { } colours
            ? [.. filter.Of(criterion.Name), colours] : filter.Of(criterion.Name);

    private static string? List(IReadOnlyList<string> values) => values.Count == 0 ? null : string.Join(' ', values);

    private static string PlainOf(EmbeddedAgenda agenda)
    {
        var html = new StringBuilder("<ul>\n");
        foreach (var item in agenda.Items)
        {
            // What is near today is far tomorrow: a snippet that stays says the day only.
            var date = agenda.Layout == EmbedChoice.SheetsLayout
                ? item.Date : DateWords.Capital(DateWords.InFull(DateOnly.Parse(item.Day, CultureInfo.InvariantCulture)));
            var details = string.Join(", ", ((string?[])[date, item.Hours, item.Place, item.ClusterName, item.Members, item.Status])
                .OfType<string>());
            html.Append("  <li><a href=\"").Append(Text(item.Url)).Append("\">").Append(Text(item.Title)).Append("</a> — ")
                .Append(Text(details));
            html.Append(item.Register is null ? "" : $", <a href=\"{Text(item.Register)}\">{Text(item.RegisterLabel!)}</a>")
                .Append("</li>\n");
        }

        return html.Append("</ul>\n<p><a href=\"").Append(Text(agenda.MoreUrl)).Append("\">").Append(Text(agenda.More)).Append("</a></p>")
            .ToString();
    }

    private static string Text(string text) => Encoder.Encode(text);
}
