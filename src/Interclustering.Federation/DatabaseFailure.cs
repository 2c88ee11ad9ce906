using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Federation;

/// <summary>What work on the database may fail with when the database or the way to it does: nothing was committed, and doing it again is safe.</summary>
public static class DatabaseFailure
{
    /// <summary>EF wraps what its retry logic sees as transient in an InvalidOperationException.</summary>
    public static bool Is(Exception exception) => exception is DbException or DbUpdateException or TimeoutException
        or InvalidOperationException { InnerException: DbException or TimeoutException };
}
