using Interclustering.Accounts.Sessions;
using Interclustering.Accounts.SignIn;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace Interclustering.Accounts.Passkeys;

/// <summary>Passkeys (WebAuthn): added and removed under « Mon compte ». They need a script; the password does not.</summary>
internal static class PasskeyPages<TUser>
    where TUser : Account, new()
{
    private const int MostPasskeys = 10, LongestName = 100;

    /// <summary>Whose passkey has answered its challenge; null when it is not one of this realm, or was answered before.</summary>
    public static async Task<TUser?> AssertAsync(
        HttpContext http, Realm<TUser> realm, UserManager<TUser> people, IPasskeyHandler<TUser> handler, string credential)
    {
        var state = await PasskeyCeremony.EndAsync(realm.Db, http, realm.Code);
        if (string.IsNullOrEmpty(state) || credential.Length == 0)
        {
            return null;
        }

        var asserted = await handler.PerformAssertionAsync(
            new PasskeyAssertionContext { HttpContext = http, CredentialJson = credential, AssertionState = state });
        if (!asserted.Succeeded)
        {
            return null;
        }

        await people.AddOrUpdatePasskeyAsync(asserted.User, asserted.Passkey);
        return asserted.User;
    }

    public static async Task<IResult> OptionsAsync(HttpContext http, Realm<TUser> realm, IPasskeyHandler<TUser> handler)
    {
        var me = SignedIn.In(http)!.Account;
        var options = await handler.MakeCreationOptionsAsync(
            new PasskeyUserEntity { Id = me.Id, Name = $"{me.Email} ({realm.Name})", DisplayName = me.Name }, http);
        await PasskeyCeremony.BeginAsync(realm.Db, http, realm.Code, options.AttestationState);
        return Results.Content(options.CreationOptionsJson, "application/json");
    }

    public static async Task<IResult> AddAsync(
        HttpContext http, Realm<TUser> realm, UserManager<TUser> people, IPasskeyHandler<TUser> handler)
    {
        var me = (TUser)SignedIn.In(http)!.Account;
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var state = await PasskeyCeremony.EndAsync(realm.Db, http, realm.Code);
        if (string.IsNullOrEmpty(state) || !await AddAsync(http, people, handler, me, form, state))
        {
            return await AccountPages<TUser>.ShowAsync(http, realm, people,
                [new("passkey", T["Cette clé d’accès n’a pas été ajoutée : recommencez, ou gardez votre mot de passe."])]);
        }

        realm.Note(me.Id, AccountActions.PasskeyAdded, "", http.Now());
        realm.Tell(me, AccountNews.PasskeyAdded, http.Now());
        await realm.Db.SaveChangesAsync(http.RequestAborted);
        return Results.LocalRedirect(Language.To(realm.Base + AccountPaths.Account));
    }

    public static async Task<IResult> RemoveAsync(HttpContext http, Realm<TUser> realm, UserManager<TUser> people, string id)
    {
        var me = (TUser)SignedIn.In(http)!.Account;
        if ((await people.GetPasskeysAsync(me))
            .FirstOrDefault(passkey => Convert.ToHexStringLower(passkey.CredentialId) == id) is { } known)
        {
            await people.RemovePasskeyAsync(me, known.CredentialId);
            realm.Note(me.Id, AccountActions.PasskeyRemoved, "", http.Now());
            await realm.Db.SaveChangesAsync(http.RequestAborted);
        }

        return Results.LocalRedirect(Language.To(realm.Base + AccountPaths.Account));
    }

    private static async Task<bool> AddAsync(
        HttpContext http, UserManager<TUser> people, IPasskeyHandler<TUser> handler, TUser me, IFormCollection form, string state)
    {
        var attested = await handler.PerformAttestationAsync(
            new PasskeyAttestationContext { HttpContext = http, CredentialJson = form["credential"].ToString(), AttestationState = state });
        if (!attested.Succeeded || attested.UserEntity.Id != me.Id || (await people.GetPasskeysAsync(me)).Count >= MostPasskeys)
        {
            return false;
        }

        var name = new string([.. form["passkey"].ToString().Where(letter => !char.IsControl(letter))]).Trim();
        attested.Passkey.Name = name.Length is 0 or > LongestName ? T["Clé d’accès"] : name;
        return (await people.AddOrUpdatePasskeyAsync(me, attested.Passkey)).Succeeded;
    }
}
