using Interclustering.Contracts;
using Interclustering.Node.Letters.Selection;
using Interclustering.Node.NationalView;
using Interclustering.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Interclustering.Tests.Letters;

/// <summary>Which items are listed, which are ticked, and in which order they stand.</summary>
public sealed class LetterOrderTests
{
    private static readonly LetterFilter December = new() { From = new DateOnly(2026, 11, 30), To = new DateOnly(2026, 12, 31) };

    [Theory]
    [InlineData("", "abcd")]
    [InlineData("c=1", "cabd")]
    [InlineData("a=2", "bacd")]
    [InlineData("a=9", "bcda")]
    [InlineData("d=2", "adbc")]
    [InlineData("a=4 d=1", "dbca")]
    [InlineData("b=x", "abcd")]
    public void Numbers_order_a_part(string typed, string order)
    {
        var fields = new Dictionary<string, StringValues> { ["listed"] = new(["a", "b", "c", "d"]) };
        foreach (var place in typed.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            fields[$"place-{place[0]}"] = place[2..];
        }

        var listed = "abcd".Select(letter => new Candidate(Item(letter.ToString(), "2026-12-10"), LetterPart.Others)).ToList();
        Assert.Equal(order, string.Concat(LetterForm.Read(new FormCollection(fields)).Ordered(listed).Select(each => each.Item.Subject)));
    }

    [Fact]
    public void Ours_come_first_then_the_others_then_what_is_to_be_read()
    {
        var listed = Candidate.Of(
        [
            Item("other", "2026-12-01"), Item("ours", "2026-12-20", "bsc"), Sheet("sheet"), Item("with us", "2026-12-24") with
            {
                Publication = Visit("2026-12-24") with { CoOrganisers = ["bsc"] },
            },
        ], December, "bsc", null, new HashSet<string>());
        Assert.Equal(["ours", "with us", "other", "sheet"], listed.Select(each => each.Item.Subject));
    }

    [Fact]
    public void What_is_outside_of_the_period_is_listed_only_when_it_was_chosen_before()
    {
        var items = (NationalItem[])[Item("late", "2027-02-01"), Item("past", "2026-11-01")];
        Assert.Empty(Candidate.Of(items, December, "bsc", null, new HashSet<string>()));
        Assert.Single(Candidate.Of(items, December, "bsc", null, new HashSet<string> { "late" }));
    }

    [Fact]
    public void What_was_in_the_last_letter_or_is_cancelled_is_not_ticked_by_itself()
    {
        var last = new SentLetter(new DateTime(2026, 11, 3, 8, 0, 0, DateTimeKind.Utc), new HashSet<string> { "told" });
        var cancelled = Item("cancelled", "2026-12-10") with { Publication = Visit("2026-12-10") with { Status = EventStatus.Cancelled } };
        var listed = Candidate.Of([Item("told", "2026-12-10"), Item("new", "2026-12-10"), cancelled], December, "bsc", last,
            new HashSet<string>());
        var form = LetterForm.Empty("key", "Lettre");
        Assert.Equal(["new"], listed.Where(form.IsTicked).Select(each => each.Item.Subject));
        Assert.Equal(last.SentAt, listed.Single(each => each.Item.Subject == "told").WasSentAt);
    }

    [Fact]
    public void What_was_unticked_stays_so_and_what_is_new_in_the_list_is_ticked()
    {
        var form = LetterForm.Read(new FormCollection(new Dictionary<string,
            StringValues>
        { ["listed"] = new(["a", "b"]), ["item"] = "a" }));
        var listed = "abc".Select(letter => new Candidate(Item(letter.ToString(), "2026-12-10"), LetterPart.Others));
        Assert.Equal(["a", "c"], listed.Where(form.IsTicked).Select(each => each.Item.Subject));
    }

    [Fact]
    public void The_filter_of_a_members_item_is_its_cluster_only()
    {
        var members = Item("m", "2026-12-10") with
        {
            Publication = Visit("2026-12-10") with
            {
                Visibility = Visibility.Members,
                Themes = [KnownThemes.Urban]
            }
        };
        Assert.True(December.Matches(members));
        Assert.True((December with { Clusters = ["lsn"] }).Matches(members));
        Assert.False((December with { Themes = [KnownThemes.Urban] }).Matches(members));
        Assert.False((December with { Kinds = [Kinds.Event] }).Matches(members));
    }

    [Theory]
    [InlineData("?from=2026-12-01&to=2026-12-31&theme=logistique-urbaine&cluster=lsn&kind=event&region=28&news=1",
        "?from=2026-12-01&to=2026-12-31&news=1&theme=logistique-urbaine&cluster=lsn&kind=event&region=28")]
    [InlineData("?from=2020-01-01&to=2019-01-01&theme=x&cluster=y&kind=z&region=q", "?from=2026-11-30&to=2026-12-29")]
    [InlineData("?from=9999-12-31&to=9999-12-31", "?from=2026-11-30&to=2026-12-29")]
    [InlineData("?from=2026-12-01&to=2999-01-01", "?from=2026-12-01&to=2027-12-02")]
    public void A_filter_is_in_its_address_and_what_means_nothing_is_left_out(string asked, string shown)
    {
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(asked);
        Assert.Equal(shown, LetterFilter.Read(name => query.GetValueOrDefault(name, StringValues.Empty), LetterTexts.Today, Directories.Two)
            .Query());
    }

    [Fact]
    public void Of_what_is_to_be_read_only_our_own_is_ticked_by_itself()
    {
        var other = Sheet("other") with { Cluster = Directories.Two.Find("lsn")! };
        var listed = Candidate.Of([Sheet("ours"), other], December, "bsc", null, new HashSet<string>());
        Assert.Equal(["ours"], listed.Where(LetterForm.Empty("key", "Lettre").IsTicked).Select(each => each.Item.Subject));
        Assert.Equal(2, listed.Count);
    }

    private static Event Visit(string day) => new() { Nonce = "", Title = "Visite", Sessions = [new Session("1", day + "T09:00:00")] };

    private static NationalItem Item(string subject, string day, string cluster = "lsn") =>
        new(subject, Directories.Two.Find(cluster)!, Kinds.Event, Visit(day), new DateTime(2026, 11, 20, 8, 0, 0, DateTimeKind.Utc));

    private static NationalItem Sheet(string subject) => new(subject, Directories.Two.Find("bsc")!, Kinds.BestPractice,
        new BestPractice { Nonce = "", Title = "Fiche" }, new DateTime(2026, 11, 20, 8, 0, 0, DateTimeKind.Utc));
}
