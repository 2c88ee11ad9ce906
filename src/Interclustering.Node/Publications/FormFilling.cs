using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Node.Repeating;

namespace Interclustering.Node.Publications;

/// <summary>From a publication back to the fields of its form.</summary>
internal static class FormFilling
{
    public static void Fill(ItemForm form, PublishedItem item, Func<string, string> person)
    {
        (form["title"], form["summary"], form["text"], form["visibility"]) = (item.Title, item.Summary ?? "", item.Text ?? "", item.Visibility);
        form.Themes.UnionWith(item.Themes);
        form.Audiences.UnionWith(item.Audiences);
        form.CoOrganisers.UnionWith(item.CoOrganisers);
        if (item is Event happening)
        {
            FillEvent(form, happening, person);
        }

        if (item is Webinar webinar)
        {
            (form["platformUrl"], form["replayUrl"]) = (webinar.PlatformUrl ?? "", webinar.ReplayUrl ?? "");
            form["slides"] = string.Join('\n', webinar.Slides.Select(link => $"{link.Label} — {link.Url}"));
        }

        if (item is BestPractice sheet)
        {
            (form["reviewedOn"], form["reviewBy"]) = (sheet.ReviewedOn ?? "", sheet.ReviewBy ?? "");
            form["owner"] = sheet.Owner is null ? "" : person(sheet.Owner);
            form["contacts"] = string.Join('\n', sheet.Contacts.Select(person));
            form.Files.AddRange(sheet.Files ?? []);
            form["related"] = string.Join('\n', sheet.Related);
        }
    }

    private static void FillEvent(ItemForm form, Event item, Func<string, string> person)
    {
        (form["timeZone"], form["format"], form["attendance"]) = (item.TimeZone, item.Format ?? "", item.Attendance);
        (form["status"], form["statusReason"]) = (item.Status, item.StatusReason ?? "");
        (form["full"], form["movedOnline"]) = (item.Full ? "on" : "", item.MovedOnline ? "on" : "");
        (form["onlineUrl"], form["registrationUrl"]) = (item.OnlineUrl ?? "", item.RegistrationUrl ?? "");
        (form["imageUrl"], form["imageAlt"]) = (item.Image?.Url ?? "", item.Image?.Alt ?? "");
        (form["placeName"], form["street"], form["postalCode"], form["city"], form["region"]) =
            (item.Place?.Name ?? "", item.Place?.Street ?? "", item.Place?.PostalCode ?? "", item.Place?.City ?? "", item.Place?.Region ?? "");
        form["speakers"] = string.Join('\n', item.Speakers.Select(person));
        form[RepeatField.Name] = RepeatField.Typed(item);
        form.Except.UnionWith(item.Recurrence?.Except ?? []);
        form["allDay"] = item.Sessions is [{ Start.Length: 10 }, ..] ? "on" : "";
        if (item.Sessions.Count > 0)
        {
            form.Sessions.Clear();
            form.Sessions.AddRange(item.Sessions.Select(Typed));
        }
    }

    /// <summary>Takes over days and hours only.</summary>
    public static void FillTimes(ItemForm form, IReadOnlyList<Session> sessions)
    {
        form.Sessions.Clear();
        form.Sessions.AddRange(sessions.Select(Typed));
    }

    private static SessionInput Typed(Session session)
    {
        var end = session.End ?? "";
        if (session.Start.Length == 10)
        {
            // An all-day end is exclusive in the record and inclusive for people.
            var last = end.Length == 0 ? "" : DateOnly.Parse(end, CultureInfo.InvariantCulture).AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            return new SessionInput(session.Id, session.Start, "", last == session.Start ? "" : last, "", session.Label ?? "");
        }

        var sameDay = end.Length >= 10 && end[..10] == session.Start[..10];
        return new SessionInput(
            session.Id, session.Start[..10], session.Start[11..16], end.Length == 0 || sameDay ? "" : end[..10], end.Length == 0 ? "" : end[11..16],
            session.Label ?? "");
    }
}
