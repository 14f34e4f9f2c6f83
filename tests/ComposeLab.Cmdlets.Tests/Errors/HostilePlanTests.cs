using System.Text.Json;
using ComposeLab.Compose.Model;
using ComposeLab.Engine;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;
using ComposeLab.Errors;
using ComposeLab.Projects;

namespace ComposeLab.Cmdlets.Tests.Errors;

/// <summary>What the planner recommends for hostile names in a Compose file: pasting it runs nothing of them.</summary>
public sealed class HostilePlanTests
{
    // Each part is refused by a check of its own.
    private static readonly (EngineErrorId Id, string Service, string Top)[] Parts =
    [
        (EngineErrorId.ExternalResourceMissing, "networks: [n]", "networks: { n: { external: true, name: NAME } }"),
        (EngineErrorId.ExternalResourceMissing, "volumes: [\"vol:/v\"]", "volumes: { vol: { external: true, name: NAME } }"),
        (EngineErrorId.ExternalResourceMissing, "secrets: [s]", "secrets: { s: { environment: NAME } }"),
        (EngineErrorId.UnsupportedByEngine, "secrets: [s]", "secrets: { s: { external: true, name: NAME } }"),
        (EngineErrorId.UnsupportedByEngine, "read_only: true\n    configs: [{ source: c, target: NAME }]", "configs: { c: { content: x } }"),
        (EngineErrorId.BindSourceMissing, "volumes: [{ type: bind, source: NAME, target: /x, bind: { create_host_path: false } }]", ""),
        (EngineErrorId.BindSourceMissing, "volumes: [{ type: bind, source: FILE, target: /etc/x.conf }]", ""),
        (EngineErrorId.BindSourceMissing, "secrets: [s]", "secrets: { s: { file: NAME } }"),
        (EngineErrorId.ImageNotFound, "pull_policy: never", ""),
    ];

    public static TheoryData<string> Names => [.. HostileNameTests.Hostile.Where(name => !name.Contains('\0', StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Names))]
    public void No_finding_of_a_plan_recommends_a_command_that_a_name_extends(string name)
    {
        var selection = new CommandText(new ProjectSelection { Location = "/", Environment = new Dictionary<string, string>(), Path = name });
        string value = JsonSerializer.Serialize(name.Replace("$", "$$", StringComparison.Ordinal));
        foreach ((EngineErrorId id, string service, string top) in Parts)
        {
            ComposeProject? project = Load(
                $"services:\n  web:\n    image: i\n    {service}\n{top}\n"
                .Replace("NAME", value, StringComparison.Ordinal).Replace("FILE", value[..^1] + ".conf\"", StringComparison.Ordinal));
            if (project is null)
            {
                // Not every name is allowed everywhere.
                continue;
            }

            SimulatedEngine engine = new() { Api = new Version(1, 41) };
            engine = id == EngineErrorId.ImageNotFound ? engine : engine.WithImagesOf(project);
            IEnumerable<string?> paths = project.Services.Values.SelectMany(web => web.Volumes).Select(mount => mount.Source).Concat(project.Secrets.Values.Select(secret => secret.File));
            StackPlan plan = StackPlanner.PlanStart(project, engine.State with { MissingPaths = paths.OfType<string>().ToHashSet(StringComparer.Ordinal) }, new StartOptions(), engine.Info);
            Assert.True(plan.Findings.Any(finding => finding.Id == id), service);
            foreach (PreflightFinding finding in plan.Findings)
            {
                string text = RemedyText.Of(finding.Recommendation, finding.Remedies, selection.Of);
                HostileNameTests.RunsNoOther(text);
                HostileNameTests.RunsNoPayload(text);
            }

            Assert.All(plan.Warnings, warning => HostileNameTests.RunsNoOther(RemedyText.Of(warning.Message, warning.Remedy)));
        }
    }

    private static ComposeProject? Load(string yaml)
    {
        try
        {
            return Engine.Tests.Support.Projects.Load(yaml);
        }
        catch (Compose.Diagnostics.ComposeException)
        {
            return null;
        }
    }
}
