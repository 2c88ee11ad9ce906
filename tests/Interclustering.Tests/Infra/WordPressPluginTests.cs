using System.Diagnostics;
using System.Text.Json;
using Interclustering.Testing;

namespace Interclustering.Tests.Infra;

/// <summary>The plug-in of <c>infra/wordpress</c>, run by PHP where it is at hand (<c>php-cli</c>).</summary>
public sealed class WordPressPluginTests
{
    private const string Interpreter = "/usr/bin/php";
    private static readonly string Plugin = Repository.PathTo("infra", "wordpress", "interclustering-agenda");

    [Fact]
    public void Every_php_file_is_read_without_an_error()
    {
        var files = Repository.Files("infra", "*.php").ToList();
        Assert.NotEmpty(files);
        Assert.All(files, file => Run("-l", file));
    }

    [Fact]
    public void The_block_escapes_what_it_shows_and_keeps_the_last_answer_while_the_hub_is_away() =>
        Assert.Equal("all hold\n", Run(Repository.PathTo("tests", "Interclustering.Tests", "Infra", "WordPress", "plugin_test.php")));

    [Fact]
    public void Visitors_load_a_style_sheet_and_no_script()
    {
        using var block = JsonDocument.Parse(File.ReadAllText(Path.Combine(Plugin, "block.json")));
        var properties = block.RootElement.EnumerateObject().Select(property => property.Name).ToList();
        Assert.Equal("interclustering/agenda", block.RootElement.GetProperty("name").GetString());
        Assert.DoesNotContain(properties, name => name is "script" or "viewScript" or "scriptModule" or "viewScriptModule");
        foreach (var name in (string[])["style", "editorScript"])
        {
            Assert.True(File.Exists(Path.Combine(Plugin, block.RootElement.GetProperty(name).GetString()!["file:./".Length..])));
        }

        Assert.DoesNotContain("<script", File.ReadAllText(Path.Combine(Plugin, "interclustering-agenda.php")), StringComparison.Ordinal);
    }

    private static string Run(params string[] arguments)
    {
        if (!File.Exists(Interpreter))
        {
            const string Reason = $"{Interpreter} is not there (apt-get install php-cli)";
            Console.WriteLine($"skipped: {Reason}");
            Assert.Skip(Reason);
        }

        using var process = Process.Start(new ProcessStartInfo(Interpreter, ["-d", "display_errors=stderr", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', arguments)}: {output}{errors.GetAwaiter().GetResult()}");
        return output;
    }
}
