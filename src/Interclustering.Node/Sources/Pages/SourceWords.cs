namespace Interclustering.Node.Sources.Pages;

/// <summary>Looks and settings of a source in words.</summary>
internal static class SourceWords
{
    public static string Of(SourceRun run) => run switch
    {
        { Failure: { } failure } => failure,
        { NotModified: true } => T["rien de nouveau, dit le site"],
        _ => Counts(run) + (run.Doubt is null ? "" : $". {run.Doubt}"),
    };

    public static string Policy(SourceRow source) => (source.Propose ? T["propose"] : T["publie d’elle-même"]) + ", "
        + T.Count("toutes les heures|toutes les {0} heures", source.EveryHours);

    private static string Counts(SourceRun run)
    {
        (int Count, Func<int, string> Words)[] parts =
        [
            (run.Read, count => T.Count("{0} lu|{0} lus", count)),
            (run.Created, count => T.Count("{0} créé|{0} créés", count)), (run.Updated, count => T.Count("{0} mis à jour", count)),
                (run.Unchanged, count => T.Count("{0} inchangé|{0} inchangés", count)),
            (run.Proposed, count => T.Count("{0} à décider", count)),
            (run.Absent, count => run.Doubt is null
                ? T.Count("{0} absent|{0} absents", count) : T.Count("{0} absent, en doute|{0} absents, en doute", count)),
            (run.Disappeared, count => T.Count("{0} disparu|{0} disparus", count)),
            (run.Rejected, count => T.Count("{0} refusé|{0} refusés", count)),
            (run.LeftOut, count => T.Count("{0} laissé de côté|{0} laissés de côté", count)),
        ];
        var said = parts.Where(part => part.Count > 0).Select(part => part.Words(part.Count)).ToList();
        return said.Count == 0 ? T["rien à faire"] : string.Join(", ", said);
    }
}
