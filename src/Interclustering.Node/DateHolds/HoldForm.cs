using System.Globalization;
using Interclustering.Content;
using Interclustering.Contracts;
using Interclustering.Node.Forms;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Node.DateHolds;

/// <summary>A hold as typed, and as it is read.</summary>
public sealed record HoldForm(string Title, string Date, string Until, string Start, string End, string Purpose, string Scope, int Days,
    HashSet<string> Themes)
{
    /// <summary>How long a hold counts by default, and how much longer once it is prolonged.</summary>
    public const int UsualDays = 7;

    public static IReadOnlyList<int> OfferedDays { get; } = [3, UsualDays, 14];

    public static HoldForm Empty(string date) => new("", date, "", "", "", HoldPurposes.Option, HoldScopes.Regional, UsualDays, []);

    public static HoldForm Read(IFormCollection posted)
    {
        ArgumentNullException.ThrowIfNull(posted);
        string Of(string field) => InputText.Clean(posted[field].FirstOrDefault() ?? "").Trim();
        return new HoldForm(
            Of("title"), Of("date"), Of("until"), Of("start"), Of("end"), Of("purpose"), Of("scope"),
            int.TryParse(Of("days"), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && OfferedDays.Contains(days)
                ? days : UsualDays, [.. posted["themes"].Select(slug => InputText.Clean(slug ?? ""))]);
    }

    /// <summary>The hold, or what is wrong with it.</summary>
    public (DateHold? Hold, IReadOnlyList<FieldError> Errors) ToHold(DateOnly today)
    {
        var errors = new List<FieldError>();
        if (Title.Length is 0 or > 200)
        {
            errors.Add(new("title", T["Donnez un titre de travail, de 200 caractères au plus."]));
        }

        var first = Day(Date);
        var last = Until.Length == 0 ? first : Day(Until);
        if (first is null || first < today)
        {
            errors.Add(new("date", T["Choisissez un jour à venir."]));
        }

        if (Until.Length > 0 && !(last >= first))
        {
            errors.Add(new("until", T["La fin vient après le début."]));
        }

        var (start, end) = (Hour(Start), Hour(End));
        if (Start.Length > 0 && start is null)
        {
            errors.Add(new("start", T["Cette heure n’est pas lisible : écrivez 9:00."]));
        }

        if (End.Length > 0 && (end is null || start is null || (first == last && end <= start)))
        {
            errors.Add(new("end", T["L’heure de fin vient après celle du début."]));
        }

        if (errors.Count > 0)
        {
            return (null, errors);
        }

        var avoid = Purpose == HoldPurposes.Avoid;
        var hold = new DateHold
        {
            Nonce = "",
            Title = Title,
            Purpose = avoid ? HoldPurposes.Avoid : HoldPurposes.Option,
            Scope = Scope == HoldScopes.National ? HoldScopes.National : HoldScopes.Regional,
            Start = start is { } from ? Local(first!.Value, from) : DateWords.Iso(first!.Value),
            End = start is null ? last == first ? null : DateWords.Iso(last!.Value.AddDays(1)) : end is { } to
                ? Local(last!.Value, to) : null,
            Themes = [.. Themes],
            ExpiresOn = DateWords.Iso(avoid ? last!.Value : today.AddDays(Days)),
        };
        errors.AddRange(ContentCheck.Of(hold).Select(problem => new FieldError(FieldOf(problem.At), ContentWords.Of(problem))));
        return errors.Count > 0 ? (null, errors) : (hold, []);
    }

    private static string FieldOf(string at) =>
        at.Split('/').ElementAtOrDefault(1) switch { "start" => "date", "end" => "until", "themes" => "themes", _ => "title" };

    private static DateOnly? Day(string typed) =>
        DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year < 2200
            ? day : null;

    private static TimeOnly? Hour(string typed) =>
        TimeOnly.TryParseExact(typed, ["HH:mm", "H:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var hour)
            ? hour : null;

    private static string Local(DateOnly day, TimeOnly hour) =>
        $"{DateWords.Iso(day)}T{hour.ToString("HH:mm:ss", CultureInfo.InvariantCulture)}";
}
