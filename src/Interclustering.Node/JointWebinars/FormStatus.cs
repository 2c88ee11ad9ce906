using Interclustering.Node.Forms;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Node.JointWebinars;

/// <summary>How a page that shows a form again answers.</summary>
internal static class FormStatus
{
    /// <param name="errors">What can't stand.</param>
    /// <param name="notice">Why nothing was carried out; null for a page that was only asked for.</param>
    public static int Of(IReadOnlyList<FieldError> errors, string? notice) =>
        errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : notice is null
            ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
}
