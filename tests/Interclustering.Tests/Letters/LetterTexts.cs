using Interclustering.Contracts;
using Interclustering.Node.Letters.Formats;
using Interclustering.Node.NationalView;
using Interclustering.Testing;
using Interclustering.Ui.Words;

namespace Interclustering.Tests.Letters;

/// <summary>Letters for tests, at a day in November.</summary>
internal static class LetterTexts
{
    public const string Site = "https://interclustering.example";
    public static readonly DateOnly Today = new(2026, 11, 30);

    /// <summary>What tries to leave its place in a letter.</summary>
    public const string Hostile =
        "<script>alert(1)</script> \"quotes' </td></table>\r\nBcc: all@example.org \u202egpj.exe\u2066 "
        + "[x](javascript:alert(1)) **gras**\u0007";

    public static readonly Event Visit = new()
    {
        Nonce = "",
        Title = "Visite du quai",
        Summary = "Deux heures entre les camions électriques.",
        Sessions = [new Session("1", "2026-12-10T09:00:00", "2026-12-10T12:30:00")],
        Place = new Place { Name = "Quai Ouest", Street = "3 rue du Port", City = "Rennes" },
        RegistrationUrl = "https://inscription.example",
        Format = EventFormats.SiteVisit,
        Image = new Picture("https://bsc.example/quai.jpg", "Un quai à l’aube"),
    };

    public static LetterEntry Entry(PublishedItem item, bool withPicture = false) => Language.InFrench(() => LetterEntry.Of(
        new NationalItem("bsc-1", Directories.Two.Find("bsc")!, item is Webinar ? Kinds.Webinar : item is Event ? Kinds.Event
            : Kinds.BestPractice,
            item, new DateTime(2026, 11, 20, 8, 0, 0, DateTimeKind.Utc)), Today, Site, Directories.Two, withPicture));

    public static LetterOutput Write(string title, string introduction, params LetterEntry[] entries) => LetterOutput.Of(() =>
        new LetterText(title, introduction, "Bretagne Supply Chain", Site + "/agenda", [new LetterSection("Nos rendez-vous", entries)]));
}
