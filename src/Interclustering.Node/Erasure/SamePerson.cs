using Interclustering.Contracts;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Ui.Words;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Erasure;

/// <summary>The records of one person: a name has one for each role in which publications name it.</summary>
internal static class SamePerson
{
    /// <summary>All persons whom this cluster's publications and drafts name, each with their records, in order of name.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<WorkingCopy>>> AllAsync(NodeContext db, CancellationToken cancellation) =>
    [
        .. (await db.WorkingCopies.AsNoTracking().Where(row => row.Kind == Kinds.Person && row.State != PublicationState.Withdrawn)
            .OrderBy(row => row.Title).ThenBy(row => row.Subject).ToListAsync(cancellation))
            .GroupBy(row => PersonWords.KeyOf(row.Title)).Select(records => records.ToList()),
    ];

    /// <summary>The records of the person to whom one belongs, that one among them.</summary>
    public static async Task<IReadOnlyList<WorkingCopy>> OfAsync(NodeContext db, WorkingCopy record, CancellationToken cancellation) =>
        (await AllAsync(db, cancellation)).FirstOrDefault(records => records.Any(each => each.Subject == record.Subject)) ?? [record];

    /// <summary>In which role; null without one.</summary>
    public static string? RoleOf(WorkingCopy record) => ((Person)PublicationText.Read(record.Kind, record.Data)).Role;
}
