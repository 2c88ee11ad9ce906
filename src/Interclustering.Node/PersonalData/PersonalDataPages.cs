using System.Text;
using System.Text.Json.Nodes;
using Interclustering.Accounts.SignIn;
using Interclustering.Node.Audit;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Registrations;
using Interclustering.Node.Team;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Node.PersonalData;

/// <summary>A member's data as a file: for themselves, and by an administrator who was asked for it.</summary>
internal static class PersonalDataPages
{
    public static void MapPersonalData(this RouteGroupBuilder group)
    {
        group.MapGet(WorkspaceRealm.DataPath, (HttpContext http, NodeInstance node, NodeContext db, CancellationToken cancellation) =>
            WriteAsync(http, node, db, StaffMember.IdOf(http.User), cancellation));
        group.MapPost("/equipe/{id}/donnees", ExportAsync)
            .WithMetadata(new NeedsRole(StaffRoles.Administrator), new NeedsConfirmation());
    }

    private static async Task<IResult> ExportAsync(
        HttpContext http, NodeInstance node, NodeContext db, string id, CancellationToken cancellation)
    {
        var file = await WriteAsync(http, node, db, id, cancellation);
        if (await db.Users.FindAsync([id], cancellation) is { } member)
        {
            await http.NoteAsync(db, AuditedActions.Exported, member.Name, cancellation);
        }

        return file;
    }

    private static async Task<IResult> WriteAsync(
        HttpContext http, NodeInstance node, NodeContext db, string id, CancellationToken cancellation)
    {
        if (await db.Users.FindAsync([id], cancellation) is not { } member)
        {
            return OwnPublications.Missing(http, node);
        }

        var seal = http.RequestServices.GetRequiredService<RegistrationSeal>();
        var person = await (await KnownPerson.OfAsync(db, node.Code, member, "", cancellation))
            .WithRegistrationsAsync(db, node.Code, seal, cancellation);
        var text = PersonExport.Write(member.Name, http.Now(), new Dictionary<string, JsonObject>
        {
            [node.Code] = await PersonExport.ReadAsync(db, person, cancellation),
        });
        http.Response.Headers.CacheControl = "no-store";
        return Results.File(Encoding.UTF8.GetBytes(text), "application/json", $"donnees-{node.Code}.json");
    }
}
