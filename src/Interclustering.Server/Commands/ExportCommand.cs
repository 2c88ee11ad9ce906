using System.CommandLine;
using Interclustering.Federation.Journals;
using Interclustering.Server.Configuration;
using Interclustering.Server.Databases;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Server.Commands;

/// <summary><c>export</c>: every entry of every hosted journal, as JSON lines, in the form in which it is hashed.</summary>
internal static class ExportCommand
{
    public static Command Create(Func<ParseResult, IConfiguration> configure)
    {
        var command = new Command("export", "Write every journal entry as JSON lines");
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = SettingsReader.Read(configure(parsed));
            var databases = new DatabaseFactories(settings);
            foreach (var role in settings.Roles)
            {
                await using var db = databases.Open(role);
                await SchemaUpgrade.RequireAsync(db, role, cancellation);
                await foreach (var text in db.Set<JournalRow>().AsNoTracking().OrderBy(row => row.Sequence).Select(row => row.Text)
                    .AsAsyncEnumerable().WithCancellation(cancellation))
                {
                    await parsed.InvocationConfiguration.Output.WriteLineAsync(text.AsMemory(), cancellation);
                }
            }
        });
        return command;
    }
}
