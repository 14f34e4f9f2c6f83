namespace ComposeLab.Api.Profiles;

/// <summary>The prod profile: only the service.</summary>
internal static class ApiProfile
{
    /// <summary>The profile's name.</summary>
    public const string Name = "prod";

    /// <summary>Adds nothing.</summary>
    /// <param name="services">The host's services.</param>
    public static void AddServices(IServiceCollection services)
    {
    }

    /// <summary>Adds nothing.</summary>
    /// <param name="app">The application.</param>
    public static void Map(WebApplication app)
    {
    }
}
