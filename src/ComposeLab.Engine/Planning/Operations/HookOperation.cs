using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>Runs a hook inside a container.</summary>
/// <param name="Container">The container's id or name.</param>
/// <param name="Command">The command.</param>
public sealed record HookOperation(string Container, ExecSpec Command) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.RunHook;
}
