using Interclustering.Federation;
using Interclustering.Server.Configuration;
using Interclustering.Server.Databases;

namespace Interclustering.Server.Doctor;

/// <summary>Each hosted database: whether it opens, and whether it is of this program.</summary>
internal static class DatabaseChecks
{
    public static async Task<IReadOnlyList<Finding>> OfAsync(ServerSettings settings, CancellationToken cancellation)
    {
        var databases = new DatabaseFactories(settings);
        var findings = new List<Finding>();
        foreach (var code in settings.Roles)
        {
            try
            {
                await using var db = databases.Open(code);
                await SchemaUpgrade.RequireAsync(db, code, cancellation);
                findings.Add(Finding.Good(code, "Its database opens, and has the schema of this program"));
            }
            catch (OldDatabaseException exception)
            {
                findings.Add(Finding.Look(code, exception.Message, "The next start of the server brings it up to date"));
            }
            catch (ForeignDatabaseException exception)
            {
                findings.Add(Finding.Wrong(code, exception.Message, "Run the newer version again, or restore the backup from before it"));
            }
            catch (Exception exception) when (DatabaseFailure.Is(exception))
            {
                findings.Add(Finding.Wrong(code, $"Its database does not open: {exception.GetBaseException().Message}",
                    "Look at the server, the user, the password and the rights that the connection string names"));
            }
        }

        return findings;
    }
}
