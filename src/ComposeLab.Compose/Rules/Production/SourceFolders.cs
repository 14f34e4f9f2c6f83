using ComposeLab.Compose.Model;

namespace ComposeLab.Compose.Rules.Production;

/// <summary>Knows folders with source code from folders with settings or data.</summary>
internal static class SourceFolders
{
    private static readonly string[] CodeExtensions =
        [".cs", ".csproj", ".fs", ".py", ".js", ".mjs", ".ts", ".tsx", ".jsx", ".vue", ".go", ".rs", ".rb", ".php", ".java", ".kt", ".scala", ".ex", ".exs", ".c", ".cpp", ".h"];

    private static readonly string[] Manifests =
        ["Dockerfile", "package.json", "requirements.txt", "pyproject.toml", "go.mod", "Cargo.toml", "Gemfile", "composer.json", "pom.xml", "build.gradle"];

    // An entrypoint's hooks and a database's set-up scripts are settings, whatever their language.
    private static readonly string[] Settings = ["/docker-entrypoint", "/etc/", "/config"];

    /// <summary>Whether a mount lays source code over the image of a service.</summary>
    /// <param name="context">The project and the machine.</param>
    /// <param name="service">The service.</param>
    /// <param name="mount">The mount.</param>
    public static bool Holds(RuleContext context, ServiceDefinition service, MountDefinition mount)
    {
        if (mount is not { Type: MountType.Bind, Source: { } source, Target: { } target } || Settings.Any(prefix => target.StartsWith(prefix, StringComparison.Ordinal)))
        {
            return false;
        }

        return source.TrimEnd('/') == service.Build?.Context?.TrimEnd('/')
            || (IsNear(source, context.Project.WorkingDirectory) && context.World.FilesIn(source).Any(IsCode));
    }

    private static bool IsCode(string file) =>
        Manifests.Contains(file, StringComparer.Ordinal) || CodeExtensions.Contains(Path.GetExtension(file), StringComparer.Ordinal);

    // Code elsewhere on the machine is not this project's.
    private static bool IsNear(string source, string directory) =>
        Path.GetDirectoryName(directory.TrimEnd('/')) is { } parent && source.StartsWith(parent.TrimEnd('/') + "/", StringComparison.Ordinal);
}
