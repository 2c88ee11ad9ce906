using System.ComponentModel;
using System.Reflection;
using Interclustering.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Interclustering.Hub.Api;

/// <summary>The OpenAPI document: its title, the order of use, the agenda's filter once for all operations, and the records.</summary>
public static class ApiDescription
{
    public const string Publications = "Publications", Search = "Search", Vocabulary = "Vocabulary", Feeds = "Calendars and feeds",
        OfCluster = "A cluster's own publications", Federation = "Federation";

    /// <summary>Tags in order of use.</summary>
    public static IReadOnlyList<string> Tags { get; } = [Publications, Search, Vocabulary, Feeds, OfCluster, Federation];

    private const string Time = "RFC 3339 with the offset of timeZone, 2026-11-23T11:00:00+01:00, or a date for all-day.";

    private static readonly IReadOnlyList<(string Name, string Description, bool IsRepeatable)> Filter =
    [
        .. typeof(FilterQuery).GetProperties().Select(property => (
            property.GetCustomAttribute<FromQueryAttribute>()!.Name!, property.GetCustomAttribute<DescriptionAttribute>()!.Description,
            property.PropertyType.IsArray)),
    ];

    public static OpenApiOptions DescribeApi(this OpenApiOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.AddDocumentTransformer(DescribeAsync);
    }

    /// <summary>Says that an address takes the agenda's filter, which it reads from the request itself.</summary>
    /// <param name="endpoint">Whose handler does.</param>
    /// <param name="others">What it also takes.</param>
    public static RouteHandlerBuilder TakesFilter(this RouteHandlerBuilder endpoint, params (string Name, string Description)[] others) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            var own = operation.Parameters ?? [];
            operation.Parameters =
            [
                .. Filter.Where(filter => own.All(parameter => parameter.Name != filter.Name))
                    .Select(filter => Parameter(filter.Name, filter.Description, filter.IsRepeatable)),
                .. own,
                .. others.Select(other => Parameter(other.Name, other.Description, isRepeatable: false)),
            ];
            return Task.CompletedTask;
        });

    /// <summary>A value that can be asked for as it stands.</summary>
    public static RouteHandlerBuilder ParameterExample(this RouteHandlerBuilder endpoint, string name, string value) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>().Where(one => one.Name == name))
            {
                parameter.Example = value;
            }

            return Task.CompletedTask;
        });

    private static async Task DescribeAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Interclustering API v1",
            Version = "1",
            Description = "Everything that the national site shows, without a key or an account. Under /en labels are in English. A "
                + "parameter that is not known is answered 400, also one that a campaign or a cache adds (utm_source, fbclid); calendars "
                + "and feeds leave it aside. Times carry their offset (RFC 3339), whole days are dates.",
        };
        document.Tags = new HashSet<OpenApiTag>(Tags.Select(tag => new OpenApiTag { Name = tag }));
        var ordered = new OpenApiPaths();
        foreach (var (path, item) in document.Paths.OrderBy(pair => PlaceOf(pair.Value)))
        {
            ordered.Add(path, item);
        }

        document.Paths = ordered;
        foreach (var (name, description, isRepeatable) in Filter)
        {
            document.AddComponent(name, Parameter(name, description, isRepeatable));
        }

        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations!.Values))
        {
            operation.Parameters = operation.Parameters is null ? null : [.. operation.Parameters.Select(each => Shared(each, document))];
        }

        await AddRecordsAsync(document, context, cancellation);
        foreach (var schema in document.Components?.Schemas?.Values ?? [])
        {
            Tidy(schema);
        }
    }

    private static int PlaceOf(IOpenApiPathItem path) =>
        Tags.TakeWhile(tag => tag != path.Operations?.Values.FirstOrDefault()?.Tags?.FirstOrDefault()?.Name).Count();

    /// <summary>What means the same everywhere is said once. No query parameter has to be given.</summary>
    private static IOpenApiParameter Shared(IOpenApiParameter parameter, OpenApiDocument document)
    {
        if (parameter is OpenApiParameter { In: ParameterLocation.Query } own)
        {
            own.Required = false;
            if (own.Example is null && Filter.Any(filter => filter.Name == own.Name && filter.Description == own.Description))
            {
                return new OpenApiParameterReference(own.Name!, document);
            }
        }

        return parameter;
    }

    private static OpenApiParameter Parameter(string name, string description, bool isRepeatable) => new()
    {
        Name = name,
        In = ParameterLocation.Query,
        Description = description,
        Schema = isRepeatable
            ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } }
            : new OpenApiSchema { Type = JsonSchemaType.String },
    };

    /// <summary>What stands in <c>publication</c>: the contracts' records as <see cref="RecordView"/> changes them.</summary>
    private static async Task AddRecordsAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        if (document.Components?.Schemas?.TryGetValue(nameof(PublicationView), out var view) != true
            || view?.Properties?["publication"] is not OpenApiSchema publication)
        {
            return;
        }

        document.AddComponent(nameof(PersonView), await context.GetOrCreateSchemaAsync(typeof(PersonView), null, cancellation));
        // An event is also what a webinar is without its own fields.
        publication.AnyOf = [];
        foreach (var type in (Type[])[typeof(Event), typeof(Webinar), typeof(BestPractice), typeof(MembersView)])
        {
            var record = await context.GetOrCreateSchemaAsync(type, null, cancellation);
            Adjust(record, document);
            document.AddComponent(type.Name, record);
            publication.AnyOf.Add(new OpenApiSchemaReference(type.Name, document));
        }
    }

    private static void Adjust(OpenApiSchema record, OpenApiDocument document)
    {
        record.Properties?.Remove(RecordView.Nonce);
        record.Required?.Remove(RecordView.Nonce);
        foreach (var field in RecordView.OfPeople.Where(field => record.Properties?.ContainsKey("language") == true
            && record.Properties.ContainsKey(field)))
        {
            var person = new OpenApiSchemaReference(nameof(PersonView), document);
            record.Properties![field] = field is "speakers" or "contacts"
                ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = person } : person;
        }

        if (record.Properties?.TryGetValue("sessions", out var sessions) == true && sessions.Items is { Properties: { } session })
        {
            session["start"].Description = Time;
            session["end"].Description = "In the form of start; exclusive, so an all-day session of one day ends on the next day.";
            record.Properties["previousStart"].Description = "Where it was rescheduled or postponed: the start before, in their form.";
            record.Properties["timeZone"].Description = "IANA name of the zone whose offset its times carry.";
            if (record.Properties["recurrence"].Properties?.TryGetValue("except", out var except) == true)
            {
                except.Description = "Starts that don't take place, as sessions have them.";
            }
        }
    }

    /// <summary>What may be null may be absent. Lines of a comment are no lines of a description.</summary>
    private static void Tidy(IOpenApiSchema? schema)
    {
        if (schema is not OpenApiSchema own)
        {
            return;
        }

        own.Description = own.Description is null ? null
            : string.Join(' ', own.Description.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Tidy(own.Items);
        foreach (var (name, property) in own.Properties ?? new Dictionary<string, IOpenApiSchema>())
        {
            Tidy(property);
            if (property.Type?.HasFlag(JsonSchemaType.Null) == true)
            {
                own.Required?.Remove(name);
            }
        }
    }
}
