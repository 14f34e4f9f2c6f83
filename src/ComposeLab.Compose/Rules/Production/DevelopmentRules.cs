using System.Text.RegularExpressions;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Production;

/// <summary>Production is told that it is production.</summary>
internal sealed class DevelopmentModeRule() : ServiceRule(new RuleInfo(
    "DevelopmentMode",
    null,
    Warning,
    "in production, a switch that means development: `NODE_ENV=development`, `FLASK_DEBUG=1`, `DEBUG=true`, a build for the target `dev`",
    "Set the switch for production in the overlay."))
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
        service, path, value, $"{what} makes {service.Name} a development build: debugging aids are on, optimization is off.", "Set it for production in the overlay.");
}

/// <summary>Production does not watch its own files.</summary>
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
                    $"{service.Name} is started for development ('{match.Value.Trim()}'): slow, and it shows its insides when it fails.",
                    "Start the program itself; in an overlay of production give the service its own 'command'.");
            }
        }
    }

    [GeneratedRegex(
        @"(?:^|\s)(?:--(?:hot-)?reload(?=\s|$)|dotnet\s+watch|nodemon|ts-node-dev|(?:npm|pnpm|yarn|bun)\s+(?:run\s+)?(?:start:)?dev(?::\S+)?(?=\s|$)|vite(?=\s*$|\s+(?:--host|dev))|next\s+dev|ng\s+serve|flask\s.*--debug|manage\.py\s+runserver|rails\s+s(?:erver)?\b.*development|air(?=\s*$))",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Development();
}

/// <summary>Production runs the code of the image, not of a folder.</summary>
internal sealed class CodeMountedRule() : ServiceRule(new RuleInfo(
    "CodeMounted",
    null,
    Error,
    "in production, a folder with source code mounted over the image",
    "Take the mount out of production: `volumes: !reset []` in the overlay, or move it to the development overlay."))
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
                    $"{service.Name} runs the code in {mount.Source}, not the code of its image: what was tested is not what runs.",
                    "Move the mount to the development overlay; in an overlay of production write 'volumes: !reset []'.");
            }
        }
    }
}

/// <summary>What a service writes in production belongs into a volume.</summary>
internal sealed class BindMountRule() : ServiceRule(new RuleInfo(
    "BindMount",
    null,
    Warning,
    "in production, a file or folder beside the compose files that a service can write to",
    "Use a named volume; for settings, mount read-only (`:ro`) or use `configs`."))
{
    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition service)
    {
        foreach ((MountDefinition mount, int index) in service.Volumes.Select((mount, index) => (mount, index)))
        {
            if (mount is { Type: MountType.Bind, ReadOnly: false, Source: { } source }
                && source.StartsWith(context.Project.WorkingDirectory.TrimEnd('/') + "/", StringComparison.Ordinal)
                && !SourceFolders.Holds(context, service, mount))
            {
                bool isFile = context.Environment.ReadText(source) is not null;
                string name = "./" + Path.GetRelativePath(context.Project.WorkingDirectory, source);
                yield return context.At(
                    service,
                    $"volumes[{index}]",
                    mount.Node,
                    isFile
                        ? $"{service.Name} can change {name}, a file beside the compose files."
                        : $"{service.Name} can write to {name}, beside the compose files: a checkout, a clean-up or another user's rights reach its data.",
                    isFile
                        ? $"Mount it read-only: {name}:{mount.Target}:ro"
                        : $"Use a named volume ({Name(source)}:{mount.Target}), or mount it read-only if it holds settings ({name}:{mount.Target}:ro).");
            }
        }
    }

    private static string Name(string source) => string.Concat(Path.GetFileNameWithoutExtension(source).ToLowerInvariant().Where(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'));
}

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
            || (IsNear(source, context.Project.WorkingDirectory) && context.Environment.FilesIn(source).Any(IsCode));
    }

    private static bool IsCode(string file) =>
        Manifests.Contains(file, StringComparer.Ordinal) || CodeExtensions.Contains(Path.GetExtension(file), StringComparer.Ordinal);

    // Code elsewhere on the machine is not this project's.
    private static bool IsNear(string source, string directory) =>
        Path.GetDirectoryName(directory.TrimEnd('/')) is { } parent && source.StartsWith(parent.TrimEnd('/') + "/", StringComparison.Ordinal);
}
