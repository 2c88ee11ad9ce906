using Interclustering.Contracts;
using Interclustering.Hub.ReadModel;
using Interclustering.Hub.RelatedItems;
using Interclustering.Testing;

namespace Interclustering.Tests.Hub;

public sealed class RelatedItemsTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    private readonly List<Published> items = [];

    [Fact]
    public void The_same_words_are_one_no_common_word_is_zero_and_rare_words_count_more()
    {
        var words = Similarity.Words("les entrepots et la chaleur");
        var alike = Similarity.Of(words,
            [words, Similarity.Words("un vin blanc"), Similarity.Words("les quais les camions"), Similarity.Words("entrepot chaleur")]);
        Assert.Equal(1, alike[0], 6);
        Assert.Equal(0, alike[1]);
        Assert.InRange(alike[2], 0.001, alike[3]);
        Assert.Empty(Similarity.Of(words, []));
    }

    [Fact]
    public void A_plural_is_its_singular_and_short_words_do_not_count() =>
        Assert.Equal(["entrepot"], Similarity.Words("entrepots, entrepot ; de la").Keys);

    [Fact]
    public void Shared_themes_come_first_then_likeness()
    {
        var read = Add("La chaleur sous le toit", [KnownThemes.Ecology, KnownThemes.Property]);
        var far = Add("Un vin blanc", [KnownThemes.Ecology]);
        var near = Add("La chaleur sous un autre toit", [KnownThemes.Ecology]);
        var both = Add("Autre sujet", [KnownThemes.Property, KnownThemes.Ecology]);
        Add("Sans rapport", [KnownThemes.Skills]);
        Assert.Equal([both.Id, near.Id, far.Id], Related(read));
    }

    [Fact]
    public void Without_a_common_theme_only_what_is_much_alike_is_shown()
    {
        var read = Add("Mesurer la chaleur des entrepôts", []);
        var near = Add("Mesurer la chaleur d’un entrepôt", [KnownThemes.Ecology]);
        Add("Recruter autrement", [KnownThemes.Skills]);
        Assert.Equal([near.Id], Related(read));
    }

    [Fact]
    public void Cancelled_past_reserved_and_shown_items_are_left_out_and_four_are_enough()
    {
        var read = Add("Quais", [KnownThemes.Urban]);
        Add("Quais annulés", [KnownThemes.Urban], item => item with { Status = EventStatus.Cancelled });
        Add("Quais de l’an dernier", [KnownThemes.Urban], item => item with { Sessions = [new Session("1", "2025-11-01")] });
        Add("Quais des adhérents", [], item => (Event)Published.Redact(item with { Visibility = Visibility.Members }, Today));
        var shown = Add("Quais déjà là", [KnownThemes.Urban]);
        Assert.Empty(Related(read, shown.Id));
        for (var number = 0; number < 6; number++)
        {
            Add($"Quais {number}", [KnownThemes.Urban]);
        }

        Assert.Equal(4, Related(read, shown.Id).Count);
    }

    private List<string> Related(Published read, params IEnumerable<string> shown) =>
        [.. RelatedRanking.Of(
            read,
            Snapshot.Empty with
            {
                Items = PublishedDictionary.Of(items),
                Agenda = [.. items.SelectMany(item => Occurrences.Of(item, Today))],
            },
            Today, shown).Select(item => item.Published.Id)];

    private Published Add(string title, IReadOnlyList<string> themes, Func<Event, Event>? change = null)
    {
        var happening = Happening.On("2026-12-10T09:00:00", title: title) with { Themes = themes };
        items.Add(new Published($"bsc-{items.Count}", Kinds.Event, Directories.Two.Clusters[0], change?.Invoke(happening)
            ?? happening, 1, default, default, items.Count));
        return items[^1];
    }
}
