using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Accounts.Door;

/// <summary>What the pages of a door need to link and to send forms.</summary>
public sealed record DoorFrame(string Base, string TokenName, string Token)
{
    /// <summary>An address behind the door, in the reader's language.</summary>
    public string Link(string path) => Language.To(Base + path);
}

internal static class DoorPage
{
    /// <summary>A page of the door, with its <see cref="DoorFrame"/> as the parameter <c>Frame</c>; no cache keeps it.</summary>
    public static IResult Show<TUser, TPage>(
        this Door<TUser> door, HttpContext http, string title, Dictionary<string, object?> parameters, int status = StatusCodes.Status200OK)
        where TUser : Account, new()
        where TPage : IComponent
    {
        http.Response.Headers.CacheControl = "no-cache, no-store";
        var tokens = http.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http);
        parameters["Frame"] = new DoorFrame(door.Base, tokens.FormFieldName, tokens.RequestToken ?? "");
        return door.Page<TPage>(http, title, parameters, status);
    }
}
