using MassTransit;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client.Exceptions;

namespace Interclustering.Federation.Bus;

/// <summary>
/// What MassTransit logs, with what it says of a connection condensed. It tries again without end, and writes a stack for each try of each
/// endpoint: here the reason is one line, and another one only for another reason, or once the bus has worked in between. The whole is
/// there at the level Debug.
/// </summary>
internal sealed partial class ConnectionLog(ILoggerFactory inner, BusSettings settings)
{
    private readonly ILogger told = inner.CreateLogger<ConnectionLog>();
    private string? last;

    /// <summary>For MassTransit.</summary>
    public ILoggerFactory Loggers() => new Factory(this, inner);

    /// <summary>The bus works: what fails from now on is news.</summary>
    public void Works() => last = null;

    /// <summary>Why the broker was not reached, in words; null where an exception is about something else.</summary>
    internal static string? ReasonOf(Exception exception, BusSettings settings)
    {
        var chain = Chain(exception).ToList();
        return chain.OfType<AuthenticationFailureException>().Any()
                ? $"it refuses the login of {settings.Username}: look at Interclustering:Bus:Username and Interclustering:Bus:Password"
            : chain.OfType<OperationInterruptedException>().FirstOrDefault() is { } ended
                ? $"it ends the connection of {settings.Username}: {ended.ShutdownReason?.ReplyText ?? ended.Message}"
            : chain.Exists(each => each is BrokerUnreachableException or ConnectionException or AlreadyClosedException)
                ? chain[^1].Message : null;
    }

    private static IEnumerable<Exception> Chain(Exception exception)
    {
        for (Exception? each = exception; each is not null; each = each.InnerException)
        {
            yield return each;
        }
    }

    private bool Takes(string message, Exception? exception)
    {
        if (exception is null)
        {
            // What did not start can't be stopped either.
            return last is not null && message.StartsWith("Failed to stop bus", StringComparison.Ordinal);
        }

        if (ReasonOf(exception, settings) is not { } reason)
        {
            return false;
        }

        if (Interlocked.Exchange(ref last, reason) != reason)
        {
            var brokers = string.Join(", ", settings.Nodes.Select(node => $"{node.Host}:{node.Port}"));
            LogUnreachable(told, brokers, settings.VirtualHost, reason);
        }

        return true;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The broker at {Hosts} ({VirtualHost}) can't be used: {Reason}")]
    private static partial void LogUnreachable(ILogger logger, string hosts, string virtualHost, string reason);

    private sealed class Factory(ConnectionLog log, ILoggerFactory inner) : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) => new Condensed(log, inner.CreateLogger(categoryName));

        public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

        /// <summary>What it wraps is the process's own, and lives on.</summary>
        public void Dispose()
        {
        }
    }

    private sealed class Condensed(ConnectionLog log, ILogger inner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var level = logLevel >= LogLevel.Warning && log.Takes(formatter(state, exception), exception) ? LogLevel.Debug : logLevel;
            if (inner.IsEnabled(level))
            {
                inner.Log(level, eventId, state, exception, formatter);
            }
        }
    }
}
