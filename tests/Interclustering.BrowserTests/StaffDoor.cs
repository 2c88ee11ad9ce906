using System.Text.RegularExpressions;
using Interclustering.Testing.Servers;
using Microsoft.Playwright;

namespace Interclustering.BrowserTests;

/// <summary>Into a workspace of the embedded server, with the password that its start has printed.</summary>
internal static partial class StaffDoor
{
    public static async Task<IPage> EnterAsync(
        Chromium chromium, EmbeddedServer server, int width, ColorScheme scheme = ColorScheme.Light, bool script = true,
            string cluster = "lsn")
    {
        var password = Password().Match(await LogAsync(server)).Groups[1].Value;
        var page = await chromium.OpenAsync(width, scheme, script);
        await page.GotoAsync(server.Http.BaseAddress + $"espace/{cluster}");
        await page.FillAsync("#email", $"equipe@{cluster}.example");
        await page.FillAsync("#password", password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync($"**/espace/{cluster}");
        return page;
    }

    private static async Task<string> LogAsync(EmbeddedServer server)
    {
        await using var file = new FileStream(server.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return await reader.ReadToEndAsync();
    }

    [GeneratedRegex(@"Password\s+(\S+)")]
    private static partial Regex Password();
}
