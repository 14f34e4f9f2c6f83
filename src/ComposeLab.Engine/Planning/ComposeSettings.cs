using System.Globalization;
using ComposeLab.Compose.Model;

namespace ComposeLab.Engine.Planning;

/// <summary>The settings of docker compose in variables of the environment or of the project's <c>.env</c> file.</summary>
internal static class ComposeSettings
{
    /// <summary>Whether containers of services that the project does not define are removed.</summary>
    /// <param name="project">The project; null if only the stack is known.</param>
    /// <param name="isRequested">Whether the user requests it, which takes precedence.</param>
    /// <returns>True if they are removed.</returns>
    public static bool RemovesOrphans(ComposeProject? project, bool isRequested) => isRequested || IsTrue(project, "COMPOSE_REMOVE_ORPHANS");

    /// <summary>Whether there is no warning about containers of services that the project does not define.</summary>
    /// <param name="project">The project.</param>
    /// <returns>True if there is no warning.</returns>
    public static bool IgnoresOrphans(ComposeProject? project) => IsTrue(project, "COMPOSE_IGNORE_ORPHANS");

    /// <summary>The separator in the names of containers and built images.</summary>
    /// <param name="project">The project.</param>
    /// <returns><c>_</c> as in docker compose 1 if COMPOSE_COMPATIBILITY is set, otherwise <c>-</c>.</returns>
    public static string Separator(ComposeProject? project) => IsTrue(project, "COMPOSE_COMPATIBILITY") ? "_" : "-";

    /// <summary>How many calls run at the same time.</summary>
    /// <param name="project">The project; null if only the stack is known.</param>
    /// <param name="most">The maximum without a setting.</param>
    /// <returns>The number, at least 1.</returns>
    public static int CallsAtOnce(ComposeProject? project, int most) =>
        int.TryParse(project?.Environment.GetValueOrDefault("COMPOSE_PARALLEL_LIMIT"), NumberStyles.None, CultureInfo.InvariantCulture, out int limit) && limit > 0
            ? limit
            : most;

    private static bool IsTrue(ComposeProject? project, string variable) =>
        project?.Environment.GetValueOrDefault(variable)?.Trim().ToUpperInvariant() is "1" or "T" or "TRUE" or "Y" or "YES" or "ON";
}
