namespace Interclustering.Tests.Publishing;

/// <summary>
/// What staff type into « Se répète », and the dates that they mean. Each row: the sentence, the first date, and what is expected of it.
/// Dates are month and day; <c>= 9</c> is how many there are in all, where more are meant than stand there. <c>… </c> before them: the
/// rhythm is understood, an end is asked for. <c>✗ word</c>: refused as a whole, and that part of it is quoted.
/// </summary>
internal static class RepetitionSentences
{
    /// <summary>Tuesday 2 March 2027 is the first Tuesday of its month.</summary>
    private const string Tuesday = "2027-03-02", Monday = "2027-03-01", Wednesday = "2027-03-03", LastThursday = "2027-03-25";

    public static readonly (string Typed, string First, string Expected)[] French =
    [
        // Weeks
        ("tous les mardis", Tuesday, "… 03-02 03-09 03-16 03-23"),
        ("le mardi", Tuesday, "… 03-02 03-09 03-16 03-23"),
        ("chaque semaine le mardi", Tuesday, "… 03-02 03-09 03-16 03-23"),
        ("chaque semaine, 5 fois", Tuesday, "03-02 03-09 03-16 03-23 = 5"),
        ("hebdomadaire", Tuesday, "… 03-02 03-09 03-16 03-23"),
        ("une fois par semaine", Tuesday, "… 03-02 03-09 03-16 03-23"),
        ("tous les lundis et jeudis", Monday, "… 03-01 03-04 03-08 03-11"),
        ("mardi et jeudi", Tuesday, "… 03-02 03-04 03-09 03-11"),
        ("le mardi et le jeudi jusqu’à fin mars", Tuesday, "03-02 03-04 03-09 03-11 = 9"),
        ("tous les mercredis, 3 fois", Tuesday, "✗ mardi"),
        ("du lundi au vendredi", Monday, "… 03-01 03-02 03-03 03-04"),
        ("en semaine", "2027-03-04", "… 03-04 03-05 03-08 03-09"),
        ("tous les jours sauf le week-end", "2027-03-04", "… 03-04 03-05 03-08 03-09"),
        ("tous les jours sauf samedi et dimanche jusqu’au 9 mars", "2027-03-04", "03-04 03-05 03-08 03-09"),
        ("tous les jours ouvrés jusqu’au 31 mars", LastThursday, "03-25 03-26 03-30 03-31"),
        ("tous les jours ouvrés", Monday, "… 03-01 03-02 03-03 03-04"),
        ("le week-end", "2027-03-06", "… 03-06 03-07 03-13 03-14"),

        // Every so many weeks
        ("tous les 15 jours", Tuesday, "… 03-02 03-16 03-30 04-13"),
        ("tous les quinze jours", Tuesday, "… 03-02 03-16 03-30 04-13"),
        ("une fois tous les 15 jours", Tuesday, "… 03-02 03-16 03-30 04-13"),
        ("toutes les deux semaines", Tuesday, "… 03-02 03-16 03-30 04-13"),
        ("un mardi sur deux", Tuesday, "… 03-02 03-16 03-30 04-13"),
        ("une semaine sur deux, le mardi et le jeudi", Tuesday, "… 03-02 03-04 03-16 03-18"),
        ("un jeudi sur trois", LastThursday, "… 03-25 04-15 05-06 05-27"),
        ("toutes les 3 semaines jusqu’au 30/06", Tuesday, "03-02 03-23 04-13 05-04 = 6"),
        ("toutes les trois semaines jusqu’au 30/06/2027", Tuesday, "03-02 03-23 04-13 05-04 = 6"),

        // Months
        ("le 1er mardi de chaque mois", Tuesday, "… 03-02 04-06 05-04 06-01"),
        ("tous les premiers mardis jusqu’en juin", Tuesday, "03-02 04-06 05-04 06-01"),
        ("chaque dernier jeudi", LastThursday, "… 03-25 04-29 05-27 06-24"),
        ("dernier vendredi du mois", "2027-03-26", "… 03-26 04-30 05-28 06-25"),
        ("2e et 4e jeudis", "2027-03-11", "… 03-11 03-25 04-08 04-22"),
        ("les deuxième et quatrième jeudis du mois", "2027-03-11", "… 03-11 03-25 04-08 04-22"),
        ("le 1er mardi d’un mois sur deux", Tuesday, "… 03-02 05-04 07-06 09-07"),
        ("tous les 2 mois", Tuesday, "… 03-02 05-02 07-02 09-02"),
        ("une fois par mois", Tuesday, "… 03-02 04-02 05-02 06-02"),
        ("le 15 de chaque mois", "2027-03-15", "… 03-15 04-15 05-15 06-15"),
        ("le 15 de chaque mois, 3 fois", Tuesday, "✗ mardi 2 mars 2027"),
        ("le dernier jour du mois", "2027-03-31", "… 03-31 04-30 05-31 06-30"),
        ("tous les mois", "2027-03-31", "✗ tous les mois"),
        ("le premier mardi de chaque trimestre, 3 fois", Tuesday, "✗ le premier mardi de chaque trimestre"),
        ("chaque trimestre", Tuesday, "… 03-02 06-02 09-02 12-02"),
        ("tous les mois, le 1er mardi, 3 fois", Tuesday, "03-02 04-06 05-04"),

        // Years and days
        ("tous les ans", Tuesday, "… 2027-03-02 2028-03-02 2029-03-02 2030-03-02"),
        ("chaque année", Tuesday, "… 2027-03-02 2028-03-02 2029-03-02 2030-03-02"),
        ("chaque annee, le 1er mardi de mars", Tuesday, "… 2027-03-02 2028-03-07 2029-03-06 2030-03-05"),
        ("1er jeudi de fevrier", "2027-02-04", "✗ de fevrier"),
        ("tous les jours", Tuesday, "… 03-02 03-03 03-04 03-05"),
        ("tous les 8 jours", Tuesday, "✗ tous les 8 jours"),

        // Ends
        ("tous les mardis jusqu’à fin juin", Tuesday, "03-02 03-09 03-16 03-23 = 18"),
        ("tous les mardis jusqu'en juin", Tuesday, "03-02 03-09 03-16 03-23 = 18"),
        ("tous les mardis jusqu’au mardi 30 mars inclus", Tuesday, "03-02 03-09 03-16 03-23 = 5"),
        ("tous les mardis jusqu’au lundi 30 mars", Tuesday, "✗ lundi 30 mars"),
        ("tous les mardis jusqu’aux vacances", Tuesday, "✗ vacances"),
        ("tous les mardis jusqu’au 31 février", Tuesday, "✗ 31 février"),
        ("tous les mardis jusqu’au 16.03.2027.", Tuesday, "03-02 03-09 03-16"),
        ("tous les premiers mardis jusqu’à la fin de l’année", Tuesday, "03-02 04-06 05-04 06-01 = 10"),
        ("tous les mardis jusqu’au 1er mars", Tuesday, "✗ 1er mars 2028"),
        ("tous les mardis jusqu’au 1er mars 2028", Tuesday, "03-02 03-09 03-16 03-23 = 53"),
        ("tous les mardis pendant 8 semaines", Tuesday, "03-02 03-09 03-16 03-23 = 8"),
        ("tous les mardis pendant 3 mois", Tuesday, "03-02 03-09 03-16 03-23 = 14"),
        ("3 mardis de suite", Tuesday, "03-02 03-09 03-16"),
        ("trois jours de suite", Tuesday, "03-02 03-03 03-04"),
        ("5 fois", Tuesday, "✗ 5 fois"),

        // Dates
        ("du 3 au 7 mars", Wednesday, "03-03 03-04 03-05 03-06 = 5"),
        ("du 3 au 7 mars 2027", Wednesday, "03-03 03-04 03-05 03-06 = 5"),
        ("du 31 mars au 2 avril", "2027-03-31", "03-31 04-01 04-02"),
        ("du 3 au 7 mars", Tuesday, "✗ mardi 2 mars 2027"),
        ("les 3, 10 et 17 mars", Wednesday, "03-03 03-10 03-17"),
        ("3 mars, 10 mars et 17 mars", Wednesday, "03-03 03-10 03-17"),
        ("les mardis 2, 9 et 16 mars", Tuesday, "03-02 03-09 03-16"),
        ("les mardis 2, 9 et 17 mars", Tuesday, "✗ mercredi"),
        ("le 2 mars", Tuesday, "✗ le 2 mars"),
        ("mercredi 3 mars, mardi 9 mars, jeudi 1er avril", Wednesday, "03-03 03-09 04-01"),
        ("3/03, 10/03 et 17/03/2027", Wednesday, "03-03 03-10 03-17"),
        ("les 3, 10 et 17 mars", Tuesday, "✗ mardi 2 mars 2027"),
        ("tous les mardis du 2 au 30 mars", Tuesday, "03-02 03-09 03-16 03-23 = 5"),

        // Exceptions
        ("tous les jeudis jusqu’à fin janvier, sauf le 24 décembre", "2026-12-10", "12-10 12-17 12-31 01-07 = 7"),
        ("tous les jeudis jusqu’à fin janvier sauf les 24 et 31 décembre", "2026-12-10", "12-10 12-17 01-07 01-14 = 6"),
        ("tous les jeudis jusqu’à fin janvier sauf du 20 décembre au 3 janvier", "2026-12-10", "12-10 12-17 01-07 01-14 = 6"),
        ("tous les premiers mardis jusqu’en décembre sauf en août", "2027-07-06", "07-06 09-07 10-05 11-02 = 5"),
        ("tous les mardis jusqu’à fin janvier sauf le 24 décembre", "2026-12-01", "✗ 24 décembre"),
        ("sauf le 24 décembre", "2026-12-01", "✗ sauf le 24 décembre"),
        ("tous les mardis, 4 fois, sauf quand il pleut", Tuesday, "✗ quand"),

        // How people type
        ("ts les lun", Monday, "… 03-01 03-08 03-15 03-22"),
        ("1er mar. de chq mois", Tuesday, "… 03-02 04-06 05-04 06-01"),
        ("lun/mer/ven", Monday, "… 03-01 03-03 03-05 03-08"),
        ("jeu", "2027-03-04", "… 03-04 03-11 03-18 03-25"),
        ("ttes les 2 sem. jsq 30 juin", Tuesday, "03-02 03-16 03-30 04-13 = 9"),
        ("chaque annee, 2 fois", Tuesday, "2027-03-02 2028-03-02"),
        ("TOUS LES DEUX MARDIS JUSQU’AU 1ER AVRIL", Tuesday, "03-02 03-16 03-30"),
        ("  tous   les mardis ,  jusqu ’ au  16 mars. ", Tuesday, "03-02 03-09 03-16"),
        ("tous les jeudis jusqu'au 15 fevrier sauf le 24 dec.", "2026-12-10", "12-10 12-17 12-31 01-07 = 9"),

        // Never guessed
        ("de temps en temps", Tuesday, "✗ temps"),
        ("tous les mardis ou jeudis", Tuesday, "✗ « ou »"),
        ("deux fois par mois", Tuesday, "✗ par mois"),
        ("tous les mardis et les 3 du mois prochain", Tuesday, "✗ prochain"),
        ("tous les mardis, 6 fois, jusqu’en juin", Tuesday, "✗ jusqu’en juin"),
        ("tous les mardis, tous les mois", Tuesday, "✗ tous les mardis, tous les mois"),
    ];

    public static readonly (string Typed, string First, string Expected)[] English =
    [
        ("every other Tuesday", Tuesday, "… 03-02 03-16 03-30 04-13"),
        ("every two weeks", Tuesday, "… 03-02 03-16 03-30 04-13"),
        ("fortnightly", Tuesday, "… 03-02 03-16 03-30 04-13"),
        ("first Tuesday of each month", Tuesday, "… 03-02 04-06 05-04 06-01"),
        ("the last Thursday of every month until 30 June", LastThursday, "03-25 04-29 05-27 06-24"),
        ("every weekday", "2027-03-04", "… 03-04 03-05 03-08 03-09"),
        ("every Thursday until the end of January, except 24 December", "2026-12-10", "12-10 12-17 12-31 01-07 = 7"),
        ("Tuesdays and Thursdays until March 11, 2027", Tuesday, "03-02 03-04 03-09 03-11"),
        ("the 15th of every month, 3 times", "2027-03-15", "03-15 04-15 05-15"),
        ("3, 10 and 17 March", Wednesday, "03-03 03-10 03-17"),
        ("from 3 to 7 March", Wednesday, "03-03 03-04 03-05 03-06 = 5"),
        ("every Tuesday for 8 weeks", Tuesday, "03-02 03-09 03-16 03-23 = 8"),
        ("3 Tuesdays in a row", Tuesday, "03-02 03-09 03-16"),
        ("every second Tuesday, 3 times", Tuesday, "✗ every second Tuesday"),
        ("biweekly", Tuesday, "✗ biweekly"),
        ("every Tuesday until the holidays", Tuesday, "✗ holidays"),
    ];
}
