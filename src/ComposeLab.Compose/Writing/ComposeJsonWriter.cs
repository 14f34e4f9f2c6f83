using System.Globalization;
using System.Text;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Specification;
using ComposeLab.Compose.Units;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Writing;

/// <summary>Prints a project as JSON, exactly as the reference does.</summary>
public static class ComposeJsonWriter
{
    /// <summary>Prints a project. If it was not interpolated, all keys are sorted.</summary>
    /// <param name="project">The project.</param>
    /// <param name="options">The options.</param>
    /// <returns>The indented JSON text, without a final line feed.</returns>
    public static string Write(ComposeProject project, ComposeWriteOptions options)
    {
        var tree = PrintedTree.Of(project, options);
        if (!project.IsInterpolated)
        {
            return new GoJson(indented: true, escapeDollars: false).Write(WithoutEmptyLists(tree, ProjectAttributes.Type), null);
        }

        // The reference encodes the project's top level as a map: its keys are sorted, extensions are included, models are omitted.
        var sections = tree.Entries
            .Where(entry => entry.Key != "models")
            .OrderBy(entry => entry.Key, Utf8Order.Instance)
            .Select(entry => ProjectAttributes.Type.Row(entry.Key) is { } row
                ? (entry, row.Type)
                : (entry with { Value = WithoutEmptyLists(entry.Value, null) }, (AttributeType?)null));
        return new GoJson(indented: true, escapeDollars: true).WriteObject(sections);
    }

    // The reference's JSON has null for an empty list in free content, but not in places where it searched for duplicates without changing them.
    private static Node WithoutEmptyLists(Node node, AttributeType? type) => node switch
    {
        SequenceNode { Count: 0 } => type?.Identity is null || type.TakesVariables ? ScalarNode.Null(node.Origin) : node,
        SequenceNode list => list.Select(item => WithoutEmptyLists(item, type?.Items)),
        MappingNode map => map.Select(entry => WithoutEmptyLists(entry.Value, type?.Below(entry.Key))),
        _ => node,
    };
}

/// <summary>
/// Writes a tree as the reference's JSON encoder does, byte for byte: the same text is printed and hashed. <c>&lt;</c>, <c>&gt;</c> and
/// <c>&amp;</c> are escaped, extensions in structures are omitted.
/// </summary>
/// <param name="indented">Whether to indent with two spaces per level instead of writing one line.</param>
/// <param name="escapeDollars">Whether each <c>$</c> is doubled.</param>
internal sealed class GoJson(bool indented, bool escapeDollars)
{
    private readonly StringBuilder _text = new();

    /// <summary>Writes a value.</summary>
    /// <param name="node">The value, in canonical order.</param>
    /// <param name="type">Its type; null for free content.</param>
    /// <returns>The JSON text, without a final line feed.</returns>
    public string Write(Node node, AttributeType? type)
    {
        Value(node, type, 0);
        return _text.ToString();
    }

    /// <summary>Writes an object of given members.</summary>
    /// <param name="members">The members in order, each with its shape.</param>
    /// <returns>The JSON text, without a final line feed.</returns>
    public string WriteObject(IEnumerable<(MappingEntry Entry, AttributeType? Type)> members)
    {
        Members([.. members.Select(member => (member.Entry.Key, (Node?)member.Entry.Value, member.Type))], 0);
        return _text.ToString();
    }

    private void Value(Node node, AttributeType? type, int level)
    {
        switch (node)
        {
            case MappingNode map:
                Members(type?.Attributes is not null ? Fields(map, type) : [.. Sorted(map).Select(entry => (entry.Key, (Node?)entry.Value, type?.Values))], level);
                break;
            case SequenceNode list:
                Items(list, type?.Items, level);
                break;
            case ScalarNode scalar:
                Scalar(scalar);
                break;
        }
    }

    // YAML prints free keys in another order than JSON does.
    private static IEnumerable<MappingEntry> Sorted(MappingNode map) => map.Entries.OrderBy(entry => entry.Key, Utf8Order.Instance);

    private static List<(string Key, Node? Value, AttributeType? Type)> Fields(MappingNode map, AttributeType type)
    {
        var members = new List<(string, Node?, AttributeType?)>(map.Count);
        foreach (AttributeRow row in type.Printed)
        {
            PrintStyle print = row.Type.Print;
            if (map.TryGet(row.Name, out var value))
            {
                if (!(print.ZeroInYamlOnly && value is ScalarNode { Text: "0" }))
                {
                    members.Add((print.JsonName ?? row.Name, value, row.Type));
                }
            }
            else if (print.NullInJson)
            {
                members.Add((row.Name, null, null));
            }
            else if (print.EmptyInJson)
            {
                members.Add((row.Name, new MappingNode([], map.Origin), row.Type));
            }
        }

        return members;
    }

    private void Members(List<(string Key, Node? Value, AttributeType? Type)> members, int level)
    {
        if (members.Count == 0)
        {
            _text.Append("{}");
            return;
        }

        _text.Append('{');
        for (var index = 0; index < members.Count; index++)
        {
            var (key, value, type) = members[index];
            NextLine(index, level + 1);
            Text(key);
            _text.Append(indented ? ": " : ":");
            if (value is null)
            {
                _text.Append("null");
            }
            else
            {
                Value(value, type, level + 1);
            }
        }

        LastLine(level);
        _text.Append('}');
    }

    private void Items(SequenceNode list, AttributeType? type, int level)
    {
        if (list.Count == 0)
        {
            _text.Append("[]");
            return;
        }

        _text.Append('[');
        for (var index = 0; index < list.Count; index++)
        {
            NextLine(index, level + 1);
            Value(list.Items[index], type, level + 1);
        }

        LastLine(level);
        _text.Append(']');
    }

    private void Scalar(ScalarNode scalar)
    {
        switch (scalar.Kind)
        {
            case ScalarKind.String or ScalarKind.Timestamp:
                Text(scalar.Text);
                break;
            case ScalarKind.Float:
                _text.Append(GoNumber.ToJson(scalar.Text));
                break;
            default:
                _text.Append(scalar.IsNull ? "null" : scalar.Text);
                break;
        }
    }

    private void NextLine(int index, int level)
    {
        if (index > 0)
        {
            _text.Append(',');
        }

        LastLine(level);
    }

    private void LastLine(int level)
    {
        if (indented)
        {
            _text.Append('\n').Append(' ', level * 2);
        }
    }

    private void Text(string text)
    {
        _text.Append('"');
        foreach (var character in text)
        {
            _ = character switch
            {
                '"' => _text.Append("\\\""),
                '\\' => _text.Append(@"\\"),
                '\n' => _text.Append(@"\n"),
                '\r' => _text.Append(@"\r"),
                '\t' => _text.Append(@"\t"),
                '\b' => _text.Append(@"\b"),
                '\f' => _text.Append(@"\f"),
                '$' when escapeDollars => _text.Append("$$"),
                < ' ' or '<' or '>' or '&' or '\u2028' or '\u2029' => _text.Append(CultureInfo.InvariantCulture, $@"\u{(int)character:x4}"),
                _ => _text.Append(character),
            };
        }

        _text.Append('"');
    }
}
