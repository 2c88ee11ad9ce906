using System.CommandLine;
using System.Net.Mail;
using Interclustering.Accounts.SecondFactor;
using Interclustering.Accounts.Sessions;
using Interclustering.Node;
using Interclustering.Node.Team;
using Interclustering.Node.Workspace;
using Interclustering.Server.Configuration;
using Interclustering.Server.Databases;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Server.Commands;

/// <summary><c>staff add</c>: invites a member, e.g. the first administrator, to a workspace and prints a single-use link.</summary>
internal static class StaffCommand
{
    public static Command Create(Func<ParseResult, IConfiguration> configure)
    {
        var cluster = new Option<string>("--cluster") { Description = "Code of the cluster", Required = true };
        var email = new Option<string>("--email") { Description = "Address to sign in with", Required = true };
        var name = new Option<string?>("--name") { Description = "Name that colleagues see; the part before @ by default" };
        var role = new Option<string>("--role")
        {
            Description = "reader, editor or administrator",
            DefaultValueFactory = _ => StaffRoles.Administrator
        };
        role.AcceptOnlyFromAmong([.. StaffRoles.All]);
        var add = new Command("add", "Invite a member to a workspace: prints a single-use link for choosing a password") { cluster, email,
            name, role };
        add.SetAction((parsed, cancellation) => AddAsync(
            SettingsReader.Read(configure(parsed)), parsed.GetRequiredValue(cluster), parsed.GetRequiredValue(email)
                .Trim(), parsed.GetValue(name)?.Trim(), parsed.GetRequiredValue(role),
            parsed.InvocationConfiguration, cancellation));
        var reset = new Command("reset", "For a member who has lost every way in: removes the second factor and the passkeys, ends the "
            + "sessions, and prints a link to choose a password") { cluster, email };
        reset.SetAction((parsed, cancellation) => ResetAsync(
            SettingsReader.Read(configure(parsed)), parsed.GetRequiredValue(cluster), parsed.GetRequiredValue(email)
                .Trim(), parsed.InvocationConfiguration, cancellation));
        return new Command("staff", "Who works in a cluster's workspace") { add, reset };
    }

    private static async Task<int> ResetAsync(ServerSettings settings, string code, string email, InvocationConfiguration console,
        CancellationToken cancellation)
    {
        if (settings.HostedClusters.All(cluster => cluster.Code != code))
        {
            return await NotHostedAsync(settings, code, console);
        }

        await using NodeContext db = new DatabaseFactories(settings).Node(code);
        await SchemaUpgrade.RequireAsync(db, code, cancellation);
        var normalized = email.ToUpperInvariant();
        if (await db.Users.SingleOrDefaultAsync(row => row.NormalizedEmail == normalized, cancellation) is not { Email: { } known } member)
        {
            await console.Error.WriteLineAsync($"{email} does not work there: staff add invites.");
            return 1;
        }

        await SecondFactors.ForgetAsync(db, member, cancellation);
        var (_, secret) = await AccessLink.CreateAsync(
            db, AccessLink.Reset, known, member.Name, "", TimeProvider.System.GetUtcNow().UtcDateTime, cancellation);
        await db.SaveChangesAsync(cancellation);
        await OpenSessions.EndAllAsync(db, member.Id, except: null, cancellation);
        await console.Output.WriteLineAsync(
            $"{known} has no second factor and no passkey any more, and is signed out. Within an hour, once:");
        await console.Output.WriteLineAsync($"{AddressOf(settings, code)}/mot-de-passe/{secret}   (shown once, kept nowhere)");
        return 0;
    }

    private static async Task<int> NotHostedAsync(ServerSettings settings, string code, InvocationConfiguration console)
    {
        await console.Error.WriteLineAsync(
            $"This installation hosts no cluster \"{code}\". Hosted here: "
                + $"{string.Join(", ", settings.HostedClusters.Select(cluster => cluster.Code))}.");
        return 2;
    }

    private static async Task<int> AddAsync(
        ServerSettings settings, string code, string email, string? name, string role, InvocationConfiguration console,
            CancellationToken cancellation)
    {
        if (settings.HostedClusters.All(cluster => cluster.Code != code))
        {
            return await NotHostedAsync(settings, code, console);
        }

        if (!MailAddress.TryCreate(email, out var address) || address.Address != email)
        {
            await console.Error.WriteLineAsync($"\"{email}\" is not an e-mail address: write name@domain.");
            return 2;
        }

        DataFolder.Open(settings.Data);
        await using NodeContext db = new DatabaseFactories(settings).Node(code);
        await SchemaUpgrade.MakeAsync(db, code, cancellation);
        var normalized = email.ToUpperInvariant();
        if (await db.Users.AnyAsync(member => member.NormalizedEmail == normalized, cancellation))
        {
            await console.Error.WriteLineAsync(
                $"{email} works there already: a forgotten password is asked for anew at /espace/{code}/mot-de-passe-oublie.");
            return 1;
        }

        var (link, secret) = await AccessLink.CreateAsync(db, AccessLink.Invitation, email, string.IsNullOrEmpty(name)
            ? email.Split('@')[0] : name, role, TimeProvider.System.GetUtcNow().UtcDateTime, cancellation);
        await db.SaveChangesAsync(cancellation);
        await console.Output.WriteLineAsync($"{email} is invited as {role} until {link.ExpiresAt:yyyy-MM-dd HH:mm} UTC. Single-use link:");
        await console.Output.WriteLineAsync($"{AddressOf(settings, code)}/invitation/{secret}   (shown once, kept nowhere)");
        return 0;
    }

    private static string AddressOf(ServerSettings settings, string code) =>
        $"{settings.Addresses.GetValueOrDefault(code, "http://localhost:5080")}/espace/{code}";
}
