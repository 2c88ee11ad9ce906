using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Interclustering.Accounts.SignIn;

/// <summary>
/// Accounts as passkeys find them: a demonstration account that is left over is unknown where the demonstration is off. Passwords and
/// running sessions ask <see cref="Realm{TUser}.Known"/>.
/// </summary>
public sealed class AccountsInUse<TUser>(
    DemonstrationMode mode, IUserStore<TUser> store, IOptions<IdentityOptions> options, IPasswordHasher<TUser> hasher,
    IEnumerable<IUserValidator<TUser>> userValidators, IEnumerable<IPasswordValidator<TUser>> passwordValidators,
        ILookupNormalizer normalizer,
    IdentityErrorDescriber errors, IServiceProvider services, ILogger<UserManager<TUser>> logger)
    : UserManager<TUser>(store, options, hasher, userValidators, passwordValidators, normalizer, errors, services, logger)
    where TUser : Account
{
    public override async Task<TUser?> FindByIdAsync(string userId) => InUse(await base.FindByIdAsync(userId));

    public override async Task<TUser?> FindByEmailAsync(string email) => InUse(await base.FindByEmailAsync(email));

    public override async Task<TUser?> FindByNameAsync(string userName) => InUse(await base.FindByNameAsync(userName));

    public override async Task<TUser?> FindByPasskeyIdAsync(byte[] credentialId) => InUse(await base.FindByPasskeyIdAsync(credentialId));

    private TUser? InUse(TUser? account) => account is { IsDemonstration: true } && !mode.IsOn ? null : account;
}
