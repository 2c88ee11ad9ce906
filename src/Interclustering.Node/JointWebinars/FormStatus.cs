using Interclustering.Node.Forms;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Node.JointWebinars;

/// <summary>How a page that shows a form again answers.</summary>
internal static class FormStatus
{
    /// <param name="http">A page that was only asked for is found, whatever it says.</param>
    /// <param name="errors">What can't stand.</param>
    /// <param name="notice">Why nothing was carried out; null for what was.</param>
    /// <param name="meanwhile">What another has written since.</param>
    public static int Of(HttpContext http, IReadOnlyList<FieldError> errors, string? notice, Meanwhile? meanwhile) =>
        !HttpMethods.IsPost(http.Request.Method) ? StatusCodes.Status200OK
        : errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity
        : meanwhile is not null ? StatusCodes.Status409Conflict
        : notice is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
}
