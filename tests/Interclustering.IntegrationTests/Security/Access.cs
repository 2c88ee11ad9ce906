using Interclustering.Files;
using Interclustering.Node.Tokens;
using Interclustering.Node.Workspace;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.StaticAssets;

namespace Interclustering.IntegrationTests.Security;

/// <summary>Who may ask for an endpoint, as it says itself; or, where it says nothing, as <see cref="Public"/> lists it.</summary>
internal abstract record Access
{
    /// <summary>Public endpoints. A new line here is a decision: what is neither here nor marked makes the tests fail.</summary>
    private static readonly string[] Public =
    [
        // The national site.
        "GET /", "GET /agenda", "GET /agenda/carte", "GET /agenda/mois", "GET /agenda.csv", "GET /agenda.jscal.json",
        "GET /agenda/{month}", "GET /agenda/{week}",
        "GET /evenements/{id}.ics", "GET /evenements/{id}/{slug?}", "GET /ressources", "GET /ressources/{id}/{slug?}",
        "GET,HEAD /fichiers/{sha256}/{name}", "GET /recherche", "GET /recherche/suggestions", "GET /clusters", "GET /clusters/{code}",
            "GET /themes", "GET /themes/{theme}",
        "GET /abonnement", "GET /agenda.ics", "GET /agenda.rss", "GET /agenda.atom", "GET /agenda.json",
        "GET /ressources.rss", "GET /ressources.atom", "GET /ressources.json",
        "GET /integrer", "GET /embed/agenda", "GET /embed/agenda.json", "GET /embed/interclustering.js",
        "GET /embed/publication/{id}", "GET /embed/frame.js", "GET /embed/height.js", "GET /oembed",
        "GET /qui-sommes-nous", "GET /mentions-legales", "GET /donnees-personnelles", "GET /accessibilite", "GET /contact",
        "GET /sitemap.xml", "GET /sitemap-{part}.xml", "GET /robots.txt", "GET /.well-known/security.txt", "GET /clusters.css",
        "GET /partage/site.png", "GET /partage/publications/{id}.png", "GET /partage/clusters/{code}.png",
        "GET /partage/themes/{theme}.png",
        "GET /favicon.ico", "GET /apple-touch-icon.png", "GET /icon-192.png", "GET /icon-512.png", "GET /site.webmanifest",
        // Style sheets, scripts and pictures that the build put there.
        "GET,HEAD /{**path}",
        // What a cluster's team is about to publish: the address holds a secret of 128 bits or more, for half an hour.
        "GET /apercu/{token}", "GET /apercu/{token}/integration",
        // What a calendar program of a member reads: the address holds a secret of 256 bits, until it is replaced or removed.
        "GET /espace/{node}/calendrier/{secret}.ics",
        // The run of a joint webinar for its speakers: the address is sealed by the server, and ends with the day.
        "GET /espace/{node}/jour-j/{token}",
        // What a mail program of a member turns off (RFC 8058): the address holds a signed token, and opens nothing else.
        "GET /espace/{node}/desabonnement/{token}", "POST /espace/{node}/desabonnement/{token}",
        // How people register for an event with a cluster: a form without a session, and by a signed token one's own registration alone.
        "GET /inscription/{id}", "GET /espace/{node}/inscription/{id}", "POST /espace/{node}/inscription/{id}",
        "GET /espace/{node}/inscription/{id}/envoyee", "GET /espace/{node}/mon-inscription/{token}",
        "POST /espace/{node}/mon-inscription/{token}",
        // The public API and its description.
        "GET /api", "GET /api/reference", "GET /api/v1/publications", "GET /api/v1/publications/{id}", "GET /api/v1/search",
        "GET /api/v1/clusters", "GET /api/v1/filters", "GET /api/v1/themes",
        "GET /openapi/{documentName}.json", "GET /scalar", "GET /scalar/{documentName?}",
        "GET /scalar/scalar.js", "GET /scalar/favicon.svg", "GET /scalar/scalar.aspnetcore.js",
        // How the federation is doing: positions and hashes, no content.
        "GET /api/v1/federation/{code}", "GET /api/v1/federation/{code}/readers", "GET /etat",
        "ANY /healthz/live", "ANY /healthz/ready",
        // The ways in and out.
        "GET /espace", "GET /espace/{node}/connexion", "POST /espace/{node}/connexion",
        "POST /espace/{node}/connexion/cle/options", "POST /espace/{node}/connexion/cle", "POST /espace/{node}/connexion/code",
        "GET /espace/{node}/mot-de-passe-oublie", "POST /espace/{node}/mot-de-passe-oublie",
        "GET /espace/{node}/invitation/{secret}", "POST /espace/{node}/invitation/{secret}",
        "GET /espace/{node}/mot-de-passe/{secret}", "POST /espace/{node}/mot-de-passe/{secret}",
        "GET /etat/connexion", "POST /etat/connexion", "POST /etat/connexion/cle/options", "POST /etat/connexion/cle",
            "POST /etat/connexion/code",
    ];

    /// <summary>Null where nothing says who may come.</summary>
    public static Access? Of(RouteEndpoint endpoint)
    {
        var metadata = endpoint.Metadata;
        var schemes = metadata.GetOrderedMetadata<AuthorizationPolicy>().SelectMany(policy => policy.AuthenticationSchemes).ToList();
        var node = metadata.GetMetadata<NodeRoute>()?.Code;
        return metadata.GetMetadata<NeedsSignature>() is not null ? new OfSignature()
            : metadata.GetMetadata<NeedsScope>() is { } scope ? new OfToken(scope.Scope)
            : schemes.Contains("operators") ? new OfOperator()
            : metadata.GetMetadata<NeedsRole>() is { } needed ? new OfMember(needed.Role)
            : node is not null && schemes.Contains(NodeInstance.SchemeOf(node)) ? new OfMember(null)
            : metadata.GetMetadata<StaticAssetDescriptor>() is not null || Public.Contains(NameOf(endpoint))
                ? new OfEverybody(metadata.GetMetadata<IHttpMethodMetadata>() is not null
                    && metadata.GetMetadata<IAntiforgeryMetadata>()?.RequiresValidation != false)
            : null;
    }

    /// <summary>Methods and route, the cluster and the parameters' constraints left out.</summary>
    public static string NameOf(RouteEndpoint endpoint)
    {
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods;
        var route = PathOf(endpoint, parameter => parameter switch
        {
            { IsCatchAll: true } => $"{{**{parameter.Name}}}",
            { IsOptional: true } => $"{{{parameter.Name}?}}",
            _ => $"{{{parameter.Name}}}",
        });
        var code = endpoint.Metadata.GetMetadata<NodeRoute>()?.Code;
        return (methods is { Count: > 0 } ? string.Join(',', methods) : "ANY") + " "
            + (code is null ? route : route.Replace($"/espace/{code}", "/espace/{node}", StringComparison.Ordinal));
    }

    /// <summary>A route as an address.</summary>
    public static string PathOf(RouteEndpoint endpoint, Func<RoutePatternParameterPart, string> value) =>
        "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            RoutePatternParameterPart parameter => value(parameter),
            _ => "",
        }))));

    /// <summary>Whether an actor is let in.</summary>
    public bool Admits(Actor actor, string method)
    {
        var reads = HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
        return this switch
        {
            // Every public form stands on a page of ours, too.
            OfEverybody all => reads || !actor.Forges || !all.TakesForms,
            OfMember needed => actor is { Kind: ActorKind.Member, Cluster: "bsc" } && (reads || !actor.Forges)
                && StaffRoles.Reaches(actor.Right, needed.Role ?? (reads ? StaffRoles.Reader : StaffRoles.Editor)),
            OfOperator => actor.Kind == ActorKind.Operator && (reads || !actor.Forges),
            OfToken needed => actor is { Kind: ActorKind.Token, Cluster: "bsc" } && TokenScopes.Reaches(actor.Right!, needed.Scope),
            _ => false,
        };
    }

    /// <param name="TakesForms">
    /// False where the method does not matter, as nothing is read from the request, and where it need not come from a page of ours.
    /// </param>
    internal sealed record OfEverybody(bool TakesForms) : Access;

    /// <param name="Role">Null: readers read, editors write.</param>
    internal sealed record OfMember(string? Role) : Access;

    internal sealed record OfOperator : Access;

    internal sealed record OfToken(string Scope) : Access;

    internal sealed record OfSignature : Access;
}

internal enum ActorKind
{
    Anonymous,
    Member,
    Operator,
    Token,
}

/// <summary>A caller of the server.</summary>
/// <param name="Kind">How the caller is identified.</param>
/// <param name="Cluster">Of a member or a token.</param>
/// <param name="Right">The role of a member, the scope of a token.</param>
/// <param name="Forges">Signed in, and made to send forms by another site: without the token of our page.</param>
internal sealed record Actor(ActorKind Kind, string? Cluster = null, string? Right = null, bool Forges = false)
{
    public static IReadOnlyList<Actor> All { get; } =
    [
        new(ActorKind.Anonymous),
        .. from cluster in (string[])["bsc", "lsn"] from role in StaffRoles.All select new Actor(ActorKind.Member, cluster, role),
        new(ActorKind.Member, "bsc", StaffRoles.Administrator, Forges: true),
        new(ActorKind.Operator),
        new(ActorKind.Operator, Forges: true),
        .. from cluster in (string[])["bsc", "lsn"] from scope in TokenScopes.All select new Actor(ActorKind.Token, cluster, scope),
    ];

    public override string ToString() => $"{Kind} {Cluster} {Right}{(Forges ? " without a form's token" : "")}";
}
