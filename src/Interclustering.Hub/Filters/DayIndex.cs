using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.CompilerServices;
using Interclustering.Hub.ReadModel;

namespace Interclustering.Hub.Filters;

/// <summary>
/// One day of the agenda, one bit for each of its occurrences and each value of each criterion: a filter is then a few words of bits, and
/// so is a count. Made when a reader first asks for the day, and kept as long as the day is.
/// </summary>
internal sealed class DayIndex
{
    private const int WordSize = 64, MostOnStack = 64;

    // A day never changes, and outlives many snapshots.
    private static readonly ConditionalWeakTable<TimetableDay, DayIndex> Known = [];

    // A value keeps its number for as long as the process lives: days are counted into one array.
    private static readonly ConcurrentDictionary<(int Criterion, string Value), int> Numbers = [];
    private static int lastNumber = -1;
    private readonly TimetableDay day;
    private readonly (int Number, ulong[] Bits)[][] values;

    private DayIndex(TimetableDay day)
    {
        this.day = day;
        (First, Last) = (Where(time => time.IsFirst), Where(time => time.IsLast));
        values = [.. Criterion.All.Index().Select(criterion => ValuesOf(criterion.Item, criterion.Index))];
    }

    /// <summary>Those that are the first of their item.</summary>
    public ulong[] First { get; }

    /// <summary>Those that are the last of their item.</summary>
    public ulong[] Last { get; }

    private int Words => (day.Times.Count + WordSize - 1) / WordSize;

    public static DayIndex Of(TimetableDay day) => Known.GetValue(day, made => new DayIndex(made));

    /// <summary>Every value that an index knows, with its number.</summary>
    public static IEnumerable<KeyValuePair<(int Criterion, string Value), int>> NumberedValues => Numbers;

    /// <summary>The values that a filter chooses, by the place of their criterion in <see cref="Criterion.All"/>.</summary>
    public static IReadOnlyList<(int Criterion, int[] Numbers)> ChosenBy(AgendaFilter filter) => [.. filter.Chosen.Select(chosen =>
    {
        var criterion = Criterion.PlaceOf(chosen.Key);
        return (criterion, chosen.Value.Select(value => NumberOf(criterion, value)).ToArray());
    })];

    /// <summary>Numbers in the indexes that were made before are below it.</summary>
    public static int NumberCount => Volatile.Read(ref lastNumber) + 1;

    /// <summary>The first so many bits set, with room for more.</summary>
    public static ulong[] All(int count, int room)
    {
        var bits = new ulong[(room + WordSize - 1) / WordSize];
        bits.AsSpan(0, count / WordSize).Fill(ulong.MaxValue);
        if (count % WordSize is var rest and > 0)
        {
            bits[count / WordSize] = (1UL << rest) - 1;
        }

        return bits;
    }

    public static bool Has(ulong[] bits, int place) => (bits[place / WordSize] & (1UL << (place % WordSize))) != 0;

    public static void Put(ulong[] bits, int place, bool isSet) => bits[place / WordSize] = isSet
        ? bits[place / WordSize] | (1UL << (place % WordSize)) : bits[place / WordSize] & ~(1UL << (place % WordSize));

    public static int Count(ReadOnlySpan<ulong> bits)
    {
        var count = 0;
        foreach (var word in bits)
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }

    /// <summary>The places of the bits that are set, in order.</summary>
    public static IEnumerable<int> PlacesOf(ulong[] bits)
    {
        for (var word = 0; word < bits.Length; word++)
        {
            for (var left = bits[word]; left != 0; left &= left - 1)
            {
                yield return (word * WordSize) + BitOperations.TrailingZeroCount(left);
            }
        }
    }

    /// <summary>Takes out what the criteria of a filter keep out, but for one of them.</summary>
    /// <param name="bits">Changed.</param>
    /// <param name="chosen">See <see cref="ChosenBy"/>.</param>
    /// <param name="except">Place of a criterion in <see cref="Criterion.All"/>; null for none.</param>
    public void Restrict(Span<ulong> bits, IReadOnlyList<(int Criterion, int[] Numbers)> chosen, int? except = null)
    {
        var any = bits.Length <= MostOnStack ? stackalloc ulong[bits.Length] : new ulong[bits.Length];
        for (var index = 0; index < chosen.Count; index++)
        {
            var (criterion, numbers) = chosen[index];
            if (criterion == except)
            {
                continue;
            }

            any.Clear();
            foreach (var (number, having) in values[criterion])
            {
                if (numbers.Contains(number))
                {
                    Unite(any, having);
                }
            }

            for (var word = 0; word < bits.Length; word++)
            {
                bits[word] &= any[word];
            }
        }
    }

    /// <summary>Counts, of a criterion, how many of <paramref name="bits"/> each value has.</summary>
    /// <param name="bits">Of this day.</param>
    /// <param name="criterion">Its place in <see cref="Criterion.All"/>.</param>
    /// <param name="counts">Added to, by number.</param>
    public void Count(ReadOnlySpan<ulong> bits, int criterion, Span<int> counts)
    {
        foreach (var (number, having) in values[criterion])
        {
            var count = 0;
            for (var word = 0; word < bits.Length; word++)
            {
                count += BitOperations.PopCount(bits[word] & having[word]);
            }

            counts[number] += count;
        }
    }

    private static int NumberOf(int criterion, string value) =>
        Numbers.GetOrAdd((criterion, value), _ => Interlocked.Increment(ref lastNumber));

    private static void Unite(Span<ulong> bits, ulong[] others)
    {
        for (var word = 0; word < bits.Length; word++)
        {
            bits[word] |= others[word];
        }
    }

    private (int Number, ulong[] Bits)[] ValuesOf(Criterion criterion, int place)
    {
        var found = new Dictionary<int, ulong[]>();
        foreach (var (index, time) in day.Times.Index())
        {
            foreach (var value in criterion.ValuesOf(time.Event))
            {
                var number = NumberOf(place, value);
                Put(found.TryGetValue(number, out var bits) ? bits : found[number] = new ulong[Words], index, isSet: true);
            }
        }

        return [.. found.Select(pair => (pair.Key, pair.Value))];
    }

    private ulong[] Where(Func<Occurrence, bool> fits)
    {
        var bits = new ulong[Words];
        foreach (var (index, _) in day.Times.Index().Where(time => fits(time.Item)))
        {
            Put(bits, index, isSet: true);
        }

        return bits;
    }
}
