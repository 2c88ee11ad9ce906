using System.Text;

namespace Interclustering.Node.Forms;

/// <summary>What comes out of a form's fields.</summary>
public static class InputText
{
    /// <summary>
    /// Text that JSON and PostgreSQL can hold: lone surrogates are replaced, control characters dropped, lines end in LF.
    /// </summary>
    public static string Clean(string typed)
    {
        var clean = new StringBuilder(typed.Length);
        foreach (var rune in typed.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (!Rune.IsControl(rune) || rune.Value is '\n' or '\t')
            {
                clean.Append(rune);
            }
        }

        return clean.ToString();
    }
}
