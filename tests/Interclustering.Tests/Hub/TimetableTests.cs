using CsCheck;
using Interclustering.Contracts;
using Interclustering.Hub.Agenda;
using Interclustering.Hub.Filters;
using Interclustering.Hub.ReadModel;
using Interclustering.Testing;

namespace Interclustering.Tests.Hub;

/// <summary>What the agenda's index answers is what looking at every occurrence would answer.</summary>
public sealed class TimetableTests
{
    private const int Iterations = 2_000;
    private static readonly DateOnly Today = new(2026, 11, 23);
    private static readonly string[] Themes = [KnownThemes.Urban, KnownThemes.Digital, "un-theme-libre"];

    /// <summary>Of a few ids, so that many revise another one; null withdraws.</summary>
    private static readonly Gen<(int Id, Published? Item)> Change = Gen.Select(
        Gen.Int[0, 9], Gen.Bool, Gen.Int[-30, 30].Array[1, 3], Gen.Int[0, 40], Gen.Int[0, 3], Gen.Int[0, 2].Array[0, 2], Gen.Int[0, 3],
        (id, isGone, days, length, hour, themes, kind) => (id, isGone ? null : PublishedOf(id, days, length, hour, themes, kind)));

    private static readonly Gen<AgendaFilter> Filter = Gen.Select(
        Gen.Int[-45, 45].Nullable(), Gen.Int[-45, 45].Nullable(), Gen.Int[0, 3], Gen.Int[0, 2], Gen.Bool, Gen.Int[0, 4],
        (from, to, themes, clusters, isMoved, text) => new AgendaFilter
        {
            From = from is { } first ? Today.AddDays(first) : null,
            To = to is { } last ? Today.AddDays(last) : null,
            Text = text == 0 ? "quais" : null,
        }
        .With(Criterion.Theme, Themes.Take(themes))
        .With(Criterion.Cluster, Directories.Two.Clusters.Take(clusters).Select(each => each.Code))
        .With(Criterion.Status, isMoved ? [EventStatus.Postponed, EventStatus.Cancelled] : []));

    [Fact]
    public void It_holds_what_the_last_revisions_say_in_order_of_day_hour_and_title() => Change.Array[0, 30].Sample(changes =>
    {
        var (timetable, items) = Fold(changes);
        var expected = items.Values.OrderBy(item => item.Position).SelectMany(item => Occurrences.Of(item, Today)).OrderBy(time => time.Day)
            .ThenBy(time => time.Start).ThenBy(time => time.Event.Title, StringComparer.Ordinal).ToList();
        Assert.Equal(expected, timetable);
        Assert.Equal(expected.Count, timetable.Count);
        Assert.Equal(expected, Enumerable.Range(0, timetable.Count).Select(index => timetable[index]));
        Assert.All(items.Values, item => Assert.Equal(expected.Where(time => time.Event.Id == item.Id), timetable.TimesOf(item.Id)));
        Assert.Equal(expected.Where(time => time.IsToCome(Today)), timetable.ToCome(Today));
        Assert.Equal(expected.Where(time => time.IsToCome(Today)).DistinctBy(time => time.Event.Id).Count(), timetable.ItemsToCome(Today));
    });

    [Fact]
    public void A_filter_finds_what_looking_at_every_occurrence_finds() => Gen.Select(
        Change.Array[0, 30], Filter).Sample((changes, filter) =>
    {
        var (timetable, _) = Fold(changes);
        var found = MatchingTimes.Of(timetable, filter, time => !time.IsToBeFixed);
        var expected = timetable.Where(time => filter.Matches(time) && !time.IsToBeFixed).ToList();
        Assert.Equal(expected, found);
        Assert.Equal(expected, Enumerable.Range(0, found.Count).Select(index => found[index]));
        Assert.Equal(expected.Where(time => time.Day >= Today), found.Since(Today));
        Assert.Equal(
            expected.OrderByDescending(time => time.Day), MatchingTimes.Of(timetable, filter, time => !time.IsToBeFixed, descends: true));
    }, iter: Iterations);

    [Fact]
    public void Counts_are_those_of_the_items_that_the_days_find() => Gen.Select(Change.Array[0, 30], Filter).Sample((changes, filter) =>
    {
        var (timetable, _) = Fold(changes);
        var expected = Facets.Count(timetable.Where(filter.MatchesDays).Select(time => time.Event).DistinctBy(item => item.Id), filter);
        var counted = Facets.Count(timetable, filter);
        Assert.Equal(expected.Total, counted.Total);
        Assert.All(
            Criterion.All.SelectMany(criterion => criterion.Known(Directories.Two).Append("un-theme-libre"), (criterion, value) =>
                (criterion.Name, value)),
            value => Assert.Equal(expected.Of(value.Name, value.value), counted.Of(value.Name, value.value)));
    }, iter: Iterations);

    [Fact]
    public void A_change_leaves_the_table_before_as_it_was_and_shares_the_other_days()
    {
        var before = Fold([(0, PublishedOf(0, [0], 0, 0, [], 0)), (1, PublishedOf(1, [1], 0, 0, [], 0))]).Timetable;
        var moved = PublishedOf(0, [2], 0, 0, [], 0);
        var after = before.With(new Dictionary<string, IReadOnlyList<Occurrence>> { [moved.Id] = [.. Occurrences.Of(moved, Today)] });
        Assert.Equal([Today, Today.AddDays(1)], before.Select(time => time.Day));
        Assert.Equal([Today.AddDays(1), Today.AddDays(2)], after.Select(time => time.Day));
        Assert.Same(before.Days[1], after.Days[0]);
    }

    [Fact]
    public void A_page_of_a_long_list_begins_where_its_cursor_says() => Gen.Select(Gen.Int[-30, 30].Array[0, 200], Gen.Bool)
        .Sample((days, descends) =>
        {
            var times = days.Index().Select(day => Occurrences.Of(PublishedOf(day.Index, [day.Item], 0, 0, [], 0), Today).Single());
            var ordered = (descends ? times.OrderByDescending(time => time.Day) : times.OrderBy(time => time.Day)).ToList();
            var read = new List<Occurrence>();
            for (var slice = AgendaSlice.Of(ordered, null); ; slice = AgendaSlice.Of(ordered, slice.Next))
            {
                read.AddRange(slice.Times);
                if (slice.Next is null)
                {
                    break;
                }
            }

            Assert.Equal(ordered, read);
        });

    [Fact]
    public void What_stands_after_a_position_is_what_changed_since() => Gen.Select(Change.Array[0, 40], Gen.Int[0, 40])
        .Sample((changes, position) =>
        {
            var items = PublishedDictionary.Empty;
            var expected = new Dictionary<string, Published>();
            foreach (var (number, (id, item)) in changes.Index())
            {
                var (key, changing) = ($"bsc-{id}", items.ToBuilder());
                Assert.Equal(expected.Remove(key), changing.Remove(key));
                if (item is not null)
                {
                    changing.Set(expected[key] = item with { Position = number + 1 });
                }

                items = changing.ToImmutable();
            }

            Assert.Equal(expected.Values.OrderBy(item => item.Position).Select(item => item.Id), items.Values.Select(item => item.Id));
            Assert.Equal(
                expected.Values.Where(item => item.Position > position).OrderBy(item => item.Position).Select(item => item.Id),
                items.Since(position).Select(item => item.Id));
            Assert.Equal(
                expected.Values.Where(item => item.Kind == Kinds.BestPractice).Select(item => item.Id).Order(), items.Sheets.Keys.Order());
            Assert.Equal(expected.Count, items.Count);
        });

    [Fact]
    public void The_list_of_what_names_files_stays_the_same_object_while_other_things_change()
    {
        var file = new Attachment("plan.pdf", "application/pdf", 1, new string('a', 64));
        var sheet = new BestPractice { Nonce = "0123456789abcdef0123456789abcdef", Title = "Fiche", Files = [file] };
        var changing = PublishedDictionary.Of([PublishedOf(0, [], 0, 0, [], 3) with { Item = sheet }]).ToBuilder();
        var before = changing.ToImmutable();
        Assert.Equal(["bsc-0"], before.WithFiles.Keys);
        changing.Set(PublishedOf(1, [0], 0, 0, [], 0));
        changing.Set(PublishedOf(2, [], 0, 0, [], 3));
        var after = changing.ToImmutable();
        Assert.Equal(["bsc-0", "bsc-1", "bsc-2"], after.Keys);
        Assert.Equal(["bsc-0", "bsc-2"], after.Sheets.Keys);
        Assert.Same(before.WithFiles, after.WithFiles);
        changing.Remove("bsc-0");
        Assert.Empty(changing.ToImmutable().WithFiles);
        Assert.Equal(["bsc-0"], after.WithFiles.Keys);
    }

    private static (Timetable Timetable, Dictionary<string, Published> Items) Fold(IEnumerable<(int Id, Published? Item)> changes)
    {
        var (timetable, items, position) = (Timetable.Empty, new Dictionary<string, Published>(), 0L);
        foreach (var (id, item) in changes)
        {
            var key = $"bsc-{id}";
            items.Remove(key);
            if (item is not null)
            {
                items[key] = item with { Position = ++position };
            }

            timetable = timetable.With(new Dictionary<string, IReadOnlyList<Occurrence>>
            {
                [key] = items.TryGetValue(key, out var shown) ? [.. Occurrences.Of(shown, Today)] : [],
            });
        }

        return (timetable, items);
    }

    private static Published PublishedOf(int id, int[] days, int length, int hour, int[] themes, int kind)
    {
        var sessions = days.Select((day, index) => new Session(
            $"{index}", hour == 0 ? $"{Today.AddDays(day):yyyy-MM-dd}" : $"{Today.AddDays(day):yyyy-MM-dd}T0{hour + 6}:00:00",
            hour == 0 ? $"{Today.AddDays(day + (length / 4) + 1):yyyy-MM-dd}"
                : $"{Today.AddDays(day + (length > 30 ? length : 0)):yyyy-MM-dd}T1{hour}:00:00"));
        PublishedItem item = kind == 3
            ? new BestPractice
            {
                Nonce = "0123456789abcdef0123456789abcdef",
                Title = $"Fiche {id}",
                Themes = [.. themes.Select(theme => Themes[theme])],
            }
            : Happening.On("2026-11-23", title: id % 2 == 0 ? "Quais" : "Route") with
            {
                Sessions = [.. sessions],
                Themes = [.. themes.Select(theme => Themes[theme])],
                Status = kind switch { 1 => EventStatus.Postponed, 2 => EventStatus.Cancelled, _ => EventStatus.Confirmed },
                CoOrganisers = hour == 1 ? ["lsn"] : [],
            };
        return new Published(
            $"bsc-{id}", kind == 3 ? Kinds.BestPractice : Kinds.Event, Directories.Two.Clusters[0], item, 1, default, default, id);
    }
}
