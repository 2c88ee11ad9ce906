using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Ui.Words;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Publishing.Form;

/// <summary>The places of a cluster's own events, the one used last first: a name completes its address.</summary>
/// <param name="all">With a name each, each once.</param>
internal sealed class UsedPlaces(IReadOnlyList<Place> all)
{
    private const int MostRead = 400, MostOffered = 60;

    public IReadOnlyList<Place> All => all;

    public static async Task<UsedPlaces> LoadAsync(NodeContext db, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        var rows = await db.WorkingCopies.AsNoTracking()
            .Where(row => (row.Kind == Kinds.Event || row.Kind == Kinds.Webinar) && row.State != PublicationState.Withdrawn)
            .OrderByDescending(row => row.EditedAt).Take(MostRead).Select(row => new { row.Subject, row.Version, row.Kind, row.Data })
            .ToListAsync(cancellation);
        var events = FaultIsolation.Shared.Each(rows, row => (row.Subject, row.Version),
            row => (Event)PublicationText.Read(row.Kind, row.Data));
        return new UsedPlaces([.. events.Select(happening => happening.Place).OfType<Place>()
            .Where(place => !string.IsNullOrWhiteSpace(place.Name) && (place.Street ?? place.PostalCode ?? place.City) is not null)
            .DistinctBy(place => FoldedText.Of(place.Name!)).Take(MostOffered)]);
    }

    /// <summary>Fills in the address of a known place whose name alone was typed.</summary>
    public void Complete(ItemForm form)
    {
        ArgumentNullException.ThrowIfNull(form);
        var name = FoldedText.Of(form["placeName"].Trim());
        if (name.Length > 0 && (form["street"] + form["postalCode"] + form["city"]).Trim().Length == 0
            && all.FirstOrDefault(place => FoldedText.Of(place.Name!) == name) is { } known)
        {
            (form["street"], form["postalCode"], form["city"]) = (known.Street ?? "", known.PostalCode ?? "", known.City ?? "");
            form["region"] = known.Region ?? form["region"];
        }
    }
}
