using Interclustering.Server.Hosting;

namespace Interclustering.Server.Databases;

/// <summary>A verb needs a database of this version: there is none, or one of an older version, whose server may run on it.</summary>
public sealed class OldDatabaseException(string code, int applied, int missing)
    : Exception(applied == 0
        ? $"There is no database of {code} here yet. Look at --data and Interclustering:Data, or start the server once, which makes it."
        : $"The database of {code} is of an older version: {missing} migrations of {ProgramVersion.Long} are missing. Nothing was changed, "
            + "as an older server may be running on it. Start the server of this version, which brings it up to date, and run the verb "
            + "again; or run the verb of the version that is running.");
