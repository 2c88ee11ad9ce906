namespace Interclustering.Node.Mail;

/// <summary>
/// Kinds of mail that a member chooses about. Mails of the account, and of what an administrator has to know of others' accounts, are none
/// of them.
/// </summary>
internal static class MailGroups
{
    /// <summary>What waits for an answer or a decision of the cluster, by a day.</summary>
    public const string Questions = "questions";

    /// <summary>
    /// Slots that are chosen, postponed or called off, with invitations for calendars; what other clusters call off of common events.
    /// </summary>
    public const string Dates = "dates";

    /// <summary>What was set aside by the national site, or could not be published at its time.</summary>
    public const string Failures = "failures";

    /// <summary>What others say in a dossier.</summary>
    public const string Talk = "talk";

    /// <summary>One's own date holds: shared, expired.</summary>
    public const string Holds = "holds";

    /// <summary>The digest itself.</summary>
    public const string Digest = "digest";

    /// <summary>Those that tell of one thing each, the urgent ones first.</summary>
    public static IReadOnlyList<string> OfNews { get; } = [Questions, Dates, Failures, Holds, Talk];

    public static bool IsKnown(string group) => group == Digest || OfNews.Contains(group);

    public static bool IsUrgent(string group) => group is Questions or Dates or Failures;

    public static string NameOf(string group) => group switch
    {
        Questions => T["Réponses attendues de votre cluster"],
        Dates => T["Dates communes"],
        Failures => T["Publications qui n’ont pas abouti"],
        Talk => T["Échanges dans les dossiers"],
        Holds => T["Vos options sur une date"],
        _ => T["Résumé de 8 h"],
    };

    public static string WhatItTells(string group) => group switch
    {
        Questions => T["Invitation à un webinaire commun, rappel avant la date limite, tous ont répondu ou décliné, dossier qui vous est "
            + "confié. Co-organisation, corrections, événement que l’on dit être le même."],
        Dates => T["Webinaire commun : créneau choisi, changé, reporté ou annulé, avec une invitation pour votre agenda. Événement que "
            + "vous coorganisez : reporté ou annulé."],
        Failures => T["Ce que le site national ne montre pas, ou qui n’a pas pu paraître à son heure, et pourquoi."],
        Talk => T["Remarques, autres créneaux, clusters qui ne participent pas, changement de conduite."],
        Holds => T["Un autre cluster garde le même jour, ou l’option a expiré."],
        _ => T["Ce qui vous attend sous « À faire », et ce que vous avez rangé dans le résumé. Rien les week-ends et les jours fériés, ni "
            + "quand rien n’attend."],
    };
}

/// <summary>When a member gets mails of a group.</summary>
internal static class MailTimes
{
    public const string AtOnce = "now", InDigest = "digest", Never = "never", Daily = "daily", Weekly = "monday";

    /// <summary>The default one first.</summary>
    public static IReadOnlyList<string> For(string group) => group switch
    {
        MailGroups.Digest => [Daily, Weekly, Never],
        MailGroups.Talk => [InDigest, AtOnce, Never],
        _ => [AtOnce, InDigest, Never],
    };

    /// <summary>In the order in which a page offers them.</summary>
    public static IReadOnlyList<string> OfferedFor(string group) =>
        group == MailGroups.Digest ? [Daily, Weekly, Never] : [AtOnce, InDigest, Never];

    public static string InWords(string time) => time switch
    {
        AtOnce => T["tout de suite"],
        InDigest => T["dans le résumé"],
        Daily => T["chaque jour ouvré"],
        Weekly => T["le lundi"],
        _ => T["jamais"],
    };
}
