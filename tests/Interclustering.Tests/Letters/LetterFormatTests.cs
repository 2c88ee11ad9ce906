using Interclustering.Node.Letters.Formats;
using Interclustering.Ui.Words;

namespace Interclustering.Tests.Letters;

/// <summary>The same letter as Markdown and as plain text.</summary>
public sealed class LetterFormatTests
{
    private static readonly LetterOutput Letter = LetterTexts.Write("La lettre de décembre",
        "Bonjour **à tous**, voici [le programme](https://bsc.example/a).\n\n- un\n- deux", LetterTexts.Entry(LetterTexts.Visit));

    [Fact]
    public void Markdown_has_headings_links_and_facts() => Assert.Equal(
        """
        # La lettre de décembre

        Bonjour **à tous**, voici [le programme](https://bsc.example/a).

        - un
        - deux

        ## Nos rendez-vous

        ### [Visite du quai](https://interclustering.example/evenements/bsc-1)

        **Jeudi 10 décembre 2026, 9 h – 12 h 30**\
        **Quai Ouest, Rennes**\
        Visite de site · Bretagne Supply Chain

        Deux heures entre les camions électriques.

        [Programme et inscription](https://interclustering.example/evenements/bsc-1)

        ---

        Toutes les dates, tenues à jour : <https://interclustering.example/agenda>

        """, Letter.Markdown.Replace('\u00a0', ' '));

    [Fact]
    public void Plain_text_keeps_the_addresses() => Assert.Equal(
        """
        La lettre de décembre

        Bonjour à tous, voici le programme (https://bsc.example/a).

        - un
        - deux

        NOS RENDEZ-VOUS

        Visite du quai
        Jeudi 10 décembre 2026, 9 h – 12 h 30
        Quai Ouest, Rennes
        Visite de site · Bretagne Supply Chain
        Deux heures entre les camions électriques.
        Programme et inscription : https://interclustering.example/evenements/bsc-1

        Toutes les dates, tenues à jour : https://interclustering.example/agenda

        """, Letter.Plain.Replace('\u00a0', ' '));

    [Fact]
    public void A_letter_is_French_for_a_reader_of_English_too()
    {
        var (culture, words) = (Thread.CurrentThread.CurrentCulture, Thread.CurrentThread.CurrentUICulture);
        try
        {
            Thread.CurrentThread.CurrentCulture = Thread.CurrentThread.CurrentUICulture = Language.English;
            Assert.Equal(Letter.Html, LetterTexts.Write("La lettre de décembre",
                "Bonjour **à tous**, voici [le programme](https://bsc.example/a).\n\n- un\n- deux",
                    LetterTexts.Entry(LetterTexts.Visit)).Html);
        }
        finally
        {
            (Thread.CurrentThread.CurrentCulture, Thread.CurrentThread.CurrentUICulture) = (culture, words);
        }
    }
}
