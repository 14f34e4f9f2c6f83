namespace ComposeLab.Engine.Planning;

/// <summary>Waits until a container is what others, or the caller, need.</summary>
/// <param name="Container">The container's id or name.</param>
/// <param name="Condition">What it must be.</param>
/// <param name="Required">Whether it is an error when it does not come true; otherwise a warning.</param>
/// <param name="Limit">How long it may take.</param>
/// <param name="Probe">Whether the container's own healthcheck may be run sooner than the engine does.</param>
public sealed record WaitOperation(string Container, WaitCondition Condition, bool Required, TimeSpan Limit, bool Probe) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.WaitContainer;
}
