using Interclustering.Node.Publishing.Editor;
using Interclustering.Ui.Words;

namespace Interclustering.Node.Publishing.PendingChanges;

/// <summary>What the pages say of a pending change.</summary>
internal static class ChangeWords
{
    /// <summary>Whose it is, and that it changes nothing that is public.</summary>
    public static string InWords(WorkingCopy copy, PendingChange change)
    {
        var (day, by) = (DateWords.InFull(DateOnly.FromDateTime(ParisDay.Of(change.EditedAt))), change.EditedBy);
        return copy.State == PublicationState.Published
            ? T["Brouillon d’une modification, du {0} par {1} — la version publiée reste en ligne.", day, by]
            : T["Brouillon d’une modification, du {0} par {1} — rien n’est en ligne.", day, by];
    }

    /// <summary>For lists: who, when, and when it appears.</summary>
    public static string InShort(PendingChange change, DateTime nowUtc) => change.PublishAt is { } at
        ? T["modification programmée par {0} : paraît {1}", change.EditedBy, Moments.Saved(at, nowUtc)]
        : T["brouillon de modification, par {0} {1}", change.EditedBy, Moments.Saved(change.EditedAt, nowUtc)];

    /// <summary>What stands in the way of publishing it; null where nothing does.</summary>
    public static string? Trouble(WorkingCopy copy, PendingChange change) => change switch
    {
        _ when change.BasedOn != copy.Version && change.Failure is not null =>
            T["Cette modification programmée n’a pas paru : la version publiée a changé entre-temps. Les deux vous seront montrées avant "
                + "de publier."],
        _ when change.BasedOn != copy.Version =>
            T["La version publiée a changé depuis ce brouillon. Les deux vous seront montrées avant de publier."],
        { Failure: ScheduleFailure.Unreviewed } => T["Cette modification programmée n’a pas paru : elle n’a pas été relue à temps."],
        { Failure: not null } => T["Cette modification programmée n’a pas paru : elle ne peut pas être publiée telle quelle."],
        _ => null,
    };
}
