namespace Interclustering.IntegrationTests.Poison;

/// <summary>Texts that parsers, renderers, indexes and other formats stumble over.</summary>
internal static class HostileTexts
{
    /// <summary>Up to what one line of a form may hold.</summary>
    public static IReadOnlyList<(string Name, string Text)> Short { get; } =
    [
        ("nul", "a\u0000b"), ("c0", "a\u0001\u0008\u001b[31mb"), ("c1", "a\u0085\u009bb"), ("demi", $"a{Poison.LoneSurrogate}b"),
        ("non-caractère", "a\uffff\ufffeb"), ("bom", "\ufeffa"),
        ("inverse", "a\u202eb\u2066c"), ("joints", "👩‍👩‍👧‍👦🏳️‍🌈"),
        ("zalgo", "z" + string.Concat(Enumerable.Repeat("\u0301\u0320", 60))),
        ("séparateurs", "a\u2028b\u2029c"),
        ("blancs", "\u200b\u00a0\u3000"), ("privé", "\ue000\U000F0000"), ("balise", "<script>alert(1)</script>"),
        ("image", "\"><img src=x onerror=alert(1)>"), ("entités", "&#0;&#xD800;&amp;&lt;&zz;"),
        ("cdata", "<![CDATA[ ]]>"), ("commentaire", "<!-- --"), ("gabarit", "{{7*7}} ${7*7} @(1) @T[\"x\"]"),
        ("format", "{0} {1:N0} %s %n {"), ("sql", "'; DROP TABLE x; --"),
        ("fts", "\"NEAR/5 * OR AND NOT ( ) ^"), ("tsquery", "a & | ! :* <-> ( '"), ("like", "100 %_\\"),
        ("formule", "=HYPERLINK(\"https://exemple.example\")"), ("ligne", "a\r\nEND:VEVENT\r\nBEGIN:VEVENT"),
        ("ics", "a;b,c\\n\\;d:e"), ("chemin", "../../../etc/passwd"), ("pour-cent", "%00%0d%0a%zz%"), ("guillemets", "«»“”„‚‘’'\"`"),
        ("markdown", "[a](javascript:alert(1)) ![b](x) `c` **d**"),
        ("regex", "(a+)+$ [[:alpha:]] \\Q"), ("turc", "İıIi ß ﬁ ǅ"), ("long-mot", new string('w', 190)),
    ];

    /// <summary>Up to what a text may hold.</summary>
    public static IReadOnlyList<(string Name, string Text)> Long { get; } =
    [
        ("citations-140", Repeat(">", 140) + " a"), ("citations-5000", Repeat("> ", 5_000) + "a"),
        ("listes", string.Concat(Enumerable.Range(0, 170).Select(level => new string(' ', level * 2) + "- a\n"))),
        ("listes-en-ligne", Repeat("- ", 20_000)), ("numéros", Repeat("1. ", 15_000)), ("citation-liste", Repeat("> - ", 10_000)),
        ("étoiles", Repeat("*", 50_000)), ("étoiles-a", Repeat("*a ", 19_000)),
        ("étoiles-a-étoiles", Repeat("*a_", 10_000) + Repeat("_a*", 9_000)), ("soulignés", Repeat("_a", 29_000)),
        ("crochets", Repeat("[", 50_000)), ("crochets-fermés", Repeat("[", 20_000) + "a" + Repeat("]", 20_000)),
        ("crochets-liens", Repeat("[a](", 14_000)), ("liens-imbriqués", Repeat("[", 9_000) + "a" + Repeat("](b)", 9_000)),
        ("images", Repeat("![", 29_000)), ("accents-graves", Repeat("`", 59_000)),
        ("accents-croissants", string.Concat(Enumerable.Range(1, 300).Select(length => new string('`', length) + " "))),
        ("barrière", Repeat("```\n", 14_000)), ("dièses", Repeat("# ", 29_000)),
        ("tableau-large", Repeat("|a", 3_000) + "|\n" + Repeat("|-", 3_000) + "|\n" + Repeat("|b", 3_000) + "|"),
        ("tableau-long", "|a|b|\n|-|-|\n" + Repeat("|c|d|\n", 9_000)), ("barres", Repeat("|", 59_000)),
        ("références", string.Concat(Enumerable.Range(0, 20)
            .Select(number => $"[r{number}]: https://exemple.example/{new string('u', 1_500)}\n")) + "\n" + Repeat("[r1] ", 5_000)),
        ("références-toutes", "[a]: https://exemple.example/" + new string('u', 20_000) + "\n\n" + Repeat("[a]", 12_000)),
        ("div", Repeat("<div>", 11_000)), ("b", Repeat("<b>", 19_000)),
        ("svg", "<svg onload=alert(1)><foreignObject>" + Repeat("<g>", 5_000)), ("chevrons", Repeat("<", 59_000)),
        ("commentaires", Repeat("<!--", 14_000)), ("instructions", Repeat("<?x ", 14_000)),
        ("entités-longues", Repeat("&#x1F600;", 6_500)), ("esperluettes", Repeat("&", 59_000)), ("échappements", Repeat("\\", 59_000)),
        ("liens-nus", Repeat("https://exemple.example/a ", 2_300)),
        ("courriels", Repeat("<a@b.example> ", 4_000)), ("courriels-nus", Repeat("a@b.example ", 4_900)),
        ("un-mot", new string('w', 59_000)), ("lignes", Repeat("\n", 59_000)), ("lignes-a", Repeat("a\n\n", 19_000)),
        ("tabulations", Repeat("\t", 59_000) + "a"), ("espaces", Repeat(" ", 59_000) + "a"),
        ("titres-soulignés", Repeat("a\n=\n", 14_000)), ("traits", Repeat("---\n", 14_000)), ("durs", Repeat("a  \n", 14_000)),
        ("notes", string.Concat(Enumerable.Range(0, 2_000)
            .Select(number => $"[^{number}] ")) + "\n\n" + string.Concat(Enumerable.Range(0, 2_000).Select(number => $"[^{number}]: n\n"))),
        ("tâches", Repeat("- [ ] a\n", 7_000)), ("définitions", Repeat("a\n: b\n\n", 8_000)), ("en-tête", "---\ntitle: x\n---\n"),
        ("mélange", Repeat("> 1. * a **b _c [d `e\n", 2_500)), ("tildes", Repeat("~", 59_000)),
        ("circonflexes", Repeat("^a^", 19_000)), ("emojis", Repeat("😀", 29_000)),
        ("mots", string.Concat(Enumerable.Range(0, 9_000).Select(number => $"mot{number} "))),
        ("combinants", "e" + Repeat("\u0301", 50_000)),
        ("vingt-fois-entité", Repeat("&lt;script&gt;", 4_000)), ("conteneurs", Repeat(":::\n", 14_000)),
        ("formules", Repeat("$$\n", 19_000)), ("abréviations",
        string.Concat(Enumerable.Range(0, 2_500).Select(number => $"*[A{number}]: b\n"))),
        ("caractères-nuls", Repeat("\u0000", 1_000)), ("retours", Repeat("\r", 59_000)), ("trop-long", new string('l', 61_000)),
    ];

    private static string Repeat(string piece, int times) => string.Concat(Enumerable.Repeat(piece, times));
}
