using ComposeLab.Api.Database;
using ComposeLab.Api.Endpoints;
using ComposeLab.Api.Profiles;

namespace ComposeLab.Api.Hosting;

/// <summary>Builds the service and runs it until it is stopped.</summary>
internal static class ApiHost
{
    /// <summary>The time for active requests after SIGTERM. It is shorter than the grace period in compose.yaml.</summary>
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(10);

    /// <summary>Runs the service. It starts without a database; an invalid setting stops it immediately with one line that says what was expected.</summary>
    /// <param name="args">The program's arguments, passed to ASP.NET Core's configuration.</param>
    /// <returns>The exit code: 0 after a normal stop, 1 when a setting is malformed.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        JsonLogs.Use(builder.Logging);

        DatabaseSettings settings;
        try
        {
            settings = DatabaseSettings.Read(Environment.GetEnvironmentVariable);
        }
        catch (SettingException fault)
        {
            JsonLogs.WriteStartFault(fault);
            return 1;
        }

        var connections = new ConnectionLimit();
        builder.WebHost.ConfigureKestrel(connections.Configure);
        builder.Services.AddSingleton(settings).AddSingleton<DatabaseLog>().AddSingleton<DatabaseProbe>().AddHostedService<SelfCheck>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = DrainLimit);
        builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default));
        ApiProfile.AddServices(builder.Services);

        await using var app = builder.Build();
        app.Use(next => context => connections.TrackAsync(context, next));
        app.MapLabEndpoints();
        ApiProfile.Map(app);
        await app.RunAsync();
        return 0;
    }
}
