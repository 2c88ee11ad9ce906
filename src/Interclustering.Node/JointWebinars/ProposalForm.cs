using System.Globalization;
using Interclustering.Content;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.JointWebinars;
using Interclustering.Node.Forms;
using Interclustering.Node.Publishing.Autosave;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Node.JointWebinars;

/// <summary>A slot as typed, word for word.</summary>
public sealed record SlotInput(string Date, string Time)
{
    public string? Start => SlotField.Read(Date, Time);

    public bool IsEmpty => Date.Length == 0;
}

/// <summary>A proposal as typed.</summary>
public sealed record ProposalForm
{
    private const int MostSlots = 20, LongestPitch = 4000;

    /// <summary>When a webinar usually begins, and how long clusters usually have to answer.</summary>
    private const string UsualTime = "11:00";
    private const int UsualMinutes = 60, UsualDays = 10;

    /// <summary>Of its autosave.</summary>
    public string Key { get; init; } = "";

    /// <summary>Id of the proposal that the form was opened with; empty for a new one.</summary>
    public string Corrects { get; init; } = "";

    /// <inheritdoc cref="InputFields.Meanwhile"/>
    public Meanwhile? Meanwhile { get; init; }
    public string Title { get; init; } = "";
    public string Pitch { get; init; } = "";
    public HashSet<string> Themes { get; init; } = [];
    public HashSet<string> Audiences { get; init; } = [];
    public string Minutes { get; init; } = UsualMinutes.ToString(CultureInfo.InvariantCulture);
    public HashSet<string> Invited { get; init; } = [];
    public HashSet<string> Wanted { get; init; } = [];
    public IReadOnlyList<SlotInput> Slots { get; init; } = [];
    public string Deadline { get; init; } = "";

    /// <summary>All clusters are invited, and have ten days.</summary>
    public static ProposalForm Empty(FederationDirectory directory, string own, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(directory);
        return new ProposalForm
        {
            Key = UnsavedTexts.NewKey(),
            Invited = [.. directory.Current.Select(cluster => cluster.Code).Where(code => code != own)],
            Deadline = DateWords.Iso(today.AddDays(UsualDays)),
            Slots = [new("", UsualTime), new("", UsualTime), new("", UsualTime)],
        };
    }

    public static ProposalForm Of(DossierView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        var (dossier, proposal) = (view.Dossier, view.Dossier.Proposal);
        return new ProposalForm
        {
            Key = view.KeyOf(Proposing.Form, Proposing.Form),
            Corrects = view.Latest(FactRecorder.Fact(JointWebinarFacts.Proposed))?.Subject ?? "",
            Title = proposal.Title,
            Pitch = proposal.Pitch ?? "",
            Themes = [.. proposal.Themes],
            Audiences = [.. proposal.Audiences],
            Minutes = proposal.Minutes.ToString(CultureInfo.InvariantCulture),
            Invited = [.. dossier.Invited.Skip(1)],
            Wanted = [.. proposal.Wanted],
            Deadline = proposal.Deadline,
            Slots = [.. proposal.Slots.Order(StringComparer.Ordinal).Select(slot => new SlotInput(slot[..10], slot[11..16]))],
        };
    }

    public static ProposalForm Read(IFormCollection posted)
    {
        ArgumentNullException.ThrowIfNull(posted);
        string Of(string field) => InputText.Clean(posted[field].FirstOrDefault() ?? "").Trim();
        HashSet<string> Ticked(string field) => [.. posted[field].Select(value => InputText.Clean(value ?? ""))];
        return new ProposalForm
        {
            Key = Of("form"),
            Corrects = Of("corrects"),
            Title = Of("title"),
            Pitch = Of("pitch"),
            Themes = Ticked("themes"),
            Audiences = Ticked("audiences"),
            Minutes = Of("minutes"),
            Invited = Ticked("invited"),
            Wanted = Ticked("wanted"),
            Deadline = Of("deadline"),
            Slots = [.. posted["slotDate"].Zip(posted["slotTime"], (date, time) =>
                new SlotInput(InputText.Clean(date ?? "").Trim(), InputText.Clean(time ?? "").Trim())).Take(MostSlots)],
        };
    }

    /// <summary>With free days in the rows that are empty, and in new ones up to five in all.</summary>
    public ProposalForm WithFree(IReadOnlyList<DateOnly> free)
    {
        ArgumentNullException.ThrowIfNull(free);
        var typed = Slots.Where(slot => !slot.IsEmpty).ToList();
        var time = Slots.Select(slot => slot.Time).FirstOrDefault(time => time.Length > 0) ?? UsualTime;
        return this with
        {
            Slots = [.. typed, .. free.Select(DateWords.Iso).Except(typed.Select(slot => slot.Date)).Take(Math.Max(0, 5 - typed.Count))
                .Select(day => new SlotInput(day, time))],
        };
    }

    public ProposalForm WithOneMore() =>
        this with { Slots = [.. Slots, new SlotInput("", Slots is [.., var last] ? last.Time : UsualTime)] };

    private static string FieldOf(string at) =>
        at.Split('/').ElementAtOrDefault(2) switch { "slots" => "slotDate-0", { } field => field, _ => "title" };

    /// <summary>
    /// What is proposed, or what is wrong with it. A cluster that has left stays where it is among those of <paramref name="before"/>.
    /// </summary>
    public (WebinarProposal? Proposal, IReadOnlyList<FieldError> Errors) ToProposal(
        FederationDirectory directory, string own, DateOnly today, IReadOnlyList<string> before)
    {
        ArgumentNullException.ThrowIfNull(directory);
        var errors = new List<FieldError>();
        if (Title.Length is 0 or > 200)
        {
            errors.Add(new("title", T["Donnez un titre de travail, de 200 caractères au plus."]));
        }

        if (Pitch.Length > LongestPitch)
        {
            errors.Add(new("pitch", T["{0:N0} caractères au plus.", LongestPitch]));
        }

        if (!int.TryParse(Minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) || minutes is < 15 or > 480)
        {
            errors.Add(new("minutes", T["De 15 à 480 minutes."]));
        }

        IReadOnlyList<string> invited =
        [
            .. directory.Clusters.Where(cluster => cluster.Left is null || before.Contains(cluster.Code)).Select(cluster => cluster.Code)
                .Where(code => code != own && Invited.Contains(code)),
        ];
        if (invited.Count == 0)
        {
            errors.Add(new("invited", T["Invitez au moins un autre cluster."]));
        }

        var deadline = DateOnly.TryParseExact(Deadline, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day : (DateOnly?)null;
        if (!(deadline >= today))
        {
            errors.Add(new("deadline", T["Choisissez un jour à venir."]));
        }

        var typed = Slots.Where(slot => !slot.IsEmpty).ToList();
        if (typed.Count == 0 || typed.Any(slot => slot.Start is null))
        {
            errors.Add(new("slotDate-0", T["Proposez au moins un créneau, chacun avec une date et une heure."]));
        }
        else if (typed.Any(slot => DateOnly.FromDateTime(Dossier.TimeOf(slot.Start!)) <= (deadline ?? today)))
        {
            errors.Add(new("slotDate-0", T["Chaque créneau vient après la date limite des réponses."]));
        }

        if (errors.Count > 0)
        {
            return (null, errors);
        }

        var proposal = new WebinarProposal(
            Title, minutes, invited, [.. typed.Select(slot => slot.Start!).Distinct().Order(StringComparer.Ordinal)], Deadline)
        {
            Pitch = Pitch.Length == 0 ? null : Pitch,
            Themes = [.. Contracts.KnownThemes.All.Where(Themes.Contains)],
            Audiences = [.. Contracts.Audiences.All.Where(Audiences.Contains)],
            Wanted = [.. WebinarRoles.All.Where(Wanted.Contains)],
        };
        errors.AddRange(ContentCheck.Of(
            new JointWebinarFact { Nonce = "", Dossier = Subjects.Mint(own), Fact = JointWebinarFacts.Proposed, Proposal = proposal })
            .Select(problem => new FieldError(FieldOf(problem.At), ContentWords.Of(problem))));
        return errors.Count > 0 ? (null, errors) : (proposal, []);
    }
}
