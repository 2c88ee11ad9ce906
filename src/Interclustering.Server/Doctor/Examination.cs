using System.Runtime.CompilerServices;
using Interclustering.Server.Configuration;

namespace Interclustering.Server.Doctor;

/// <summary>Looks at everything that an installation relies on, one thing after the other. It changes nothing.</summary>
internal sealed class Examination(ServerSettings settings, IConfiguration configuration, TimeProvider clock)
{
    /// <summary>Each thing by itself: what can't be looked at is a finding, and the next one is looked at.</summary>
    public async IAsyncEnumerable<Finding> RunAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        (string Subject, Func<Task<IReadOnlyList<Finding>>> Look)[] parts =
        [
            ("settings", () => Task.FromResult(SettingChecks.Of(settings, configuration))),
            ("data", () => Task.FromResult(PlaceChecks.Of(settings, clock))),
            ("databases", () => DatabaseChecks.OfAsync(settings, cancellation)),
            ("broker", () => BrokerChecks.OfAsync(settings, clock, cancellation)),
            ("mail", () => MailChecks.OfAsync(settings, cancellation)),
            ("server", () => ServerChecks.OfAsync(configuration, cancellation)),
            ("addresses", () => AddressChecks.OfAsync(settings, clock, cancellation)),
        ];
        foreach (var (subject, look) in parts)
        {
            IReadOnlyList<Finding> findings;
            try
            {
                findings = await look();
            }
            catch (Exception exception) when (!cancellation.IsCancellationRequested)
            {
                findings = [Finding.Wrong(subject, $"can't be looked at: {exception.Message}", "Read the message, and run doctor again")];
            }

            foreach (var finding in findings)
            {
                yield return finding;
            }
        }
    }
}
