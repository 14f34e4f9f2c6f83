using ComposeLab.Compose.Secrets;
using ComposeLab.Engine;
using ComposeLab.Projects;

namespace ComposeLab.Errors;

/// <summary>Writes the remedies of the engine layer as commands and parameters of this module.</summary>
internal static class RemedyText
{
    /// <summary>Adds remedies to a recommendation.</summary>
    /// <param name="recommendation">The recommended action.</param>
    /// <param name="remedies">The remedies.</param>
    /// <param name="typed">Writes a command with the parameters of the current project.</param>
    /// <returns>The recommendation, followed by the commands.</returns>
    public static string Of(string recommendation, IReadOnlyList<Remedy> remedies, Func<string, string> typed) =>
        remedies.Count == 0 ? recommendation : $"{recommendation}: {string.Join(" or ", remedies.Select(remedy => Of(remedy, typed)))}";

    /// <summary>Adds a remedy to a warning.</summary>
    /// <param name="warning">The warning, as a sentence.</param>
    /// <param name="remedy">The remedy; null if there is none.</param>
    /// <returns>The warning.</returns>
    public static string Of(string warning, Remedy? remedy) => remedy is null ? warning : $"{warning} Use {Of(remedy, command => command)}.";

    private static string Of(Remedy remedy, Func<string, string> typed) => remedy.Kind switch
    {
        RemedyKind.StartStack => typed("Start-LabStack"),
        RemedyKind.Resume => typed($"Resume-LabStack {Names(remedy)}".TrimEnd()),
        RemedyKind.RemoveStack => $"Remove-LabStack -ProjectName {CommandText.Quote(remedy.ProjectName!)}{(remedy.Orchestrator is { } runs ? $" -Orchestrator {runs}" : "")}",
        RemedyKind.RenameProject => "-ProjectName NAME",
        RemedyKind.TakeOver or RemedyKind.SkipHooks => "-Force",
        RemedyKind.NameStack => $"-ProjectName {CommandText.Quote(remedy.ProjectName!)}",
        RemedyKind.WaitForStack => typed("Wait-LabStack"),
        RemedyKind.RemoveOrphans => "-RemoveOrphans",
        RemedyKind.Prune => "-Prune",
        RemedyKind.ListTasks => $"Get-LabTask {Names(remedy)}-ProjectName {CommandText.Quote(remedy.ProjectName!)} -All",
        RemedyKind.CreateSwarm => "Initialize-LabSwarm",
        RemedyKind.ChooseOrchestrator => "-Orchestrator Compose or -Orchestrator Swarm",
        RemedyKind.RecreateVolumes => "-RecreateVolume to recreate it and delete the data",
        RemedyKind.AllowPull => "-Pull Missing",
        RemedyKind.ReadLog => typed($"Get-LabLog {Names(remedy)}-Tail 50"),
        RemedyKind.RaiseTimeLimit => "-TimeoutSec SECONDS",
        RemedyKind.RunCommand => typed($"Invoke-LabCommand {Names(remedy)}-- {string.Join(' ', SecretMask.Standard.MaskWords(remedy.Command).Select(CommandText.Quote))}"),
        RemedyKind.BuildImages => typed(remedy.Services.Count == 0 ? "Build-LabImage" : $"Build-LabImage -Service {Names(remedy)}".TrimEnd()),
        RemedyKind.ChooseCodeFile => "-CodePath",
        _ => "-DependencyPath",
    };

    private static string Names(Remedy remedy) => remedy.Services.Count == 0 ? "" : $"{string.Join(", ", remedy.Services.Select(CommandText.Quote))} ";
}
