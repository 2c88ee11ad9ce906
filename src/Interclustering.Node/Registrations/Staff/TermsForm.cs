using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Node.Forms;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Node.Registrations.Staff;

/// <summary>How one registers for an event, as a member of the team types it.</summary>
public sealed record TermsForm
{
    public const string Optional = "optional", Mandatory = "mandatory";
    private const int MostPlaces = 100_000, LongestText = 2000, MostSeats = 5, MostDays = 60;

    public string Opens { get; init; } = "";
    public string Closes { get; init; } = "";
    public string Places { get; init; } = "";
    public string WaitingPlaces { get; init; } = "";
    public string Seats { get; init; } = "1";

    /// <summary>By field: empty, <see cref="Optional"/> or <see cref="Mandatory"/>.</summary>
    public IReadOnlyDictionary<string, string> Asked { get; init; } = new Dictionary<string, string>();
    public string Information { get; init; } = "";
    public string Confirmation { get; init; } = "";
    public bool MembersOnly { get; init; }
    public bool PerSession { get; init; }
    public string UnusedBack { get; init; } = "3";

    /// <summary>Of the publication, when its page was made.</summary>
    public long Version { get; init; }

    public static TermsForm Of(RegistrationTerms terms, long version)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new()
        {
            Opens = terms.Opens?[..16] ?? "",
            Closes = terms.Closes?[..16] ?? "",
            Places = Text(terms.Places),
            WaitingPlaces = Text(terms.WaitingPlaces),
            Seats = Text(terms.SeatsPerPerson),
            Asked = terms.Fields.ToDictionary(field => field.Name, field => field.Mandatory ? Mandatory : Optional),
            Information = terms.Information ?? "",
            Confirmation = terms.Confirmation ?? "",
            MembersOnly = terms.MembersOnly,
            PerSession = terms.PerSession,
            UnusedBack = Text(terms.UnusedBackDays),
            Version = version,
        };
    }

    public static TermsForm Read(IFormCollection posted)
    {
        ArgumentNullException.ThrowIfNull(posted);
        return new()
        {
            Opens = Typed("opens"),
            Closes = Typed("closes"),
            Places = Typed("places"),
            WaitingPlaces = Typed("waitingPlaces"),
            Seats = Typed("seats"),
            Asked = RegistrationFields.All.ToDictionary(field => field, field => posted[$"ask-{field}"].ToString()),
            Information = Typed("information"),
            Confirmation = Typed("confirmation"),
            MembersOnly = posted["membersOnly"].ToString() == "on",
            PerSession = posted["perSession"].ToString() == "on",
            UnusedBack = Typed("unusedBack") is { Length: > 0 } days ? days : "3",
            Version = long.TryParse(posted["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0,
        };

        string Typed(string field) => InputText.Clean(posted[field].ToString()).Trim();
    }

    /// <summary>The terms, or everything that stands in their way.</summary>
    /// <param name="known">Of the event; fields of later versions stay.</param>
    /// <param name="errors">By field; empty where the terms stand.</param>
    public RegistrationTerms ToTerms(RegistrationTerms? known, out IReadOnlyList<FieldError> errors)
    {
        var wrong = new List<FieldError>();
        string? opens = Moment("opens", Opens), closes = Moment("closes", Closes);
        if (opens is not null && closes is not null && string.CompareOrdinal(closes, opens) <= 0)
        {
            wrong.Add(new("closes", T["La clôture est avant l’ouverture : vérifiez les deux."]));
        }

        var terms = (known ?? new RegistrationTerms()) with
        {
            Opens = opens,
            Closes = closes,
            Places = Count("places", Places),
            WaitingPlaces = Count("waitingPlaces", WaitingPlaces),
            SeatsPerPerson = int.TryParse(Seats, NumberStyles.None, CultureInfo.InvariantCulture, out var seats)
                && seats is >= 1 and <= MostSeats ? seats : 0,
            Fields = [.. RegistrationFields.All.Where(field => Asked.GetValueOrDefault(field) is Optional or Mandatory)
                    .Select(field => new RegistrationField(field, Asked[field] == Mandatory)),
                .. (known?.Fields ?? []).Where(field => RegistrationWords.LabelOf(field.Name) is null)],
            Information = Words("information", Information),
            Confirmation = Words("confirmation", Confirmation),
            MembersOnly = MembersOnly,
            PerSession = PerSession,
            UnusedBackDays = int.TryParse(UnusedBack, NumberStyles.None, CultureInfo.InvariantCulture, out var days)
                && days <= MostDays ? days : -1,
        };
        if (terms.UnusedBackDays < 0)
        {
            wrong.Add(new("unusedBack", T["Indiquez un nombre de jours entre 0 et {0}.", MostDays]));
        }

        if (terms.SeatsPerPerson == 0)
        {
            wrong.Add(new("seats", T["Choisissez entre 1 et {0} places.", MostSeats]));
        }

        errors = wrong;
        return terms;

        string? Moment(string field, string typed)
        {
            if (typed.Length == 0)
            {
                return null;
            }

            if (DateTime.TryParseExact(typed, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm"],
                CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && PublishedYears.Has(DateOnly.FromDateTime(local)))
            {
                return local.ToString("s", CultureInfo.InvariantCulture);
            }

            wrong.Add(new(field, T["Cette date n’est pas complète. Exemple : 2027-01-14 18:00"]));
            return null;
        }

        int? Count(string field, string typed)
        {
            if (typed.Length == 0)
            {
                return null;
            }

            if (int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= MostPlaces)
            {
                return count;
            }

            wrong.Add(new(field, T["Indiquez un nombre entre 0 et {0}, ou rien pour ne pas limiter.", MostPlaces]));
            return null;
        }

        string? Words(string field, string typed)
        {
            if (typed.Length > LongestText)
            {
                wrong.Add(new(field, T["Ce texte est trop long : {0} caractères au plus.", LongestText]));
            }

            return typed.Length == 0 ? null : typed;
        }
    }

    private static string Text(int? count) => count?.ToString(CultureInfo.InvariantCulture) ?? "";
}
