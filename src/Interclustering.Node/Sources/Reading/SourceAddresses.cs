namespace Interclustering.Node.Sources.Reading;

/// <summary>Addresses of known interfaces, with the parameters that make their answer whole.</summary>
public static class SourceAddresses
{
    private const string Events = "/tribe/events/v1/events", Route = "rest_route";

    /// <summary>
    /// OpenAgenda gives the times and texts of an event only with <c>detailed=1</c>, and 20 of them; The Events Calendar 10, and 50 at
    /// most. What the address says already stays.
    /// </summary>
    public static Uri Completed(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return !address.IsAbsoluteUri ? address
            : IsOpenAgenda(address) ? With(With(address, "detailed", "1"), "size", "100")
            : IsTheEventsCalendar(address) ? With(address, "per_page", "50")
            : address;
    }

    /// <summary>Where WordPress has The Events Calendar, by the address of its REST interface.</summary>
    internal static Uri? TheEventsCalendar(Uri api)
    {
        if (Values(api, Route).FirstOrDefault() is { } route)
        {
            // Without permalinks the whole interface is one address, and the path a parameter.
            return Completed(Replaced(api, name => name == Route, [$"{Route}={route.TrimEnd('/')}{Events}"]));
        }

        var place = new UriBuilder(api) { Path = api.AbsolutePath.TrimEnd('/') + Events };
        return Completed(place.Uri);
    }

    /// <summary>The same address with other parameters in place of those of a name.</summary>
    internal static Uri Replaced(Uri address, Func<string, bool> isReplaced, IEnumerable<string> by)
    {
        var query = string.Join('&', Parameters(address).Where(pair => !isReplaced(NameOf(pair))).Concat(by));
        return new Uri($"{address.GetLeftPart(UriPartial.Path)}{(query.Length > 0 ? "?" : "")}{query}");
    }

    private static bool IsOpenAgenda(Uri address)
    {
        var path = address.AbsolutePath.TrimEnd('/');
        var isHost = address.Host is "openagenda.com" || address.Host.EndsWith(".openagenda.com", StringComparison.OrdinalIgnoreCase);
        return path.EndsWith("/events.v2.json", StringComparison.OrdinalIgnoreCase)
            || (isHost && path.Contains("/v2/", StringComparison.OrdinalIgnoreCase)
                && (path.EndsWith("/events.json", StringComparison.OrdinalIgnoreCase)
                    || path.EndsWith("/events", StringComparison.OrdinalIgnoreCase)));
    }

    private static bool IsTheEventsCalendar(Uri address) => address.AbsolutePath.TrimEnd('/').EndsWith(Events, StringComparison.Ordinal)
        || Values(address, Route).Any(route => route.TrimEnd('/') == Events);

    private static Uri With(Uri address, string name, string value) => Values(address, name).Any() ? address
        : new Uri($"{address.GetLeftPart(UriPartial.Path)}?{string.Join('&', Parameters(address).Append($"{name}={value}"))}"
            + address.Fragment);

    private static IEnumerable<string> Parameters(Uri address) =>
        address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Values(Uri address, string name) => Parameters(address).Where(pair => NameOf(pair) == name)
        .Select(pair => pair.Split('=', 2) is [_, var value] ? Decoded(value) : "");

    private static string NameOf(string pair) => Decoded(pair.Split('=', 2)[0]);

    private static string Decoded(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
