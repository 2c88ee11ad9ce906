using System.Globalization;
using Interclustering.Contracts;
using Interclustering.IntegrationTests.Calendars;
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
        var read = (await Khal.RunAsync("/usr/bin/python3", [script, .. files])).Select(line => line.Split('\t')).ToList();
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

        // What stands in the person's calendar after each.
        using var khal = new Khal();
        var expected = (string[])["2026-12-10T09:00 Visite d’entrepôt CONFIRMED", "2026-12-11T10:00 Visite d’entrepôt CONFIRMED",
            "2026-12-11T10:00 Visite d’entrepôt CANCELLED"];
        foreach (var (file, line) in files[1..].Zip(expected))
        {
            await khal.ImportAsync(await File.ReadAllTextAsync(file + ".ics", Cancellation));
            Assert.Equal([line], (await khal.ListAsync("{start-date-long}T{start-time} {title} {status}", "2026-12-01", "2026-12-31"))
                .Select(listed => listed.Trim()));
        }
    }
}
