using Interclustering.Contracts;

namespace Interclustering.Node.Registrations;

/// <summary>Registrations in words.</summary>
internal static class RegistrationWords
{
    public static string Of(RegistrationState state) => state switch
    {
        RegistrationState.Unconfirmed => T["en attente de confirmation"],
        RegistrationState.Registered => T["inscrit"],
        RegistrationState.Waiting => T["sur liste d’attente"],
        RegistrationState.Offered => T["place proposée"],
        RegistrationState.Cancelled => T["inscription annulée"],
        RegistrationState.Removed => T["retiré par l’équipe"],
        _ => T["proposition expirée"],
    };

    /// <summary>Why those who registered for a pool can't come.</summary>
    public static string NotOn(RegistrableEvent happening, string pool, string cluster) =>
        happening.HasLeft ? T["{0} n’inscrit plus à cet événement : votre inscription ne vaut plus.", cluster]
        : !happening.HasSession(pool) ? T["Cette séance est annulée."]
        : happening is { IsPublic: true, Item.Status: EventStatus.Postponed }
            ? T["L’événement est reporté. La nouvelle date sera annoncée."]
        : T["L’événement est annulé."];

    /// <summary>Null for a field that this version does not know.</summary>
    public static string? LabelOf(string field) => field switch
    {
        RegistrationFields.Company => T["Entreprise ou organisme"],
        RegistrationFields.Function => T["Fonction"],
        RegistrationFields.Phone => T["Téléphone"],
        RegistrationFields.Diet => T["Régime alimentaire"],
        RegistrationFields.Remark => T["Remarque"],
        _ => null,
    };

    public static string Of(Standstill why) => why switch
    {
        Standstill.NoPlace => T["La liste d’attente n’avance pas : aucune place n’est libre."],
        Standstill.TooFewTogether => T["La liste d’attente n’avance pas : il reste moins de places que ce que chaque groupe attend."],
        Standstill.TooLate => T["La liste d’attente n’avance plus d’elle-même : l’événement commence dans moins de deux heures. Faites "
            + "monter à la main."],
        _ => "",
    };
}
