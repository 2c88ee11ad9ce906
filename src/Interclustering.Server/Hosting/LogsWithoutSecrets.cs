using Interclustering.Ui.Shell;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace Interclustering.Server.Hosting;

/// <summary>Takes the secret parts of addresses out of a log record before it is handed over, as <see cref="LogLines"/> does.</summary>
internal sealed class LogsWithoutSecrets : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        data.Body = Redact(data.Body);
        data.FormattedMessage = Redact(data.FormattedMessage);
        var attributes = (data.Attributes ?? []).Select(attribute =>
            KeyValuePair.Create(attribute.Key, attribute.Value is null or int or long or bool or double ? attribute.Value
                : Redact(attribute.Value.ToString())));
        if (data.Exception is { } exception)
        {
            // The exporter would write its whole text as it is.
            attributes = attributes.Append(KeyValuePair.Create("exception.type", (object?)exception.GetType().FullName))
                .Append(KeyValuePair.Create("exception.message", (object?)Redact(exception.Message)))
                .Append(KeyValuePair.Create("exception.stacktrace", (object?)Redact(exception.ToString())));
            data.Exception = null;
        }

        data.Attributes = [.. attributes];
    }

    private static string? Redact(string? text) => text is null ? null : SecretAddresses.Redact(text);
}
