using System.Diagnostics;
using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Testing;

namespace Interclustering.IntegrationTests.Registrations;

/// <summary>What programs that we did not write make of the mails: Python's email package, python3-icalendar, khal.</summary>
public sealed class MailsInOtherReaders : RegistrationVisit
{
    private const string One = "un@exemple.invalid";
    private readonly string folder = Directory.CreateTempSubdirectory("ic-mails-").FullName;

    protected override ValueTask CleanUpAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_invitation_its_update_and_its_end_are_read_and_taken_into_a_calendar()
    {
        var id = await OpenAsync(new RegistrationTerms());
        var link = await RegisterAsync(id, "Zoé, d’Essai", One);
        await KeepAsync();
        Clock.Advance(TimeSpan.FromHours(1));
        await ChangeAsync(id, item => item with { Sessions = [new Session("1", "2026-12-11T10:00:00", "2026-12-11T12:00:00")] });
        await KeepAsync();
        await PressAsync(link, "cancel");
        await SendMailsAsync();

        var files = new List<string>();
        foreach (var mail in Sent.To(One))
        {
            files.Add(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{files.Count}.eml")));
            await mail.WriteToAsync(files[^1], Cancellation);
        }

        var script = Repository.PathTo("tests", "Interclustering.IntegrationTests", "Registrations", "mails.py");
        var read = (await RunAsync("/usr/bin/python3", [script, .. files])).Select(line => line.Split('\t')).ToList();
        Assert.Equal(4, read.Count);
        Assert.All(read, line => Assert.Equal(One, line[1]));
        Assert.Equal("text/plain,text/html", read[0][2]);
        Assert.Equal(3, read[0].Length);
        Assert.All(read[1..], line => Assert.Equal("text/plain,text/html,text/calendar", line[2]));
        Assert.Equal(
            [
                "REQUEST 1 2026-12-10T09:00:00+01:00 CONFIRMED", "REQUEST 2 2026-12-11T10:00:00+01:00 CONFIRMED",
                "CANCEL 3 2026-12-11T10:00:00+01:00 CANCELLED",
            ],
            read[1..].Select(line => string.Join(' ', line[3..7])));
        Assert.All(read[1..], line => Assert.Equal(
            ("mailto:ne-pas-repondre@cluster.example", $"mailto:{One}", read[1][9]), (line[7], line[8], line[9])));

        Assert.Equal(["2026-12-10T09:00 Visite d’entrepôt CONFIRMED"], await KhalAsync(files[1] + ".ics"));
        Assert.Equal(["2026-12-11T10:00 Visite d’entrepôt CONFIRMED"], await KhalAsync(files[2] + ".ics"));
        Assert.Equal(["2026-12-11T10:00 Visite d’entrepôt CANCELLED"], await KhalAsync(files[3] + ".ics"));
    }

    /// <summary>Takes an invitation into the person's calendar, and lists what stands there then.</summary>
    private async Task<List<string>> KhalAsync(string invitation)
    {
        var configuration = Path.Combine(folder, "config");
        if (!File.Exists(configuration))
        {
            Directory.CreateDirectory(Path.Combine(folder, "agenda"));
            await File.WriteAllTextAsync(configuration, $"""
                [calendars]
                [[agenda]]
                path = {folder}/agenda
                [locale]
                local_timezone = Europe/Paris
                default_timezone = Europe/Paris
                timeformat = %H:%M
                dateformat = %Y-%m-%d
                longdateformat = %Y-%m-%d
                datetimeformat = %Y-%m-%d %H:%M
                longdatetimeformat = %Y-%m-%d %H:%M
                [sqlite]
                path = {folder}/khal.db
                """, Cancellation);
        }

        await RunAsync("/usr/bin/khal", ["-c", configuration, "import", "--batch", "-a", "agenda", invitation]);
        return [.. (await RunAsync("/usr/bin/khal", ["-c", configuration, "list", "--day-format", "", "--format",
            "{start-date-long}T{start-time} {title} {status}", "2026-12-01", "2026-12-31"])).Select(line => line.Trim())];
    }

    private static async Task<List<string>> RunAsync(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["LC_ALL"] = "C.UTF-8", ["PYTHONDONTWRITEBYTECODE"] = "1" },
        };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Cancellation), process.StandardError.ReadToEndAsync(Cancellation));
        await process.WaitForExitAsync(Cancellation);
        Assert.True(process.ExitCode == 0, await errors);
        return [.. (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
