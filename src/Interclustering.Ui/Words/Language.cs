using System.Globalization;
using Microsoft.AspNetCore.Builder;

namespace Interclustering.Ui.Words;

/// <summary>
/// The two languages of the interface: French at the root, English under <c>/en</c>. A request's language is its address's and its thread's
/// culture (<see cref="CultureInfo.CurrentUICulture"/>), so that words, dates and plurals follow without being handed around.
/// </summary>
public static class Language
{
    public const string EnglishPrefix = "/en";

    public static CultureInfo French { get; } = CultureInfo.GetCultureInfo("fr-FR");

    /// <summary>Day before month, and hours from 0 to 24, as the clusters' own texts have them.</summary>
    public static CultureInfo English { get; } = CultureInfo.GetCultureInfo("en-GB");

    public static bool IsEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    /// <summary>The culture that dates and numbers are written in.</summary>
    public static CultureInfo Culture => IsEnglish ? English : French;

    /// <summary><c>fr</c> or <c>en</c>, for <c>lang</c> attributes.</summary>
    public static string Tag => IsEnglish ? "en" : "fr";

    /// <summary>What clusters write is French: inside an English page it says so.</summary>
    public static string? TagOfContent => IsEnglish ? "fr" : null;

    /// <summary>An address of the site in the reader's language.</summary>
    public static string To(string path) => IsEnglish ? EnglishPrefix + path : path;

    /// <summary>What is made in French whatever the reader's language: what a cluster hands on in its own name.</summary>
    public static T InFrench<T>(Func<T> make)
    {
        ArgumentNullException.ThrowIfNull(make);
        var (culture, words) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = French;
            return make();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, words);
        }
    }

    /// <summary>Takes the language from the address; the rest of the pipeline sees the address without it, as a path base.</summary>
    public static IApplicationBuilder UseLanguageOfAddress(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var english = context.Request.Path.StartsWithSegments(EnglishPrefix, out var rest);
        if (english)
        {
            context.Request.PathBase += EnglishPrefix;
            context.Request.Path = rest.HasValue ? rest : "/";
        }

        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = english ? English : French;
        return next(context);
    });
}
