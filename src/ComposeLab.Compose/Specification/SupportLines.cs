namespace ComposeLab.Compose.Specification;

/// <summary>Every attribute of the table with its path, and what an engine and a swarm do with it: what plans and documents say about it is derived from here.</summary>
internal static class SupportLines
{
    /// <summary>The lines; an attribute comes before its parts.</summary>
    public static IReadOnlyList<SupportLine> All { get; } = [.. Below(ProjectAttributes.Type, "", (AttributeUse.Runs, AttributeUse.Runs))];

    private static IEnumerable<SupportLine> Below(AttributeType type, string path, (AttributeUse Engine, AttributeUse Swarm) use)
    {
        foreach (AttributeRow row in type.Attributes ?? [])
        {
            // An attribute is ignored or rejected together with all its parts.
            bool isSettled = use.Engine.Kind is AttributeUseKind.Ignored or AttributeUseKind.Refused;
            bool inherits = path.Length > 0 && (isSettled || row.Engine == AttributeUse.Runs);
            AttributeUse engine = inherits ? use.Engine with { Limits = [] } : row.Engine;
            AttributeUse swarm = row.Swarm ?? (inherits || use.Swarm.Kind == AttributeUseKind.Ignored ? use.Swarm : row.Engine);
            var line = new SupportLine(path.Length == 0 ? row.Name : $"{path}.{row.Name}", row, engine, isSettled && row.Swarm is null ? use.Swarm : swarm, IsOwn: !inherits);
            yield return line;
            foreach (SupportLine part in Below(row.Type, line.Path, (line.Engine, line.Swarm)))
            {
                yield return part;
            }
        }

        IEnumerable<SupportLine> inside = (type.Items is { } items ? Below(items, path + "[]", use) : []).Concat(type.Values is { } values ? Below(values, path + ".*", use) : []);
        foreach (SupportLine part in inside)
        {
            yield return part;
        }
    }
}

/// <summary>An attribute with its path, and what an engine and a swarm do with it.</summary>
/// <param name="Path">Its path; <c>*</c> is any name, <c>[]</c> each item of a list.</param>
/// <param name="Row">Its line in the table.</param>
/// <param name="Engine">Its effect on an engine.</param>
/// <param name="Swarm">What it does on a swarm.</param>
/// <param name="IsOwn">Whether its own line says what it does on an engine; otherwise it does what the attribute does that it is a part of.</param>
internal sealed record SupportLine(string Path, AttributeRow Row, AttributeUse Engine, AttributeUse Swarm, bool IsOwn);
