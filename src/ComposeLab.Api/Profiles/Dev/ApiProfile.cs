using Scalar.AspNetCore;

namespace ComposeLab.Api.Profiles;

/// <summary>The dev profile: describes the endpoints at <c>/openapi/v1.json</c>; <c>/docs</c> is a page to try them.</summary>
internal static class ApiProfile
{
    /// <summary>The profile's name.</summary>
    public const string Name = "dev";

    /// <summary>Adds the OpenAPI document.</summary>
    /// <param name="services">The host's services.</param>
    public static void AddServices(IServiceCollection services) => services.AddOpenApi(options =>
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "ComposeLab API";
            return Task.CompletedTask;
        }));

    /// <summary>Adds the document and the page.</summary>
    /// <param name="app">The application.</param>
    public static void Map(WebApplication app)
    {
        app.MapOpenApi();
        // Everything comes from this service: the page works without the internet, and sends no tracking requests.
        app.MapScalarApiReference("/docs", options => options
            .WithTitle("ComposeLab API")
            .DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp().HideDeveloperTools().HideClientButton());
    }
}
