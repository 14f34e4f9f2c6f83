using System.Runtime.CompilerServices;
using System.Text;
using ComposeLab.Compose.Specification;

namespace ComposeLab.Compose.Tests.Rules;

/// <summary>The attributes in <c>docs/compose-support.md</c>, generated from the tables of the specification. The text before them is written manually.</summary>
internal static class SupportDocument
{
    /// <summary>The heading of the part that depends on the engine.</summary>
    public const string EnginePart = "## What depends on the engine";

    /// <summary>The heading of the generated part.</summary>
    public const string AttributePart = "## The attributes";

    private const string Opening = """
        ## The attributes

        Every attribute of the specification is checked, merged and printed by `Show-MergedConfig`. Attributes that are only needed for loading are applied to other
        values. The column *Used* shows the effect of an attribute on an engine, *On a swarm* the difference on a swarm:

        - **runs**: it affects containers, networks, volumes or their order. With a Docker version, older engines cause an error or a warning (see below);
        - **builds**: it affects how images are built or pulled;
        - **loads**: it is only used to load the project;
        - **watches**: it affects how a service is watched;
        - **ignored**: a warning shows its line, and the start continues;
        - **refused**: an error shows its line before anything is changed;
        - **printed**: it has no effect, as in docker compose.

        `*` stands for any name, `[]` for each item of a list. A part of an attribute is used like the attribute, unless it has its own line. Keys that start
        with `x-` are kept if the specification allows them. Anything else is an error with its line.

        """;

    /// <summary>The document's path.</summary>
    public static string File { get; } = Path.GetFullPath(Path.Combine(Here(), "..", "..", "..", "docs", "compose-support.md"));

    /// <summary>Writes the part.</summary>
    public static string Write()
    {
        var text = new StringBuilder(Opening.ReplaceLineEndings("\n"));
        foreach (AttributeRow top in ProjectAttributes.Type.Attributes!)
        {
            SortedDictionary<string, (AttributeRow Row, AttributeUse Use, AttributeUse Swarm)> rows = new(StringComparer.Ordinal);
            Collect(top, top.Name, (top.Engine, top.Swarm ?? top.Engine), rows);
            text.Append("\n### ").Append(top.Name).Append("\n\n| Attribute | Is | Used | On a swarm | Since |\n|---|---|---|---|---|\n");
            foreach ((string path, (AttributeRow row, AttributeUse use, AttributeUse swarm)) in rows)
            {
                text.Append($"| `{path}` | {row.Type.Expected} | {Words(use)} | {(swarm == use ? "" : Words(swarm))} | {row.Since} |\n");
            }
        }

        return text.Append('\n').ToString();
    }

    private static void Collect(AttributeRow row, string path, (AttributeUse Engine, AttributeUse Swarm) use, SortedDictionary<string, (AttributeRow Row, AttributeUse Use, AttributeUse Swarm)> rows)
    {
        rows[path] = (row, use.Engine, use.Swarm);
        Descend(row.Type, path, use, rows);
    }

    private static void Descend(AttributeType type, string path, (AttributeUse Engine, AttributeUse Swarm) use, SortedDictionary<string, (AttributeRow Row, AttributeUse Use, AttributeUse Swarm)> rows)
    {
        foreach (AttributeRow child in type.Attributes ?? [])
        {
            bool inherits = child.Engine == AttributeUse.Runs;
            Collect(child, $"{path}.{child.Name}", (inherits ? use.Engine : child.Engine, child.Swarm ?? (inherits ? use.Swarm : child.Engine)), rows);
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
