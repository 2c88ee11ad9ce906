using Microsoft.Playwright;

namespace Interclustering.BrowserTests;

/// <summary>Debian's Chromium, driven by Playwright; nothing is downloaded.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;
    private readonly List<(string? Test, IBrowserContext Context)> open = [];

    public async ValueTask InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
                    "--disable-sync",
                "--no-first-run",
                // A page that is not in front would get less of the processor than everything else.
                "--disable-renderer-backgrounding", "--disable-backgrounding-occluded-windows",
            ],
        });
    }

    /// <summary>Opens a page as a visitor of its own, and closes those of earlier tests: an open page goes on working.</summary>
    public async Task<IPage> OpenAsync(int width, ColorScheme scheme = ColorScheme.Light, bool script = true)
    {
        var test = TestContext.Current.Test?.UniqueID;
        foreach (var earlier in open.Where(one => one.Test != test).ToList())
        {
            await earlier.Context.CloseAsync();
            open.Remove(earlier);
        }

        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = scheme,
            JavaScriptEnabled = script,
            ReducedMotion = ReducedMotion.Reduce,
        });
        open.Add((test, context));
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(120_000);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
