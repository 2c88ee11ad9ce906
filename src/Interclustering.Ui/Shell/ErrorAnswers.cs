using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using static Interclustering.Ui.Texts;

namespace Interclustering.Ui.Shell;

/// <summary>
/// What nothing else answers: an unknown address, a method that an address does not take, a failure. A page for people, a problem (RFC
/// 9457) for programs.
/// </summary>
public static class ErrorAnswers
{
    /// <summary>Seconds after which a program that was told to wait asks again.</summary>
    private const string RetryAfter = "5";

    /// <summary>Stands after the language is known, and before everything that may fail.</summary>
    /// <param name="app">The server.</param>
    /// <param name="passes">Whether a failure passes by itself: it is told apart from a fault of ours.</param>
    public static IApplicationBuilder UseErrorAnswers(this IApplicationBuilder app, Func<Exception, bool> passes) => app
        .UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = exception => (exception as BadHttpRequestException)?.StatusCode
                ?? (passes(exception) ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError),
            ExceptionHandler = http =>
            {
                // Everything that was said about the answer is gone with it.
                SecurityHeaders.Set(http.Response.Headers);
                return AnswerAsync(http);
            },
        })
        .UseStatusCodePages(context => AnswerAsync(context.HttpContext));

    private static Task AnswerAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-cache";
        if (http.Response.StatusCode == StatusCodes.Status503ServiceUnavailable)
        {
            http.Response.Headers.RetryAfter = RetryAfter;
        }

        var (title, sentence) = InWords(http.Response.StatusCode);
        IResult answer = WantsPage(http.Request)
            ? Page(http.Response.StatusCode, title, sentence)
            : TypedResults.Problem(sentence, statusCode: http.Response.StatusCode, title: title);
        return answer.ExecuteAsync(http);
    }

    /// <summary>A browser, not a program.</summary>
    internal static bool WantsPage(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));

    private static RazorComponentResult<SiteDocument> Page(int status, string title, string sentence) => new(new Dictionary<string, object?>
    {
        [nameof(SiteDocument.Title)] = title,
        [nameof(SiteDocument.Page)] = typeof(MissingPage),
        [nameof(SiteDocument.Parameters)] =
            new Dictionary<string, object?> { [nameof(MissingPage.Title)] = title, [nameof(MissingPage.Sentence)] = sentence },
    })
    { StatusCode = status };

    private static (string Title, string Sentence) InWords(int status) => status switch
    {
        StatusCodes.Status404NotFound =>
            (T["Introuvable"],
            T["Aucune page n’a cette adresse. Elle est peut-être incomplète, ou la page a changé de place : cherchez-la par son sujet."]),
        StatusCodes.Status405MethodNotAllowed =>
            (T["Pas de cette façon"], T["Cette adresse existe, mais ne prend pas ce qui lui a été envoyé. Rien n’a été fait."]),
        StatusCodes.Status413PayloadTooLarge => (T["Trop lourd"], T["Ce qui a été envoyé est plus lourd que ce qui est admis ici. Rien "
            + "n’a été enregistré : envoyez-le en plusieurs fois, ou plus léger."]),
        StatusCodes.Status429TooManyRequests =>
            (T["Trop de demandes"], T["Trop de demandes viennent de votre connexion en peu de temps. Attendez une minute, puis réessayez "
                + ": rien d’autre n’a changé."]),
        StatusCodes.Status400BadRequest or StatusCodes.Status415UnsupportedMediaType =>
            (T["Demande illisible"],
                T["Ce qui a été envoyé n’a pas pu être lu, et rien n’a été fait. Revenez à la page d’avant et recommencez."]),
        StatusCodes.Status503ServiceUnavailable =>
            (T["Un moment, s’il vous plaît"], T["Ce serveur ne peut pas répondre pour le moment. Réessayez dans quelques secondes."]),
        >= StatusCodes.Status500InternalServerError => (T["Une erreur de notre côté"], T["Votre demande n’a pas abouti, et l’erreur est "
            + "notée ici. Si vous envoyiez quelque chose, regardez d’abord s’il est arrivé ; puis réessayez dans un moment."]),
        _ => (T["Demande refusée"], T["Cette demande n’a pas pu être comprise, ou n’est pas permise. Rien n’a été fait."]),
    };
}
