using System.Buffers.Binary;
using Interclustering.Accounts.Passwords;
using Microsoft.AspNetCore.Identity;

namespace Interclustering.Tests.Accounts;

/// <summary>What is commonly used is refused, and what chance makes is not.</summary>
public sealed class CommonPasswordTests
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#%+-=?@_";

    // Forty of 12 characters and more from a list of leaked passwords, most of them from its beginning.
    private static readonly string[] Commonest =
    [
        "123qweasdzxc", "1qaz2wsx3edc", "q1w2e3r4t5y6", "1q2w3e4r5t6y", "Mailcreated5240",
        "qazwsxedcrfv", "123456qwerty", "qwerty123456", "Sojdlg123aljg", "qwertyqwerty",
        "123456654321", "PolniyPizdec0211", "leavemealone", "gfhjkmgfhjkm", "qazwsxedc123",
        "ghjcnjgfhjkm", "zxcasdqwe123", "ghhh47hj7649", "sonyericsson", "123456789qwe",
        "1qazxsw23edc", "qwerasdfzxcv", "123456789987654321", "123456123456", "112233445566",
        "websolutions", "qweasdzxc123", "chickenwing101", "unbelievable", "flvbybcnhfnjh",
        "123321123321", "ghbdtnrfrltkf", "1qaz2wsx3edc4rfv", "123456789123456789", "finalfantasy",
        "contortionist", "123qwe123qwe", "newproject2004", "justinbieber", "administrator",
    ];

    [Fact]
    public void Forty_common_passwords_of_twelve_characters_and_more_are_refused()
    {
        Assert.Equal(40, Commonest.Distinct().Count());
        Assert.All(Commonest, password =>
            Assert.True(password.Length >= PasswordRules.Shortest && CommonPasswords.Contains(password), password));
        Assert.All(Commonest, password => Assert.NotNull(PasswordRules.Refuse(password, [])));
        Assert.All(Commonest, password => Assert.NotNull(PasswordRules.Refuse(password.ToUpperInvariant(), [])));
    }

    [Fact]
    public void Forty_random_passwords_are_accepted()
    {
        // The same ones at each run: a filter takes one in many thousands for a common one.
        var dice = new Random(40);
        Assert.All(Enumerable.Range(0, 40), _ => Assert.Null(PasswordRules.Refuse(new string(dice.GetItems<char>(Letters, 16)), [])));
    }

    [Fact]
    public void One_in_a_hundred_thousand_others_at_most_is_taken_for_a_common_one() =>
        Assert.InRange(Enumerable.Range(0, 100_000).Count(number => CommonPasswords.Contains($"not a common one {number}")), 0, 10);

    [Fact]
    public void A_hash_has_210000_rounds_and_an_older_one_is_recognised_to_be_made_anew()
    {
        // As Identity's version 3 writes it: a byte for the version, four for the function, four for the rounds.
        var made = Convert.FromBase64String(PasswordHashes.With(PasswordHashes.Iterations).HashPassword(this, "quatre palettes au quai"));
        Assert.Equal(
            (2u, 210_000u), (BinaryPrimitives.ReadUInt32BigEndian(made.AsSpan(1)), BinaryPrimitives.ReadUInt32BigEndian(made.AsSpan(5))));

        var account = new Interclustering.Node.Workspace.StaffMember();
        account.SetPassword("quatre palettes au quai");
        Assert.Equal(PasswordVerificationResult.Success, PasswordHashes.Verify(account, "quatre palettes au quai"));
        account.PasswordHash = PasswordHashes.With(PasswordHashes.Iterations - 1).HashPassword(account, "quatre palettes au quai");
        Assert.Equal(PasswordVerificationResult.SuccessRehashNeeded, PasswordHashes.Verify(account, "quatre palettes au quai"));
        Assert.Equal(PasswordVerificationResult.Failed, PasswordHashes.Verify(account, "quatre palettes"));
        Assert.Equal(PasswordVerificationResult.Failed, PasswordHashes.Verify(null, "quatre palettes au quai"));
    }
}
