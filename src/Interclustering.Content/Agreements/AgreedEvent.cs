using Interclustering.Contracts;
using Interclustering.Federation;

namespace Interclustering.Content.Agreements;

/// <summary>An event as agreements make it: the same for every reader, at the hub and at every node.</summary>
public static class AgreedEvent
{
    /// <summary>It names those co-organisers who want to be.</summary>
    public static Event WithCoOrganisers(Event item, string id, EventAgreements agreements)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(agreements);
        return item.CoOrganisers.Count == 0 || item.CoOrganisers.All(code => agreements.HasAgreed(id, code))
            ? item : item with { CoOrganisers = [.. item.CoOrganisers.Where(code => agreements.HasAgreed(id, code))] };
    }

    /// <summary>Several that are one: the first one's text, under all clusters, with every registration.</summary>
    /// <param name="all">Id and content of each, the one at whose address they are shown first.</param>
    public static Event Together(IReadOnlyList<(string Id, Event Item)> all)
    {
        ArgumentNullException.ThrowIfNull(all);
        var (id, lead) = all[0];
        if (all.Count == 1)
        {
            return lead;
        }

        var registrations = all.SelectMany(each => each.Item.Registrations ?? []).Concat(all
                .Where(each => each.Item.RegistrationUrl is not null)
                .Select(each => new ClusterRegistration(Subjects.OwnerOf(each.Id), each.Item.RegistrationUrl) { Full = each.Item.Full }))
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
}
