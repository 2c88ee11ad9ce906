using Interclustering.Accounts.Passwords;
using Interclustering.Accounts.Sessions;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Accounts.SignIn;

/// <summary>Needs a password or a passkey of the last few minutes.</summary>
public sealed record NeedsConfirmation;

/// <summary>Is open also to an account that still has to set up its second factor.</summary>
internal sealed record OpenBeforeSetUp;

/// <summary>Is open also to an account whose password was printed for it, and which has to choose its own.</summary>
internal sealed record OpenBeforeOwnPassword;

/// <summary>
/// For what stands behind a realm: a second factor that is missing is set up first, and what changes who gets in is confirmed first.
/// </summary>
public sealed class AccountGuard<TUser>(Realm<TUser> realm) : IEndpointFilter
    where TUser : Account, new()
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        var http = context.HttpContext;
        var metadata = http.GetEndpoint()?.Metadata;
        if (SignedIn.In(http) is not { } signedIn)
        {
            return await next(context);
        }

        if (signedIn.Account.PrintedUntil() is not null)
        {
            return metadata?.GetMetadata<OpenBeforeOwnPassword>() is null
                ? Results.LocalRedirect(Language.To(realm.Base + AccountPaths.Account))
                : await next(context);
        }

        if (signedIn.MustSetUp && metadata?.GetMetadata<OpenBeforeSetUp>() is null)
        {
            return Results.LocalRedirect(Language.To(realm.Base + AccountPaths.SecondFactor));
        }

        return metadata?.GetMetadata<NeedsConfirmation>() is null || signedIn.Session.IsConfirmed(http.Now())
            ? await next(context)
            : await ConfirmPages<TUser>.AskAsync(http, realm);
    }
}
