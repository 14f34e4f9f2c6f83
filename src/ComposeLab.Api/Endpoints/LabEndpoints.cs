using System.Reflection;
using ComposeLab.Api.Database;
using ComposeLab.Api.Profiles;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ComposeLab.Api.Endpoints;

/// <summary>The service's endpoints, the same in every profile.</summary>
internal static class LabEndpoints
{
    private static readonly ApiMessage Message = new(
        "Hello from the ComposeLab API", ApiProfile.Name, typeof(LabEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion);

    private static readonly Liveness Alive = new("alive");

    /// <summary>Adds the endpoints.</summary>
    /// <param name="application">The application's routes.</param>
    public static void MapLabEndpoints(this IEndpointRouteBuilder application)
    {
        var routes = application.MapGroup("").WithTags("Lab");

        routes.MapGet("/", () => TypedResults.Ok(Message))
            .WithSummary("A message").WithDescription("Answers without touching the database.");

        routes.MapGet("/healthz", () => TypedResults.Ok(Alive))
            .WithSummary("Liveness").WithDescription("Whether the process answers at all. Says nothing about the database.");

        routes.MapGet("/db-check", CheckAsync)
            .WithSummary("Database check").WithDescription("Runs SELECT 1. 503 names the cause when the database cannot be used.")
            .Produces<DatabaseStatus>(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<Results<Ok<DatabaseStatus>, JsonHttpResult<DatabaseStatus>>> CheckAsync(DatabaseProbe probe, CancellationToken token)
    {
        var status = await probe.CheckAsync(token);
        return status.Ok
            ? TypedResults.Ok(status)
            : TypedResults.Json(status, ApiJson.Default.DatabaseStatus, statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
