using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Interclustering.Ui.Shell;

/// <summary>
/// What can't be read is the sender's mistake: 400, 413 or 415 for every endpoint, whether it is the address, the host, a form or a
/// body, and no failure
/// of ours in the log.
/// </summary>
public static class ReadableRequests
{
    /// <summary>Stands behind <see cref="ErrorAnswers.UseErrorAnswers"/>, which says the answer in words, and before everything that
    /// reads.</summary>
    public static IApplicationBuilder UseReadableRequests(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var options = app.ApplicationServices.GetRequiredService<IOptions<FormOptions>>().Value;
        return app.Use(async (http, next) =>
        {
            if (!Uri.TryCreate($"{http.Request.Scheme}://{http.Request.Host}/", UriKind.Absolute, out _))
            {
                // Addresses are made from the host, also those of the page that says so.
                http.Request.Host = new HostString("localhost");
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
                return;
            }

            if (HasNull(http.Request))
            {
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
                return;
            }

            http.Features.Set<IFormFeature>(new ReadableForm(new FormFeature(http.Request, options)));
            try
            {
                await next(http);
            }
            catch (Exception failure) when (!http.Response.HasStarted && RefusalIn(failure) is not null)
            {
                http.Response.Clear();
                SecurityHeaders.Set(http.Response.Headers);
                http.Response.StatusCode = RefusalIn(failure)!.StatusCode;
            }
        });
    }

    /// <summary>The antiforgery check wraps what it can't read in a failure of its own.</summary>
    private static BadHttpRequestException? RefusalIn(Exception? failure) =>
        failure as BadHttpRequestException ?? (failure is AntiforgeryValidationException ? RefusalIn(failure.InnerException) : null);

    /// <summary>U+0000 is a letter for no database.</summary>
    private static bool HasNull(HttpRequest request) =>
        request.QueryString.Value!.Contains("%00", StringComparison.Ordinal)
            || request.Path.Value?.Contains('\0', StringComparison.Ordinal) == true;

    /// <summary>Refuses a form that can't be read, for handlers, parameter binding and the antiforgery check alike.</summary>
    private sealed class ReadableForm(FormFeature inner) : IFormFeature
    {
        public bool HasFormContentType => inner.HasFormContentType;

        public IFormCollection? Form { get => inner.Form; set => inner.Form = value; }

        public IFormCollection ReadForm() => ReadFormAsync(CancellationToken.None).GetAwaiter().GetResult();

        public async Task<IFormCollection> ReadFormAsync(CancellationToken cancellationToken)
        {
            if (!inner.HasFormContentType && inner.Form is null)
            {
                throw new BadHttpRequestException("A form is expected.", StatusCodes.Status415UnsupportedMediaType);
            }

            try
            {
                var form = await inner.ReadFormAsync(cancellationToken);
                return form.Any(field => HasNull(field.Key) || field.Value.Any(HasNull))
                    ? throw new BadHttpRequestException("A field holds U+0000.") : form;
            }
            catch (Exception unreadable) when (unreadable is InvalidDataException or (IOException and not BadHttpRequestException))
            {
                // Fields that are too many or too long, a part that never ends.
                throw new BadHttpRequestException("The form can't be read.", unreadable);
            }
        }

        private static bool HasNull(string? text) => text?.Contains('\0', StringComparison.Ordinal) == true;
    }
}
