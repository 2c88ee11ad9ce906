using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Accounts.SignIn;

/// <summary>What the pages of a realm need to link and to send forms.</summary>
public sealed record RealmFrame(string Base, string TokenName, string Token)
{
    /// <summary>An address behind the realm, in the reader's language.</summary>
    public string Link(string path) => Language.To(Base + path);
}

internal static class RealmPage
{
    /// <summary>A page of the realm, with its <see cref="RealmFrame"/> as the parameter <c>Frame</c>; no cache keeps it.</summary>
    public static IResult Show<TUser, TPage>(
        this Realm<TUser> realm, HttpContext http, string title, Dictionary<string, object?> parameters,
            int status = StatusCodes.Status200OK)
        where TUser : Account, new()
        where TPage : IComponent
    {
        http.Response.Headers.CacheControl = "no-cache, no-store";
        var tokens = http.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http);
        parameters["Frame"] = new RealmFrame(realm.Base, tokens.FormFieldName, tokens.RequestToken ?? "");
        return realm.Page<TPage>(http, title, parameters, status);
    }
}
