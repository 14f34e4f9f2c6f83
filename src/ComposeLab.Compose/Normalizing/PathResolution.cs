using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Specification;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Normalizing;

/// <summary>Makes the relative paths of a model absolute. URLs, references to services and Windows paths are kept.</summary>
/// <param name="host">The rules of paths on this host.</param>
/// <param name="directory">The base folder of relative paths.</param>
/// <param name="home">The value of <c>~</c>; null: it is kept.</param>
/// <param name="project">
/// The project directory, if the model is a file whose services are extended. Its env files are relative to this directory, so that they match those of the project
/// itself. Null: the model is the project's own.
/// </param>
internal sealed class PathResolution(HostPaths host, string directory, string? home, string? project = null)
{
    /// <summary>Whether sources with a drive are written as the engine of a virtual machine sees them (COMPOSE_CONVERT_WINDOWS_PATHS).</summary>
    public bool ConvertsToUnix { get; init; }

    private static readonly string[] RemoteContexts = ["https://", "http://", "git://", "ssh://", "github.com/", "git@"];

    /// <summary>Resolves the paths of a model.</summary>
    /// <param name="root">The model in long syntax.</param>
    /// <returns>The model with absolute paths.</returns>
    public MappingNode Resolve(MappingNode root) => TableWalk.Change(root, Phases.Path, (type, node, _) => type.Path is { } rule ? rule(this, node) : node);

    /// <summary>An absolute path.</summary>
    /// <param name="path">A path; an empty one is kept.</param>
    /// <returns>The absolute path.</returns>
    public string Absolute(string path)
    {
        string expanded = ExpandHome(path);
        return expanded.Length == 0 || host.IsAbsolute(expanded) ? expanded : host.Join(directory, expanded);
    }

    /// <summary>The path of an env file; see the project directory.</summary>
    /// <param name="path">A path.</param>
    public string EnvFile(string path) =>
        project is null || path.Length == 0 || host.IsAbsolute(ExpandHome(path)) ? Absolute(path) : host.Relative(project, Absolute(path));

    /// <summary>The context of a build: a directory, a URL or a reference to a service.</summary>
    /// <param name="context">The context.</param>
    public string Context(string context) =>
        context.Contains("://", StringComparison.Ordinal)
        || context.StartsWith("service:", StringComparison.Ordinal)
        || RemoteContexts.Any(prefix => context.StartsWith(prefix, StringComparison.Ordinal))
            ? context
            : Absolute(context);

    /// <summary>An absolute path; a Windows path counts as absolute on every system.</summary>
    /// <param name="path">A path.</param>
    public string OfAnySystem(string path)
    {
        string expanded = ExpandHome(path);
        string absolute = HostPaths.IsAbsoluteAnywhere(expanded) ? expanded : host.Join(directory, expanded);
        return ConvertsToUnix ? host.ToUnix(absolute) : absolute;
    }

    private string ExpandHome(string path) => path.StartsWith('~') && home is not null ? host.Join(home, path[1..]) : path;
}

/// <summary>Makes the paths of a value absolute.</summary>
/// <param name="paths">The base folder of relative paths.</param>
/// <param name="node">The value.</param>
internal delegate Node PathRule(PathResolution paths, Node node);

/// <summary>The path rules of the attributes.</summary>
internal static class PathRules
{
    public static Node Absolute(PathResolution paths, Node node) => Change(node, paths.Absolute);

    public static Node OfAnySystem(PathResolution paths, Node node) => Change(node, paths.OfAnySystem);

    public static Node BuildContext(PathResolution paths, Node node) => Change(node, paths.Context);

    public static Node EnvFile(PathResolution paths, Node node) => Change(node, paths.EnvFile);

    /// <summary>Follows symbolic links: a watched path must be the real directory.</summary>
    public static Node WatchedPath(PathResolution paths, Node node) => Change(node, text => SymbolicLinks.Resolve(paths.Absolute(text)));

    /// <summary>The source of a bind mount.</summary>
    public static Node Mount(PathResolution paths, Node node)
    {
        if (node is not MappingNode mount || mount.Text("type") != "bind")
        {
            return node;
        }

        return mount["source"] is { } source
            ? mount.With("source", Change(source, paths.OfAnySystem))
            : throw ComposeException.At(
                ComposeErrorId.ComposeFileInvalid,
                "A mount of type 'bind' needs a 'source'.",
                "Add 'source: ./path', or use 'type: volume' for an anonymous volume.",
                mount.Origin);
    }

    /// <summary>A local volume with <c>o: bind</c> is effectively a bind mount.</summary>
    /// <summary>The device of a local volume that is a bind mount.</summary>
    public static Node Volume(PathResolution paths, Node node) =>
        node is MappingNode volume && volume.Text("driver") == "local"
        && volume["driver_opts"] is MappingNode options && options.Text("o") == "bind" && options["device"] is { } device
            ? volume.With("driver_opts", options.With("device", Change(device, paths.OfAnySystem)))
            : node;

    private static Node Change(Node node, Func<string, string> change) =>
        node is ScalarNode { Kind: ScalarKind.String } text && change(text.Text) is var changed && changed != text.Text
            ? ScalarNode.String(changed, text.Origin)
            : node;
}

/// <summary>Follows symbolic links in a path, as file watchers must.</summary>
internal static class SymbolicLinks
{
    public static string Resolve(string path)
    {
        try
        {
            // A path of Windows is watched as it is.
            string resolved = "";
            foreach (string part in path.StartsWith('/') ? path.Split('/') : [])
            {
                resolved = resolved.Length == 0 ? part : resolved + "/" + part;
                if (part.Length > 0 && new FileInfo("/" + resolved.TrimStart('/')) is { LinkTarget: not null } link
                    && link.ResolveLinkTarget(returnFinalTarget: true) is { } target)
                {
                    resolved = target.FullName.TrimEnd('/');
                }
                else if (part.Length > 0 && resolved.Length > 0 && !resolved.StartsWith('/'))
                {
                    resolved = "/" + resolved;
                }
            }

            return resolved.Length == 0 ? path : resolved;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return path;
        }
    }
}
