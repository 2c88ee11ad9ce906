using Microsoft.AspNetCore.Http;

namespace Interclustering.Accounts.Sessions;

/// <summary>The account and the session of this request; set when its cookie was accepted.</summary>
/// <param name="Account">As the database has it now.</param>
/// <param name="Session">Its session.</param>
/// <param name="MustSetUp">A second factor is needed and is missing.</param>
public sealed record SignedIn(Account Account, SessionRow Session, bool MustSetUp)
{
    public static SignedIn? In(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.Features.Get<SignedIn>();
    }
}
