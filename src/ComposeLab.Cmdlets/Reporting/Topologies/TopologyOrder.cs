namespace ComposeLab.Reporting.Topologies;

/// <summary>Orders the nodes of each column so that few lines cross: each node moves to the mean position of its neighbors, column by column, in both
/// directions.</summary>
internal static class TopologyOrder
{
    private const int Sweeps = 8;

    /// <summary>Orders the columns in place. Of all orders that were tried, the first one with the fewest crossings is kept.</summary>
    /// <param name="columns">The columns from left to right.</param>
    public static void Apply(IReadOnlyList<List<TopologyNode>> columns)
    {
        List<TopologyNode[]> best = Snapshot(columns);
        int fewest = Crossings(columns);
        for (int sweep = 0; sweep < Sweeps && fewest > 0; sweep++)
        {
            bool rightwards = sweep % 2 == 0;
            foreach (int column in rightwards ? Enumerable.Range(1, columns.Count - 1) : Enumerable.Range(0, columns.Count - 1).Reverse())
            {
                Sort(columns[column], columns[rightwards ? column - 1 : column + 1], rightwards);
            }

            int crossings = Crossings(columns);
            if (crossings < fewest)
            {
                fewest = crossings;
                best = Snapshot(columns);
            }
        }

        for (int column = 0; column < columns.Count; column++)
        {
            columns[column].Clear();
            columns[column].AddRange(best[column]);
        }
    }

    /// <summary>Counts the lines that cross.</summary>
    /// <param name="columns">The columns from left to right.</param>
    /// <returns>The number of crossing pairs of lines between adjacent columns.</returns>
    public static int Crossings(IReadOnlyList<List<TopologyNode>> columns)
    {
        int crossings = 0;
        for (int column = 1; column < columns.Count; column++)
        {
            Dictionary<TopologyNode, int> places = SourceLocations(columns[column]);
            int[][] ends = [.. columns[column - 1].Select(node => node.Right.Select(right => places[right]).ToArray())];
            for (int upper = 0; upper < ends.Length; upper++)
            {
                crossings += ends[upper].Sum(end => ends.Skip(upper + 1).Sum(lower => lower.Count(other => other < end)));
            }
        }

        return crossings;
    }

    private static void Sort(List<TopologyNode> column, List<TopologyNode> fixedColumn, bool rightwards)
    {
        Dictionary<TopologyNode, int> places = SourceLocations(fixedColumn);
        Dictionary<TopologyNode, int> own = SourceLocations(column);
        TopologyNode[] sorted = [.. column.OrderBy(node => (rightwards ? node.Left : node.Right).Select(neighbor => (double)places[neighbor]).DefaultIfEmpty(own[node]).Average())];
        column.Clear();
        column.AddRange(sorted);
    }

    private static Dictionary<TopologyNode, int> SourceLocations(List<TopologyNode> column) =>
        column.Select((node, place) => (node, place)).ToDictionary(pair => pair.node, pair => pair.place);

    private static List<TopologyNode[]> Snapshot(IReadOnlyList<List<TopologyNode>> columns) => [.. columns.Select(column => column.ToArray())];
}
