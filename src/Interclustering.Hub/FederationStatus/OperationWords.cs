using Interclustering.Federation.Operations;
using Interclustering.Ui.Words;

namespace Interclustering.Hub.FederationStatus;

/// <summary>What the hub is being asked to do, and how far it is.</summary>
internal static class OperationWords
{
    public static string Title(OperationRow operation) => operation.Verb switch
    {
        OperationRow.Recover => T["Reprise du journal du site national"],
        OperationRow.Revoke => T["Révocation d’une clé du site national"],
        var verb => verb,
    };

    public static string Ended(OperationRow operation, DateTime now) => operation.Failed
        ? T["{0} : échec {1}. Rien n’a été changé.", Title(operation), Moments.Ago(operation.FinishedAt ?? now, now)]
        : T["{0} : terminée {1}.", Title(operation), Moments.Ago(operation.FinishedAt ?? now, now)];

    public static string Progress(OperationRow operation, DateTime now) => operation switch
    {
        { StartedAt: null } => T["Demandée : elle commence dans un instant."],
        { Total: 0 } => T["En cours : les clusters sont interrogés."],
        _ => string.Join(' ', new[]
        {
            T["{0} : {1:N0} publications sur {2:N0}.", Share(operation), operation.Done, operation.Total],
            operation.Remaining(now) is { } left ? Remaining(left) : null,
        }.OfType<string>()),
    };

    public static string Share(OperationRow operation) => T["{0} %", Math.Min(100, operation.Done * 100 / Math.Max(1, operation.Total))];

    private static string Remaining(TimeSpan left) => left switch
    {
        { TotalSeconds: < 60 } => T["Encore moins d’une minute."],
        { TotalMinutes: < 90 } => T.Count("Encore {0} minute environ.|Encore {0} minutes environ.", (long)Math.Round(left.TotalMinutes)),
        _ => T.Count("Encore {0} heure environ.|Encore {0} heures environ.", (long)Math.Round(Math.Min(left.TotalHours, 1_000))),
    };
}
