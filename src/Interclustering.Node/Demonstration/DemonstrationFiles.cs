namespace Interclustering.Node.Demonstration;

/// <summary>A file of the demonstration content, made where it is seeded.</summary>
public sealed record DemonstrationFile(string Name, byte[] Content);

/// <summary>Checklists that go with two of the sheets, so that files can be seen at first start.</summary>
internal static class DemonstrationFiles
{
    private const string Notice = "Document de démonstration : il montre la fonction, et n’engage personne.";

    public static DemonstrationFile? Of(string sheet) => sheet switch
    {
        "fiche-euralogistic-1" => Make("Liste de contrôle du quai (démonstration)",
        [
            "La veille", "[ ] Les créneaux du lendemain sont publiés avant 15 h.", "[ ] Un quai reste libre pour les imprévus.",
            "[ ] Le cariste d’astreinte est désigné.", "",
            "À l’arrivée du camion", "[ ] L’heure d’arrivée est relevée à la guérite, pas au quai.", "[ ] Les cales de roue sont posées.",
            "[ ] Le conducteur connaît sa durée d’attente prévue.", "",
            "Au départ", "[ ] L’heure de départ est relevée.", "[ ] Les palettes consignées sont comptées à deux.",
        ]),
        "fiche-bsc-1" => Make("Relevé des températures (démonstration)",
        [
            "Où mesurer", "[ ] À hauteur d’homme, loin des portes et des évaporateurs.",
                "[ ] Dans le sas, porte ouverte puis porte fermée.", "",
            "Quand", "[ ] Avant le dégivrage, puis une heure après.", "[ ] Pendant la livraison la plus longue de la semaine.", "",
            "Que noter", "[ ] L’enregistreur étalonné, son numéro, la date de l’étalonnage.",
                "[ ] La consigne, la mesure, et qui a mesuré.",
            "[ ] Le compteur d’électricité du groupe froid.",
        ]),
        _ => null,
    };

    private static DemonstrationFile Make(string title, IReadOnlyList<string> lines) =>
        new($"{title}.pdf", PlainPdf.Write(title, [Notice, "", .. lines, "", Notice]));
}
