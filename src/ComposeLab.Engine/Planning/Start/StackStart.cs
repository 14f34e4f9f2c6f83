using ComposeLab.Compose.Model;

namespace ComposeLab.Engine.Planning;

/// <summary>A start that was asked for.</summary>
/// <param name="Project">The project.</param>
/// <param name="Options">How it is started.</param>
public sealed record StackStart(ComposeProject Project, StartOptions Options);
