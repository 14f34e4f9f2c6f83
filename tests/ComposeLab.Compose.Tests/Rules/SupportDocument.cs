using System.Runtime.CompilerServices;
using System.Text;
using ComposeLab.Compose.Validation.Rules;
using ComposeLab.Compose.Validation.Specification;

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
        foreach (AttributeRule top in ProjectTable.Rule.Attributes)
        {
            SortedDictionary<string, (Rule Rule, AttributeUse Use)> rows = new(StringComparer.Ordinal);
            Collect(top, top.Name, top.Use, rows);
            text.Append("\n### ").Append(top.Name).Append("\n\n| Attribute | Is | Read | Validated | Used |\n|---|---|---|---|---|\n");
            foreach ((string path, (Rule rule, AttributeUse use)) in rows)
            {
                string kind = rule.Expected.Replace("|", "\\|", StringComparison.Ordinal);
                text.Append($"| `{path}` | {kind} | {(path == "version" ? "no" : "yes")} | {(rule is AnyRule ? "no" : "yes")} | {(path is "version" or "services.*.pull_refresh_after" ? "dropped with a warning" : Word(use))} |\n");
            }
        }

        return text.Append('\n').ToString();
    }

    private static void Collect(AttributeRule attribute, string path, AttributeUse use, SortedDictionary<string, (Rule Rule, AttributeUse Use)> rows)
    {
        rows[path] = (attribute.Rule, use);
        Descend(attribute.Rule, path, use, rows);
    }

    private static void Descend(Rule rule, string path, AttributeUse use, SortedDictionary<string, (Rule Rule, AttributeUse Use)> rows)
    {
        switch (rule)
        {
            case MappingRule map:
                foreach (AttributeRule child in map.Attributes)
                {
                    Collect(child, $"{path}.{child.Name}", use is AttributeUse.None or AttributeUse.Load ? use : child.Use == AttributeUse.Run ? use : child.Use, rows);
                }

                break;
            case ListRule list:
                Descend(list.ItemRule, path + "[]", use, rows);
                break;
            case NamedRule named:
                Descend(named.ValueRule, path + ".*", use, rows);
                break;
            case ChoiceRule choice:
                foreach (Rule syntax in choice.Syntaxes)
                {
                    Descend(syntax, path, use, rows);
                }

                break;
        }
    }

    private static string Word(AttributeUse use) => use switch
    {
        AttributeUse.Run => "runs",
        AttributeUse.Build => "builds",
        AttributeUse.Load => "loads",
        _ => "kept",
    };

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
