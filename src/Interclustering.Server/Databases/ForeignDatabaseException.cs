using Interclustering.Server.Hosting;

namespace Interclustering.Server.Databases;

/// <summary>The database was written by a version whose schema this program does not know.</summary>
public sealed class ForeignDatabaseException(string code, string migration)
    : Exception($"The database of {code} was written by another version of this program: it has the migration {migration}, which "
        + $"{ProgramVersion.Long} does not know. Nothing was changed. Start that version again, or give this one another database.");
