using System.Globalization;
using ComposeLab.Formatting;
using ComposeLab.Reporting.Topologies;

namespace ComposeLab.Reporting;

/// <summary>Writes the facts as one self-contained HTML page.</summary>
internal static class HtmlReport
{
    /// <summary>Writes the page.</summary>
    /// <param name="facts">The facts.</param>
    /// <returns>The text of the file.</returns>
    public static string Write(ReportFacts facts)
    {
        var page = new HtmlText(facts.Project.Mask);
        page.Add($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{facts.Project.Name}: stack report</title>
            <style>
            {ReportStyle.Sheet}
            </style>
            </head>
            <body>
            <h1>{facts.Project.Name}</h1>
            <p class="faint">{(facts.Profile.Length > 0 ? $"Profile {facts.Profile}" : "No profile")} · generated {facts.Time.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture)}{(facts.ModuleVersion.Length > 0 ? $" · ComposeLab {facts.ModuleVersion}" : "")}{(facts.Engine.Length > 0 ? $" · {facts.Engine}" : "")}</p>
            """);
        if (facts.EngineFault is { } fault)
        {
            page.Add($"""<p class="card fault"><span class="word Bad">Engine</span> {fault}</p>""");
        }

        Sums(page, facts);
        page.Add($"""
            <h2>Topology</h2><div class="card">{TopologySvg.Draw(facts)}
            <p class="faint">{(facts.Project.Services.Values.Any(service => service.DependsOn.Count > 0) ? "Arrows show dependencies. Solid: waits until healthy or completed. Dashed: waits until started." : "No service depends on another.")}</p></div>
            """);
        Services(page, facts);
        Troubles(page, facts);
        Database(page, facts);
        Images(page, facts);
        Findings(page, facts);
        Differences(page, facts);
        return page.Add($"</body>\n</html>").ToString();
    }

    private static void Sums(HtmlText page, ReportFacts facts)
    {
        var verdicts = facts.Project.Services.Keys.Select(facts.Verdict).ToList();
        int good = verdicts.Count(verdict => verdict is ServiceVerdict.Good or ServiceVerdict.Done);
        ServiceVerdict health = verdicts.DefaultIfEmpty(ServiceVerdict.Unknown).Max();
        int errors = facts.Findings.Count(finding => finding.Severity == LabSeverity.Error);
        int warnings = facts.Findings.Count(finding => finding.Severity == LabSeverity.Warning);
        page.Add($"""
            <div class="sums">
            <div class="sum"><b class="{health}">{(facts.EngineFault is null ? $"{good} of {verdicts.Count}" : "unknown")}</b>services healthy</div>
            <div class="sum"><b class="{(errors > 0 ? "Bad" : warnings > 0 ? "Waiting" : "Good")}">{errors} / {warnings}</b>errors / warnings</div>
            <div class="sum"><b>{(facts.Images.Any(image => image.Exists) ? ByteText.Of(facts.ImageBytes ?? Bytes(facts)) : "unknown")}</b>of images</div>
            """);
        if (facts.Compared.Count == 2)
        {
            page.Add($"""<div class="sum"><b>{facts.Differences.Count}</b>differences, {facts.Compared[0]} and {facts.Compared[1]}</div>""");
        }

        page.Add($"</div>");
    }

    private static void Services(HtmlText page, ReportFacts facts)
    {
        page.Add($"""<h2>Health</h2><div class="card"><table><tr><th>Service</th><th>Container</th><th>State</th><th>Health</th><th>Ports</th><th>Status</th></tr>""");
        foreach (string service in facts.Project.Services.Keys.Union(facts.Containers.Select(container => container.Service), StringComparer.Ordinal))
        {
            ServiceVerdict verdict = facts.Verdict(service);
            if (!facts.Of(service).Any())
            {
                page.Add($"""<tr><td class="lead">{service}</td><td colspan="5" class="word {verdict}">{(verdict == ServiceVerdict.Unknown ? "unknown" : "no container")}</td></tr>""");
            }

            page.AddEach(facts.Of(service), container => $"""
                <tr><td class="lead">{service}</td><td data-name="Container" class="path">{container.Container}</td>
                <td data-name="State" class="{(container.Health == LabHealth.None ? $"word {verdict}" : "")}">{container.State}{(container.ExitCode is { } code ? $" ({code})" : "")}</td>
                <td data-name="Health" class="word {verdict}">{(container.Health == LabHealth.None ? "" : container.Health)}</td>
                <td data-name="Ports" class="path">{string.Join(", ", container.Ports.Where(port => port.IsPublished && port.HostIp != "::"))}</td><td data-name="Status">{container.Status}</td></tr>
                """);
        }

        page.Add($"</table></div>");
    }

    private static void Troubles(HtmlText page, ReportFacts facts)
    {
        page.AddEach(facts.Troubles, trouble => $"""
            <h2>{trouble.Container}</h2><div class="card">{(trouble.Probe is null ? "" : "Last health probe")}<pre>{trouble.Probe}</pre>Last log lines<pre>{string.Join('\n', trouble.Log)}</pre></div>
            """);
    }

    private static void Database(HtmlText page, ReportFacts facts)
    {
        if (facts.Database is not { } result)
        {
            return;
        }

        page.Add($"""<h2>Database</h2><div class="card"><p><span class="word {(result.Ok ? "Good" : "Bad")}">{(result.Ok ? "Ok" : result.Cause)}</span> {result.Message}</p><p class="faint">{result.Recommendation}</p><table>""");
        page.AddEach(result.Checks, check => $"""
            <tr><td class="lead">{check.Name}</td><td class="word {(check.Outcome == LabDbOutcome.Passed ? "Good" : check.Outcome == LabDbOutcome.Failed ? "Bad" : "Unknown")}">{check.Outcome}</td><td class="path">{check.Detail}</td></tr>
            """);
        page.Add($"</table></div>");
    }

    private static void Images(HtmlText page, ReportFacts facts)
    {
        if (facts.Images.Count == 0)
        {
            return;
        }

        page.Add($"""<h2>Images</h2><div class="card"><table><tr><th>Service</th><th>Image</th><th class="number">Size</th><th class="number">Shared</th><th></th></tr>""");
        page.AddEach(facts.Images, image => $"""
            <tr><td class="lead">{image.Service}{(image.Profile.Length > 0 ? $", {image.Profile}" : "")}</td><td data-name="Image" class="path whole">{image.Image}</td>
            <td data-name="Size" class="number">{(image.Exists ? ByteText.Of(image.Size) : "missing")}</td><td data-name="Shared" class="number">{(image.Exists ? ByteText.Of(image.SharedSize) : "")}</td>
            <td class="track"><div class="bar" style="width:{((image.Share ?? 0) * 100).ToString("0.#", CultureInfo.InvariantCulture)}%"></div></td></tr>
            """);
        page.Add($"</table></div>");
    }

    private static void Findings(HtmlText page, ReportFacts facts)
    {
        page.Add($"""<h2>Findings</h2><div class="card">""");
        if (facts.Findings.Count == 0)
        {
            page.Add($"""<p class="word Good">No findings.</p></div>""");
            return;
        }

        page.Add($"<table><tr><th>Severity</th><th>Rule</th><th>Place</th><th>Problem and fix</th></tr>");
        page.AddEach(facts.Findings.OrderByDescending(finding => finding.Severity == LabSeverity.Error).ThenByDescending(finding => finding.Severity == LabSeverity.Warning), finding => $"""
            <tr><td class="word {finding.Severity}">{finding.Severity}</td><td data-name="Rule" class="path">{finding.Rule}</td>
            <td data-name="Place" class="path">{(finding.File is null ? finding.Path : $"{Path.GetFileName(finding.File)}:{finding.Line}")}</td>
            <td>{finding.Message}<p class="faint">{finding.Recommendation}</p></td></tr>
            """);
        page.Add($"</table></div>");
    }

    private static void Differences(HtmlText page, ReportFacts facts)
    {
        if (facts.Compared.Count < 2)
        {
            return;
        }

        page.Add($"""<h2>{facts.Compared[0]} and {facts.Compared[1]}</h2><div class="card"><table class="even"><tr><th>Path</th><th>{facts.Compared[0]}</th><th>{facts.Compared[1]}</th></tr>""");
        page.AddEach(facts.Differences, difference => $"""
            <tr><td class="lead path">{difference.Path}</td>
            <td data-name="{facts.Compared[0]}"><code>{difference.ReferenceValue}</code><p class="faint path">{difference.ReferenceOrigin}</p></td>
            <td data-name="{facts.Compared[1]}"><code>{difference.DifferenceValue}</code><p class="faint path">{difference.DifferenceOrigin}</p></td></tr>
            """);
        page.Add($"</table></div>");
    }

    // An image of several services is stored only once.
    private static long Bytes(ReportFacts facts) => facts.Images
        .Where(image => image.Profile.Equals(facts.Profile, StringComparison.OrdinalIgnoreCase))
        .DistinctBy(image => image.ImageId ?? image.Image).Sum(image => image.Size ?? 0);
}
