namespace Interclustering.Node.Authoring;

/// <summary>What publishing did.</summary>
public enum Outcome
{
    Created,
    Updated,
    Unchanged,

    /// <summary>Nothing: somebody changed it here, and her text counts until she gives it back to its source.</summary>
    Kept,
}

/// <summary>A publication as it stands in the journal after <see cref="Editor.PublishAsync(string?, Contracts.Publication, string, CancellationToken)"/>.</summary>
public sealed record Saved(string Subject, Outcome Outcome, long Revision);

/// <summary>Somebody else saved the publication since this edit began. Nothing was written.</summary>
public sealed class EditedMeanwhileException(string subject) : Exception($"{subject} was saved by somebody else meanwhile.");
