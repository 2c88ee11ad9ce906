using MassTransit;
using RabbitMQ.Client.Exceptions;

namespace Interclustering.Federation.Bus;

/// <summary>What a send may fail with when the broker or the way to it does: the outcome is unknown, and sending again is safe.</summary>
internal static class SendFailure
{
    public static bool Is(Exception exception) =>
        exception is OperationCanceledException or MassTransitException or RabbitMQClientException or IOException or TimeoutException
            or ObjectDisposedException or InvalidOperationException;
}
