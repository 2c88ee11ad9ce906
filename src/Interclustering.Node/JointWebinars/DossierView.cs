using System.Globalization;
using Interclustering.Contracts;
using Interclustering.JointWebinars;
using Interclustering.Node.NationalView;
using Interclustering.Node.Publishing.Autosave;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.Form;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Node.JointWebinars;

/// <summary>A dossier, and everything that its pages need to know around it.</summary>
/// <param name="Dossier">As folded here.</param>
/// <param name="Own">Code of this cluster.</param>
/// <param name="People">All persons who are named, by id.</param>
/// <param name="Directory">For the clusters' names.</param>
/// <param name="Now">UTC.</param>
/// <param name="KnownAt">When the national site was last heard of, UTC; null when never.</param>
public sealed record DossierView(
    Dossier Dossier, string Own, IReadOnlyDictionary<string, Person> People, FederationDirectory Directory, DateTime Now, DateTime? KnownAt)
{
    /// <summary>What the member has typed in its forms and not sent.</summary>
    public IReadOnlyList<UnsavedText> Unsaved { get; init; } = [];

    /// <summary>How many have registered, by code of the cluster that has counted them.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<SeatCount>> Seats { get; init; } = new Dictionary<string, IReadOnlyList<SeatCount>>();

    /// <summary>What is on its way to the hub and may still be decided otherwise.</summary>
    public int OnTheirWay => Dossier.Counted.Concat(Dossier.Waiting).Count(said => said.IsOnItsWay);

    public DateOnly Today => DateOnly.FromDateTime(NowInParis);

    public DateTime NowInParis => ParisDay.Of(Now);

    public bool IsLead => Dossier.Lead == Own;
    public bool IsInvited => Dossier.Invited.Contains(Own);
    public bool Joins => Dossier.Joins(Own);

    /// <summary>Codes of the others that take part.</summary>
    public IReadOnlyList<string> OtherParticipants => [.. Dossier.Participants.Where(code => code != Own)];

    public bool IsHeld => Dossier.IsHeld(NowInParis);

    /// <summary>It may be answered: until the deadline, and where all have declined after it as well.</summary>
    public bool MayAnswer => IsInvited && !Dossier.IsOver && (Today <= Dossier.Deadline || Dossier.IsDeclined);

    public string Title => Dossier.Announcement?.Title ?? Dossier.Proposal.Title;

    public string Path => $"/webinaires-communs/{Dossier.Id}";

    /// <summary>Of the autosave of a form.</summary>
    /// <param name="page">The end of its address; empty for the dossier itself.</param>
    /// <param name="form">See <see cref="InputFields.Form"/>.</param>
    public string KeyOf(string page, string form) => $"{Dossier.Id}/{page}/{form}";

    /// <summary>The version that counts of what this cluster would say; null while there is none.</summary>
    public RecordedFact? Latest(JointWebinarFact fact) => FactVersions.Of(Dossier, Own, fact) is [.., var last] ? last : null;

    public Cluster? ClusterOf(string code) => Directory.Find(code);

    public string NameOf(string code) => Directory.Find(code)?.Name ?? code;

    public string NamesOf(IEnumerable<string> codes) => string.Join(", ", codes.Select(NameOf));

    /// <summary>« Nom — rôle »; empty for a person who was erased.</summary>
    public string LineOf(string? id) => id is not null && People.GetValueOrDefault(id) is { } person ? LineOf(person) : "";

    internal static string LineOf(Person person) => person.Role is null ? person.Name : $"{person.Name} — {person.Role}";

    /// <summary>Who said it, and for which cluster.</summary>
    public string Sayer(RecordedFact said) => said.Fact.By is { } by && People.GetValueOrDefault(by) is { } person
        ? $"{person.Name}, {NameOf(said.Cluster)}" : NameOf(said.Cluster);

    /// <summary>All persons whom the dossier names, the speakers first.</summary>
    public IReadOnlyList<string> Named =>
    [
        .. Dossier.Announcement?.Speakers ?? [], .. Dossier.Answers.Values.SelectMany(given => given.Answer.Brings)
            .OrderBy(brings => brings.Role != WebinarRoles.Speaker).SelectMany(brings => brings.People),
        .. Dossier.Run.Select(line => line.Person).OfType<string>(),
    ];

    /// <summary>Their lines, to choose from.</summary>
    public IReadOnlyList<string> NamedLines => [.. Named.Select(LineOf).Where(line => line.Length > 0).Distinct()];

    /// <summary>Ids for lines « Nom — rôle »: of persons in the dossier, or of this cluster's, entered where they are new.</summary>
    internal IReadOnlyList<string> IdsOf(string lines, NamedPeople own) =>
    [
        .. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .SelectMany(line => Named.FirstOrDefault(id => LineOf(id) == line) is { } known ? [known] : own.IdsOf(line, [])).Distinct(),
    ];

    /// <summary>The clock's hour of a line of the run; its minute where no slot is chosen.</summary>
    public string HourOf(RunLine line) => Dossier.Slot is { } slot
        ? Dossier.TimeOf(slot).AddMinutes(line.Minute).ToString("HH:mm", CultureInfo.InvariantCulture)
        : line.Minute.ToString("+0 min;-0 min;0 min", CultureInfo.InvariantCulture);

    internal static async Task<DossierView?> FindAsync(HttpContext http, NodeInstance node, NodeContext db, FederationDirectory directory,
        string id, CancellationToken cancellation) =>
        await Dossiers.FindAsync(db, node.Code, id, cancellation) is { } dossier
            ? new DossierView(dossier, node.Code, await Dossiers.PeopleAsync(db, node.Code, cancellation), directory, http.Now(),
                await NationalItems.KnownAtAsync(db, cancellation))
            {
                Unsaved = await UnsavedTexts.OfDossierAsync(db, http.User, id, cancellation),
                Seats = await RegistrationCounts.ReadAsync(db, node.Code, id, cancellation),
            }
            : null;

    internal static IResult Missing(HttpContext http, NodeInstance node) =>
        WorkspacePage.Missing(http, node, T["Introuvable"],
            T["Aucun webinaire commun connu ici n’a cette adresse. S’il vient d’être proposé ailleurs, il arrive dans quelques secondes."]);
}
