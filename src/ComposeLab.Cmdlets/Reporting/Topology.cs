using ComposeLab.Compose.Model;

namespace ComposeLab.Reporting;

/// <summary>Where the services of a project stand in a drawing: whoever depends stands left of what it depends on.</summary>
internal sealed class Topology
{
    private const int Width = 210;
    private const int Height = 92;
    private const int Across = 96;
    private const int Down = 28;
    private const int Margin = 14;

    private Topology(IReadOnlyList<TopologyBox> boxes, IReadOnlyList<TopologyLine> lines)
    {
        Boxes = boxes;
        Lines = lines;
    }

    /// <summary>The services.</summary>
    public IReadOnlyList<TopologyBox> Boxes { get; }

    /// <summary>The dependencies.</summary>
    public IReadOnlyList<TopologyLine> Lines { get; }

    /// <summary>The width of the whole, in pixels.</summary>
    public int TotalWidth => Boxes.Select(box => box.X + box.Width).DefaultIfEmpty(0).Max() + Margin;

    /// <summary>The height of the whole, in pixels.</summary>
    public int TotalHeight => Boxes.Select(box => box.Y + box.Height).DefaultIfEmpty(0).Max() + Margin;

    /// <summary>Places the services.</summary>
    /// <param name="project">The project; its dependencies have no circle.</param>
    public static Topology Of(ComposeProject project)
    {
        var depths = new Dictionary<string, int>(StringComparer.Ordinal);
        var columns = project.Services.Values.GroupBy(service => Depth(project, service.Name, depths)).OrderByDescending(column => column.Key).ToList();
        var boxes = new Dictionary<string, TopologyBox>(StringComparer.Ordinal);
        int tallest = columns.Select(column => column.Count()).DefaultIfEmpty(0).Max();
        for (int column = 0; column < columns.Count; column++)
        {
            var services = columns[column].OrderBy(service => service.Name, StringComparer.Ordinal).ToList();
            int top = Margin + ((tallest - services.Count) * (Height + Down) / 2);
            for (int row = 0; row < services.Count; row++)
            {
                boxes[services[row].Name] = new TopologyBox(services[row], Margin + (column * (Width + Across)), top + (row * (Height + Down)), Width, Height);
            }
        }

        var lines = project.Services.Values.SelectMany(service => service.DependsOn.Values
            .Where(dependency => boxes.ContainsKey(dependency.Service))
            .Select(dependency => new TopologyLine(boxes[service.Name], boxes[dependency.Service], dependency.Condition)));
        return new Topology([.. boxes.Values], [.. lines]);
    }

    // The longest way to a service that depends on nothing.
    private static int Depth(ComposeProject project, string service, Dictionary<string, int> known)
    {
        if (!known.TryGetValue(service, out int depth))
        {
            depth = project.Services.TryGetValue(service, out ServiceDefinition? definition)
                ? definition.DependsOn.Keys.Select(dependency => Depth(project, dependency, known) + 1).DefaultIfEmpty(0).Max()
                : 0;
            known[service] = depth;
        }

        return depth;
    }
}
