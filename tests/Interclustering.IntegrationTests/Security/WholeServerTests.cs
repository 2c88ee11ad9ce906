namespace Interclustering.IntegrationTests.Security;

/// <summary>One server for all tests that ask the whole of it: starting it takes longer than asking.</summary>
[CollectionDefinition(Name)]
public sealed class WholeServerTests : ICollectionFixture<WholeServer>
{
    public const string Name = "whole server";
}
