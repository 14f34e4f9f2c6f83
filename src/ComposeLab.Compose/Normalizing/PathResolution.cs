using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Normalizing;

/// <summary>Makes the relative paths of a model absolute. URLs, references to services and Windows paths stay.</summary>
/// <param name="directory">The directory relative paths start in.</param>
/// <param name="home">What <c>~</c> stands for; null: it stays.</param>
/// <param name="project">
/// The project directory, where the model is that of a file whose services are extended: its env files are named as from there, so that they are known for
/// those that the project itself names. Null: the model is the project's.
/// </param>
internal sealed class PathResolution(string directory, string? home, string? project = null)
{
    private delegate Node Resolution(PathResolution paths, Node node);

    private static readonly string[] RemoteContexts = ["https://", "http://", "git://", "ssh://", "github.com/", "git@"];

    private static readonly PathTable<Resolution> Table = new(
    [
        ("services.*.build.context", (paths, node) => Change(node, paths.Context)),
        ("services.*.build.additional_contexts.*", (paths, node) => Change(node, paths.Context)),
        ("services.*.build.ssh.*", (paths, node) => Change(node, paths.OfAnySystem)),
        ("services.*.env_file.*.path", (paths, node) => Change(node, paths.EnvFile)),
        ("services.*.label_file.*", (paths, node) => Change(node, paths.Absolute)),
        ("services.*.extends.file", (paths, node) => Change(node, paths.Absolute)),
        ("services.*.develop.watch.*.path", (paths, node) => Change(node, text => SymbolicLinks.Resolve(paths.Absolute(text)))),
        ("services.*.volumes.*", (paths, node) => paths.Mount(node)),
        ("configs.*.file", (paths, node) => Change(node, paths.OfAnySystem)),
        ("secrets.*.file", (paths, node) => Change(node, paths.OfAnySystem)),
        ("volumes.*", (paths, node) => paths.Volume(node)),
    ]);

    /// <summary>Resolves the paths of a model.</summary>
    /// <param name="root">The model in long syntax.</param>
    /// <returns>The model with absolute paths.</returns>
    public MappingNode Resolve(MappingNode root) => (MappingNode)Resolve(root, Table);

    /// <summary>An absolute path.</summary>
    /// <param name="path">A path; an empty one stays empty.</param>
    /// <returns>The absolute path.</returns>
    public string Absolute(string path)
    {
        string expanded = ExpandHome(path);
        return expanded.Length == 0 || PosixPath.IsAbsolute(expanded) ? expanded : PosixPath.Join(directory, expanded);
    }

    private string EnvFile(string path) =>
        project is null || path.Length == 0 || PosixPath.IsAbsolute(ExpandHome(path)) ? Absolute(path) : Path.GetRelativePath(project, Absolute(path));

    private Node Resolve(Node node, PathTable<Resolution>? rules) => (node, rules) switch
    {
        (_, null) => node,
        (_, { Rule: { } resolution }) => resolution(this, node),
        (MappingNode mapping, _) => mapping.Select(entry => Resolve(entry.Value, rules.Below(entry.Key))),
        (SequenceNode list, _) => list.Select(item => Resolve(item, rules.BelowItem())),
        _ => node,
    };

    private static Node Change(Node node, Func<string, string> change) =>
        node is ScalarNode { Kind: ScalarKind.String } text && change(text.Text) is var changed && changed != text.Text
            ? ScalarNode.String(changed, text.Origin)
            : node;

    private string Context(string context) =>
        context.Contains("://", StringComparison.Ordinal)
        || context.StartsWith("service:", StringComparison.Ordinal)
        || RemoteContexts.Any(prefix => context.StartsWith(prefix, StringComparison.Ordinal))
            ? context
            : Absolute(context);

    private string OfAnySystem(string path)
    {
        string expanded = ExpandHome(path);
        return PosixPath.IsAbsolute(expanded) || PosixPath.IsWindowsAbsolute(expanded) ? expanded : PosixPath.Join(directory, expanded);
    }

    private string ExpandHome(string path) => path.StartsWith('~') && home is not null ? PosixPath.Join(home, path[1..]) : path;

    private Node Mount(Node node)
    {
        if (node is not MappingNode mount || mount.Text("type") != "bind")
        {
            return node;
        }

        return mount["source"] is { } source
            ? mount.With("source", Change(source, OfAnySystem))
            : throw ComposeException.At(
                ComposeErrorId.ComposeFileInvalid,
                "Expected a 'source' for a mount of type 'bind', found none.",
                "Add 'source: ./path', or use 'type: volume' for an anonymous volume.",
                mount.Origin);
    }

    /// <summary>A local volume with <c>o: bind</c> is a bind mount in disguise.</summary>
    private Node Volume(Node node) =>
        node is MappingNode volume && volume.Text("driver") == "local"
        && volume["driver_opts"] is MappingNode options && options.Text("o") == "bind" && options["device"] is { } device
            ? volume.With("driver_opts", options.With("device", Change(device, OfAnySystem)))
            : node;
}
