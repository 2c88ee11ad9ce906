using System.Text.RegularExpressions;
using Interclustering.Contracts;
using Interclustering.Federation.Bus;

namespace Interclustering.Server.BrokerPermissions;

/// <summary>
/// Whether the broker is the boundary that it has to be: each participant reads its own queue and writes under its own name, and nothing
/// else. Patterns are tried on names, never compared as texts: many texts mean the same, and a small difference may open everything.
/// </summary>
internal static class BrokerRights
{
    public const string VirtualHost = "interclustering";
    private const string Hub = FederationDirectory.HubCode;
    private const string Journal = FederationBus.Exchange;
    private const int Shown = 3;
    private const string Import =
        $"Import the definitions again, which changes no password: {BrokerTopology.Print}, then {BrokerTopology.Import}";

    // "amq.default" stands for the exchange without a name, which leads past every binding.
    private static readonly string[] BrokersOwn =
        ["amq.default", "amq.direct", "amq.fanout", "amq.headers", "amq.match", "amq.topic", "amq.rabbitmq.trace", "amq.rabbitmq.log",
            "amq.gen-x1"];

    private static readonly string[] QueueKinds = ["all", "queues", "quorum_queues"];

    public static IReadOnlyList<BrokerFinding> Check(BrokerDefinitions definitions)
    {
        var here = definitions.In(VirtualHost);
        return [.. Users(here), .. Permissions(here), .. TopicPermissions(here), .. Exchange(here), .. Queues(here), .. Bindings(here)];
    }

    /// <summary>Who has a permission in the virtual host.</summary>
    public static IReadOnlyList<string> Participants(BrokerDefinitions definitions) =>
        [.. definitions.In(VirtualHost).Permissions.Select(permission => permission.User).Distinct()];

    private static IEnumerable<BrokerFinding> Users(BrokerDefinitions here)
    {
        var participants = Participants(here);
        if (!participants.Contains(Hub))
        {
            yield return new(Hub, $"has no permission in the virtual host {VirtualHost}", Import);
        }

        foreach (var user in here.Users)
        {
            if (user.Name == "guest")
            {
                yield return new(user.Name, "exists, and its password is publicly known", "Delete it: rabbitmqctl delete_user guest");
            }

            if (participants.Contains(user.Name) && user.TagNames.Count > 0)
            {
                yield return new(
                    user.Name, $"has the tags {string.Join(", ", user.TagNames)}",
                        $"Take them away: rabbitmqctl set_user_tags {user.Name}");
            }
        }
    }

    private static IEnumerable<BrokerFinding> Permissions(BrokerDefinitions here)
    {
        var names = Names(here);
        return here.Permissions.SelectMany(permission =>
        {
            var own = QueueOf(permission.User);
            string[] mine = [own], writable = [Journal, own];
            return (IEnumerable<BrokerFinding>)
            [
                .. Try(permission.User, "configure", permission.Configure, names, mine, mine.Contains),
                .. Try(permission.User, "write", permission.Write, names, writable, writable.Contains),
                .. Try(permission.User, "read", permission.Read, names, mine, mine.Contains),
            ];
        });
    }

    private static IEnumerable<BrokerFinding> TopicPermissions(BrokerDefinitions here)
    {
        var participants = Participants(here);
        string[] clusters = [.. participants.Where(user => user != Hub)];
        var keys = Keys(participants);
        foreach (var user in participants)
        {
            string[] writes = user == Hub ? [.. clusters.Select(cluster => $"{Hub}.{cluster}")] : [$"{user}.{Hub}"];
            string[] reads = user == Hub ? [.. clusters.Select(cluster => $"{cluster}.{Hub}")] : [$"{Hub}.{user}"];
            var given = here.TopicPermissions.Where(permission => permission.User == user && permission.Exchange == Journal).ToList();
            if (given.Count == 0)
            {
                yield return new(
                    user, $"has no topic permission on {Journal}, so that it may write under every name",
                    $"Give it one: rabbitmqctl set_topic_permissions -p {VirtualHost} {user} {Journal} '{Exactly(writes)}' "
                        + $"'{Exactly(reads)}'");
            }

            foreach (var permission in given)
            {
                foreach (var finding in (IEnumerable<BrokerFinding>)
                [
                    .. Try(user, $"write on {Journal}", Expand(permission.Write, user), keys, writes, key =>
                        user == Hub ? IsFromHub(key) : writes.Contains(key)),
                    .. Try(user, $"read on {Journal}", Expand(permission.Read, user), keys, reads, key =>
                        user == Hub ? IsToHub(key) : reads.Contains(key)),
                ])
                {
                    yield return finding;
                }
            }
        }
    }

    private static IEnumerable<BrokerFinding> Exchange(BrokerDefinitions here)
    {
        if (here.Exchanges.FirstOrDefault(exchange => exchange.Name == Journal) is not { Type: "topic", Durable: true, AutoDelete: false })
        {
            yield return new(Journal, "is not a durable topic exchange that stays",
                $"Delete what stands in its place. {Import}");
        }
    }

    private static IEnumerable<BrokerFinding> Queues(BrokerDefinitions here)
    {
        var owned = Participants(here).Select(QueueOf).ToList();
        foreach (var missing in owned.Except(here.Queues.Select(queue => queue.Name)))
        {
            yield return new(missing, "does not exist", Import);
        }

        foreach (var queue in here.Queues)
        {
            if (!owned.Contains(queue.Name))
            {
                yield return new(queue.Name, "is no participant's queue", "Delete it, or give its owner a permission");
            }

            if (!queue.Durable || !queue.Has("x-queue-type", "quorum"))
            {
                yield return new(queue.Name, "is not a quorum queue: what it holds is lost with one broker",
                    $"Delete it. {Import}");
            }

            if (!queue.Has("x-single-active-consumer", "true"))
            {
                yield return new(
                    queue.Name, "has no single active consumer: two processes of one identity would share its messages",
                    $"Delete it. {Import}");
            }

            // Of several policies the one of highest priority counts, whole.
            var policies = here.Policies.Where(policy => QueueKinds.Contains(policy.ApplyTo) && AppliesTo(policy, queue.Name)).ToList();
            var effective = policies.Where(policy => policy.Priority == policies.Max(other => other.Priority)).ToList();
            foreach (var limit in (string[])["max-length", "message-ttl"])
            {
                if (effective.Count == 0 || effective.Exists(policy => !policy.Limits(limit)))
                {
                    yield return new(
                        queue.Name, $"has no {limit} by {(effective.Count == 0 ? "any policy" : $"the policy {effective[0].Name}")}: a "
                            + $"long absence would fill the broker",
                        $"Set it: rabbitmqctl set_policy -p {VirtualHost} --apply-to queues … (`infra definitions` prints it)");
                }
            }
        }
    }

    private static IEnumerable<BrokerFinding> Bindings(BrokerDefinitions here) => here.Bindings.Where(binding => binding.Source == Journal)
        .Where(binding => binding.DestinationType != "queue" || BindingKeyOf(binding.Destination) != binding.RoutingKey)
        .Select(binding => new BrokerFinding(
            binding.Destination, $"is bound to {Journal} with \"{binding.RoutingKey}\"",
                $"Take the binding away; its own is \"{BindingKeyOf(binding.Destination)}\""));

    /// <summary>
    /// Tries a pattern on names that it must not match, among them those that it spells itself, and on those that it must.
    /// </summary>
    private static IEnumerable<BrokerFinding> Try(
        string user, string right, string pattern, IReadOnlyList<string> names, IReadOnlyList<string> needed, Func<string, bool> mayMatch)
    {
        var subject = $"{user}: {right} \"{pattern}\"";
        var remedy = $"Set it to \"{Exactly(needed)}\"";
        List<string> others, missing;
        try
        {
            // To the broker an empty pattern means nothing, where a regular expression means everything.
            var tried = new NamePattern(pattern.Length == 0 ? "^$" : pattern);
            others = [.. names.Concat(tried.Spelled).Distinct().Where(name => !mayMatch(name) && tried.Matches(name))];
            missing = [.. needed.Where(name => !tried.Matches(name))];
        }
        catch (Exception exception) when (exception is ArgumentException or RegexMatchTimeoutException)
        {
            return [new BrokerFinding(subject, "can't be evaluated", remedy)];
        }

        return
        [
            .. others.Count > 0 ? [new BrokerFinding(subject, $"also allows {Some(others)}", remedy)] : (BrokerFinding[])[],
            .. missing.Count > 0 ? [new BrokerFinding(subject, $"does not allow {Some(missing)}", remedy)] : (BrokerFinding[])[],
        ];
    }

    private static bool AppliesTo(BrokerPolicy policy, string name)
    {
        try
        {
            return new NamePattern(policy.Pattern).Matches(name);
        }
        catch (Exception exception) when (exception is ArgumentException or RegexMatchTimeoutException)
        {
            return false;
        }
    }

    /// <summary>Queues and exchanges that exist or may, and what a careless pattern would take for one of them.</summary>
    private static List<string> Names(BrokerDefinitions here)
    {
        var known = here.Queues.Select(queue => queue.Name).Concat(here.Exchanges.Select(exchange => exchange.Name))
            .Concat(Participants(here).Select(QueueOf)).Append(Journal).Append(QueueOf("another")).Distinct().ToList();
        return [.. known, .. known.SelectMany(Near), .. BrokersOwn, "anything", "a", "0"];
    }

    private static List<string> Keys(IReadOnlyList<string> participants)
    {
        string[] codes = [.. participants, Hub, "another"];
        var known = codes.SelectMany(from => codes.Select(to => $"{from}.{to}")).Distinct().ToList();
        return [.. known, .. known.SelectMany(Near), .. codes, "anything", "a", "#", "*", "*.hub", "hub.*", "hub.#", ".hub", "hub."];
    }

    private static IEnumerable<string> Near(string name) =>
    [
        $"x{name}", $"x.{name}", $"{name}2", $"{name}.more", $"{name}_error", $"{name}_skipped", name.Replace('.', '-'),
            name.ToUpperInvariant(),
    ];

    private static bool IsFromHub(string key) => key.Split('.') is [Hub, { Length: > 0 } to] && IsCode(to);

    private static bool IsToHub(string key) => key.Split('.') is [{ Length: > 0 } from, Hub] && IsCode(from);

    private static bool IsCode(string word) => word.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter));

    private static string QueueOf(string user) => $"ic.cmd.{user}";

    private static string BindingKeyOf(string queue) =>
        queue == QueueOf(Hub) ? $"*.{Hub}" : $"{Hub}.{queue.Replace("ic.cmd.", "", StringComparison.Ordinal)}";

    /// <summary>In topic permissions the broker puts the user's name and the virtual host's for these.</summary>
    private static string Expand(string pattern, string user) => pattern
        .Replace("{username}", user, StringComparison.Ordinal).Replace("{vhost}", VirtualHost, StringComparison.Ordinal);

    private static string Exactly(IReadOnlyList<string> names) =>
        names.Count == 1 ? $"^{Regex.Escape(names[0])}$" : $"^({string.Join('|', names.Select(Regex.Escape))})$";

    private static string Some(List<string> names) =>
        string.Join(", ", names.Take(Shown)) + (names.Count > Shown ? $" and {names.Count - Shown} more" : "");
}
