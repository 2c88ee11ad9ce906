using System.CommandLine;
using Interclustering.Dates;
using Interclustering.Federation.Journals;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Sources;
using Interclustering.Node.Sources.Comparing;
using Interclustering.Node.Sources.Fetching;
using Interclustering.Node.Sources.Publishing;
using Interclustering.Node.Sources.Reading;
using Interclustering.Server.Configuration;
using Interclustering.Server.Databases;

namespace Interclustering.Server.Commands;

/// <summary><c>import</c>: publishes the events of a file or an address in a cluster's name; again updates, and adds nothing.</summary>
internal static class ImportCommand
{
    public static Command Create(Func<ParseResult, IConfiguration> configure)
    {
        var cluster = new Option<string>("--cluster") { Description = "Code of the cluster that publishes", Required = true };
        var source = new Argument<string>("file-or-url")
        {
            Description = "iCalendar, The Events Calendar JSON, OpenAgenda v2 JSON, a feed with dates of events, or a web page with events"
        };
        var command =
            new Command("import", "Publish the events of a file or an address; again updates what has changed") { cluster, source };
        command.SetAction((parsed, cancellation) => RunAsync(
            SettingsReader.Read(configure(parsed)), parsed.GetRequiredValue(cluster), parsed.GetRequiredValue(source),
            parsed.InvocationConfiguration, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        ServerSettings settings, string code, string source, InvocationConfiguration console, CancellationToken cancellation)
    {
        if (settings.HostedClusters.All(cluster => cluster.Code != code))
        {
            await console.Error.WriteLineAsync(
                $"This installation hosts no cluster \"{code}\". Hosted here: "
                    + $"{string.Join(", ", settings.HostedClusters.Select(cluster => cluster.Code))}.");
            return 2;
        }

        ImportDocument document;
        try
        {
            document = await ReadAsync(settings, source, cancellation);
        }
        catch (ImportFetchException exception)
        {
            await console.Error.WriteLineAsync(exception.Message);
            return 2;
        }

        // This process commits to the node's journal; the running server's relay finds it by polling.
        DataFolder.Open(settings.Data);
        await using var db = new DatabaseFactories(settings).Node(code);
        await SchemaUpgrade.MakeAsync(db, code, cancellation);
        var journal = new Journal(code, TimeProvider.System);
        await journal.OpenAsync(db, cancellation);
        var results = await new ImportEvents(new PublicationEditor(db, journal, TimeProvider.System))
            .RunAsync(document, "import", Progress(document.Events.Count), cancellation);
        return Report(results, document.Incomplete, console.Output);
    }

    private static async Task<ImportDocument> ReadAsync(ServerSettings settings, string source, CancellationToken cancellation)
    {
        if (!source.Contains("://", StringComparison.Ordinal))
        {
            var file = ImportReader.Read(await ImportFile.ReadAsync(source, cancellation), source, ParisDay.Today(TimeProvider.System));
            return SourceKeys.OfFile(file, Path.GetFileName(source));
        }

        using var fetch = new SourceFetch(settings.Fetch);
        return (await new SourceReading(fetch, (content, address, _) =>
                Task.FromResult(SourceContent.Read(content, address, ParisDay.Today(TimeProvider.System))))
            .ReadAsync(source, known: null, cancellation))!.Document;
    }

    private static string WordOf(ImportOutcome outcome) =>
        outcome == ImportOutcome.LeftOut ? "left-out" : outcome.ToString().ToLowerInvariant();

    private static IProgress<int>? Progress(int total) => total == 0 ? null : new Counted(new ProgressBar("events"), total);

    private static int Report(IReadOnlyList<ImportResult> results, string? incomplete, TextWriter output)
    {
        foreach (var result in results)
        {
            output.WriteLine($"{WordOf(result.Outcome),-9} {result.Key ?? "-"}  {result.Title ?? "-"}"
                + (result.Reason is null ? "" : $"  ({result.Reason})"));
        }

        var counts = Enum.GetValues<ImportOutcome>()
            .Select(outcome => $"{results.Count(result => result.Outcome == outcome)} {WordOf(outcome)}");
        if (incomplete is not null)
        {
            output.WriteLine($"incomplete {incomplete}");
        }

        output.WriteLine(string.Join(", ", counts));
        return results.Count > 0 && results.All(result => result.Outcome == ImportOutcome.Rejected) ? 1 : 0;
    }

    private sealed class Counted(ProgressBar bar, int total) : IProgress<int>
    {
        public void Report(int value) => bar.Report((value, total));
    }
}
