using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Interclustering.Ui.Shell;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Interclustering.Server.Hosting;

/// <summary>
/// What the console shows of the log: lines for people at a terminal, else a JSON object per line, in UTC. It removes, for every logger,
/// characters that begin another line or steer a terminal, and the secret part of an address.
/// </summary>
internal sealed class LogLines(bool json, TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "interclustering";
    private const string Indent = "      ", Log = "Log";
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        if (logEntry.Category == "Microsoft.Extensions.Hosting.Internal.Host" && logEntry.EventId.Name == "HostedServiceStartupFaulted")
        {
            // The start itself says what it failed with.
            return;
        }

        var message = Clean(logEntry.Formatter(logEntry.State, logEntry.Exception));
        var name = NameOf(logEntry.EventId);
        if (json)
        {
            WriteJson(logEntry.LogLevel, logEntry.Category, name, message, logEntry.Exception, textWriter);
            return;
        }

        textWriter.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{clock.GetUtcNow().UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ} {InFour(logEntry.LogLevel)}: {logEntry.Category}[{name}]"));
        textWriter.WriteLine(Indent + message);
        foreach (var line in logEntry.Exception?.ToString().Split('\n') ?? [])
        {
            // Its own lines stay lines; indented, none of them looks like a new entry.
            textWriter.WriteLine(Indent + Clean(line.TrimEnd('\r')));
        }
    }

    /// <summary>One line that shows everything that is in it.</summary>
    public static string Clean(string text)
    {
        var shown = SecretAddresses.Redact(text);
        if (!shown.Any(Steers))
        {
            return shown;
        }

        var clean = new StringBuilder(shown.Length + 16);
        foreach (var letter in shown)
        {
            _ = Steers(letter) ? clean.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}") : clean.Append(letter);
        }

        return clean.ToString();
    }

    /// <summary>Ends a line, moves a cursor, or turns the direction of reading.</summary>
    private static bool Steers(char letter) => char.GetUnicodeCategory(letter)
        is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Format;

    private void WriteJson(LogLevel level, string category, string name, string message, Exception? exception, TextWriter output)
    {
        using var bytes = new MemoryStream();
        using (var line = new Utf8JsonWriter(bytes, Readable))
        {
            line.WriteStartObject();
            line.WriteString("time", clock.GetUtcNow().UtcDateTime);
            line.WriteString("level", level.ToString().ToLowerInvariant());
            line.WriteString("category", category);
            line.WriteString("event", name);
            line.WriteString("message", message);
            if (exception is not null)
            {
                line.WriteString(
                    "exception", string.Join('\n', exception.ToString().Split('\n').Select(each => Clean(each.TrimEnd('\r')))));
            }

            if (Activity.Current is { } activity)
            {
                line.WriteString("trace", activity.TraceId.ToHexString());
            }

            line.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
    }

    /// <summary>
    /// What an entry is recognised by beside its category: the name of the method that logs it, without <c>Log</c>. Numbers are made of
    /// that name by the compiler, and say nothing; they stand where a library gives no name.
    /// </summary>
    internal static string NameOf(EventId id) => id.Name is not { Length: > 0 } name ? id.Id.ToString(CultureInfo.InvariantCulture)
        : Clean(name.Length > Log.Length && name.StartsWith(Log, StringComparison.Ordinal) ? name[Log.Length..] : name);

    private static string InFour(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
