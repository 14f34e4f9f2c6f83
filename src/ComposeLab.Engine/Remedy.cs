using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine;

/// <summary>An action that the user can take for an error, a finding or a warning. It is data: the code that shows it writes it as a command.</summary>
/// <param name="Kind">The action.</param>
public sealed record Remedy(RemedyKind Kind)
{
    /// <summary>The stack, if it is another one than the error is about; null for the same.</summary>
    public string? ProjectName { get; init; }

    /// <summary>What runs <see cref="ProjectName"/>; null if only one stack has that name.</summary>
    public Orchestrator? Orchestrator { get; init; }

    /// <summary>The services concerned.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>The command to run inside a container; empty if there is none.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Start the stack.</summary>
    /// <returns>The remedy.</returns>
    public static Remedy StartStack() => new(RemedyKind.StartStack);

    /// <summary>Remove another stack.</summary>
    /// <param name="projectName">Its project name.</param>
    /// <param name="orchestrator">What runs it, if another stack can have the same name; null if that does not matter.</param>
    /// <returns>The remedy.</returns>
    public static Remedy RemoveStack(string projectName, Orchestrator? orchestrator = null) => new(RemedyKind.RemoveStack) { ProjectName = projectName, Orchestrator = orchestrator };

    /// <summary>Use another project name.</summary>
    /// <returns>The remedy.</returns>
    public static Remedy RenameProject() => new(RemedyKind.RenameProject);

    /// <summary>Take over a stack that another folder started.</summary>
    /// <returns>The remedy.</returns>
    public static Remedy TakeOver() => new(RemedyKind.TakeOver);

    /// <summary>Select a stack by its name alone.</summary>
    /// <param name="projectName">Its project name.</param>
    /// <returns>The remedy.</returns>
    public static Remedy NameStack(string projectName) => new(RemedyKind.NameStack) { ProjectName = projectName };

    /// <summary>Continue although a hook fails.</summary>
    /// <returns>The remedy.</returns>
    public static Remedy SkipHooks() => new(RemedyKind.SkipHooks);

    /// <summary>Wait for the stack again.</summary>
    /// <returns>The remedy.</returns>
    public static Remedy WaitForStack() => new(RemedyKind.WaitForStack);

    /// <summary>Remove the containers of services that the project does not define.</summary>
    /// <returns>The remedy.</returns>
    public static Remedy RemoveOrphans() => new(RemedyKind.RemoveOrphans);

    /// <summary>List the tasks of a service of a swarm.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="service">The service.</param>
    /// <returns>The remedy.</returns>
    public static Remedy ListTasks(string stack, string service) => new(RemedyKind.ListTasks) { ProjectName = stack, Services = [service] };

    /// <summary>Create a swarm.</summary>
    /// <returns>The remedy.</returns>
    public static Remedy CreateSwarm() => new(RemedyKind.CreateSwarm);

    /// <summary>Choose one of two stacks with the same name.</summary>
    /// <returns>The remedy.</returns>
    public static Remedy ChooseOrchestrator() => new(RemedyKind.ChooseOrchestrator);

    /// <summary>Remove the services of a swarm stack that the project does not define.</summary>
    /// <returns>The remedy.</returns>
    public static Remedy Prune() => new(RemedyKind.Prune);

    /// <summary>Recreate volumes whose configuration changed, with the loss of their data.</summary>
    /// <returns>The remedy.</returns>
    public static Remedy RecreateVolumes() => new(RemedyKind.RecreateVolumes);

    /// <summary>Allow images to be pulled.</summary>
    /// <returns>The remedy.</returns>
    public static Remedy AllowPull() => new(RemedyKind.AllowPull);

    /// <summary>Read the log of a service.</summary>
    /// <param name="service">The service; null if it is unknown.</param>
    /// <returns>The remedy.</returns>
    public static Remedy ReadLog(string? service) => new(RemedyKind.ReadLog) { Services = service is null ? [] : [service] };

    /// <summary>Resume a paused service.</summary>
    /// <param name="service">The service; null for all.</param>
    /// <returns>The remedy.</returns>
    public static Remedy Resume(string? service) => new(RemedyKind.Resume) { Services = service is null ? [] : [service] };

    /// <summary>Raise the time limit.</summary>
    /// <returns>The remedy.</returns>
    public static Remedy RaiseTimeLimit() => new(RemedyKind.RaiseTimeLimit);

    /// <summary>Run a command in a service's container.</summary>
    /// <param name="service">The service.</param>
    /// <param name="command">The program and its arguments.</param>
    /// <returns>The remedy.</returns>
    public static Remedy RunCommand(string service, IReadOnlyList<string> command) => new(RemedyKind.RunCommand) { Services = [service], Command = command };

    /// <summary>Build images.</summary>
    /// <param name="services">The services whose images are built.</param>
    /// <returns>The remedy.</returns>
    public static Remedy BuildImages(params IReadOnlyList<string> services) => new(RemedyKind.BuildImages) { Services = services };

    /// <summary>Choose the source file that a cache measurement changes.</summary>
    /// <returns>The remedy.</returns>
    public static Remedy ChooseCodeFile() => new(RemedyKind.ChooseCodeFile);

    /// <summary>Choose the dependency file that a cache measurement changes.</summary>
    /// <returns>The remedy.</returns>
    public static Remedy ChooseDependencyFile() => new(RemedyKind.ChooseDependencyFile);
}

/// <summary>The action of a <see cref="Remedy"/>.</summary>
public enum RemedyKind
{
    /// <summary>Start the stack.</summary>
    StartStack,

    /// <summary>Resume a paused service.</summary>
    Resume,

    /// <summary>Remove another stack.</summary>
    RemoveStack,

    /// <summary>Use another project name.</summary>
    RenameProject,

    /// <summary>Take over a stack that another folder started.</summary>
    TakeOver,

    /// <summary>Select a stack by its name alone.</summary>
    NameStack,

    /// <summary>Continue although a hook fails.</summary>
    SkipHooks,

    /// <summary>Wait for the stack again.</summary>
    WaitForStack,

    /// <summary>Remove the containers of services that the project does not define.</summary>
    RemoveOrphans,

    /// <summary>Remove the services of a swarm stack that the project does not define.</summary>
    Prune,

    /// <summary>List the tasks of a service of a swarm.</summary>
    ListTasks,

    /// <summary>Create a swarm.</summary>
    CreateSwarm,

    /// <summary>Choose one of two stacks with the same name.</summary>
    ChooseOrchestrator,

    /// <summary>Recreate volumes whose configuration changed, with the loss of their data.</summary>
    RecreateVolumes,

    /// <summary>Allow images to be pulled.</summary>
    AllowPull,

    /// <summary>Read the log of a service.</summary>
    ReadLog,

    /// <summary>Raise the time limit.</summary>
    RaiseTimeLimit,

    /// <summary>Run a command in a service's container.</summary>
    RunCommand,

    /// <summary>Build images.</summary>
    BuildImages,

    /// <summary>Choose the source file that a cache measurement changes.</summary>
    ChooseCodeFile,

    /// <summary>Choose the dependency file that a cache measurement changes.</summary>
    ChooseDependencyFile,
}
