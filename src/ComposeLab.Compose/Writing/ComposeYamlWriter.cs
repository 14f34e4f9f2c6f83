using System.Text;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Writing;

/// <summary>Prints a project as YAML, exactly as the reference does.</summary>
public static class ComposeYamlWriter
{
    /// <summary>Prints a project.</summary>
    /// <param name="project">The project.</param>
    /// <param name="options">The options.</param>
    /// <returns>The YAML text; its last line ends with a line feed.</returns>
    public static string Write(ComposeProject project, ComposeWriteOptions options)
    {
        var tree = PrintedTree.Of(project, options);
        Func<Origin, string>? comment = options.Origins ? new OriginComment(project).Of : null;
        return new YamlEmitter(escapeDollars: project.IsInterpolated, comment).Write(tree);
    }
}

/// <summary>Writes a tree in block style with two spaces per level, lists indented below their key, lines never folded.</summary>
/// <param name="escapeDollars">Whether each <c>$</c> is doubled, so that the output can be read as a Compose file again.</param>
/// <param name="comment">Returns the trailing comment of a value; null for no comments.</param>
internal sealed class YamlEmitter(bool escapeDollars, Func<Origin, string>? comment)
{
    private readonly StringBuilder _text = new();

    /// <summary>Writes a whole document.</summary>
    /// <param name="root">The mapping at the top.</param>
    public string Write(MappingNode root)
    {
        if (root.Count == 0)
        {
            return "{}\n";
        }

        Mapping(root, 0, startsOnNewLine: true);
        return _text.ToString();
    }

    private void Mapping(MappingNode map, int indent, bool startsOnNewLine)
    {
        foreach (var entry in map.Entries)
        {
            if (startsOnNewLine)
            {
                _text.Append(' ', indent);
            }

            startsOnNewLine = true;
            Key(entry.Key, indent);
            Value(entry.Value, indent, inList: false);
        }
    }

    private void Key(string key, int indent)
    {
        if (ScalarText.IsSimpleKey(key))
        {
            Append(ScalarText.Key(key)).Append(':');
            return;
        }

        _text.Append("? ");
        if (ScalarText.IsLiteral(key))
        {
            Literal(key, indent, "");
        }
        else
        {
            Append(ScalarText.Key(key)).Append('\n');
        }

        _text.Append(' ', indent).Append(':');
    }

    private void Sequence(SequenceNode list, int indent, bool startsOnNewLine)
    {
        foreach (var item in list.Items)
        {
            if (startsOnNewLine)
            {
                _text.Append(' ', indent);
            }

            startsOnNewLine = true;
            _text.Append('-');
            Value(item, indent, inList: true);
        }
    }

    private void Value(Node value, int indent, bool inList)
    {
        switch (value)
        {
            case MappingNode { Count: > 0 } map:
                Nest(inList);
                Mapping(map, indent + 2, startsOnNewLine: !inList);
                break;
            case SequenceNode { Count: > 0 } list:
                Nest(inList);
                Sequence(list, indent + 2, startsOnNewLine: !inList);
                break;
            case ScalarNode { Kind: ScalarKind.String } scalar when ScalarText.IsLiteral(scalar.Text):
                _text.Append(' ');
                Literal(scalar.Text, indent + 2, Comment(value));
                break;
            default:
                _text.Append(' ');
                Append(Leaf(value)).Append(Comment(value)).Append('\n');
                break;
        }
    }

    private void Nest(bool inList) => _text.Append(inList ? ' ' : '\n');

    private void Literal(string text, int indent, string trailing)
    {
        _text.Append(ScalarText.LiteralHeader(text)).Append(trailing).Append('\n');
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            if (line.Length > 0)
            {
                _text.Append(' ', indent);
                Append(line);
            }

            _text.Append('\n');
        }

        var keptBreaks = text.Length - text.TrimEnd('\n').Length - 1;
        _text.Append('\n', Math.Max(0, keptBreaks));
    }

    private static string Leaf(Node value) => value switch
    {
        MappingNode => "{}",
        SequenceNode => "[]",
        ScalarNode { Kind: ScalarKind.Null } => "null",
        ScalarNode { Kind: ScalarKind.String } scalar => ScalarText.Inline(scalar.Text),
        _ => value.ToString()!,
    };

    private string Comment(Node value) => comment is null ? "" : $" {comment(value.Origin)}";

    private StringBuilder Append(string text) => _text.Append(escapeDollars ? text.Replace("$", "$$", StringComparison.Ordinal) : text);
}

/// <summary>Creates a comment with a value's origin, the value it replaced, and the variables in it.</summary>
internal sealed class OriginComment
{
    private readonly string _folder;
    private readonly HashSet<string> _ambiguous;

    /// <summary>Creates the comments for a project.</summary>
    /// <param name="project">The project: if two of its files, or two of its env files, have the same name, the comments show paths.</param>
    public OriginComment(ComposeProject project)
    {
        _folder = project.WorkingDirectory;
        _ambiguous = project.Sources.Select(source => source.Display)
            .Concat(EnvFiles(project.Tree).Distinct(StringComparer.Ordinal))
            .GroupBy(Path.GetFileName, StringComparer.Ordinal)
            .Where(files => files.Count() > 1)
            .Select(files => files.Key!)
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The comment of a value, such as <c># compose.dev.yaml:12 (was compose.yaml:8)</c>.</summary>
    /// <param name="origin">The origin.</param>
    public string Of(Origin origin)
    {
        var earlier = new List<string>();
        for (var replaced = origin.Replaced; replaced is not null; replaced = replaced.Replaced)
        {
            earlier.Add(Place(replaced));
        }

        var was = earlier.Count == 0 ? "" : $" (was {string.Join(", ", earlier)})";
        var variables = origin.Variables.Count == 0 ? "" : $" [{string.Join(", ", origin.Variables.Select(Use))}]";
        return $"# {Place(origin)}{was}{variables}";
    }

    private string Place(Origin origin)
    {
        if (!origin.IsInFile)
        {
            return origin.File.Trim('[', ']');
        }

        string name = Path.GetFileName(origin.File);
        return $"{(_ambiguous.Contains(name) ? origin.File : name)}:{origin.Line}";
    }

    private static IEnumerable<string> EnvFiles(Node node) => node.Origin.Variables.Select(use => use.File).OfType<string>().Concat(node switch
    {
        MappingNode map => map.Entries.SelectMany(entry => EnvFiles(entry.Value)),
        SequenceNode list => list.Items.SelectMany(EnvFiles),
        _ => [],
    });

    private string EnvFile(string file)
    {
        string name = Path.GetFileName(file);
        return !_ambiguous.Contains(name) ? name : Path.IsPathRooted(file) ? Path.GetRelativePath(_folder, file) : file;
    }

    private string Use(VariableUse use) => use.Source switch
    {
        VariableSource.Os => $"{use.Name} from the environment",
        VariableSource.DotEnv or VariableSource.EnvFile => $"{use.Name} from {EnvFile(use.File!)}:{use.Line}",
        VariableSource.Default => $"{use.Name} by default",
        VariableSource.Project => $"{use.Name} from the project",
        _ => $"{use.Name} unset",
    };
}
