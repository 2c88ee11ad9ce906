using System.Text;
using Interclustering.Contracts;

namespace Interclustering.Node.JointWebinars;

/// <summary>A best-practice sheet begun from everything that a dossier holds. French: it becomes content.</summary>
internal static class SheetText
{
    public static SheetDraft Of(DossierView view)
    {
        var (dossier, said) = (view.Dossier, view.Dossier.Announcement);
        var text = new StringBuilder("## À retenir\n\n- \n- \n- \n");
        Section("De quoi il s’agit", said?.Text ?? dossier.Proposal.Pitch);
        Section("Qui a témoigné", string.Join('\n', (said?.Speakers ?? []).Select(view.LineOf).Where(line => line.Length > 0)
            .Select(line => $"- {line}")));
        Section("Questions et réponses", dossier.Replay?.Questions);
        Section("Pour revoir le webinaire", string.Join('\n', Links(dossier.Replay)));
        return new SheetDraft(said?.Title ?? dossier.Proposal.Title) { Summary = said?.Summary, Text = text.ToString() };

        void Section(string heading, string? content)
        {
            if (!string.IsNullOrWhiteSpace(content))
            {
                text.Append("\n## ").Append(heading).Append("\n\n").Append(content.Trim()).Append('\n');
            }
        }
    }

    private static IEnumerable<string> Links(Replay? replay) =>
        replay is null ? [] : [$"- [Replay]({replay.Url})", .. replay.Slides.Select(slides => $"- [{slides.Label}]({slides.Url})")];
}
