using Interclustering.Node.Workspace;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Node.Help;

/// <summary>« Aide »: one task after another, with pictures of the running product.</summary>
internal static class HelpPages
{
    public static void MapHelp(this RouteGroupBuilder group) =>
        group.MapGet("/aide", (HttpContext http, NodeInstance node) => WorkspacePage.Of<HelpPage>(http, node, T["Aide"], []));
}

/// <summary>A task that a member wants to do.</summary>
/// <param name="Id">Anchor, and name of its picture.</param>
/// <param name="Title">As a member would say it.</param>
/// <param name="Path">Where it is done, inside the workspace.</param>
/// <param name="Steps">What to do, in order.</param>
/// <param name="Picture">What the picture shows; null without one.</param>
internal sealed record HelpTask(string Id, string Title, string Path, IReadOnlyList<string> Steps, string? Picture = null)
{
    /// <summary>It leads to a form, which readers do not have.</summary>
    public bool Writes { get; init; }

    public static IReadOnlyList<HelpTask> All =>
    [
        new("publier", T["Annoncer un événement"], "/evenements/nouveau",
        [
            T["Ouvrez « Nouvel événement » : un titre et une date suffisent. Le reste s’ajoute quand vous le savez."],
            T["À côté de la date, le radar dit ce que les autres clusters ont ces jours-là. Un clic sur un jour libre le prend."],
            T["Ce que vous écrivez est gardé toutes les quelques secondes, pour vous seul(e) : une session qui se termine n’emporte rien, "
                + "« À faire » vous le rend."],
            T["Pour une série, écrivez-la en mots : « tous les premiers mardis jusqu’en juin », « un jeudi sur deux, 6 fois, sauf le 24 "
                + "décembre », « les 3, 10 et 17 mars ». Le formulaire dit ce qu’il a compris. Cochez les dates qui n’ont pas lieu."],
            T["« Aperçu » montre la page exactement comme le site national l’affichera. « Publier » l’envoie partout."],
        ], T["Le formulaire d’un événement, avec le radar de dates à côté de la date"]) { Writes = true },
        new("suivre", T["Savoir si c’est visible"], "/publications",
        [
            T["Après « Publier », la page de la publication porte son accusé de diffusion : enregistré ici, reçu, visible, dans les flux, "
                + "chez chaque cluster."],
            T["Il avance sous vos yeux, en une ou deux secondes d’ordinaire. Si quelque chose attend, il dit quoi et depuis quand."],
        ], T["L’accusé de diffusion d’une publication"]),
        new("option", T["Poser une option sur une date"], "/options",
        [
            T["Donnez un titre de travail, une date et un thème : toutes les équipes la voient en quelques secondes, et personne d’autre."],
            T["Elle tient sept jours d’ordinaire et se prolonge une fois. Faites-en un événement, libérez-la, ou laissez-la expirer : "
                + "vous recevez un mot."],
        ], T["La page des options sur une date"]),
        new("commun", T["Préparer un webinaire avec d’autres clusters"], "/webinaires-communs",
        [
            T["« Proposer » : un titre, une idée, « Trouver des jours libres pour tous », une date limite. Les clusters invités reçoivent "
                + "un courrier."],
            T["Chacun répond dans son espace : participe, ne participe pas, participe si… ; oui, si besoin, non par créneau ; et ce qu’il "
                + "apporte."],
            T["Un clic choisit le créneau : la date est gardée chez tous les participants, les autres créneaux sont rendus. Si deux "
                + "clusters choisissent au même moment, un seul choix compte, le même partout."],
            T["Déroulé, liste de contrôle et inscriptions se préparent à plusieurs ; « Le jour même » s’imprime sur une page."],
            T["« Annoncer » le met dans l’agenda commun sous tous les noms ; chaque participant peut corriger. Après : replay, questions, "
                + "et « Fiche », commencée avec tout ce que le dossier contient."],
        ], T["Le dossier d’un webinaire commun"]),
        new("sources", T["Faire venir ce qui est déjà sur votre site"], "/sources",
        [
            T["Collez l’adresse de votre page d’agenda : on cherche un calendrier, WordPress, OpenAgenda, ou des données schema.org."],
            T["Choisissez : publier aussitôt ou vous proposer, à quel rythme, et à quels thèmes répondent vos rubriques."],
            T["Ce que vous modifiez ici l’emporte sur la source, champ par champ, jusqu’à « Rendre à la source »."],
        ], T["La page des sources"]),
        new("changer", T["Changer, annuler, retirer, effacer"], "/publications",
        [
            T["« Modifier » : les pages et les calendriers abonnés suivent. « Historique » compare les versions et reprend un ancien "
                + "texte."],
            T["« Enregistrer le brouillon » garde une modification sans rien changer en ligne ; « Publier plus tard » la fait paraître à "
                + "son heure. Votre équipe peut la commenter et la relire."],
            T["« Annuler » garde l’événement visible, marqué annulé, avec la raison. « Retirer » l’ôte du site et des flux ; vous pourrez "
                + "le publier à nouveau."],
            T["Quelqu’un d’autre a enregistré pendant que vous écriviez ? Les deux textes sont montrés, et vous choisissez ; le vôtre "
                + "reste gardé."],
            T["« Effacer définitivement » l’ôte partout, historique compris. C’est aussi ce qu’il faut quand une personne demande à "
                + "disparaître, sous « Personnes »."],
        ], T["L’historique d’une publication, avec ce qui a changé"]),
        new("fiche", T["Partager une bonne pratique"], "/fiches/nouvelle",
        [
            T["« Nouvelle fiche » : ce que vous avez essayé, ce que cela a donné, et ce que vous referiez. Un texte collé de Word ou d’un "
                + "site est nettoyé."],
            T["Joignez vos documents : ils sont cherchés, eux aussi, par le site national."],
            T["Donnez-lui une date de relecture : « À faire » vous la rappelle deux semaines avant."],
        ], T["Le formulaire d’une fiche"]) { Writes = true },
        new("national", T["Voir ce que font les autres clusters"], "/national",
        [
            T["« Vue nationale » : agenda, fiches et personnes de tous les clusters. « Calendrier des clusters » : le mois, avec les "
                + "options de chacun."],
            T["Les deux se lisent même quand le site national est en panne, et disent de quand date ce qu’ils savent."],
        ], T["La vue nationale"]),
        new("lettre", T["Écrire à vos adhérents"], "/lettre",
        [
            T["« Lettre » : une période, puis vous cochez ce que vous annoncez, chez vous et ailleurs, et vous écrivez une introduction."],
            T["Copiez le HTML dans votre outil d’envoi. Ensuite, « Marquer comme envoyée » : la lettre suivante saura ce qui y était."],
            T["Une date annoncée change ? « À faire » vous le dit, et un rectificatif est prêt."],
        ]),
        new("mails", T["Choisir ce que vous recevez"], "/mes-mails",
        [
            T["« Mon compte », « Mes mails » : pour chaque sorte de nouvelle, tout de suite, dans le résumé de 8 h, ou jamais."],
            T["Le résumé part les jours ouvrés à 8 h, quand quelque chose attend. Il peut aussi ne venir que le lundi."],
            T["Un créneau choisi arrive avec une invitation pour votre agenda ; un report ou une annulation la met à jour."],
        ]),
        new("equipe", T["Inviter quelqu’un"], "/equipe",
        [
            T["Sous « Équipe », donnez un nom, une adresse et un rôle : un courrier part avec un lien qui sert une fois."],
            T["Lecture : voir. Édition : écrire et publier. Administration : aussi l’équipe, les jetons et l’effacement."],
            T["« Relecture avant publication », sur la même page : conseillée, chacun peut la demander ; obligatoire, un autre membre lit "
                + "chaque texte avant qu’il paraisse."],
        ], T["La page de l’équipe"]),
    ];
}
