using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Interclustering.Contracts;
using Interclustering.Hub.ReadModel;
using Interclustering.Ui.Words;

namespace Interclustering.Hub.Api;

/// <summary>A publication as the API shows it.</summary>
/// <param name="Id">Stable; part of every address.</param>
/// <param name="Kind">event, webinar or best-practice; of a members' item only event or best-practice.</param>
/// <param name="Cluster">Code of the owner.</param>
/// <param name="Revision">Rises with every change.</param>
/// <param name="PublishedAt">UTC.</param>
/// <param name="RevisedAt">UTC.</param>
/// <param name="Url">Its page on the national site.</param>
/// <param name="Regions">INSEE codes of the regions in which it counts.</param>
/// <param name="Occurrences">When it takes place, in order; of a series, up to at least 24 months from now.</param>
/// <param name="Publication">The record of the kind, with offsets of times and names of people; of a members' item its public
/// fields.</param>
public sealed record PublicationView(
    string Id, string Kind, string Cluster, long Revision, DateTime PublishedAt, DateTime RevisedAt, string Url,
        IReadOnlyList<string> Regions,
    IReadOnlyList<OccurrenceView> Occurrences, object Publication)
{
    /// <summary>What <c>fields</c> may name; each of the publication's own as <c>publication.title</c>.</summary>
    public static IReadOnlyList<string> Fields { get; } =
        [.. typeof(PublicationView).GetProperties().Where(property => property.Name != nameof(Fields))
            .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name))];

    /// <param name="item">What is shown.</param>
    /// <param name="times">When it takes place.</param>
    /// <param name="people">Whom the site names.</param>
    /// <param name="origin">Where the site is for the caller.</param>
    public static PublicationView Of(
        Published item, IEnumerable<Occurrence> times, IReadOnlyDictionary<string, Person> people, string origin)
    {
        ArgumentNullException.ThrowIfNull(item);
        return new PublicationView(
            item.Id, item.Kind, item.Owner.Code, item.Revision, item.PublishedAt, item.RevisedAt, origin + item.Path, item.Regions,
            [.. times.Select(OccurrenceView.Of)], item.ForMembers ? MembersView.Of(item) : RecordView.Of(item.Item, people));
    }

    /// <summary>The same with nothing but the fields that were asked for.</summary>
    public JsonObject Only(IReadOnlyList<string> fields)
    {
        var whole = JsonSerializer.SerializeToNode(this, ContractJson.Options)!.AsObject();
        var kept = new JsonObject();
        foreach (var field in fields)
        {
            if (field.Split('.') is [var outer, var inner])
            {
                var nested = kept[outer] as JsonObject ?? [];
                nested[inner] = whole[outer]?[inner]?.DeepClone();
                kept[outer] = nested;
            }
            else
            {
                kept[field] = whole[field]?.DeepClone();
            }
        }

        return kept;
    }
}

/// <summary>One time at which an event takes place.</summary>
/// <param name="Start">RFC 3339 with the offset of Paris, <c>2026-12-10T09:00:00+01:00</c>, or the day when it lasts all day.</param>
/// <param name="End">In the form of <paramref name="Start"/>; the last day when it lasts all day. Absent when unknown.</param>
/// <param name="Label">What this time is, when they differ.</param>
public sealed record OccurrenceView(
    string Start, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? End,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Label)
{
    public static OccurrenceView Of(Occurrence time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return Instants.Start(time) is { } start
            ? new OccurrenceView(
                EventTimes.WithOffset(start), Instants.End(time) is { } end ? EventTimes.WithOffset(end) : null, time.Label)
            : new OccurrenceView(DateWords.Iso(time.Day), DateWords.Iso(time.LastDay), time.Label);
    }
}

/// <summary>The public part of an item for members. Its occurrences say when it takes place, as days.</summary>
/// <param name="Title">Plain text.</param>
/// <param name="Visibility">members.</param>
/// <param name="Reserved">« Réservé aux adhérents de … »</param>
/// <param name="Contact">Where to ask that cluster: an e-mail address or its site; absent when it gives none.</param>
/// <param name="Status">Only when it does not take place as planned: cancelled, postponed.</param>
public sealed record MembersView(
    string Title, string Visibility, string Reserved,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Contact,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Status)
{
    public static MembersView Of(Published item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return new MembersView(
            item.Title, Contracts.Visibility.Members, T["Réservé aux adhérents de {0}", item.Owner.Name], item.Owner.Contact
                ?? item.Owner.Site,
            item.Item is Event { Status: not EventStatus.Confirmed } happening ? happening.Status : null);
    }
}

/// <summary>A publication that is public no longer.</summary>
/// <param name="Id">As it was.</param>
/// <param name="Cluster">Code of the owner.</param>
/// <param name="RemovedAt">UTC.</param>
public sealed record RemovalView(string Id, string Cluster, DateTime RemovedAt);

/// <summary>A page of publications.</summary>
/// <param name="Items">In order of the hub's journal.</param>
/// <param name="Removed">
/// What was withdrawn since <c>updatedAfter</c>, whatever the filter; with <c>changes</c>, also what the filter no longer lets through.
/// Empty without either, and on every page but the first.
/// </param>
/// <param name="Next">Cursor of the next page; absent on the last.</param>
/// <param name="Changes">Keep that of the first page: given back as <c>changes</c>, it brings exactly what has moved since.</param>
public sealed record PublicationList(IReadOnlyList<object> Items, IReadOnlyList<RemovalView> Removed,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Next, string Changes);
