using System.Text;
using CsCheck;
using Interclustering.Node.Sources.Reading;
using Interclustering.Testing;

namespace Interclustering.Tests.Sources;

/// <summary>
/// Whatever a source sends, reading it ends in events and problems, never in an exception: 15,000 mutations over six shapes.
/// </summary>
public sealed class MutatedContentTests
{
    private const int MutationsOfEach = 2_500;

    /// <summary>What means something in one of the shapes, where it does not belong.</summary>
    private static readonly byte[][] Fragments =
    [
        .. new[]
        {
            "\"", "{", "}", "[", "]", ",", ":", "null", "-1", "1e308", "99999999999999999999", "\\u0000", "\\ud800", "<", "&a;",
                "</script>", "<!DOCTYPE x [<!ENTITY a \"b\">]>", "\r\n", "\r\n ",
            "BEGIN:VEVENT\r\n", "END:VEVENT\r\n", "END:VCALENDAR\r\n", "RRULE:FREQ=SECONDLY\r\n",
                "RRULE:FREQ=YEARLY;BYMONTHDAY=31;COUNT=999999999\r\n", "EXDATE:never\r\n",
            "DTSTART;TZID=Nowhere/Else:20270110T090000\r\n", "99999999T999999Z", "00010101T000000Z", "0001-01-01T00:00:00",
                "9999-12-31T23:59:59+14:00", "2027-02-30", "P9999999Y", "Europe/Nowhere",
        }.Select(Encoding.UTF8.GetBytes),
        [0], [0xff, 0xfe], [0xed, 0xa0, 0x80], [0xc3],
    ];

    private static readonly Gen<Func<byte[], byte[]>> Mutation = Gen.OneOf(
        Gen.Select(Gen.Double.Unit, Gen.Byte).Select((at, value) => (Func<byte[], byte[]>)(bytes => Splice(bytes, at, 1, [value]))),
        Gen.Select(Gen.Double.Unit, Gen.Int[1, 400]).Select((at, length) => (Func<byte[], byte[]>)(bytes => Splice(bytes, at, length, []))),
        Gen.Select(Gen.Double.Unit, Gen.Int[1, 400])
            .Select((at, length) => (Func<byte[], byte[]>)(bytes => Splice(bytes, at, 0, Piece(bytes, at, length)))),
        Gen.Select(Gen.Double.Unit, Gen.Int[0, 8], Gen.Int[0, Fragments.Length - 1].Select(index => Fragments[index]))
            .Select((at, length, fragment) => (Func<byte[], byte[]>)(bytes => Splice(bytes, at, length, fragment))));

    [Theory]
    [InlineData("openagenda.json")]
    [InlineData("the-events-calendar.json")]
    [InlineData("calendar.ics")]
    [InlineData("page.html")]
    [InlineData("microdata.html")]
    [InlineData("feed.xml")]
    public void No_mutation_of_a_source_ends_in_an_exception(string name)
    {
        var original = Fixture.Bytes(name);
        Mutation.Array[1, 12].Sample(
            mutations =>
            {
                var document = ImportReader.Read(mutations.Aggregate(original, (bytes, mutate) => mutate(bytes)), name, Fixture.Today);
                return document.Events.Count + document.Rejected.Count > 0
                    && document.Events.All(read => read.Title.Length is > 0 and <= 200 && read.Event.Sessions.Count > 0);
            },
            iter: MutationsOfEach,
            threads: 1);
    }

    [Theory]
    [InlineData("openagenda.json")]
    [InlineData("the-events-calendar.json")]
    [InlineData("calendar.ics")]
    [InlineData("page.html")]
    [InlineData("microdata.html")]
    [InlineData("feed.xml")]
    public void No_truncation_of_a_source_ends_in_an_exception(string name)
    {
        var original = Fixture.Bytes(name);
        Gen.Int[0, original.Length].Sample(
            length => ImportReader.Read(original.AsMemory(0, length), name, Fixture.Today) is { } document && document.Events.Count
                + document.Rejected.Count > 0,
            iter: 500,
            threads: 1);
    }

    /// <summary>Replaces <paramref name="length"/> bytes somewhere by others.</summary>
    private static byte[] Splice(byte[] bytes, double at, int length, byte[] by)
    {
        var start = (int)(at * bytes.Length);
        return [.. bytes[..start], .. by, .. bytes[Math.Min(bytes.Length, start + length)..]];
    }

    private static byte[] Piece(byte[] bytes, double at, int length)
    {
        var start = (int)(at * bytes.Length);
        return bytes[start..Math.Min(bytes.Length, start + length)];
    }
}
