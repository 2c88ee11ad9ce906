using Interclustering.Accounts.Sessions;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Hub.Operators;

/// <summary>The hidden field by which a form proves that it stands on our own page.</summary>
public sealed record FormToken(string Name, string Value)
{
    internal static FormToken Of(HttpContext http)
    {
        var tokens = http.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http);
        return new FormToken(tokens.FormFieldName, tokens.RequestToken ?? "");
    }
}

/// <summary>The operator who is signed in, and the token of the page’s forms.</summary>
public sealed record OperatorSession(string Name, FormToken Token)
{
    /// <summary>Null for a visitor, who gets no cookie either, and before the second factor is set up.</summary>
    internal static OperatorSession? Of(HttpContext http) =>
        http.User.Identity is { IsAuthenticated: true, AuthenticationType: OperatorRealm.OperatorScheme } identity
            && SignedIn.In(http) is { MustSetUp: false }
            ? new OperatorSession(identity.Name ?? "", FormToken.Of(http))
            : null;
}
