using System.Text.RegularExpressions;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Normalizing;
using ComposeLab.Compose.Yaml;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Production;

/// <summary>Production settings must be used in production.</summary>
internal sealed class DevelopmentModeRule() : ServiceRule(new RuleInfo(
    "DevelopmentMode",
    null,
    Warning,
    "a development setting in production: `NODE_ENV=development`, `FLASK_DEBUG=1`, `DEBUG=true`, a build for the target `dev`",
    "Set it for production in the overlay."))
{
    private static readonly string[] Modes =
        ["NODE_ENV", "RAILS_ENV", "RACK_ENV", "APP_ENV", "FLASK_ENV", "MIX_ENV", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "GO_ENV", "ENVIRONMENT", "SYMFONY_ENV"];

    private static readonly string[] Switches = ["DEBUG", "FLASK_DEBUG", "APP_DEBUG", "DJANGO_DEBUG", "WP_DEBUG", "WORDPRESS_DEBUG"];
    private static readonly string[] Words = ["dev", "development", "local", "debug"];

    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition service)
    {
        foreach (MappingEntry entry in (service.Node["environment"] as MappingNode)?.Entries ?? [])
        {
            string value = entry.Value is ScalarNode scalar ? scalar.Text : "";
            if ((Modes.Contains(entry.Key, StringComparer.Ordinal) && IsDevelopment(value))
                || (Switches.Contains(entry.Key, StringComparer.Ordinal) && value.ToLowerInvariant() is "1" or "true" or "yes" or "on"))
            {
                yield return RuleMatch(context, service, $"environment.{entry.Key}", entry.Value, $"{entry.Key}={value}");
            }
        }

        foreach (MappingEntry entry in (service.Build?.Node["args"] as MappingNode)?.Entries ?? [])
        {
            if (entry.Value is ScalarNode scalar && (entry.Key is "TARGET" or "STAGE" || Modes.Contains(entry.Key, StringComparer.Ordinal)) && IsDevelopment(scalar.Text))
            {
                yield return RuleMatch(context, service, $"build.args.{entry.Key}", entry.Value, $"build.args.{entry.Key}={scalar.Text}");
            }
        }

        if (service.Build?.Target is { } target && IsDevelopment(target))
        {
            yield return RuleMatch(context, service, "build.target", service.Build.Node["target"]!, $"build.target={target}");
        }
    }

    private static bool IsDevelopment(string value) => Words.Contains(value, StringComparer.OrdinalIgnoreCase);

    private static RuleMatch RuleMatch(RuleContext context, ServiceDefinition service, string path, Node value, string what) => context.At(
        service, path, value, $"{what} makes {service.Name} a development build, with debugging enabled and optimization disabled.", "Set it for production in the overlay.");
}

/// <summary>Production must not watch its own files.</summary>
internal sealed partial class ReloadRule() : ServiceRule(new RuleInfo(
    "Reload",
    null,
    Error,
    "in production, a command that reloads on change or serves for development (`--reload`, `dotnet watch`, `nodemon`, `npm run dev`, `flask run --debug`, `runserver`)",
    "Start the program itself; keep the reloading command in the development overlay."))
{
    private static readonly string[] Attributes = ["entrypoint", "command"];

    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition service)
    {
        foreach (string attribute in Attributes)
        {
            if (service.Node[attribute] is Yaml.SequenceNode words && Development().Match(string.Join(' ', words.Items.Select(word => word.ToString()))) is { Success: true } match)
            {
                yield return context.At(
                    service,
                    attribute,
                    $"{service.Name} is started for development ('{match.Value.Trim()}'): it is slow and shows internal details in errors.",
                    "Start the program itself; override 'command' in the production overlay.");
            }
        }
    }

    [GeneratedRegex(
        @"(?:^|\s)(?:--(?:hot-)?reload(?=\s|$)|dotnet\s+watch|nodemon|ts-node-dev|(?:npm|pnpm|yarn|bun)\s+(?:run\s+)?(?:start:)?dev(?::\S+)?(?=\s|$)|vite(?=\s*$|\s+(?:--host|dev))|next\s+dev|ng\s+serve|flask\s.*--debug|manage\.py\s+runserver|rails\s+s(?:erver)?\b.*development|air(?=\s*$))",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Development();
}

/// <summary>Production must run the code of the image, not of a folder.</summary>
internal sealed class CodeMountedRule() : ServiceRule(new RuleInfo(
    "CodeMounted",
    null,
    Error,
    "in production, a folder with source code mounted over the image",
    "Remove the mount in production (`volumes: !reset []` in the overlay), or move it to the development overlay."))
{
    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition service)
    {
        foreach ((MountDefinition mount, int index) in service.Volumes.Select((mount, index) => (mount, index)))
        {
            if (SourceFolders.Holds(context, service, mount))
            {
                yield return context.At(
                    service,
                    $"volumes[{index}]",
                    mount.Node,
                    $"{service.Name} runs the code in {mount.Source}, not the tested code of its image.",
                    "Move the mount to the development overlay; in the production overlay, write 'volumes: !reset []'.");
            }
        }
    }
}

/// <summary>In production, a service must write its data to a volume.</summary>
internal sealed class BindMountRule() : ServiceRule(new RuleInfo(
    "BindMount",
    null,
    Warning,
    "in production, a file or folder next to the Compose files that a service can write to",
    "Use a named volume; for settings, mount read-only (`:ro`) or use `configs`."))
{
    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition service)
    {
        foreach ((MountDefinition mount, int index) in service.Volumes.Select((mount, index) => (mount, index)))
        {
            if (mount is { Type: MountType.Bind, ReadOnly: false, Source: { } source }
                && context.Paths.IsAtOrBelow(source, context.Project.WorkingDirectory)
                && !SourceFolders.Holds(context, service, mount))
            {
                bool isFile = context.Environment.ReadText(source) is not null;
                string name = "./" + context.Paths.Relative(context.Project.WorkingDirectory, source).Replace('\\', '/');
                yield return context.At(
                    service,
                    $"volumes[{index}]",
                    mount.Node,
                    isFile
                        ? $"{service.Name} can change {name}, a file next to the Compose files."
                        : $"{service.Name} can write to {name}, next to the Compose files: a git checkout, a cleanup or another user can change its data.",
                    isFile
                        ? $"Mount it read-only: {name}:{mount.Target}:ro"
                        : $"Use a named volume ({Name(context.Paths.NameOf(source))}:{mount.Target}), or mount it read-only if it contains settings ({name}:{mount.Target}:ro).");
            }
        }
    }

    private static string Name(string source) => string.Concat(Path.GetFileNameWithoutExtension(source).ToLowerInvariant().Where(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'));
}

/// <summary>Distinguishes folders with source code from folders with settings or data.</summary>
internal static class SourceFolders
{
    private static readonly string[] CodeExtensions =
        [".cs", ".csproj", ".fs", ".py", ".js", ".mjs", ".ts", ".tsx", ".jsx", ".vue", ".go", ".rs", ".rb", ".php", ".java", ".kt", ".scala", ".ex", ".exs", ".c", ".cpp", ".h"];

    private static readonly string[] Manifests =
        ["Dockerfile", "package.json", "requirements.txt", "pyproject.toml", "go.mod", "Cargo.toml", "Gemfile", "composer.json", "pom.xml", "build.gradle"];

    // An entrypoint's hooks and a database's setup scripts are settings, in any language.
    private static readonly string[] Settings = ["/docker-entrypoint", "/etc/", "/config"];

    /// <summary>Whether a mount covers the image of a service with source code.</summary>
    /// <param name="context">The project and its environment.</param>
    /// <param name="service">The service.</param>
    /// <param name="mount">The mount.</param>
    public static bool Holds(RuleContext context, ServiceDefinition service, MountDefinition mount)
    {
        if (mount is not { Type: MountType.Bind, Source: { } source, Target: { } target } || Settings.Any(prefix => target.StartsWith(prefix, StringComparison.Ordinal)))
        {
            return false;
        }

        return (service.Build?.Context is { } built && context.Paths.AreSame(source, built))
            || (IsNear(context.Paths, source, context.Project.WorkingDirectory) && context.Environment.FilesIn(source).Any(IsCode));
    }

    private static bool IsCode(string file) =>
        Manifests.Contains(file, StringComparer.Ordinal) || CodeExtensions.Contains(Path.GetExtension(file), StringComparer.Ordinal);

    // Code in other folders does not belong to this project.
    private static bool IsNear(HostPaths paths, string source, string directory) => paths.ParentOf(directory) is { } parent && paths.IsAtOrBelow(source, parent);
}
