using Interclustering.BrowserTests;
using Interclustering.Testing.Servers;

// One server and one browser for all classes: each start of them costs as much as several tests.
[assembly: AssemblyFixture(typeof(EmbeddedServer))]
[assembly: AssemblyFixture(typeof(Chromium))]
