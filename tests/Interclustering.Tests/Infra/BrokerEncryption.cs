using Interclustering.Federation.Bus;
using Interclustering.Server.Configuration;
using Microsoft.Extensions.Configuration;

namespace Interclustering.Tests.Infra;

/// <summary>Plain text to a broker has to be asked for, unless it stays on the machine.</summary>
public sealed class BrokerEncryption
{
    [Theory]
    [InlineData("localhost", null, false, 5672)]
    [InlineData("LOCALHOST", null, false, 5672)]
    [InlineData("127.0.0.1", null, false, 5672)]
    [InlineData("127.1.2.3", null, false, 5672)]
    [InlineData("::1", null, false, 5672)]
    [InlineData("[::1]", null, false, 5672)]
    [InlineData("localhost", "true", true, 5671)]
    [InlineData("localhost, 127.0.0.1:5673", null, false, 5672)]
    [InlineData("localhost, b.example", null, true, 5671)]
    [InlineData("broker", "false", false, 5672)]
    [InlineData("broker", null, true, 5671)]
    [InlineData("broker.example.org", null, true, 5671)]
    [InlineData("localhost.example.org", null, true, 5671)]
    [InlineData("10.0.0.1", null, true, 5671)]
    [InlineData("0.0.0.0", null, true, 5671)]
    [InlineData("2001:db8::1", null, true, 5671)]
    public void The_way_to_the_broker_is_encrypted_unless_it_is_on_this_machine_or_it_is_told(
        string host, string? setting, bool encrypted, int port)
    {
        var bus = Read(new() { ["Bus:Host"] = host, ["Bus:Tls"] = setting }).Bus;
        Assert.Equal((encrypted, port), (bus.Tls, bus.Port));
    }

    [Fact]
    public void Several_brokers_have_each_a_port_of_their_own_or_that_of_all() => Assert.Equal(
        [new BrokerNode("a.example", 5671), new BrokerNode("b.example", 5673), new BrokerNode("[::1]", 5674)],
        Read(new() { ["Bus:Host"] = "a.example, b.example:5673, [::1]:5674" }).Bus.Nodes);

    [Fact]
    public void A_port_that_is_given_counts() =>
        Assert.Equal(5999, Read(new() { ["Bus:Host"] = "broker", ["Bus:Port"] = "5999" }).Bus.Port);

    [Fact]
    public void What_is_neither_true_nor_false_stops_the_start() =>
        Assert.Throws<WrongSettingException>(() => Read(new() { ["Bus:Host"] = "broker", ["Bus:Tls"] = "no" }));

    private static ServerSettings Read(Dictionary<string, string?> bus)
    {
        bus["Roles"] = "bsc";
        bus["Bus:Transport"] = "rabbitmq";
        bus["Bus:Password"] = "a-password";
        return SettingsReader.Read(new ConfigurationBuilder()
            .AddInMemoryCollection(bus.Select(pair => KeyValuePair.Create($"Interclustering:{pair.Key}", pair.Value))).Build());
    }
}
