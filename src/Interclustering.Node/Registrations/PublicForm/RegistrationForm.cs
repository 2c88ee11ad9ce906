using System.Globalization;
using System.Net.Mail;
using Interclustering.Contracts;
using Interclustering.Node.Forms;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Http;
using MimeKit;

namespace Interclustering.Node.Registrations.PublicForm;

/// <summary>The public form as typed, word for word.</summary>
public sealed record RegistrationForm
{
    private const int LongestLine = 200, LongestRemark = 1000, LongestAddress = 254;

    public string Name { get; init; } = "";
    public string Email { get; init; } = "";
    public string Seats { get; init; } = "1";
    public bool IsMember { get; init; }
    public IReadOnlyDictionary<string, string> Answers { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<string> Pools { get; init; } = [];

    /// <summary>See <see cref="RegistrationLinks.StampOf"/>.</summary>
    public string Stamp { get; init; } = "";

    /// <summary>A field that people do not see, and that programs fill in.</summary>
    public string Trap { get; init; } = "";

    public static RegistrationForm Read(IFormCollection posted)
    {
        ArgumentNullException.ThrowIfNull(posted);
        return new()
        {
            Name = Line("name"),
            Email = Line("email"),
            Seats = Line("seats") is { Length: > 0 } seats ? seats : "1",
            IsMember = posted["member"].ToString() == "on",
            Answers = RegistrationFields.All.ToDictionary(field => field, field => InputText.Clean(posted[field].ToString()).Trim()),
            Pools = [.. posted["session"].Select(value => value ?? "").Distinct()],
            Stamp = posted["stamp"].ToString(),
            Trap = posted["website"].ToString(),
        };

        string Line(string field) => InputText.Clean(posted[field].ToString()).Replace('\n', ' ').Replace('\t', ' ').Trim();
    }

    /// <summary>Everything that stands in the way of registering, beside the time.</summary>
    public IEnumerable<FieldError> Errors(RegistrationTerms terms, IReadOnlyList<string> open)
    {
        if (Name.Length is 0 or > LongestLine)
        {
            yield return new("name", T["Indiquez votre prénom et votre nom."]);
        }

        if (!IsAddress(Email))
        {
            yield return new("email", T["Cette adresse n’est pas complète. Exemple : prenom.nom@exemple.fr"]);
        }

        foreach (var field in terms.Fields.Where(field => field.Mandatory && Answers.GetValueOrDefault(field.Name, "").Length == 0))
        {
            if (RegistrationWords.LabelOf(field.Name) is { } label)
            {
                yield return new(field.Name, T["« {0} » est demandé.", label]);
            }
        }

        foreach (var (field, text) in Answers.Where(answer =>
            answer.Value.Length > (answer.Key == RegistrationFields.Remark ? LongestRemark : LongestLine)))
        {
            yield return new(field, T["Ce texte est trop long : {0} caractères au plus.",
                field == RegistrationFields.Remark ? LongestRemark : LongestLine]);
        }

        if (SeatCount is not { } seats || seats > terms.SeatsPerPerson)
        {
            yield return new("seats", T["Choisissez entre 1 et {0} places.", terms.SeatsPerPerson]);
        }

        if (terms.MembersOnly && !IsMember)
        {
            yield return new("member", T["Cet événement est réservé aux adhérents : cochez la case si vous l’êtes."]);
        }

        if (terms.PerSession && (Pools.Count == 0 || Pools.Except(open).Any()))
        {
            yield return new("session", T["Choisissez au moins une séance encore ouverte."]);
        }
    }

    /// <summary>Of a form without errors.</summary>
    public RegistrationRequest ToRequest(RegistrationTerms terms) => new(
        new Registrant(Name, Email, terms.Fields.Where(field => Answers.GetValueOrDefault(field.Name, "").Length > 0)
            .ToDictionary(field => field.Name, field => Answers[field.Name]), IsMember),
        SeatCount ?? 1, terms.PerSession ? Pools : [""], Language.Tag);

    private int? SeatCount =>
        int.TryParse(Seats, NumberStyles.None, CultureInfo.InvariantCulture, out var seats) && seats > 0 ? seats : null;

    /// <summary>One address alone, without a name, that mail can be sent to.</summary>
    public static bool IsAddress(string text) => text.Length is > 0 and <= LongestAddress && !text.Any(char.IsWhiteSpace)
        && MailAddress.TryCreate(text, out var address) && address.Address == text
        && address.Host.Contains('.', StringComparison.Ordinal) && MailboxAddress.TryParse(text, out _);
}
