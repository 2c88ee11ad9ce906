using System.CommandLine;
using System.Net.Mail;
using Interclustering.Hub.Operators;
using Interclustering.Server.Configuration;
using Interclustering.Server.Databases;

namespace Interclustering.Server.Commands;

/// <summary><c>operators add</c>: makes an operator's account, or gives it a new password, and prints that password once.</summary>
internal static class OperatorsCommand
{
    public static Command Create(Func<ParseResult, IConfiguration> configure)
    {
        var email = new Option<string>("--email") { Description = "Address to sign in with", Required = true };
        var name = new Option<string?>("--name") { Description = "Name that colleagues see; the part before @ by default" };
        var forget = new Option<bool>("--forget-second-factor")
        {
            Description = "Also remove its passkeys and its authenticator app, for an owner who has lost them"
        };
        var add = new Command("add", "Make an account for /etat, or give it a new password") { email, name, forget };
        add.SetAction((parsed, cancellation) => AddAsync(
            SettingsReader.Read(configure(parsed)), parsed.GetRequiredValue(email).Trim(), parsed.GetValue(name)?.Trim(),
                parsed.GetValue(forget), parsed.InvocationConfiguration, cancellation));
        return new Command("operators", "Who looks after the federation at the hub") { add };
    }

    private static async Task<int> AddAsync(
        ServerSettings settings, string email, string? name, bool forget, InvocationConfiguration console, CancellationToken cancellation)
    {
        if (!MailAddress.TryCreate(email, out var address) || address.Address != email)
        {
            await console.Error.WriteLineAsync($"\"{email}\" is not an e-mail address: write name@domain.");
            return 2;
        }

        if (await HubDatabase.OpenAsync(settings, console.Error, cancellation) is not { } databases)
        {
            return 2;
        }

        await using var db = databases.CreateDbContext();
        var password = OperatorAccounts.GeneratePassword();
        var made = await OperatorAccounts.PutAsync(db, email, string.IsNullOrEmpty(name)
            ? null : name, password, TimeProvider.System.GetUtcNow().UtcDateTime, cancellation, forget, printed: true);
        await console.Output.WriteLineAsync(made
            ? $"{email} can sign in at /etat/connexion."
            : $"{email} has a new password; all sessions of the old one have ended.");
        await console.Output.WriteLineAsync(
            $"Password: {password}   (shown once, kept nowhere; within a day it opens the choice of one's own)");
        return 0;
    }
}
