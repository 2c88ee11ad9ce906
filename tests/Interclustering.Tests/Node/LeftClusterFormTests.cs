using Interclustering.Contracts;
using Interclustering.Dates;
using Interclustering.Node.Duplicates;
using Interclustering.Node.JointWebinars;
using Interclustering.Node.Publishing.Form;
using Interclustering.Node.Publishing.Mapping;
using Interclustering.Node.Radar;
using Interclustering.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Interclustering.Tests.Node;

/// <summary>A cluster that has left is named nowhere anew, whatever a form or another program sends, and stays where it is named.</summary>
public sealed class LeftClusterFormTests
{
    private static readonly DateOnly Today = new(2026, 12, 1);

    private static readonly FederationDirectory Left = Directories.Two with
    {
        Clusters = [.. Directories.Two.Clusters.Select(cluster =>
            cluster.Code == "lsn" ? cluster with { Left = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero) } : cluster)],
    };

    [Theory]
    [InlineData(false, false, new[] { "coOrganisers" }, new string[0])]
    [InlineData(false, true, new string[0], new[] { "lsn" })]
    [InlineData(true, false, new string[0], new[] { "lsn" })]
    [InlineData(true, true, new string[0], new[] { "lsn" })]
    public void Event_names_it_only_where_it_did(bool takesPart, bool wasNamed, string[] wrong, string[] named)
    {
        var reading = FormReading.Of(FormWith("lsn"), takesPart ? Directories.Two : Left, "bsc");
        var item = reading.Read(draft: false, Known(wasNamed ? ["lsn"] : []), _ => []);
        Assert.Equal(wrong, reading.Errors.Select(error => error.Field));
        Assert.Equal(named, item?.CoOrganisers ?? []);
    }

    [Fact]
    public void It_can_be_taken_out() =>
        Assert.Empty(FormReading.Of(FormWith(), Left, "bsc").Read(draft: false, Known(["lsn"]), _ => [])!.CoOrganisers);

    [Theory]
    [InlineData(false, new[] { "invited" })]
    [InlineData(true, new string[0])]
    public void Joint_webinar_invites_it_only_where_it_did(bool wasInvited, string[] wrong)
    {
        var form = ProposalForm.Read(new FormCollection(new Dictionary<string, StringValues>
        {
            ["title"] = "Le fret de nuit",
            ["minutes"] = "60",
            ["invited"] = "lsn",
            ["slotDate"] = "2026-12-15",
            ["slotTime"] = "11:00",
            ["deadline"] = "2026-12-10",
        }));
        var (_, errors) = form.ToProposal(Left, "bsc", Today, wasInvited ? ["bsc", "lsn"] : []);
        Assert.Equal(wrong, errors.Select(error => error.Field));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void Its_events_are_no_likely_duplicates(bool takesPart, int found)
    {
        var (day, traits) = (Today.AddDays(9), EventTraits.Of("Le fret de nuit", null, null, []));
        var search = new DuplicateSearch([new Engagement("lsn-1", (takesPart ? Directories.Two : Left).Find("lsn")!, Firmness.Published,
            "Le fret de nuit", new EventTime("1", null, day, null, day, null), [], []) { Traits = traits }], Today);
        Assert.Equal(found, search.Of(new Compared(null, "bsc", traits, [(day, null)])).Count);
    }

    private static Event Known(IReadOnlyList<string> named) => Happening.On("2026-12-10T09:00:00") with { CoOrganisers = named };

    private static ItemForm FormWith(params string[] named)
    {
        var form = new ItemForm(Kinds.Event)
        {
            ["title"] = "Le fret de nuit",
            ["attendance"] = Attendance.OnSite,
            ["status"] = EventStatus.Confirmed,
            ["visibility"] = Visibility.Public,
        };
        form.Sessions.Add(new SessionInput("1", "2026-12-10", "09:00"));
        form.CoOrganisers.UnionWith(named);
        return form;
    }
}
