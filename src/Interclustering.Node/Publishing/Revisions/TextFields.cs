using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.Form;
using Interclustering.Node.Publishing.Mapping;
using Interclustering.Ui.Words;

namespace Interclustering.Node.Publishing.Revisions;

/// <summary>What a form holds, field by field, in the words that people read.</summary>
internal static class TextFields
{
    /// <summary>Every field that the kind has, in the form's order, also those that are empty.</summary>
    public static IReadOnlyList<(string Label, string Text)> Of(ItemForm form)
    {
        var shared = new (string, string)[] { (T["Titre"], form["title"]), (T["Résumé"], form["summary"]) };
        var happening = form.Kind == Kinds.BestPractice ? [] : new (string, string)[]
        {
            (T["Quand"], string.Join('\n', form.Sessions.Select(Session))),
            (T["Répétition"], form["repeat"]),
            (T["N’a pas lieu le"], string.Join('\n', form.Except.Order(StringComparer.Ordinal).Select(Moments.Start))),
            (T["Fuseau horaire"], form["timeZone"]),
            (T["Format"], Label(form["format"])),
            (T["Participation"], Label(form["attendance"])),
            (T["Où"],
                string.Join('\n', new[] { form["placeName"], form["street"], $"{form["postalCode"]} {form["city"]}".Trim(),
                Regions.NameOf(form["region"]) }.Where(line => line.Length > 0))),
            (T["Lien en ligne"], form["onlineUrl"]),
            (T["Lien d’inscription"], form["registrationUrl"]),
            (T["Statut"], Label(form["status"])),
            (T["Explication"], form["statusReason"]),
            (T["Complet"], form.Has("full") ? T["oui"] : ""),
            (T["Déplacé en ligne"], form.Has("movedOnline") ? T["oui"] : ""),
            (T["Intervenants"], form["speakers"]),
            (T["Image"], form.Image?.Name ?? form["imageUrl"]),
            (T["Description de l’image"], form["imageAlt"]),
        };
        var webinar = form.Kind != Kinds.Webinar
            ? [] : new (string, string)[] { (T["Plateforme"], form["platformUrl"]), (T["Replay"], form["replayUrl"]),
            (T["Supports"], form["slides"]) };
        var sheet = form.Kind != Kinds.BestPractice ? [] : new (string, string)[]
        {
            (T["Responsable"], form["owner"]), (T["Contacts"], form["contacts"]), (T["Relue le"], form["reviewedOn"]),
                (T["À relire avant le"], form["reviewBy"]),
            (T["Publications liées"], form["related"]),
        };
        return
        [
            .. shared, .. happening, .. webinar, (T["Présentation"], form["text"]), .. sheet,
                (T["Fichiers"], string.Join('\n', form.Files.Select(Described))), (T["Thèmes"], Labels(form.Themes)),
                (T["Publics"], Labels(form.Audiences)),
            (T["Co-organisateurs"], string.Join(", ", form.CoOrganisers.Order(StringComparer.Ordinal))),
                (T["Qui peut le voir ?"], Label(form["visibility"])),
        ];
    }

    /// <summary>Of a kept text, which names persons by their ids.</summary>
    public static IReadOnlyList<(string Label, string Text)> Of(string kind, string data) =>
        Of(FormFilling.Of(
            new WorkingCopy { Subject = "", Kind = kind, State = PublicationState.Published, Title = "", Data = data }, id => id));

    private static string Described(Attachment file) => file.Alt is { } alt ? $"{file.Name} ({alt})" : file.Name;

    private static string Session(SessionInput session) =>
        string.Join(' ', new[] { Day(session.Date), session.Start, session.EndDate.Length + session.End.Length > 0
            ? "→" : "", Day(session.EndDate), session.End, session.Label }.Where(part => part.Length > 0));

    /// <summary>In words where it is a day.</summary>
    private static string Day(string typed) =>
        DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? DateWords.InFull(day) : typed;

    private static string Label(string slug) => slug.Length == 0 ? "" : Vocabulary.Label(slug);

    private static string Labels(IEnumerable<string> slugs) =>
        string.Join(", ", slugs.Select(Vocabulary.Label).Order(StringComparer.Ordinal));
}
