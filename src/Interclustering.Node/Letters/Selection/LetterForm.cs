using System.Globalization;
using Interclustering.Node.Forms;
using Interclustering.Node.Publishing.Form;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Node.Letters.Selection;

/// <summary>What a member has typed and ticked for a letter.</summary>
/// <param name="Key">Of the form: the letter's id without hyphens for a new one.</param>
/// <param name="Title">As typed.</param>
/// <param name="Introduction">As typed.</param>
/// <param name="ShowsPictures">Whether organisers' pictures are wanted.</param>
/// <param name="Ticked">Subjects.</param>
/// <param name="Order">Subjects as they were listed, or as they stand in a draft.</param>
/// <param name="ProposesNew">Whether what was not listed is ticked by itself.</param>
/// <param name="Places">Numbers that were typed, by subject.</param>
public sealed record LetterForm(
    string Key, string Title, string Introduction, bool ShowsPictures, IReadOnlySet<string> Ticked, IReadOnlyList<string> Order,
    bool ProposesNew, IReadOnlyDictionary<string, int> Places)
{
    /// <summary>What autosave calls it.</summary>
    public const string Kind = Addresses.Letter;

    private const string Place = "place-";

    public static LetterForm Empty(string key, string title) =>
        new(key, title, "", ShowsPictures: false, new HashSet<string>(), [], ProposesNew: true, new Dictionary<string, int>());

    internal static LetterForm Of(string key, Letter letter, IReadOnlyList<LetterItem> items) => new(
        key, letter.Title, letter.Introduction, letter.ShowsPictures, items.Select(item => item.Subject).ToHashSet(),
        [.. items.OrderBy(item => item.Position).Select(item => item.Subject)], ProposesNew: false, new Dictionary<string, int>());

    internal static LetterForm Read(IFormCollection form) => new(
        form["form"].ToString(), InputText.Clean(form["title"].ToString()).Trim(), InputText.Clean(form["introduction"].ToString()).Trim(),
        form["pictures"] == "on", form["item"].OfType<string>().ToHashSet(), [.. form["listed"].OfType<string>().Distinct()],
        ProposesNew: true,
        form.Where(field => field.Key.StartsWith(Place, StringComparison.Ordinal))
            .Select(field => (Subject: field.Key[Place.Length..], Number: NumberOf(field.Value.ToString())))
            .Where(place => place.Number is not null).ToDictionary(place => place.Subject, place => place.Number!.Value));

    /// <summary>The name of the field in which an item's place is typed.</summary>
    internal static string PlaceOf(Candidate candidate) => Place + candidate.Item.Subject;

    internal bool IsTicked(Candidate candidate) => Ticked.Contains(candidate.Item.Subject)
        || (ProposesNew && candidate.IsProposed && !Order.Contains(candidate.Item.Subject));

    /// <summary>
    /// Each part in the order of the numbers. What has moved up stands before what has the same number, what has moved down behind it.
    /// What was not listed before comes last.
    /// </summary>
    internal IReadOnlyList<Candidate> Ordered(IReadOnlyList<Candidate> candidates)
    {
        var usual = Order.Index().ToDictionary(each => each.Item, each => each.Index);
        return
        [
            .. candidates.GroupBy(candidate => candidate.Part).OrderBy(part => part.Key).SelectMany(part => part
                .OrderBy(candidate => usual.GetValueOrDefault(candidate.Item.Subject, int.MaxValue))
                .Select((candidate, index) => (Candidate: candidate, Usual: index + 1))
                .Select(row => (row.Candidate, row.Usual, Number: Places.GetValueOrDefault(row.Candidate.Item.Subject, row.Usual)))
                .OrderBy(row => row.Number).ThenBy(row => row.Number.CompareTo(row.Usual)).ThenBy(row => row.Usual)
                .Select(row => row.Candidate)),
        ];
    }

    private static int? NumberOf(string typed) =>
        int.TryParse(typed, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 0, 999) : null;
}
