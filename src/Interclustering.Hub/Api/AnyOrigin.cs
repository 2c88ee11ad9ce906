using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Hub.Api;

/// <summary>Scripts of every site may read what is public. They send no cookies, so they see nothing more.</summary>
internal static class AnyOrigin
{
    public const string Policy = "every site";

    public static void AddEverySite(this IServiceCollection services) => services.AddCors(options => options.AddPolicy(
        Policy, new CorsPolicyBuilder().AllowAnyOrigin().WithMethods("GET", "HEAD").AllowAnyHeader()
            .WithExposedHeaders("ETag", "Retry-After").Build()));
}
