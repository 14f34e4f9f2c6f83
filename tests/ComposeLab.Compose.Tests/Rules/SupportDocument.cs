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

        - **runs**: it affects containers, networks, volumes or their order. If a cell contains more text, it applies to some engines or values (see below);
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
            text.Append("\n### ").Append(top.Name).Append("\n\n| Attribute | Is | Used | On a swarm | Since |\n|---|---|---|---|---|\n");
            foreach (SupportLine line in SupportLines.All.Where(line => line.Path.Split('.', '[')[0] == top.Name).OrderBy(line => line.Path, StringComparer.Ordinal))
            {
                text.Append($"| `{line.Path}` | {line.Row.Type.Expected} | {Words(line.Engine)} | {(line.Swarm == line.Engine ? "" : Words(line.Swarm))} | {line.Row.Since} |\n");
            }
        }

        return text.Append('\n').ToString();
    }

    private static string Words(AttributeUse use)
    {
        string kind = use.Kind.ToString().ToLowerInvariant();
        return string.Join("; ", use.Limits.Select(limit => limit.ToString()).Prepend((use.Words.Length > 0 ? $"{kind}: {use.Words}" : kind) + (use.Instead.Length > 0 ? $"; instead, {use.Instead}" : "")));
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
