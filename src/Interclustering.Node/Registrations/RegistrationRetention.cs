using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Registrations;

/// <summary>How long names are kept.</summary>
/// <param name="Kept">After the end of the event.</param>
public sealed record RegistrationRetention(TimeSpan Kept)
{
    public const int DefaultDays = 90;

    /// <summary>For an event that is gone, from the day on which they registered.</summary>
    public static readonly TimeSpan Gone = TimeSpan.FromDays(DefaultDays);

    public static RegistrationRetention Default { get; } = new(TimeSpan.FromDays(DefaultDays));

    /// <summary>Names, addresses and answers go; that so many came stays.</summary>
    internal static Task<int> ForgetAsync(IQueryable<Registration> rows, CancellationToken cancellation) =>
        rows.Where(row => row.Sealed != "").ExecuteUpdateAsync(row => row.SetProperty(each => each.Sealed, "")
            .SetProperty(each => each.AddressKey, each => each.Id.ToString()), cancellation);
}
