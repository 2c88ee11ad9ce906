using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Node.Forms;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Node.Publishing.Form;

/// <summary>A session as typed.</summary>
public sealed record SessionInput(string Id = "", string Date = "", string Start = "", string EndDate = "", string End = "",
    string Label = "")
{
    /// <summary>The same on another day: what lasts several days lasts as long.</summary>
    public SessionInput On(DateOnly day) => this with
    {
        Date = Written(day),
        EndDate = DayOf(Date) is { } first && DayOf(EndDate) is { } last && last > first
            ? Written(day.AddDays(last.DayNumber - first.DayNumber)) : "",
    };

    /// <summary>Null for what is no day.</summary>
    public static DateOnly? DayOf(string typed) =>
        DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && PublishedYears.Has(day) ? day : null;

    private static string Written(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>The form as typed, word for word, so that nothing is lost whatever is wrong with it.</summary>
public sealed class ItemForm(string kind)
{
    private static readonly string[] SessionFields = ["sessionId", "date", "start", "endDate", "end", "label"];
    private readonly Dictionary<string, string> values = [];

    public string Kind { get; } = kind;
    public List<SessionInput> Sessions { get; } = [];
    public HashSet<string> Themes { get; } = [];
    public HashSet<string> Audiences { get; } = [];
    public HashSet<string> CoOrganisers { get; } = [];

    /// <summary>Local starts of repeats that don't take place.</summary>
    public HashSet<string> Except { get; } = [];

    /// <summary>Ids of events that look like this one and are not.</summary>
    public HashSet<string> Different { get; } = [];
    public List<Attachment> Files { get; } = [];

    /// <summary>The picture of an event, where it was uploaded here; its address stands in <c>imageUrl</c>.</summary>
    public Attachment? Image { get; set; }
    public long Version { get; set; }

    public string this[string field]
    {
        get => values.GetValueOrDefault(field, "");
        set => values[field] = value;
    }

    public bool Has(string flag) => this[flag] == "on";

    public static ItemForm Read(string kind, IFormCollection posted)
    {
        var form = new ItemForm(kind);
        foreach (var (name, value) in posted)
        {
            form[name] = InputText.Clean(value.Count > 0 ? value[0] ?? "" : "");
        }

        foreach (var (ticked, field) in new[] { (form.Themes, "themes"), (form.Audiences, "audiences"), (form.CoOrganisers, "coOrganisers"),
            (form.Except, "except"), (form.Different, "different") })
        {
            ticked.UnionWith(posted[field].Select(value => InputText.Clean(value ?? "")));
        }

        // A form of something new does not ask for it.
        form["status"] = form["status"].Length == 0 && kind != Kinds.BestPractice ? EventStatus.Confirmed : form["status"];
        form.Version = long.TryParse(form["version"], CultureInfo.InvariantCulture, out var version) ? version : 0;
        form.Sessions.AddRange(SessionsOf(posted));
        if (form.Sessions.Count == 0 && kind != Kinds.BestPractice)
        {
            form.Sessions.Add(new SessionInput());
        }

        return form;
    }

    /// <summary>The rows of dates and hours, as typed.</summary>
    public static IReadOnlyList<SessionInput> SessionsOf(IFormCollection posted)
    {
        ArgumentNullException.ThrowIfNull(posted);
        return [.. Enumerable.Range(0, posted["date"].Count).Select(row =>
        {
            var typed = SessionFields.Select(field => row < posted[field].Count ? InputText.Clean(posted[field][row] ?? "") : "").ToArray();
            return new SessionInput(typed[0], typed[1], typed[2], typed[3], typed[4], typed[5]);
        })];
    }

    /// <param name="kind">See <see cref="Kinds"/>.</param>
    /// <param name="region">Where an event most likely takes place: the cluster's own.</param>
    public static ItemForm Empty(string kind, string region = "")
    {
        var form = new ItemForm(kind) { ["attendance"] = kind == Kinds.Webinar ? Attendance.Online : Attendance.OnSite };
        form["visibility"] = Visibility.Public;
        form["status"] = EventStatus.Confirmed;
        form["timeZone"] = Zones.Usual;
        form["region"] = kind == Kinds.Event ? region : "";
        if (kind != Kinds.BestPractice)
        {
            form.Sessions.Add(new SessionInput());
        }

        return form;
    }
}
