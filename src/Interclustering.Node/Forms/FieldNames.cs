namespace Interclustering.Node.Forms;

/// <summary>The labels of fields whose errors are listed away from them.</summary>
internal static class FieldNames
{
    /// <param name="field">Its id; of a row of several, with the row's number behind a dash.</param>
    /// <returns>Null for a field whose errors say by themselves what they are about.</returns>
    public static string? Of(string field) => field.Split('-')[0] switch
    {
        "title" => T["Titre"],
        "summary" => T["Résumé"],
        "text" => T["Présentation"],
        "date" => T["Date"],
        "start" => T["De"],
        "end" => T["À"],
        "endDate" => T["Jusqu’au"],
        "label" => T["Nom de la séance"],
        "repeat" => T["Se répète"],
        "timeZone" => T["Fuseau horaire"],
        "format" => T["Format"],
        "attendance" => T["Participation"],
        "placeName" => T["Lieu"],
        "street" => T["Adresse"],
        "postalCode" => T["Code postal"],
        "city" => T["Ville"],
        "region" => T["Région"],
        "onlineUrl" => T["Lien en ligne"],
        "registrationUrl" => T["Lien d’inscription"],
        "platformUrl" => T["Plateforme"],
        "replayUrl" => T["Replay"],
        "slides" => T["Supports"],
        "image" => T["Image"],
        "imageUrl" => T["Image (adresse)"],
        "imageAlt" => T["Description de l’image"],
        "speakers" => T["Intervenants"],
        "owner" => T["Responsable"],
        "contacts" => T["Contacts"],
        "related" => T["Publications liées"],
        "reviewedOn" => T["Relue le"],
        "reviewBy" => T["À relire avant le"],
        "files" => T["Fichiers"],
        "themes" => T["Thèmes"],
        "audiences" => T["Publics"],
        "coOrganisers" => T["Co-organisateurs"],
        "visibility" => T["Qui peut le voir ?"],
        "status" => T["Statut"],
        "statusReason" => T["Explication"],
        _ => null,
    };
}
