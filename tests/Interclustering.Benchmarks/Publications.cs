using System.Globalization;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;

namespace Interclustering.Benchmarks;

/// <summary>Events as clusters publish them: an entry of each has about 1.9 KB.</summary>
internal static class Publications
{
    private const string Paragraph =
        "Une matinée pour savoir par où commencer : relevés, travaux, coûts, et trois retours d’entrepôts de la région. Contenu de "
            + "mesure, sans suite. ";

    public static List<JournalDraft> Drafts(int count, string node = LocalFederation.Node) =>
        [.. Enumerable.Range(1, count).Select(number => new JournalDraft(
        Kinds.Event, Subjects.Mint(node), 1, JsonSerializer.Serialize(EventOf(number), ContractJson.Options)))];

    private static Event EventOf(int number)
    {
        var day = new DateTime(2030, 1, 1, 9, 30, 0, DateTimeKind.Unspecified).AddDays(number % 365);
        return new Event
        {
            Nonce = Nonce.Create(),
            Title = $"L’entrepôt face au changement climatique, atelier {number}",
            Summary = Paragraph,
            Text = "## Au programme\n\n" + Paragraph + Paragraph + Paragraph,
            Sessions = [new Session("1", Local(day), Local(day.AddHours(3)))],
            Place = new Place
            {
                Name = "Maison de la logistique",
                Street = "1 rue de l’Exemple",
                PostalCode = "35000",
                City = "Rennes",
                Region = "53",
                Country = "FR"
            },
            RegistrationUrl = "https://exemple.invalid/inscription",
            Themes = ["transition-ecologique", "foncier-logistique"],
            Audiences = ["chargeurs", "transport-logistique"],
        };
    }

    private static string Local(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
}
