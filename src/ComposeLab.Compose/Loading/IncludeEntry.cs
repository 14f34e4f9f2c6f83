using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Loading;

/// <summary>One item of <c>include</c>.</summary>
/// <param name="Paths">The included file and its overrides.</param>
/// <param name="ProjectDirectory">Where its relative paths start; null: the included file's directory.</param>
/// <param name="EnvFiles">Its env files; none: <c>.env</c> in its directory.</param>
/// <param name="Origin">Where it stands.</param>
internal sealed record IncludeEntry(IReadOnlyList<string> Paths, string? ProjectDirectory, IReadOnlyList<string> EnvFiles, Origin Origin)
{
    /// <summary>Reads the items.</summary>
    /// <param name="include">The value of <c>include</c>.</param>
    /// <returns>The items.</returns>
    public static IReadOnlyList<IncludeEntry> Read(Node? include) => include switch
    {
        null or ScalarNode { IsNull: true } => [],
        SequenceNode list => list.Items.Select(ReadItem).ToArray(),
        _ => throw Invalid(include, "Expected 'include' to be a list"),
    };

    private static IncludeEntry ReadItem(Node item) => item switch
    {
        ScalarNode { Kind: ScalarKind.String } path => new IncludeEntry([path.Text], null, [], path.Origin),
        MappingNode mapping => new IncludeEntry(
            Texts(mapping["path"]),
            mapping["project_directory"] is ScalarNode { Text.Length: > 0 } directory ? directory.Text : null,
            Texts(mapping["env_file"]),
            mapping.Origin),
        _ => throw Invalid(item, "Expected an item of 'include' to be a path or a mapping"),
    };

    private static string[] Texts(Node? node) => node switch
    {
        null or ScalarNode { IsNull: true } => [],
        ScalarNode { Kind: ScalarKind.String } text => [text.Text],
        SequenceNode list => list.Items
            .Select(item => item is ScalarNode { Kind: ScalarKind.String } text ? text.Text : throw Invalid(item, "Expected a path"))
            .ToArray(),
        _ => throw Invalid(node, "Expected a path or a list of paths"),
    };

    private static ComposeException Invalid(Node node, string expected) => ComposeException.At(
        ComposeErrorId.ComposeFileInvalid, $"{expected}, found {NodeWords.Of(node)}.", "Write 'include: [other/compose.yaml]'.", node.Origin, "include");
}
