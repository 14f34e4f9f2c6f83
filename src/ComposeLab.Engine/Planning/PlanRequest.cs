using ComposeLab.Compose.Model;

namespace ComposeLab.Engine.Planning;

/// <summary>What a plan is made for. With it the plan can be made again from the stack as it is then.</summary>
/// <param name="ProjectName">The project's name.</param>
/// <param name="Project">The project; null if only the stack on the engine is known.</param>
public abstract record PlanRequest(string ProjectName, ComposeProject? Project);

/// <summary>A request to start a stack.</summary>
/// <param name="Definition">The project.</param>
/// <param name="Options">How it is started.</param>
public sealed record StartRequest(ComposeProject Definition, StartOptions Options) : PlanRequest(Definition.Name, Definition);

/// <summary>A request to stop a stack.</summary>
/// <param name="ProjectName">The project's name.</param>
/// <param name="Project">The project; null if only the stack on the engine is known.</param>
/// <param name="Options">How it is stopped.</param>
public sealed record StopRequest(string ProjectName, ComposeProject? Project, StopOptions Options) : PlanRequest(ProjectName, Project);

/// <summary>A request to restart a stack.</summary>
/// <param name="ProjectName">The project's name.</param>
/// <param name="Project">The project, for its hooks; null if only the stack on the engine is known.</param>
/// <param name="Options">How it is restarted.</param>
public sealed record RestartRequest(string ProjectName, ComposeProject? Project, RestartOptions Options) : PlanRequest(ProjectName, Project);

/// <summary>A request to remove a stack.</summary>
/// <param name="ProjectName">The project's name.</param>
/// <param name="Project">The project; null if only the stack on the engine is known, which is then removed with everything it has.</param>
/// <param name="Options">How it is removed.</param>
public sealed record RemoveRequest(string ProjectName, ComposeProject? Project, RemoveOptions Options) : PlanRequest(ProjectName, Project);

/// <summary>A request to wait for a stack. Executing the plan reports every container with <see cref="Execution.EngineEvent.Ready"/> once it is ready.</summary>
/// <param name="ProjectName">The project's name.</param>
/// <param name="Project">The project; null if only the stack on the engine is known.</param>
/// <param name="Options">How it is waited for.</param>
public sealed record WaitRequest(string ProjectName, ComposeProject? Project, WaitOptions Options) : PlanRequest(ProjectName, Project);
