using ComposeLab.Compose.Model;
using ComposeLab.Compose.Rules;
using ComposeLab.Compose.Secrets;
using ComposeLab.Database;
using ComposeLab.Engine;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Images.Sizes;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Images;
using ComposeLab.Pipeline;
using ComposeLab.Policy;
using ComposeLab.Projects;
using ComposeLab.Stacks;

namespace ComposeLab.Reporting;

/// <summary>Collects the facts of a report, from the files first and then from the engine.</summary>
/// <param name="selection">The project.</param>
/// <param name="moduleVersion">The version of this module.</param>
/// <param name="output">Receives warnings and errors.</param>
internal sealed class ReportGathering(ProjectSelection selection, string moduleVersion, IPipelineOutput output)
{
    private const int LogLines = 15;

    private static readonly string[] UsualPair = ["Dev", "Prod"];
    private static readonly TimeSpan DatabaseLimit = TimeSpan.FromSeconds(15);

    /// <summary>Collects the facts. An unreachable engine is one of them; it is written as a non-terminating error.</summary>
    /// <param name="token">Cancels it.</param>
    /// <returns>The facts.</returns>
    public async Task<ReportFacts> GatherAsync(CancellationToken token)
    {
        ComposeProject project = ProjectLoading.Load(selection, output, token);
        bool production = PolicyGate.IsProduction(selection.Profile, LabPolicy.ByProfile);
        LabFinding[] findings = [.. RuleRun.Check(project, production, new HostEnvironment(selection.Environment, token), token).Select(finding => Findings.Of(project.Name, finding))];
        IReadOnlyList<string> profiles = [.. LabProfiles.Of(ProjectSelector.BaseFileOf(selection)).Keys];
        IReadOnlyList<string> pair = Pair(profiles);

        var facts = new ReportFacts
        {
            Project = project,
            Profile = selection.Profile ?? "",
            Time = DateTimeOffset.Now,
            ModuleVersion = moduleVersion,
            Containers = [],
            Images = [],
            EngineFault = null,
            Findings = findings,
            Differences = pair.Count == 2 ? [.. Differences(Read(pair[0], token), Read(pair[1], token))] : [],
            Compared = pair,
        };
        try
        {
            return await AskEngineAsync(facts, profiles, token).ConfigureAwait(false);
        }
        catch (EngineException fault)
        {
            await output.WriteErrorAsync(ErrorRecords.From(fault)).ConfigureAwait(false);
            return facts with { EngineFault = fault.Message };
        }
    }

    private async Task<ReportFacts> AskEngineAsync(ReportFacts facts, IReadOnlyList<string> profiles, CancellationToken token)
    {
        using EngineSession session = await EngineSession.OpenAsync(selection, token).ConfigureAwait(false);
        IReadOnlyList<ObservedContainer> containers = await session.Stacks.ListServicesAsync(facts.Project.Name, token).ConfigureAwait(false);
        var sizes = new ImageSizes(session.Engine);
        var images = new List<ProfileImage>();
        foreach (string profile in profiles.DefaultIfEmpty(""))
        {
            images.AddRange(await ProfileImages.Of(selection, profile, output, token).MeasureAsync(sizes, [], token).ConfigureAwait(false));
        }

        facts = facts with
        {
            Engine = $"{session.Engine.Info.Endpoint.Address.OriginalString}, Docker {session.Engine.Info.Version}",
            Containers = await ServiceObjects.OfAsync(session.Engine, containers, token).ConfigureAwait(false),
            Images = [.. ImageSizeObjects.Sizes(images)],
            ImageBytes = Bytes(images, facts.Profile),
        };
        SecretMask secrets = KnownSecrets.MaskOf(facts.Project);
        return facts with
        {
            Troubles = await Task.WhenAll(facts.Failing.Select(container => TroubleAsync(session.Engine, container, secrets, token))).ConfigureAwait(false),
            Database = facts.Containers.Any(container => container.State == LabServiceState.Running) ? await DatabaseAsync(session, facts.Project, token).ConfigureAwait(false) : null,
        };
    }

    // Images share layers, and services share images.
    private static long? Bytes(IReadOnlyList<ProfileImage> images, string profile)
    {
        ImageMeasure[] measures = [.. images.Where(image => image.Profile.Equals(profile, StringComparison.OrdinalIgnoreCase)).Select(image => image.Measure).OfType<ImageMeasure>()];
        return measures.Length == 0 ? null : measures.SelectMany(measure => measure.Layers).DistinctBy(layer => layer.Id).Sum(layer => layer.Size);
    }

    private static async Task<ContainerTrouble> TroubleAsync(IEngine engine, LabService container, SecretMask secrets, CancellationToken token)
    {
        ContainerDetails? details = await engine.InspectContainerAsync(container.ContainerId, token).ConfigureAwait(false);
        string? probe = details?.Probes is [.., { } last] ? $"exit code {last.ExitCode}: {secrets.MaskText(last.Output.Trim())}" : null;
        List<string> lines = [];
        try
        {
            await foreach (LogLine line in engine.ReadLogsAsync(container.ContainerId, new LogQuery { Tail = LogLines }, token).ConfigureAwait(false))
            {
                lines.Add(secrets.MaskText(line.Text));
            }
        }
        catch (EngineException fault)
        {
            lines.Add($"(the log cannot be read: {fault.Message})");
        }

        return new ContainerTrouble(container.Container, probe, lines);
    }

    private async Task<LabDbTestResult?> DatabaseAsync(EngineSession session, ComposeProject project, CancellationToken token)
    {
        try
        {
            return await DatabaseTest.Of(selection, project, null, null).RunAsync(session, DatabaseLimit, token).ConfigureAwait(false);
        }
        catch (LabException)
        {
            // The project has no database.
            return null;
        }
    }

    // Dev and Prod if both exist, or the only two profiles; otherwise nothing is compared.
    private static IReadOnlyList<string> Pair(IReadOnlyList<string> profiles) =>
        UsualPair.All(name => profiles.Contains(name, StringComparer.OrdinalIgnoreCase)) ? UsualPair : profiles.Count == 2 ? profiles : [];

    private static IEnumerable<LabConfigDifference> Differences(ComposeProject left, ComposeProject right) =>
        new ConfigDifferences(left, right, KnownSecrets.MaskOf(left, right)).All();

    private ComposeProject Read(string profile, CancellationToken token) => ProjectLoading.Read(selection with { Profile = profile }, output, token);
}
