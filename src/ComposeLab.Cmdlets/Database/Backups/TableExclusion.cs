using System.Management.Automation;
using ComposeLab.Errors;

namespace ComposeLab.Database.Backups;

/// <summary>A table, or another relation that depends on tables.</summary>
/// <param name="Table">Its name and size.</param>
/// <param name="Kind">The kind in the server's catalog: <c>r</c> table, <c>p</c> partitioned table, <c>v</c> view, <c>m</c> materialized view, <c>f</c> foreign table,
/// <c>S</c> sequence.</param>
/// <param name="Id">The server's id of it.</param>
internal sealed record Relation(TableFacts Table, char Kind, long Id)
{
    /// <summary>The relations that must be restored before it.</summary>
    public IReadOnlyList<long> Needs { get; init; } = [];

    /// <summary>The tables that its foreign keys refer to.</summary>
    public IReadOnlyList<long> References { get; init; } = [];

    /// <summary>Whether it has rows of its own that a dump contains.</summary>
    public bool HasRows => Kind == 'r';
}

/// <summary>Selects the tables that a backup leaves out.</summary>
internal static class TableExclusion
{
    private const int MostNames = 20;

    /// <summary>Resolves the patterns. A table is left out with its partitions, inheriting tables and sequences, and the views that depend on it.</summary>
    /// <param name="relations">All relations.</param>
    /// <param name="patterns">Names with wildcards, as <c>table</c> or <c>schema.table</c>.</param>
    /// <returns>The relations that are left out.</returns>
    /// <exception cref="LabException">TableNotFound: a pattern matches none; BackupFailed: another table refers to one of them.</exception>
    public static IReadOnlyList<Relation> Resolve(IReadOnlyList<Relation> relations, IReadOnlyList<string> patterns)
    {
        var left = new HashSet<long>(patterns.SelectMany(pattern => Matching(relations, pattern)));
        for (int before = -1; left.Count > before;)
        {
            before = left.Count;
            left.UnionWith([.. relations.Where(relation => relation.Needs.Any(left.Contains)).Select(relation => relation.Id)]);
        }

        Dictionary<long, Relation> byId = relations.ToDictionary(relation => relation.Id);
        if (relations.FirstOrDefault(relation => !left.Contains(relation.Id) && relation.References.Any(left.Contains)) is { } referring)
        {
            string target = byId[referring.References.First(left.Contains)].Table.ToString();
            throw new LabException(
                LabErrorId.BackupFailed,
                $"Table '{target}' cannot be left out: a foreign key of '{referring.Table}' refers to it, so the backup could not be restored.",
                $"Exclude '{referring.Table}' too", target);
        }

        return [.. relations.Where(relation => left.Contains(relation.Id))];
    }

    private static IEnumerable<long> Matching(IReadOnlyList<Relation> relations, string pattern)
    {
        var wildcard = new WildcardPattern(pattern, WildcardOptions.CultureInvariant);
        Relation[] tables = [.. relations.Where(relation => relation.Kind != 'S')];
        Relation[] matching = [.. tables.Where(relation => wildcard.IsMatch(relation.Table.Name) || wildcard.IsMatch(relation.Table.ToString()))];
        if (matching.Length > 0)
        {
            return matching.Select(relation => relation.Id);
        }

        string names = string.Join(", ", tables.Take(MostNames).Select(relation => relation.Table));
        throw new LabException(
            LabErrorId.TableNotFound,
            $"No table matches '{pattern}'. Tables: {(names.Length == 0 ? "none" : names)}{(tables.Length > MostNames ? ", ..." : "")}.",
            "Specify tables as NAME or SCHEMA.NAME; wildcards are allowed", pattern);
    }
}
