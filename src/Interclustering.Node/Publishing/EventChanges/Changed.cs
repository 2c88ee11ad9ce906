using Interclustering.Contracts;
using Interclustering.Node.Forms;

namespace Interclustering.Node.Publishing.EventChanges;

/// <summary>What an event becomes, or why it can't.</summary>
/// <param name="Event">Null where something stands in the way.</param>
/// <param name="Errors">By field of the publication's page.</param>
internal sealed record Changed(Event? Event, IReadOnlyList<FieldError> Errors)
{
    public static Changed To(Event happening) => new(happening, []);

    public static Changed Refused(string field, string message) => new(null, [new FieldError(field, message)]);
}
