using Interclustering.Accounts;
using Interclustering.Accounts.Sessions;
using Interclustering.Accounts.SignIn;
using Interclustering.Hub.Items;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Hub.Operators;

/// <summary>The operators' realm, their own accounts, and the list of what they did.</summary>
internal static class OperatorPages
{
    private const int PageSize = 50, MostPages = 10_000;

    /// <summary>The way in; each of its forms checks its token by itself.</summary>
    public static void MapOperatorSignIn(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGroup(OperatorRealm.Status).AddEndpointFilter<OperatorTokenGuard>().ExcludeFromDescription()
            .MapSignIn<Operator>(new ChecksItsToken());

    /// <summary>What only operators see: signed in, and with the second factor that the settings ask for.</summary>
    public static RouteGroupBuilder MapOperators(this RouteGroupBuilder pages)
    {
        var operators = pages.MapGroup("").RequireAuthorization(
            new AuthorizationPolicyBuilder(OperatorRealm.OperatorScheme).RequireAuthenticatedUser().Build());
        operators.AddEndpointFilter<AccountGuard<Operator>>();
        operators.MapAccount<Operator>();
        operators.MapGet("/journal-des-actions", ShowAsync);
        return operators;
    }

    /// <summary>Writes down what an operator started.</summary>
    public static async Task NoteAsync(HttpContext http, HubContext db, string action, DateTime now)
    {
        db.Add(new OperatorAction { Account = SignedIn.In(http)?.Account.Id ?? "", Action = action, At = now });
        await db.SaveChangesAsync(http.RequestAborted);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, HubContext db, TimeProvider clock, string? page)
    {
        var current = int.TryParse(page, out var asked) ? Math.Clamp(asked, 1, MostPages) : 1;
        var rows = await db.OperatorActions.AsNoTracking().OrderByDescending(row => row.Id).Skip((current - 1) * PageSize)
            .Take(PageSize + 1)
            .ToListAsync(http.RequestAborted);
        return Pages.Of<OperatorActionsPage>(T["Journal des actions"], null, new()
        {
            [nameof(OperatorActionsPage.Rows)] = rows.Take(PageSize).ToList(),
            [nameof(OperatorActionsPage.Names)] =
                await db.Users.ToDictionaryAsync(person => person.Id, person => person.Name, http.RequestAborted),
            [nameof(OperatorActionsPage.Now)] = clock.GetUtcNow().UtcDateTime,
            [nameof(OperatorActionsPage.Current)] = current,
            [nameof(OperatorActionsPage.More)] = rows.Count > PageSize,
        });
    }
}
