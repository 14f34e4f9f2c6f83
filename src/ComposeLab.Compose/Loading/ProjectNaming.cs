using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Environment;
using ComposeLab.Compose.Interpolation;
using ComposeLab.Compose.Validation;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Loading;

/// <summary>Determines the project name: the request, then <c>COMPOSE_PROJECT_NAME</c>, then the last <c>name:</c>, then the directory.</summary>
internal static class ProjectNaming
{
    public static ProjectName Decide(LoadSession session, IReadOnlyList<ComposeFile> files, string projectDirectory, VariableScope scope)
    {
        if (session.Request.ProjectName is { Length: > 0 } given)
        {
            return new ProjectName(Checked(given), Origin.Given);
        }

        if (scope.TryGet("COMPOSE_PROJECT_NAME", out Variable? variable) && variable.Value.Length > 0)
        {
            return new ProjectName(Checked(variable.Value), variable.File is { } file ? new Origin(file, variable.Line, 1) : Origin.Environment);
        }

        ScalarNode[] names = Names(session, files).ToArray();
        string name = Normalize(names.Length > 0 ? Interpolated(session, names[^1], scope) : "");
        if (name.Length == 0 && !IsNamed(session, files))
        {
            name = Normalize(session.Request.Paths.NameOf(projectDirectory));
        }

        return name.Length > 0 ? new ProjectName(name, null)
            : names.Length == 0 ? throw Invalid("")
            : throw ComposeException.At(
                ComposeErrorId.ProjectNameInvalid,
                $"Expected a project name of lowercase letters, digits, '_' and '-', but '{ValueDescription.Shorten(names[^1].Text)}' contains none of these characters.",
                "Write a name such as 'name: shop', or set the variable that it uses.",
                names[^1].Origin,
                "name");
    }

    /// <summary>Converts text to a valid project name: lower case, only letters, digits, <c>_</c> and <c>-</c>, starting with a letter or digit.</summary>
    /// <param name="name">Any text.</param>
    /// <returns>The text without invalid characters; may be empty.</returns>
    public static string Normalize(string name) =>
        string.Concat(name.ToLowerInvariant().Where(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-')).TrimStart('_', '-');

    // The first document of a file decides whether the project has a name. If it has, the folder name is not used.
    private static bool IsNamed(LoadSession session, IReadOnlyList<ComposeFile> files) =>
        files.Any(file => session.Documents(file) is [var first, ..] && NameIn(first) is not null);

    private static IEnumerable<ScalarNode> Names(LoadSession session, IReadOnlyList<ComposeFile> files) =>
        files.SelectMany(session.Documents).Select(NameIn).OfType<ScalarNode>();

    private static ScalarNode? NameIn(YamlDocument document) => (document.Root as MappingNode)?["name"] is ScalarNode { Text.Length: > 0 } name ? name : null;

    private static string Interpolated(LoadSession session, ScalarNode name, VariableScope scope)
    {
        if (!session.Request.Interpolate)
        {
            return name.Text;
        }

        MappingNode interpolated = Interpolator.Interpolate(new NodeBuilder(name.Origin).Add("name", name).Build(), scope, session.Warnings);
        return interpolated["name"] is ScalarNode value ? value.Text : "";
    }

    private static string Checked(string name) => Normalize(name) == name ? name : throw Invalid(name);

    private static ComposeException Invalid(string name) => new(
        ComposeErrorId.ProjectNameInvalid,
        $"Expected a project name of lowercase letters, digits, '_' and '-' that starts with a letter or digit, found '{name}'.",
        Normalize(name) is { Length: > 0 } better ? $"Use '{better}'." : "Add a project name, such as 'name: shop', at the top of the Compose file.");
}

/// <summary>A project's name.</summary>
/// <param name="Text">The normalized name.</param>
/// <param name="Source">The source, if it has precedence over the files; null means the files or the folder.</param>
internal sealed record ProjectName(string Text, Origin? Source)
{
    /// <summary>The origin of the name.</summary>
    /// <param name="written">The name in the files; null if there is none.</param>
    /// <returns>An origin that keeps an unused name of the files.</returns>
    public Origin OriginBeside(Node? written) => (Source, written) switch
    {
        (null, ScalarNode { Text.Length: > 0 }) => written.Origin,
        (null, _) => Origin.Folder,
        (_, ScalarNode { Text.Length: > 0 }) => Source.Replacing(written.Origin),
        _ => Source,
    };
}
