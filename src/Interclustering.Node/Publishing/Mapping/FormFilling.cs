using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.Form;
using Interclustering.Node.Publishing.Recurrences;
using Interclustering.Node.Publishing.Scheduling;

namespace Interclustering.Node.Publishing.Mapping;

/// <summary>
/// From a publication back to the fields of its form. What was kept before there were checks opens too: the form is where the
/// member mends it.
/// </summary>
internal static class FormFilling
{
    public static void Fill(ItemForm form, PublishedItem item, Func<string, string> person)
    {
        (form["title"], form["summary"], form["text"], form["visibility"]) =
            (item.Title, item.Summary ?? "", item.Text ?? "", item.Visibility);
        form.Themes.UnionWith(Known(item.Themes));
        form.Audiences.UnionWith(Known(item.Audiences));
        form.CoOrganisers.UnionWith(Known(item.CoOrganisers));
        form.Files.AddRange(Known(item.Files ?? []));
        if (item is Event happening)
        {
            FillEvent(form, happening, person);
        }

        if (item is Webinar webinar)
        {
            (form["platformUrl"], form["replayUrl"]) = (webinar.PlatformUrl ?? "", webinar.ReplayUrl ?? "");
            form["slides"] = string.Join('\n', Known(webinar.Slides).Select(link => $"{link.Label} — {link.Url}"));
        }

        if (item is BestPractice sheet)
        {
            (form["reviewedOn"], form["reviewBy"]) = (sheet.ReviewedOn ?? "", sheet.ReviewBy ?? "");
            form["owner"] = sheet.Owner is null ? "" : person(sheet.Owner);
            form["contacts"] = string.Join('\n', Known(sheet.Contacts).Select(person));
            form["related"] = string.Join('\n', Known(sheet.Related));
        }
    }

    private static void FillEvent(ItemForm form, Event item, Func<string, string> person)
    {
        (form["timeZone"], form["format"], form["attendance"]) = (item.TimeZone, item.Format ?? "", item.Attendance);
        (form["status"], form["statusReason"]) = (item.Status, item.StatusReason ?? "");
        (form["full"], form["movedOnline"]) = (item.Full ? "on" : "", item.MovedOnline ? "on" : "");
        (form["onlineUrl"], form["registrationUrl"]) = (item.OnlineUrl ?? "", item.RegistrationUrl ?? "");
        (form["imageUrl"], form["imageAlt"], form.Image) = (item.Image?.Url ?? "", item.Image?.Alt ?? "", item.Image?.File);
        (form["placeName"], form["street"], form["postalCode"], form["city"], form["region"]) =
            (item.Place?.Name ?? "", item.Place?.Street ?? "", item.Place?.PostalCode ?? "", item.Place?.City
                ?? "", item.Place?.Region ?? "");
        form["speakers"] = string.Join('\n', Known(item.Speakers).Select(person));
        form[RepeatField.Name] = RepeatField.Typed(item);
        form.Except.UnionWith(Known(item.Recurrence?.Except ?? []));
        var sessions = Known(item.Sessions).ToList();
        form["allDay"] = sessions is [{ Start.Length: 10 }, ..] ? "on" : "";
        if (sessions.Count > 0)
        {
            FillTimes(form, sessions);
        }
    }

    /// <summary>Takes over days and hours only.</summary>
    public static void FillTimes(ItemForm form, IReadOnlyList<Session> sessions)
    {
        form.Sessions.Clear();
        form.Sessions.AddRange(sessions.Select(Typed));
    }

    /// <summary>Without nulls: records of before hold them in their lists, whatever their types say.</summary>
    private static IEnumerable<T> Known<T>(IReadOnlyList<T> list)
        where T : class => list.Where(item => item is not null);

    /// <summary>A session as its form shows it.</summary>
    public static SessionInput Typed(Session session)
    {
        var (day, time) = Split(session.Start);
        if (time.Length == 0)
        {
            var last = LastDay(session.End ?? "");
            return new SessionInput(session.Id, day, "", last == day ? "" : last, "", session.Label ?? "");
        }

        var (endDay, endTime) = Split(session.End ?? "");
        return new SessionInput(session.Id, day, time, endDay == day ? "" : endDay, endTime, session.Label ?? "");
    }

    /// <summary>
    /// Day and hour of a time as contracts write it; what is none, as the member has to mend it, stands in the field for the day.
    /// </summary>
    private static (string Day, string Time) Split(string text) =>
        text.Length >= 16 && text[10] == 'T' ? (text[..10], text[11..16]) : (text, "");

    /// <summary>An all-day end is exclusive in the record and inclusive for people.</summary>
    private static string LastDay(string end) =>
        DateOnly.TryParseExact(end, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var after)
            && after > DateOnly.MinValue
            ? after.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : end;

    /// <summary>The form of a publication as it is kept here.</summary>
    /// <param name="copy">The working copy.</param>
    /// <param name="person">Gives a person's line for their id.</param>
    public static ItemForm Of(WorkingCopy copy, Func<string, string> person)
    {
        var form = ItemForm.Empty(copy.Kind);
        form.Version = copy.Version;
        Fill(form, (PublishedItem)PublicationText.Read(copy.Kind, copy.Data), person);
        ScheduleField.Fill(form, copy.PublishAt);
        return form;
    }
}
