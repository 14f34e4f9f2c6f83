using System.Globalization;
using ComposeLab.Compose.Model;

namespace ComposeLab.Reporting.Topologies;

/// <summary>Draws the services of a project and their dependencies.</summary>
internal static class TopologySvg
{
    // Characters in the size of the style sheet, and in the smallest size that can be read.
    private const int NameLength = 19;
    private const int LongestName = 28;
    private const double NameSize = 15;
    private const int LongestFact = 28;
    private const int Tip = 2;

    /// <summary>Draws them.</summary>
    /// <param name="facts">The facts of the report.</param>
    /// <returns>An svg element that uses the colors of the page.</returns>
    public static RawHtml Draw(ReportFacts facts)
    {
        Topology topology = Topology.Of(facts.Project);
        var svg = new HtmlText(facts.Project.Mask);
        svg.Add($"""<svg class="topology" viewBox="0 0 {topology.TotalWidth} {topology.TotalHeight}" width="{topology.TotalWidth}" style="min-width:{topology.TotalWidth * 3 / 4}px" role="img" aria-label="Services and their dependencies">""");
        svg.Add($"""<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z"/></marker></defs>""");
        svg.AddEach(topology.Lines, Line);
        svg.AddEach(topology.Boxes, box => Box(box, facts));
        svg.Add($"</svg>");
        return new RawHtml(svg.ToString());
    }

    private static FormattableString Line(TopologyLine line)
    {
        TopologyPoint end = line.Points[^1];
        return $"""
            <path class="line {line.Condition}" d="{Path([.. line.Points.SkipLast(1), end with { X = end.X - Tip }])}" marker-end="url(#tip)"><title>{line.From} starts when {line.To} {Words(line.Condition)}</title></path>
            <text class="condition" x="{end.X - 14}" y="{Number(end.Y - 4)}">{(line.Condition == DependencyCondition.ServiceStarted ? "" : Words(line.Condition))}</text>
            """;
    }

    private static string Path(IReadOnlyList<TopologyPoint> points)
    {
        var path = new List<string> { $"M{At(points[0])}" };
        for (int point = 1; point < points.Count; point++)
        {
            (TopologyPoint start, TopologyPoint end) = (points[point - 1], points[point]);
            double middle = (start.X + end.X) / 2;
            path.Add(point % 2 == 0 ? $"L{At(end)}" : $"C{At(start with { X = middle })} {At(end with { X = middle })} {At(end)}");
        }

        return string.Join(' ', path);
    }

    private static FormattableString Box(TopologyBox box, ReportFacts facts)
    {
        ServiceDefinition service = box.Service;
        ServiceVerdict verdict = facts.Verdict(service.Name);
        string ports = ServicePorts.Of(service, facts);
        string volumes = string.Join(", ", service.Volumes.Where(mount => mount.Type == MountType.Volume && mount.Source is not null).Select(mount => mount.Source));
        string image = facts.Of(service.Name).FirstOrDefault()?.Image ?? service.Image ?? "built here";
        return $"""
            <g transform="translate({box.X} {Number(box.Y)})">
            <title>{service.Name}</title>
            <rect class="box {verdict}" width="{TopologyBox.Width}" height="{TopologyBox.Height}" rx="8"/>
            <circle class="lamp {verdict}" cx="{TopologyBox.Width - 18}" cy="20" r="6"><title>{verdict}</title></circle>
            <text class="name" x="14" y="25" style="font-size:{Number(NameSize * Math.Min(1, (double)NameLength / Short(service.Name, LongestName).Length))}px">{Short(service.Name, LongestName)}</text>
            <text class="fact" x="14" y="46">{Short(image, LongestFact)}</text>
            <text class="fact" x="14" y="63">{Short(ports.Length > 0 ? ports : "not published", LongestFact)}</text>
            <text class="fact" x="14" y="80">{Short(volumes.Length > 0 ? $"volume {volumes}" : "", LongestFact)}</text>
            </g>
            """;
    }

    private static string Words(DependencyCondition condition) => condition switch
    {
        DependencyCondition.ServiceHealthy => "healthy",
        DependencyCondition.ServiceCompletedSuccessfully => "done",
        _ => "runs",
    };

    // The names of related services and images differ at the end.
    private static string Short(string text, int longest) => text.Length <= longest ? text : $"{text[..(longest / 3)]}…{text[^(longest - (longest / 3) - 1)..]}";

    private static string At(TopologyPoint point) => $"{Number(point.X)} {Number(point.Y)}";

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
