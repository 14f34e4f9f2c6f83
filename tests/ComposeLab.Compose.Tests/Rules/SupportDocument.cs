using System.Runtime.CompilerServices;
using System.Text;
using ComposeLab.Compose.Specification;

namespace ComposeLab.Compose.Tests.Rules;

/// <summary>The attributes in <c>docs/compose-support.md</c>, as the tables of the specification say it. What stands before them is written by hand.</summary>
internal static class SupportDocument
{
    /// <summary>What begins the part that depends on the engine.</summary>
    public const string EnginePart = "## What depends on the engine";

    /// <summary>What begins the part that is written here.</summary>
    public const string AttributePart = "## The attributes";

    private const string Opening = """
        ## The attributes

        *Read*: kept, merged and printed by `Show-MergedConfig`. *Validated*: its form is checked, by the rules of the specification's schema. *Used*: what it does
        when a stack runs:

        - **runs**: it shapes containers, networks, volumes or their order;
        - **builds**: it shapes how images are built or pulled;
        - **loads**: it has done its work when the project is loaded;
        - **kept**: nothing acts on it.

        `*` stands for any name, `[]` for each item of a list. A part of an attribute that is only kept is only kept too. Attributes that begin
        with `x-` are kept wherever the specification allows them. Anything else is an error with its line.

        """;

    /// <summary>The document's path.</summary>
    public static string File { get; } = Path.GetFullPath(Path.Combine(Here(), "..", "..", "..", "docs", "compose-support.md"));

    /// <summary>Writes the part.</summary>
    public static string Write()
    {
        var text = new StringBuilder(Opening.ReplaceLineEndings("\n"));
        foreach (AttributeRow top in ProjectAttributes.Type.Attributes!)
        {
            SortedDictionary<string, (AttributeRow Row, AttributeUse Use)> rows = new(StringComparer.Ordinal);
            Collect(top, top.Name, top.Engine, rows);
            text.Append("\n### ").Append(top.Name).Append("\n\n| Attribute | Is | Used |\n|---|---|---|\n");
            foreach ((string path, (AttributeRow row, AttributeUse use)) in rows)
            {
                text.Append($"| `{path}` | {row.Type.Expected} | {Words(use)} |\n");
            }
        }

        return text.Append('\n').ToString();
    }

    private static void Collect(AttributeRow row, string path, AttributeUse use, SortedDictionary<string, (AttributeRow Row, AttributeUse Use)> rows)
    {
        rows[path] = (row, use);
        Descend(row.Type, path, use, rows);
    }

    private static void Descend(AttributeType type, string path, AttributeUse use, SortedDictionary<string, (AttributeRow Row, AttributeUse Use)> rows)
    {
        foreach (AttributeRow child in type.Attributes ?? [])
        {
            Collect(child, $"{path}.{child.Name}", child.Engine.Kind == AttributeUseKind.Runs && child.Engine.Words.Length == 0 ? use : child.Engine, rows);
        }

        if (type.Items is { } items)
        {
            Descend(items, path + "[]", use, rows);
        }

        if (type.Values is { } values)
        {
            Descend(values, path + ".*", use, rows);
        }
    }

    private static string Words(AttributeUse use)
    {
        string kind = use.Kind.ToString().ToLowerInvariant();
        return use.Words.Length > 0 ? $"{kind}: {use.Words}" : kind;
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
