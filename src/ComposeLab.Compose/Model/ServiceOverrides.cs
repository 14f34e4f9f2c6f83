using ComposeLab.Compose.Canonical;
using ComposeLab.Compose.Environment;
using ComposeLab.Compose.Normalizing;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>The settings in which a one-off container differs from its service. Ports and volumes are in Compose's short syntax.</summary>
public sealed record ServiceOverrides
{
    /// <summary>The name of the container.</summary>
    public required string ContainerName { get; init; }

    /// <summary>The program and its arguments; null to keep the service's command.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>The entrypoint; null to keep the service's. A new entrypoint drops the service's command.</summary>
    public IReadOnlyList<string>? Entrypoint { get; init; }

    /// <summary>The user; null to keep the service's.</summary>
    public string? User { get; init; }

    /// <summary>The working directory; null to keep the service's.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables, which take precedence over all others. A null value means the value of the project's variable of that name; without one, the service's
    /// value is kept.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>The absolute paths of files with variables, which take precedence over those of the service; later files override earlier ones.</summary>
    public IReadOnlyList<string> EnvironmentFiles { get; init; } = [];

    /// <summary>Labels to add.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Volumes to add, as <c>source:target[:options]</c>. One with the target of a service's volume replaces it.</summary>
    public IReadOnlyList<string> Volumes { get; init; } = [];

    /// <summary>Ports to publish instead of those of the service, as <c>[[host_ip:]published:]target[/protocol]</c>.</summary>
    public IReadOnlyList<string> Ports { get; init; } = [];

    /// <summary>Whether the ports of the service are published.</summary>
    public bool ServicePorts { get; init; }

    /// <summary>Capabilities to add.</summary>
    public IReadOnlyList<string> CapAdd { get; init; } = [];

    /// <summary>Capabilities to drop.</summary>
    public IReadOnlyList<string> CapDrop { get; init; } = [];

    /// <summary>Whether the container has a terminal.</summary>
    public bool Tty { get; init; }

    /// <summary>Whether the container has standard input.</summary>
    public bool Input { get; init; }

    /// <summary>The absolute directory of relative paths in <see cref="Volumes"/>.</summary>
    public required string Directory { get; init; }

    /// <summary>Changes the service of a project.</summary>
    /// <param name="project">The project.</param>
    /// <param name="service">The name of a service that the project defines.</param>
    /// <param name="token">Cancels the reading of env files.</param>
    /// <returns>The project with the changed service. A named volume that the project does not define is external.</returns>
    /// <exception cref="Diagnostics.ComposeException">A port or volume is not valid, or an env file cannot be read.</exception>
    public ComposeProject Apply(ComposeProject project, string service, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(project);
        MappingNode node = project.Services[service].Node
            .With("container_name", Text(ContainerName))
            .With("tty", ScalarNode.Boolean(Tty, Origin.Given))
            .With("stdin_open", ScalarNode.Boolean(Input, Origin.Given))
            .Without("restart")
            .Without("scale");
        node = node["deploy"] is MappingNode deploy ? node.With("deploy", deploy.Without("restart_policy").Without("replicas")) : node;
        node = WithText(WithText(node, "user", User), "working_dir", WorkingDirectory);
        node = Entrypoint is null ? node : node.With("entrypoint", List(Entrypoint is [var line] ? CommandLine.Split(line) ?? Entrypoint : Entrypoint)).With("command", List([]));
        node = Command is null ? node : node.With("command", List(Command));
        node = WithCapabilities(WithCapabilities(node, "cap_add", CapAdd, "cap_drop"), "cap_drop", CapDrop, "cap_add");
        node = WithEntries(node, "environment", Variables(project, token));
        node = WithEntries(node, "labels", Labels.Select(label => new MappingEntry(label.Key, Text(label.Value), Origin.Given)));
        node = ServicePorts ? node : node.With("ports", new SequenceNode(Ports.SelectMany(port => PortSyntax.Parse(Text(port))), Origin.Given));
        (node, IReadOnlyList<string> named) = WithVolumes(node, project);
        MappingNode tree = project.Tree.With("services", ((MappingNode)project.Tree["services"]!).With(service, CanonicalModel.Order(node)));
        return project.WithTree(WithExternalVolumes(tree, named));
    }

    private static MappingNode WithText(MappingNode node, string key, string? text) => text is null ? node : node.With(key, Text(text));

    private static MappingNode WithEntries(MappingNode node, string key, IEnumerable<MappingEntry> entries)
    {
        var all = new FileMapping();
        all.Add(node[key] as MappingNode);
        foreach (MappingEntry entry in entries)
        {
            all.Add(entry);
        }

        return all.IsEmpty ? node : node.With(key, all.ToNode(node[key]?.Origin ?? Origin.Given));
    }

    private static MappingNode WithCapabilities(MappingNode node, string key, IReadOnlyList<string> names, string opposite)
    {
        if (names.Count == 0)
        {
            return node;
        }

        IEnumerable<Node> others = (node[opposite] as SequenceNode)?.Items.Where(item => item is not ScalarNode name || !names.Contains(name.Text, StringComparer.Ordinal)) ?? [];
        return node
            .With(key, new SequenceNode([.. (node[key] as SequenceNode)?.Items ?? [], .. names.Select(Text)], Origin.Given))
            .With(opposite, new SequenceNode(others, Origin.Given));
    }

    private IEnumerable<MappingEntry> Variables(ComposeProject project, CancellationToken token)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, string? value) in Environment)
        {
            if ((value ?? project.Environment.GetValueOrDefault(name)) is { } given)
            {
                known[name] = given;
            }
        }

        var entries = new FileMapping();
        foreach (string file in EnvironmentFiles)
        {
            EnvFileText source = EnvFileReader.Read(file, file, isOptional: false, token);
            foreach (EnvFileEntry entry in new EnvFileParser(source, name => known.TryGetValue(name, out string? value) ? new Variable(value, VariableSource.None) : null, known).Parse(token))
            {
                var origin = new Origin(source.File, entry.Line, entry.Column);
                entries.Add(new MappingEntry(entry.Name, ScalarNode.String(entry.Value, origin), origin));
            }
        }

        foreach ((string name, string value) in known)
        {
            entries.Add(new MappingEntry(name, Text(value), Origin.Given));
        }

        return entries.ToNode(Origin.Given).Entries;
    }

    private (MappingNode Node, IReadOnlyList<string> Named) WithVolumes(MappingNode node, ComposeProject project)
    {
        if (Volumes.Count == 0)
        {
            return (node, []);
        }

        var paths = new PathResolution(project.Paths, Directory, project.Paths.HomeOf(project.Environment));
        MappingNode[] added = [.. Volumes.Select(volume => PathRules.Mount(paths, MountSyntax.Expand(Text(volume), lenient: false))).Cast<MappingNode>()];
        HashSet<string?> targets = [.. added.Select(mount => mount.Text("target"))];
        IEnumerable<Node> kept = (node["volumes"] as SequenceNode)?.Items.Where(item => item is not MappingNode mount || !targets.Contains(mount.Text("target"))) ?? [];
        return (
            node.With("volumes", new SequenceNode([.. kept, .. added], Origin.Given)),
            [.. added.Where(mount => mount.Text("type") == "volume").Select(mount => mount.Text("source")).OfType<string>()]);
    }

    private static MappingNode WithExternalVolumes(MappingNode tree, IReadOnlyList<string> named)
    {
        MappingNode volumes = tree["volumes"] as MappingNode ?? new MappingNode([], Origin.Given);
        string[] unknown = [.. named.Where(name => !volumes.Contains(name)).Distinct(StringComparer.Ordinal)];
        return unknown.Length == 0
            ? tree
            : tree.With("volumes", unknown.Aggregate(volumes, (all, name) => all.With(name, new NodeBuilder(Origin.Given).Text("name", name).Flag("external", true).Build())));
    }

    private static ScalarNode Text(string text) => ScalarNode.String(text, Origin.Given);

    private static SequenceNode List(IReadOnlyList<string> items) => new(items.Select(Text), Origin.Given);
}
