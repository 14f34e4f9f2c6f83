namespace ComposeLab.Reporting.Topologies;

/// <summary>Sets the vertical position of the nodes in each column: as close to their neighbors as possible, so that lines are flat.</summary>
internal static class TopologySpacing
{
    private const int Gap = 28;
    private const int Sweeps = 6;

    /// <summary>Places the nodes in the order of their columns.</summary>
    /// <param name="columns">The columns from left to right.</param>
    /// <param name="top">The top edge, in pixels.</param>
    public static void Apply(IReadOnlyList<List<TopologyNode>> columns, int top)
    {
        foreach (List<TopologyNode> column in columns)
        {
            Place(column, _ => 0);
        }

        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            foreach (List<TopologyNode> column in sweep % 2 == 0 ? columns : columns.Reverse())
            {
                Place(column, node => node.Left.Concat(node.Right).Select(neighbor => neighbor.Middle).DefaultIfEmpty(node.Middle).Average());
            }
        }

        double highest = columns.SelectMany(column => column).Select(node => node.Middle - (node.Height / 2.0)).DefaultIfEmpty(top).Min();
        foreach (TopologyNode node in columns.SelectMany(column => column))
        {
            node.Middle += top - highest;
        }
    }

    // The smallest change that keeps the distances: neighbors that want the same space form a block around the mean of their wishes.
    private static void Place(List<TopologyNode> column, Func<TopologyNode, double> wish)
    {
        double[] offsets = new double[column.Count];
        for (int place = 1; place < column.Count; place++)
        {
            offsets[place] = offsets[place - 1] + ((column[place - 1].Height + column[place].Height) / 2.0) + Gap;
        }

        var blocks = new Stack<(double Sum, int Count)>();
        for (int place = 0; place < column.Count; place++)
        {
            (double Sum, int Count) block = (wish(column[place]) - offsets[place], 1);
            while (blocks.TryPeek(out (double Sum, int Count) above) && above.Sum / above.Count >= block.Sum / block.Count)
            {
                blocks.Pop();
                block = (above.Sum + block.Sum, above.Count + block.Count);
            }

            blocks.Push(block);
        }

        int next = 0;
        foreach ((double sum, int count) in blocks.Reverse())
        {
            for (int end = next + count; next < end; next++)
            {
                column[next].Middle = (sum / count) + offsets[next];
            }
        }
    }
}
