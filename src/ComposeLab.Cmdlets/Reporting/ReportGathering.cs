using ComposeLab.Compose.Model;
using ComposeLab.Compose.Rules;
using ComposeLab.Compose.Secrets;
using ComposeLab.Engine;
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
/// <param name="output">Receives warnings and errors.</param>
internal sealed class ReportGathering(ProjectSelection selection, IPipelineOutput output)
{
    private static readonly string[] UsualPair = ["Dev", "Prod"];

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
        using EngineSession session = await EngineSession.OpenAsync(selection.Environment, token).ConfigureAwait(false);
        IReadOnlyList<ObservedContainer> containers = await session.Stacks.ListServicesAsync(facts.Project.Name, token).ConfigureAwait(false);
        var sizes = new ImageSizes(session.Engine);
        var images = new List<ProfileImage>();
        foreach (string profile in profiles.DefaultIfEmpty(""))
        {
            images.AddRange(await ProfileImages.Of(selection, profile, output, token).MeasureAsync(sizes, [], token).ConfigureAwait(false));
        }

        return facts with { Containers = [.. containers.Select(ServiceObjects.Of)], Images = [.. ImageSizeObjects.Sizes(images)] };
    }

    // Dev and Prod if both exist, or the only two profiles; otherwise nothing is compared.
    private static IReadOnlyList<string> Pair(IReadOnlyList<string> profiles) =>
        UsualPair.All(name => profiles.Contains(name, StringComparer.OrdinalIgnoreCase)) ? UsualPair : profiles.Count == 2 ? profiles : [];

    private static IEnumerable<LabConfigDifference> Differences(ComposeProject left, ComposeProject right) =>
        new ConfigDifferences(left, right, KnownSecrets.MaskOf(left, right)).All();

    private ComposeProject Read(string profile, CancellationToken token) => ProjectLoading.Read(selection with { Profile = profile }, output, token);
}
