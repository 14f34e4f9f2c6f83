using System.Management.Automation;
using ComposeLab.Errors;

namespace ComposeLab.Database.Backups;

/// <summary>Selects the tables that a backup leaves out.</summary>
internal static class TableExclusion
{
    /// <summary>Resolves the patterns. A partitioned table is left out with its partitions.</summary>
    /// <param name="tables">All tables.</param>
    /// <param name="patterns">Names with wildcards, as <c>table</c> or <c>schema.table</c>.</param>
    /// <returns>The tables that are left out.</returns>
    /// <exception cref="LabException">TableNotFound: a pattern matches none.</exception>
    public static IReadOnlyList<TableNode> Resolve(IReadOnlyList<TableNode> tables, IReadOnlyList<string> patterns)
    {
        var left = new HashSet<long>();
        foreach (string pattern in patterns)
        {
            var wildcard = new WildcardPattern(pattern, WildcardOptions.CultureInvariant);
            TableNode[] matching = [.. tables.Where(table => wildcard.IsMatch(table.Table.Name) || wildcard.IsMatch(table.Table.ToString()))];
            if (matching.Length == 0)
            {
                string[] names = [.. tables.Select(table => table.Table.ToString()).Take(20)];
                throw new LabException(
                    LabErrorId.TableNotFound,
                    $"No table matches '{pattern}'. Tables: {(names.Length == 0 ? "none" : string.Join(", ", names))}{(tables.Count > names.Length ? ", ..." : "")}.",
                    "Specify tables as NAME or SCHEMA.NAME; wildcards are allowed", pattern);
            }

            left.UnionWith(matching.Select(table => table.Id));
        }

        // Partitions of partitions are found in the next round.
        bool hasGrown = left.Count > 0;
        while (hasGrown)
        {
            int before = left.Count;
            left.UnionWith(tables.Where(table => table.Parents.Any(left.Contains)).Select(table => table.Id).ToArray());
            hasGrown = left.Count > before;
        }

        return [.. tables.Where(table => left.Contains(table.Id))];
    }
}
