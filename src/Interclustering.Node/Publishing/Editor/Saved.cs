namespace Interclustering.Node.Publishing.Editor;

/// <summary>What publishing did.</summary>
public enum Outcome
{
    Created,
    Updated,
    Unchanged,

    /// <summary>Nothing: an editor changed it here. The local text counts until it is given back to its source.</summary>
    Kept,
}

/// <summary>
/// What became of a publication, or would become of it: in the journal, or among the drafts, after
/// <see cref="PublicationEditor.PublishAsync(string?, Contracts.Publication, string, CancellationToken)"/>.
/// </summary>
public sealed record Saved(string Subject, Outcome Outcome, long Revision);

/// <summary>The publication was saved elsewhere since this edit began. Nothing was written.</summary>
public sealed class EditedMeanwhileException(string subject) : Exception($"{subject} was saved elsewhere meanwhile.");
