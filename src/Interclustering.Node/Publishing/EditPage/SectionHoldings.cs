using Interclustering.Contracts;
using Interclustering.Node.Forms;
using Interclustering.Node.Publishing.Form;
using Interclustering.Ui.Words;

namespace Interclustering.Node.Publishing.EditPage;

/// <summary>What each folded part of the form holds, in the words of its fields.</summary>
/// <param name="form">As typed.</param>
internal sealed class SectionHoldings(ItemForm form)
{
    public IEnumerable<string> Dates =>
    [
        .. form.Sessions.Take(1).Select(first => first.EndDate),
        .. form.Sessions.Skip(1).Select(session => $"{session.Date} {session.Start}".Trim()),
        form["repeat"], form["timeZone"] == Zones.Usual ? "" : Option(Zones.All, form["timeZone"]),
    ];

    public IEnumerable<string> Place =>
        [Label(form["attendance"]), form["street"], form["postalCode"], Region, form["onlineUrl"], form["registrationUrl"]];

    public IEnumerable<string> Content => [form["summary"], form["text"], form["speakers"],
        form.Image?.Name ?? form["imageUrl"]];

    public IEnumerable<string> Subjects =>
        [Label(form["format"]), .. form.Themes.Select(Vocabulary.Label), .. form.Audiences.Select(Vocabulary.Label)];

    public IEnumerable<string> Recording => [form["replayUrl"], form["slides"]];

    public IEnumerable<string> People => [form["owner"], form["contacts"], form["reviewedOn"], form["reviewBy"], form["related"]];

    public IEnumerable<string> Files => form.Files.Select(file => file.Name);

    public IEnumerable<string> Status => [Label(form["status"]), form["statusReason"],
        form.Has("full") ? T["Complet"] : "", form.Has("movedOnline") ? T["Déplacé en ligne"] : ""];

    public IEnumerable<string> Visibility(FederationDirectory directory) =>
        [Label(form["visibility"]), .. form.CoOrganisers.Select(code => directory.Find(code)?.Name ?? code)];

    private string Region => form["region"].Length == 0 ? "" : Regions.NameOf(form["region"]);

    private static string Label(string slug) => slug.Length == 0 ? "" : Vocabulary.Label(slug);

    private static string Option(IReadOnlyList<(string Value, string Text)> options, string value) =>
        options.FirstOrDefault(option => option.Value == value).Text ?? value;
}
