using Interclustering.Contracts;
using Interclustering.Hub.Items;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Hub.About;

/// <summary>Who is behind the site, what it knows of people, who can use it, and whom to write to.</summary>
public static class AboutPages
{
    /// <summary>Not kept by position as the other pages are: they change with the settings.</summary>
    public static void MapAbout(this IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapGroup("").ShareAnswer().ExcludeFromDescription();
        pages.MapGet("/qui-sommes-nous", (SitePublisher publisher, FederationDirectory directory) =>
            Show<WhoWeArePage>(T["Qui sommes-nous"], publisher, (nameof(WhoWeArePage.Directory), directory)));
        pages.MapGet("/mentions-legales", (SitePublisher publisher) => Show<LegalNoticePage>(T["Mentions légales"], publisher));
        pages.MapGet("/donnees-personnelles", (SitePublisher publisher) => Show<PersonalDataPage>(T["Données personnelles"], publisher));
        pages.MapGet("/accessibilite", (SitePublisher publisher) => Show<AccessibilityPage>(T["Accessibilité"], publisher));
        pages.MapGet("/contact", (SitePublisher publisher, FederationDirectory directory) =>
            Show<ContactPage>(T["Contact"], publisher, (nameof(ContactPage.Directory), directory)));
    }

    private static IResult Show<TPage>(string title, SitePublisher publisher, params IEnumerable<(string Name, object? Value)> more)
        where TPage : IComponent => Pages.Of<TPage>(
            title, null,
            new(more.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value)))
            {
                [nameof(ContactPage.Publisher)] = publisher
            },
            card: new());
}
