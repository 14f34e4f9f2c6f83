using ComposeLab.Compose.Model;

namespace ComposeLab.Reporting;

/// <summary>Draws the services of a project and what they depend on.</summary>
internal static class TopologySvg
{
    private const int LongestText = 27;

    /// <summary>Draws them.</summary>
    /// <param name="facts">The facts of the report.</param>
    /// <returns>An svg element whose colours are the page's.</returns>
    public static RawHtml Draw(ReportFacts facts)
    {
        Topology topology = Topology.Of(facts.Project);
        var svg = new HtmlText();
        svg.Add($"""<svg class="topology" viewBox="0 0 {topology.TotalWidth} {topology.TotalHeight}" width="{topology.TotalWidth}" role="img" aria-label="Services and their dependencies">""");
        svg.Add($"""<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z"/></marker></defs>""");
        svg.AddEach(topology.Lines, Line);
        svg.AddEach(topology.Boxes, box => Box(box, facts));
        svg.Add($"</svg>");
        return new RawHtml(svg.ToString());
    }

    private static FormattableString Line(TopologyLine line)
    {
        int x1 = line.From.X + line.From.Width;
        int y1 = line.From.Y + (line.From.Height / 2);
        int x2 = line.To.X - 2;
        int y2 = line.To.Y + (line.To.Height / 2);
        int bend = Math.Max(40, (x2 - x1) / 2);
        return $"""
            <path class="line" d="M{x1} {y1} C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}" marker-end="url(#tip)"/>
            <text class="condition" x="{(x1 + x2) / 2}" y="{((y1 + y2) / 2) - 7}">{Words(line.Condition)}</text>
            """;
    }

    private static FormattableString Box(TopologyBox box, ReportFacts facts)
    {
        ServiceDefinition service = box.Service;
        ServiceVerdict verdict = facts.Verdict(service.Name);
        string ports = string.Join(", ", service.Ports.Where(port => port.Published is not null).Select(port => $"{port.HostIp ?? "*"}:{port.Published} → {port.Target}"));
        string volumes = string.Join(", ", service.Volumes.Where(mount => mount.Type == MountType.Volume && mount.Source is not null).Select(mount => mount.Source));
        string image = facts.Of(service.Name).FirstOrDefault()?.Image ?? service.Image ?? "built here";
        return $"""
            <g transform="translate({box.X} {box.Y})">
            <rect class="box {verdict}" width="{box.Width}" height="{box.Height}" rx="8"/>
            <circle class="lamp {verdict}" cx="{box.Width - 18}" cy="20" r="6"><title>{verdict}</title></circle>
            <text class="name" x="14" y="25">{Short(service.Name)}</text>
            <text class="fact" x="14" y="46">{Short(image)}</text>
            <text class="fact" x="14" y="63">{Short(ports.Length > 0 ? ports : "not published")}</text>
            <text class="fact" x="14" y="80">{Short(volumes.Length > 0 ? $"volume {volumes}" : "")}</text>
            </g>
            """;
    }

    private static string Words(DependencyCondition condition) => condition switch
    {
        DependencyCondition.ServiceHealthy => "when healthy",
        DependencyCondition.ServiceCompletedSuccessfully => "when done",
        _ => "when started",
    };

    private static string Short(string text) => text.Length <= LongestText ? text : text[..(LongestText - 1)] + "…";
}
