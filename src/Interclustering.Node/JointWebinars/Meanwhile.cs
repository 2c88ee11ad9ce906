using Interclustering.Contracts;
using Interclustering.JointWebinars;

namespace Interclustering.Node.JointWebinars;

/// <summary>What was recorded of the same thing since its form was opened.</summary>
/// <param name="Other">The version that counts now.</param>
/// <param name="Apart">The fields in which it and the form differ: label, the other's text, the form's.</param>
public sealed record Meanwhile(RecordedFact Other, IReadOnlyList<(string Label, string Other, string Mine)> Apart)
{
    /// <summary>Null where the form has seen the last version, and where that says the same.</summary>
    /// <param name="view">The dossier as it is now.</param>
    /// <param name="mine">What the form says.</param>
    /// <param name="seen">Id of the version that the form was opened with; empty for none.</param>
    /// <param name="lineOf">« Nom — rôle » of a person, also of one who is only just typed.</param>
    public static Meanwhile? Of(DossierView view, JointWebinarFact mine, string seen, Func<string?, string> lineOf)
    {
        ArgumentNullException.ThrowIfNull(view);
        if (FactVersions.Of(view.Dossier, view.Own, mine) is not [.., var last] || last.Subject == seen)
        {
            return null;
        }

        var theirs = FactFields.Of(last.Fact, view, lineOf).ToDictionary(field => field.Label, field => field.Text);
        var apart = FactFields.Of(mine, view, lineOf).Where(field => theirs.GetValueOrDefault(field.Label, "") != field.Text)
            .Select(field => (field.Label, theirs.GetValueOrDefault(field.Label, ""), field.Text)).ToList();
        return apart.Count == 0 ? null : new Meanwhile(last, apart);
    }
}
