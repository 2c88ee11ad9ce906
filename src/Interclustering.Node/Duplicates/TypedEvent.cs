using System.Globalization;
using Interclustering.Node.Publishing.Form;
using Interclustering.Node.Radar;

namespace Interclustering.Node.Duplicates;

/// <summary>What is being typed, as it is compared.</summary>
internal static class TypedEvent
{
    private static readonly string[] Links = ["registrationUrl", "onlineUrl", "platformUrl"];

    public static Compared Of(ItemForm form, string? self, string cluster) => new(
        self, cluster, EventTraits.Of(form["title"], form["placeName"], form["city"], Links.Select(field => form[field])),
        [.. form.Sessions.Select(session => (Day: SessionInput.DayOf(session.Date), session.Start))
            .Where(session => session.Day is not null)
            .Select(session => (session.Day!.Value, Hour(session.Start)))]);

    private static TimeOnly? Hour(string typed) =>
        TimeOnly.TryParse(typed, CultureInfo.InvariantCulture, out var hour) ? hour : null;
}
