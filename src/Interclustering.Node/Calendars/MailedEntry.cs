namespace Interclustering.Node.Calendars;

/// <summary>What a mailed entry says of who sends it, and to whom (RFC 5546 §3.2.2).</summary>
/// <param name="Organiser">The mail comes from the same address.</param>
/// <param name="Attendee">Who gets the mail.</param>
/// <param name="Sequence">Higher with each mail about the entry (RFC 5545 §3.8.7.4).</param>
internal sealed record MailedEntry(CalendarUser Organiser, CalendarUser Attendee, int Sequence);

/// <summary>A person or a sender (RFC 5545 §3.3.3).</summary>
/// <param name="Name">As it is shown.</param>
/// <param name="Address">Of mail.</param>
internal sealed record CalendarUser(string Name, string Address);
