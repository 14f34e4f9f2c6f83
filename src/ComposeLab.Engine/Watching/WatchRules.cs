using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Normalizing;
using ComposeLab.Compose.Yaml;
using ComposeLab.Engine.Images.Context;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Watching;

/// <summary>What happens to a service when its files change.</summary>
[Flags]
public enum WatchAction
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Changed files are copied to its containers, and deleted files are deleted there.</summary>
    Sync = 1,

    /// <summary>Its containers are restarted.</summary>
    Restart = 2,

    /// <summary>A command is run in its containers.</summary>
    Exec = 4,

    /// <summary>Its image is built and its containers are recreated.</summary>
    Rebuild = 8,
}

/// <summary>A path that a service watches.</summary>
public sealed class WatchRule
{
    // Files that editors write for a moment.
    private static readonly IgnoreFile Temporary = IgnoreFile.Read(
        [
            "**/.git", "**/*___jb_old___", "**/*___jb_tmp___", "**/.idea", "**/.#*", "**/#*#", "**/4913", "**/*~", "**/.*.swp", "**/.*.swx", "**/.*.swo", "**/.*.swn", "**/.*.kate-swp",
        ],
        "");

    private readonly HostPaths _paths;
    private readonly IgnoreFile? _include;
    private readonly IgnoreFile _ignore;
    private readonly IgnoreFile? _contextIgnore;
    private readonly string _context;

    internal WatchRule(ServiceDefinition service, WatchDefinition watch, HostPaths paths)
    {
        _paths = paths;
        Service = service.Name;
        Path = paths.Clean(watch.Path ?? "");
        Target = watch.Target ?? "";
        Exec = watch.Exec;
        Action = watch.Action switch
        {
            "sync" => WatchAction.Sync,
            "restart" => WatchAction.Restart,
            "sync+restart" => WatchAction.Sync | WatchAction.Restart,
            "sync+exec" => WatchAction.Sync | WatchAction.Exec,
            _ => WatchAction.Rebuild,
        };
        _include = watch.Include.Count == 0 ? null : IgnoreFile.Read(watch.Include, "include");
        _ignore = IgnoreFile.Read(watch.Ignore, "ignore");
        _context = service.Build?.Context is { } context && Directory.Exists(context) ? paths.Clean(context) : "";
        _contextIgnore = _context.Length == 0 ? null : IgnoreFile.For(_context, Dockerfile(service.Build!));
    }

    /// <summary>The service.</summary>
    public string Service { get; }

    /// <summary>The absolute path that is watched: a file or a folder.</summary>
    public string Path { get; }

    /// <summary>Where the path is in the containers; empty for rules that copy nothing.</summary>
    public string Target { get; }

    /// <summary>What happens.</summary>
    public WatchAction Action { get; }

    /// <summary>The command of <see cref="WatchAction.Exec"/>.</summary>
    public HookDefinition? Exec { get; }

    /// <summary>Whether the rule is about a path.</summary>
    /// <param name="path">An absolute path.</param>
    /// <returns>False if it is outside, not included or ignored.</returns>
    public bool IsAbout(string path) =>
        _paths.Below(Path, path) is { } relative
        && (_include is null || Matches(_include, relative))
        && !Matches(_ignore, relative)
        && !Matches(Temporary, _paths.ToSlash(path).TrimStart('/'))
        && !(_contextIgnore is not null && _paths.Below(_context, path) is { Length: > 0 } inContext && Matches(_contextIgnore, inContext));

    /// <summary>The place of a path in the containers.</summary>
    /// <param name="path">An absolute path at or below <see cref="Path"/>.</param>
    /// <returns>An absolute path.</returns>
    public string InContainer(string path) => _paths.Below(Path, path) is { Length: > 0 } relative ? $"{Target.TrimEnd('/')}/{relative}" : Target.TrimEnd('/');

    private static bool Matches(IgnoreFile patterns, string path)
    {
        IgnoreState state = patterns.Root;
        for (int end = path.IndexOf('/', StringComparison.Ordinal); ; end = path.IndexOf('/', end + 1))
        {
            state = patterns.Of(end < 0 ? path : path[..end], state);
            if (end < 0)
            {
                return state.Ignored;
            }
        }
    }

    private static string? Dockerfile(BuildDefinition build) =>
        string.IsNullOrEmpty(build.Dockerfile) ? null : System.IO.Path.GetFullPath(build.Dockerfile, build.Context ?? "");
}

/// <summary>The paths that services of a project watch.</summary>
/// <param name="Rules">The rules.</param>
/// <param name="Initial">The rules whose files are copied at the start.</param>
/// <param name="Warnings">What is not watched, and deprecated attributes.</param>
public sealed record WatchRules(IReadOnlyList<WatchRule> Rules, IReadOnlyList<WatchRule> Initial, IReadOnlyList<string> Warnings)
{
    private const string LegacyInitialSync = "x-initialSync";

    /// <summary>Reads the rules of services.</summary>
    /// <param name="project">The project.</param>
    /// <param name="services">The services; empty for all.</param>
    /// <returns>The rules.</returns>
    /// <exception cref="EngineException">ServiceNotFound; NothingToWatch: no service has a rule; UnsupportedByEngine: a rule cannot be followed.</exception>
    public static WatchRules Of(ComposeProject project, IReadOnlyList<string> services)
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(services);
        List<WatchRule> rules = [];
        List<WatchRule> initial = [];
        List<string> warnings = [];
        foreach (ServiceDefinition service in ServiceOrder.Of(project, services).Where(service => services.Count == 0 || services.Contains(service.Name, StringComparer.Ordinal)))
        {
            foreach (WatchDefinition watch in service.Develop?.Watch ?? [])
            {
                Check(service, watch);
                var rule = new WatchRule(service, watch, project.Paths);
                if (rule.Action.HasFlag(WatchAction.Sync) && service.Volumes.Any(mount => mount.Type == MountType.Bind && mount.Source is { Length: > 0 } source && project.Paths.IsAtOrBelow(rule.Path, source)))
                {
                    warnings.Add($"Service '{service.Name}' does not watch {rule.Path}, because a bind mount already contains it.");
                    continue;
                }

                rules.Add(rule);
                bool isLegacy = watch.Node[LegacyInitialSync] is ScalarNode { Text: "true" };
                if (isLegacy)
                {
                    warnings.Add($"Service '{service.Name}': {LegacyInitialSync} is deprecated; use initial_sync.");
                }

                if ((watch.InitialSync || isLegacy) && rule.Action.HasFlag(WatchAction.Sync))
                {
                    initial.Add(rule);
                }
            }
        }

        return rules.Count > 0 || warnings.Count > 0 ? new WatchRules(rules, initial, warnings) : throw Nothing(project, services);
    }

    private static void Check(ServiceDefinition service, WatchDefinition watch)
    {
        (string? message, string recommendation) = watch.Action switch
        {
            "rebuild" when service.Build is null => ($"Service '{service.Name}' has no build section, so it cannot be rebuilt when files change.", "Add a build section, or use another action."),
            "sync+exec" when watch.Exec?.Command is not { Count: > 0 } => ($"Service '{service.Name}' watches with sync+exec, but without a command.", "Add exec.command."),
            _ => ((string?)null, ""),
        };
        if (message is not null)
        {
            throw new EngineException(EngineErrorId.UnsupportedByEngine, $"{message} ({watch.Origin})", recommendation) { Service = service.Name };
        }
    }

    private static EngineException Nothing(ComposeProject project, IReadOnlyList<string> services)
    {
        string[] watched = [.. project.Services.Values.Where(service => service.Develop?.Watch.Count > 0).Select(service => service.Name)];
        string which = services.Count == 0 ? $"No service of project '{project.Name}'" : $"None of the services {string.Join(", ", services)}";
        return new EngineException(
            EngineErrorId.NothingToWatch,
            $"{which} watches files.",
            watched.Length == 0 ? "Add develop.watch to a service." : $"Use one of: {NameList.Of(watched, NameList.Many)}.");
    }
}
