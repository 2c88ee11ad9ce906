using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Ui.Words;

namespace Interclustering.Node.Agreements;

/// <summary>One field that a co-organiser would write otherwise.</summary>
/// <param name="Field">Its name in the contract: <c>title</c>, <c>summary</c>, <c>text</c>, <c>time</c>, <c>place</c> or
/// <c>registrationUrl</c>.</param>
/// <param name="Label">For people.</param>
/// <param name="Now">As it is published.</param>
/// <param name="Proposed">As the co-organiser would have it.</param>
public sealed record CorrectedField(string Field, string Label, string Now, string Proposed);

/// <summary>What a co-organiser would say otherwise, field by field.</summary>
internal static class Corrections
{
    public const string Title = "title", Summary = "summary", Text = "text", Time = "time", Place = "place",
        Registration = "registrationUrl";

    /// <summary>Those that differ from what is published now.</summary>
    public static IReadOnlyList<CorrectedField> Between(Event item, ProposedCorrections said)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(said);
        return
        [
            .. new[]
            {
                (Title, T["Titre"], item.Title, said.Title), (Summary, T["Résumé"], item.Summary ?? "", said.Summary),
                (Text, T["Présentation"], item.Text ?? "", said.Text),
                (Time, T["Date et heure"], InWords(item.Sessions[0].Start, item.Sessions[0].End),
                    said.Start is null ? null : InWords(said.Start, said.End)),
                (Place, T["Lieu"], InWords(item.Place), said.Place is null ? null : InWords(said.Place)),
                (Registration, T["Inscription"], item.RegistrationUrl ?? "", said.RegistrationUrl),
            }.Where(field => field.Item4 is not null && field.Item4 != field.Item3)
                .Select(field => new CorrectedField(field.Item1, field.Item2, field.Item3, field.Item4!)),
        ];
    }

    /// <summary>The event with those fields as proposed.</summary>
    public static Event Taken(Event item, ProposedCorrections said, IReadOnlyCollection<string> fields)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(said);
        return item with
        {
            Title = fields.Contains(Title) ? said.Title ?? item.Title : item.Title,
            Summary = fields.Contains(Summary) ? said.Summary ?? item.Summary : item.Summary,
            Text = fields.Contains(Text) ? said.Text ?? item.Text : item.Text,
            Sessions = fields.Contains(Time) && said.Start is { } start
                ? [item.Sessions[0] with { Start = start, End = said.End }, .. item.Sessions.Skip(1)] : item.Sessions,
            Place = fields.Contains(Place) ? said.Place ?? item.Place : item.Place,
            RegistrationUrl = fields.Contains(Registration) ? said.RegistrationUrl ?? item.RegistrationUrl : item.RegistrationUrl,
        };
    }

    private static string InWords(string start, string? end) => end is null ? Moments.Start(start)
        : $"{Moments.Start(start)} – {(start.Length > 10 && end.Length > 10 && end[..10] == start[..10]
            ? DateWords.Hour(TimeOnly.Parse(end[11..], CultureInfo.InvariantCulture)) : Moments.Start(end))}";

    private static string InWords(Place? place) => place is null ? "" : PlaceWords.OneLine(place) ?? "";
}
