namespace Interclustering.Hub.Feeds;

/// <summary>A way to subscribe to a calendar in one step.</summary>
/// <param name="Name">Of the calendar, as its makers write it.</param>
/// <param name="Address">Where it asks its user whether to subscribe.</param>
/// <param name="Refreshes">How soon a change arrives, for people.</param>
internal sealed record CalendarClient(string Name, string Address, string Refreshes);

/// <summary>Calendars that take an address by a link, in the forms that each service reads.</summary>
internal static class CalendarClients
{
    /// <param name="address">Absolute address of the calendar file, of scheme http or https.</param>
    /// <param name="name">What the calendar is called.</param>
    public static IReadOnlyList<CalendarClient> Of(string address, string name)
    {
        var (escaped, called) = (Uri.EscapeDataString(address), Uri.EscapeDataString(name));
        var hours = T["Un changement arrive en quelques heures."];
        return
        [
            new("Google Agenda", $"https://calendar.google.com/calendar/r?cid={Uri.EscapeDataString(WebCal(address))}",
                T["Un changement peut mettre un jour à arriver."]),
            new("Outlook.com", $"https://outlook.live.com/calendar/0/addfromweb?url={escaped}&name={called}", hours),
            new("Microsoft 365", $"https://outlook.office.com/calendar/0/addfromweb?url={escaped}&name={called}", hours),
        ];
    }

    /// <summary>The same address in the scheme that devices open with their calendar.</summary>
    public static string WebCal(string address) => "webcal" + address[address.IndexOf(':', StringComparison.Ordinal)..];
}
