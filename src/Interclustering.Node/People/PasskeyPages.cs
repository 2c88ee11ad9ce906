using Interclustering.Node.Audit;
using Interclustering.Node.Publications;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Node.People;

/// <summary>Passkeys (WebAuthn): added and removed under « Mon compte », and a way in without a password. They need a script; the password does not.</summary>
internal static class PasskeyPages
{
    private const int MostPasskeys = 10;

    public static void MapPasskeySignIn(this RouteGroupBuilder group)
    {
        group.MapPost("/connexion/cle/options", async (HttpContext http, NodeInstance node, IPasskeyHandler<StaffMember> handler, PasskeyCeremony ceremony) =>
        {
            var options = await handler.MakeRequestOptionsAsync(user: null, http);
            ceremony.Begin(http, node, options.AssertionState);
            return Results.Content(options.RequestOptionsJson, "application/json");
        });
        group.MapPost("/connexion/cle", EnterAsync);
    }

    public static void MapPasskeys(this RouteGroupBuilder group)
    {
        var anybody = new NeedsRole(StaffRoles.Reader);
        group.MapPost("/compte/cles/options", async (HttpContext http, NodeInstance node, UserManager<StaffMember> people, IPasskeyHandler<StaffMember> handler, PasskeyCeremony ceremony) =>
        {
            var me = (await people.FindByIdAsync(AuditTrail.IdOf(http.User)))!;
            var options = await handler.MakeCreationOptionsAsync(new PasskeyUserEntity { Id = me.Id, Name = $"{me.Email} ({node.Cluster.Name})", DisplayName = me.Name }, http);
            ceremony.Begin(http, node, options.AttestationState);
            return Results.Content(options.CreationOptionsJson, "application/json");
        }).WithMetadata(anybody);
        group.MapPost("/compte/cles", AddAsync).WithMetadata(anybody);
        group.MapPost("/compte/cles/{id}/retirer", RemoveAsync).WithMetadata(anybody);
    }

    private static async Task<IResult> AddAsync(
        HttpContext http, NodeInstance node, NodeContext db, UserManager<StaffMember> people, IPasskeyHandler<StaffMember> handler, PasskeyCeremony ceremony, CancellationToken cancellation)
    {
        var me = (await people.FindByIdAsync(AuditTrail.IdOf(http.User)))!;
        var form = await http.Request.ReadFormAsync(cancellation);
        var attested = await handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = http, CredentialJson = form["credential"].ToString(), AttestationState = ceremony.End(http, node) });
        var added = attested.Succeeded && attested.UserEntity.Id == me.Id && (await people.GetPasskeysAsync(me)).Count < MostPasskeys;
        if (added)
        {
            var name = ItemForm.Clean(form["passkey"].ToString()).Trim();
            attested.Passkey!.Name = name.Length is 0 or > 100 ? T["Clé d’accès"] : name;
            added = (await people.AddOrUpdatePasskeyAsync(me, attested.Passkey)).Succeeded;
        }

        if (!added)
        {
            return await AccountPages.ShowAsync(http, node, people, [new("passkey", T["Cette clé d’accès n’a pas été ajoutée : recommencez, ou gardez votre mot de passe."])]);
        }

        await http.NoteAsync(db, AuditedActions.PasskeyAdded, "", cancellation);
        return Results.LocalRedirect(Language.To($"/espace/{node.Code}/compte"));
    }

    private static async Task<IResult> RemoveAsync(HttpContext http, NodeInstance node, NodeContext db, UserManager<StaffMember> people, string id, CancellationToken cancellation)
    {
        var me = (await people.FindByIdAsync(AuditTrail.IdOf(http.User)))!;
        if ((await people.GetPasskeysAsync(me)).FirstOrDefault(passkey => Convert.ToHexStringLower(passkey.CredentialId) == id) is { } known)
        {
            await people.RemovePasskeyAsync(me, known.CredentialId);
            await http.NoteAsync(db, AuditedActions.PasskeyRemoved, "", cancellation);
        }

        return Results.LocalRedirect(Language.To($"/espace/{node.Code}/compte"));
    }

    private static async Task<IResult> EnterAsync(
        HttpContext http, NodeInstance node, NodeContext db, UserManager<StaffMember> people, IPasskeyHandler<StaffMember> handler, PasskeyCeremony ceremony, SignInRate rate, CancellationToken cancellation)
    {
        var form = await http.Request.ReadFormAsync(cancellation);
        var entry = new SignInEntry { Back = form["retour"].ToString() };
        if (!rate.Allows(http))
        {
            return SignIn.Page(http, node, entry with { Error = T["Trop d’essais depuis ici : attendez quelques minutes."] }, StatusCodes.Status429TooManyRequests);
        }

        var asserted = await handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = http, CredentialJson = form["credential"].ToString(), AssertionState = ceremony.End(http, node) });
        if (!asserted.Succeeded || await people.IsLockedOutAsync(asserted.User))
        {
            return SignIn.Page(http, node, entry with { Error = T["Cette clé d’accès n’ouvre pas cet espace. Entrez votre adresse et votre mot de passe."] }, StatusCodes.Status422UnprocessableEntity);
        }

        await people.AddOrUpdatePasskeyAsync(asserted.User, asserted.Passkey);
        asserted.User.LastSignInAt = http.Now();
        db.Note(asserted.User.Id, AuditedActions.SignedIn, "", http.Now());
        await db.SaveChangesAsync(cancellation);
        await http.SignInAsync(node.Scheme, WorkspaceCookie.PrincipalOf(asserted.User, node));
        return Results.LocalRedirect(Language.To(SignIn.SafeReturn(entry.Back, node.Code)));
    }
}
