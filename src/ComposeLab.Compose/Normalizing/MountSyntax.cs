using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Normalizing;

/// <summary>The short syntax of a mount: <c>[source:]target[:options]</c>.</summary>
internal static class MountSyntax
{
    private const int ShortestTarget = 2;

    private static readonly string[] Propagations = ["rprivate", "private", "rshared", "shared", "rslave", "slave"];

    /// <summary>A mount in long syntax, with a clean target.</summary>
    /// <param name="node">The mount in either syntax.</param>
    /// <param name="lenient">Whether a mount that cannot be parsed is kept.</param>
    public static Node Expand(Node node, bool lenient) => node is ScalarNode { Kind: ScalarKind.String } spec
        ? LongSyntax.Attempt(node, lenient, () => CleanTarget(Parse(spec)))
        : node;

    /// <summary>Converts the short syntax to the long one.</summary>
    /// <param name="spec">The short form.</param>
    /// <returns>The long form.</returns>
    /// <exception cref="ComposeException">A section is empty or there are too many.</exception>
    public static MappingNode Parse(ScalarNode spec)
    {
        return Split(spec) switch
        {
            // Too short to contain a source: the reference does not parse it.
            [var target] when spec.Text.Length <= ShortestTarget => new NodeBuilder(spec.Origin).Text("type", "volume").Text("target", target).Build(),
            [var target] => Mount(spec.Origin, null, target, []),
            [var source, var target] => Mount(spec.Origin, source, target, []),
            var sections => Mount(spec.Origin, sections[0], sections[1], sections[2].Split(',')),
        };
    }

    /// <summary>The target of a mount in short syntax.</summary>
    /// <param name="spec">The short form.</param>
    /// <exception cref="ComposeException">A section is empty or there are too many.</exception>
    public static string TargetOf(ScalarNode spec) => Split(spec) is [_, var target, ..] ? target : spec.Text;

    private static List<string> Split(ScalarNode spec)
    {
        if (spec.Text.Length == 0)
        {
            throw Invalid(spec, "nothing");
        }

        List<string> sections = spec.Text.Length <= ShortestTarget ? [spec.Text] : Sections(spec.Text);
        return sections.Contains("") ? throw Invalid(spec, "an empty section between colons")
            : sections.Count > 3 ? throw Invalid(spec, "too many colons")
            : sections;
    }

    private static MappingNode CleanTarget(MappingNode mount) =>
        mount["target"] is ScalarNode { Text.Length: > 0 } target ? mount.With("target", ScalarNode.String(PosixPath.Clean(target.Text), target.Origin)) : mount;

    private static MappingNode Mount(Origin origin, string? source, string target, string[] options)
    {
        bool bind = source is not null && IsPath(source);
        string? propagation = options.Length == 0 ? null : options.LastOrDefault(Propagations.Contains);
        string? label = options.Length == 0 ? null : options.LastOrDefault(option => option is "z" or "Z");
        var mount = new NodeBuilder(origin)
            .Text("type", bind ? "bind" : "volume")
            .OptionalText("source", source)
            .Text("target", target)
            .FlagIfTrue("read_only", options.Length > 0 && options.LastOrDefault(option => option is "ro" or "rw") == "ro");

        if (bind || propagation is not null || label is not null)
        {
            mount.Add("bind", new NodeBuilder(origin)
                .OptionalText("selinux", label)
                .OptionalText("propagation", propagation)
                .FlagIfTrue("create_host_path", bind)
                .Build());
        }

        if (!bind || options.Contains("nocopy"))
        {
            mount.Add("volume", new NodeBuilder(origin).FlagIfTrue("nocopy", options.Contains("nocopy")).Build());
        }

        return mount.Build();
    }

    /// <summary>Splits at colons, except after a drive letter and inside <c>${...}</c>.</summary>
    private static List<string> Sections(string spec)
    {
        var sections = new List<string>();
        int start = 0;
        int depth = 0;
        for (int index = 0; index < spec.Length; index++)
        {
            switch (spec[index])
            {
                case '$' when index + 1 < spec.Length && spec[index + 1] == '{':
                    depth++;
                    break;
                case '}' when depth > 0:
                    depth--;
                    break;
                case ':' when depth == 0 && !(index - start == 1 && char.IsLetter(spec[start])):
                    sections.Add(spec[start..index]);
                    start = index + 1;
                    break;
            }
        }

        sections.Add(spec[start..]);
        return sections;
    }

    private static bool IsPath(string source) =>
        source[0] is '.' or '/' or '~'
        || source.StartsWith(@"\\", StringComparison.Ordinal)
        || (source.Length > 1 && char.IsLetter(source[0]) && source[1] == ':');

    private static ComposeException Invalid(ScalarNode spec, string found) => ComposeException.At(
        ComposeErrorId.ComposeFileInvalid,
        $"Expected a mount as '[source:]target[:options]', found {found} in '{spec.Text}'.",
        "Write the mount in its long form: 'type', 'source', 'target'.",
        spec.Origin);
}
