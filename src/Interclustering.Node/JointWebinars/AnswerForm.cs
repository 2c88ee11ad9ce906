using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Node.Forms;
using Interclustering.Node.Publishing.Autosave;
using Interclustering.Node.Publishing.Editor;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Node.JointWebinars;

/// <summary>A cluster's answer as typed.</summary>
/// <param name="Joins">One of <see cref="JoinAnswers"/>, or empty.</param>
/// <param name="Condition">Of « oui, si… ».</param>
/// <param name="Slots">What is said of each slot, by its start.</param>
/// <param name="Brings">What is brought: names one a line, by role; an entry without names is brought all the same.</param>
/// <param name="Remark">Beside the answer.</param>
/// <param name="Date">Of a slot that the cluster suggests.</param>
/// <param name="Time">Of it.</param>
public sealed record AnswerForm(
    string Joins, string Condition, IReadOnlyDictionary<string, string> Slots, IReadOnlyDictionary<string, string> Brings, string Remark,
        string Date, string Time)
{
    private const int Longest = 4000;

    public const string Name = "reponse";

    /// <summary>What was typed into another form of the page.</summary>
    public InputFields Others { get; init; } = InputFields.None;

    /// <summary>It was typed, and is not what the cluster has answered.</summary>
    public bool IsTyped { get; init; }

    /// <summary>Id of the answer that the form was opened with; empty for none.</summary>
    public string Corrects { get; init; } = "";

    /// <inheritdoc cref="InputFields.Meanwhile"/>
    public Meanwhile? Meanwhile { get; init; }

    /// <summary>With what the cluster has answered so far.</summary>
    public static AnswerForm Of(DossierView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        var said = view.Dossier.Answers.GetValueOrDefault(view.Own)?.Answer;
        return new AnswerForm(
            said?.Joins ?? "", said?.Condition ?? "", (said?.Slots ?? []).DistinctBy(each => each.Slot)
                .ToDictionary(each => each.Slot, each => each.Answer),
            (said?.Brings ?? []).DistinctBy(each => each.Role)
                .ToDictionary(each => each.Role, each => string.Join('\n', each.People.Select(view.LineOf).Where(line => line.Length > 0))),
            said?.Remark ?? "", "", "")
        { Corrects = view.Dossier.Answers.GetValueOrDefault(view.Own)?.Said.Subject ?? "" };
    }

    /// <summary>As the cluster has answered, or with an autosave of one of the page's forms.</summary>
    internal static AnswerForm Of(DossierView view, UnsavedText? text) => text is null ? Of(view)
        : InputFields.Of(text) is { Form: not Name } others ? Of(view) with { Others = others }
        : Read(UnsavedTexts.FieldsOf(text), view);

    public static AnswerForm Read(IFormCollection posted, DossierView view)
    {
        ArgumentNullException.ThrowIfNull(posted);
        ArgumentNullException.ThrowIfNull(view);
        string Of(string field) => InputText.Clean(posted[field].FirstOrDefault() ?? "").Trim();
        return new AnswerForm(
            Of("joins"), Of("condition"), view.Dossier.Slots.ToDictionary(slot => slot.Start, slot => Of("slot-" + slot.Start)),
            WebinarRoles.All.Where(role => posted["brings"].Contains(role) || Of("people-" + role).Length > 0)
                .ToDictionary(role => role, role => Of("people-" + role)),
            Of("remark"), Of("suggestedDate"), Of("suggestedTime"))
        { IsTyped = true, Corrects = Of("corrects") };
    }

    /// <summary>What the cluster says, or what is wrong with it.</summary>
    /// <param name="people">Ids of the persons named in lines.</param>
    public (IReadOnlyList<JointWebinarFact> Facts, IReadOnlyList<FieldError> Errors) ToFacts(Func<string, IReadOnlyList<string>> people)
    {
        ArgumentNullException.ThrowIfNull(people);
        var errors = new List<FieldError>();
        if (!JoinAnswers.All.Contains(Joins))
        {
            errors.Add(new("joins", T["Dites si votre cluster participe."]));
        }

        if (Joins == JoinAnswers.If && Condition.Length == 0)
        {
            errors.Add(new("condition", T["Dites de quoi cela dépend."]));
        }

        if (Remark.Length > Longest || Condition.Length > Longest)
        {
            errors.Add(new(Remark.Length > Longest ? "remark" : "condition", T["{0:N0} caractères au plus.", Longest]));
        }

        var suggested = SlotField.Read(Date, Time);
        if ((Date.Length > 0 || Time.Length > 0) && suggested is null)
        {
            errors.Add(new("suggestedDate", T["Un créneau a une date et une heure."]));
        }

        if (errors.Count > 0)
        {
            return ([], errors);
        }

        var answer = new ClusterAnswer(
            Joins, [.. Slots.Where(each => SlotAnswers.All.Contains(each.Value)).Select(each => new SlotAnswer(each.Key, each.Value))])
        {
            Condition = Joins == JoinAnswers.If ? Condition : null,
            Brings = Joins == JoinAnswers.No ? [] : [.. Brings.Select(each => new Contribution(each.Key, people(each.Value)))],
            Remark = Remark.Length == 0 ? null : Remark,
        };
        var answered = FactRecorder.Fact(JointWebinarFacts.Answered) with
        {
            Answer = answer,
            Corrects = Corrects.Length == 0 ? null : Corrects,
        };
        // First the slot: where all had declined after the deadline, the answer ends what still lets it count.
        return (suggested is null
            ? [answered] : [FactRecorder.Fact(JointWebinarFacts.SlotSuggested) with { Slot = suggested }, answered], []);
    }
}

/// <summary>A slot as typed: a day and an hour.</summary>
internal static class SlotField
{
    /// <summary>Null for what is no day with an hour.</summary>
    public static string? Read(string date, string time) =>
        DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && PublishedYears.Has(day)
        && TimeOnly.TryParseExact(time, ["HH:mm", "H:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var hour)
            ? Interclustering.JointWebinars.Dossier.SlotOf(day.ToDateTime(new TimeOnly(hour.Hour, hour.Minute)))
            : null;
}
