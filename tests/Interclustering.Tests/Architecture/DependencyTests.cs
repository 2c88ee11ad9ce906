using System.Reflection;
using System.Xml.Linq;
using Interclustering.Accounts;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Liveness;
using Interclustering.Hub;
using Interclustering.Node;
using Interclustering.Testing;
using Microsoft.Extensions.Hosting;

namespace Interclustering.Tests.Architecture;

public sealed class DependencyTests
{
    private static readonly Assembly Contracts = typeof(JournalEntry).Assembly;
    private static readonly Assembly Hub = typeof(HubContext).Assembly;
    private static readonly Assembly Node = typeof(NodeContext).Assembly;
    private static readonly Assembly Federation = typeof(FederationModel).Assembly;

    [Fact]
    public void Node_and_hub_never_reference_each_other()
    {
        Assert.DoesNotContain(Hub.GetName().Name, References(Node));
        Assert.DoesNotContain(Node.GetName().Name, References(Hub));

        // An unused project reference leaves no trace in the assembly.
        Assert.DoesNotContain("Interclustering.Hub", ProjectText("src", "Interclustering.Node"), StringComparison.Ordinal);
        Assert.DoesNotContain("Interclustering.Node", ProjectText("src", "Interclustering.Hub"), StringComparison.Ordinal);
    }

    [Fact]
    public void Federation_knows_neither_node_nor_hub_nor_pages()
    {
        Assert.Equal(["Interclustering.Contracts"], References(Federation)
            .Where(name => name!.StartsWith("Interclustering.", StringComparison.Ordinal)));
    }

    [Fact]
    public void Accounts_know_neither_node_nor_hub() =>
        Assert.DoesNotContain(References(typeof(Account).Assembly), name => name is "Interclustering.Node" or "Interclustering.Hub"
            or "Interclustering.Federation");

    [Fact]
    public void Background_services_begin_again_after_a_failure()
    {
        var services = new[] { Federation, Hub, Node, typeof(Interclustering.Server.Hosting.Banner).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => typeof(IHostedService).IsAssignableFrom(type) && !type.IsAbstract).ToList();
        Assert.NotEmpty(services);
        Assert.All(services, service => Assert.True(service.IsSubclassOf(typeof(SteadyService)), service.Name));
    }

    [Fact]
    public void Contracts_stand_on_the_base_class_library_alone()
    {
        Assert.All(References(Contracts), name => Assert.StartsWith("System.", name, StringComparison.Ordinal));

        var project = XDocument.Parse(ProjectText("contracts", "Interclustering.Contracts"));
        Assert.DoesNotContain(
            project.Descendants(),
            element => element.Name.LocalName is "PackageReference" or "ProjectReference" or "FrameworkReference" or "Reference");
    }

    [Fact]
    public void MassTransit_stays_on_the_last_free_version()
    {
        var packages = XDocument.Load(Repository.PathTo("Directory.Packages.props")).Descendants("PackageVersion")
            .Where(package => package.Attribute("Include")!.Value.StartsWith("MassTransit", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(packages);
        Assert.All(packages, package => Assert.Equal("[8.5.12]", package.Attribute("Version")!.Value));
    }

    [Fact]
    public void Versions_are_central()
    {
        foreach (var project in Repository.Files(".", "*.csproj"))
        {
            Assert.All(
                XDocument.Load(project).Descendants("PackageReference"),
                package => Assert.True(package.Attribute("Version") is null,
                    $"{project} names a version of {package.Attribute("Include")?.Value}"));
        }
    }

    private static IEnumerable<string?> References(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Select(reference => reference.Name);

    private static string ProjectText(string folder, string name) => File.ReadAllText(Repository.PathTo(folder, name, $"{name}.csproj"));
}
