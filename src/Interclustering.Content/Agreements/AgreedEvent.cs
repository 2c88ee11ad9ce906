using Interclustering.Contracts;
using Interclustering.Federation;

namespace Interclustering.Content.Agreements;

/// <summary>An event as agreements make it: the same for every reader, at the hub and at every node.</summary>
public static class AgreedEvent
{
    /// <summary>It names those co-organisers who want to be, and no way to register with a cluster that has not agreed.</summary>
    public static Event WithCoOrganisers(Event item, string id, EventAgreements agreements)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(agreements);
        bool HasAgreed(string code) => code == Subjects.OwnerOf(id) || (item.CoOrganisers.Contains(code) && agreements.HasAgreed(id, code));
        var agreed = item.CoOrganisers.All(HasAgreed) && (item.Registrations ?? []).All(each => HasAgreed(each.Cluster)) ? item : item with
        {
            CoOrganisers = [.. item.CoOrganisers.Where(HasAgreed)],
            Registrations = item.Registrations is null ? null : [.. item.Registrations.Where(each => HasAgreed(each.Cluster))],
        };
        return WithOwnRegistrations(agreed, id, agreements);
    }

    /// <summary>Beside the owner's way to register, those of the co-organisers who register their own people.</summary>
    private static Event WithOwnRegistrations(Event item, string id, EventAgreements agreements)
    {
        var own = item.CoOrganisers.Select(code => (Code: code, agreements.OfCoOrganiser(id, code)?.Said))
            .Where(each => each.Said?.RegistrationUrl is not null).Select(each => new ClusterRegistration(
                each.Code, each.Said!.RegistrationUrl, PlacesOf(each.Said.Registration))).ToList();
        return own.Count == 0 ? item : item with
        {
            Registrations = [.. OfOwner(id, item), .. (item.Registrations ?? []).Where(each => each.Cluster != Subjects.OwnerOf(id)
                && own.All(other => other.Cluster != each.Cluster)), .. own],
        };
    }

    private static int? PlacesOf(RegistrationTerms? terms) => terms?.Places is > 0 and var places ? places : null;

    /// <summary>
    /// Several that are one: the first one's text, under all clusters, with every registration. Each cluster's own link comes from itself.
    /// </summary>
    /// <param name="all">Id and content of each, as its own cluster and its co-organisers have agreed on; the one at whose address they
    /// are shown first.</param>
    public static Event Together(IReadOnlyList<(string Id, Event Item)> all)
    {
        ArgumentNullException.ThrowIfNull(all);
        var (id, lead) = all[0];
        if (all.Count == 1)
        {
            return lead;
        }

        var owners = all.Select(each => Subjects.OwnerOf(each.Id)).ToHashSet();
        var registrations = all.SelectMany(each => OfOwner(each.Id, each.Item).Concat((each.Item.Registrations ?? [])
                .Where(other => other.Cluster != Subjects.OwnerOf(each.Id) && !owners.Contains(other.Cluster))))
            .DistinctBy(each => (each.Cluster, each.Url)).ToList();
        return lead with
        {
            CoOrganisers = [.. all.SelectMany(each => each.Item.CoOrganisers.Prepend(Subjects.OwnerOf(each.Id))).Distinct()
                .Where(code => code != Subjects.OwnerOf(id))],
            // Readers that know of one way to register have the first.
            RegistrationUrl = lead.RegistrationUrl ?? registrations.FirstOrDefault()?.Url,
            Registrations = registrations.Count > 1 ? registrations : lead.Registrations,
            Full = all.All(each => each.Item.Full),
        };
    }

    private static IEnumerable<ClusterRegistration> OfOwner(string id, Event item)
    {
        var owner = Subjects.OwnerOf(id);
        var own = (item.Registrations ?? []).Where(each => each.Cluster == owner);
        return item.RegistrationUrl is { } url && own.All(each => each.Url != url)
            ? own.Prepend(new ClusterRegistration(owner, url, PlacesOf(item.Registration)) { Full = item.Full }) : own;
    }
}
