using Interclustering.Contracts;
using Interclustering.Node.NationalView;
using Interclustering.Node.Publishing.Form;
using Interclustering.Node.Publishing.Mapping;
using Interclustering.Ui.Words;

namespace Interclustering.Node.Publishing.EditPage;

/// <summary>A new form that begins with what another cluster has written: what it is about, but not where, when and with whom.</summary>
internal static class TakenUpText
{
    /// <param name="item">Of any cluster.</param>
    /// <param name="kind">Of the form, see <see cref="Kinds"/>.</param>
    /// <param name="site">Origin of the national site, without a slash at the end.</param>
    /// <param name="region">INSEE code: where an event most likely takes place.</param>
    public static ItemForm Of(NationalItem item, string kind, string site, string region)
    {
        var published = (PublishedItem)item.Publication;
        var form = ItemForm.Empty(kind, region);
        (form["title"], form["summary"]) = (published.Title, published.Summary ?? "");
        form["text"] = $"{published.Text}\n\n{Language.InFrench(() => SourceOf(item, published, site))}".Trim();
        form.Themes.UnionWith(published.Themes);
        form.Audiences.UnionWith(published.Audiences);
        if (published is Event { Sessions: [var first, ..] } happening && kind != Kinds.BestPractice)
        {
            form["format"] = happening.Format ?? "";
            form["attendance"] = happening.Attendance;
            var hours = FormFilling.Typed(first);
            form.Sessions[0] = new SessionInput(Start: hours.Start, End: hours.End);
        }

        if (kind == Kinds.BestPractice)
        {
            form["related"] = site + Addresses.National(item.Kind, item.Subject);
        }

        return form;
    }

    /// <summary>A line of Markdown; without a link to what the national site does not show.</summary>
    private static string SourceOf(NationalItem item, PublishedItem published, string site)
    {
        var title = published.Title.Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal);
        return published.Visibility == Visibility.Staff ? T["D’après « {0} », de {1}.", title, item.Cluster.Name]
            : T["D’après « [{0}]({1}) », de {2}.", title, site + Addresses.National(item.Kind, item.Subject), item.Cluster.Name];
    }
}
