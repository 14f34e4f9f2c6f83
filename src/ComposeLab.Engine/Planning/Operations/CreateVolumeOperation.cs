using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>Creates a volume.</summary>
/// <param name="Spec">What the volume is made of.</param>
public sealed record CreateVolumeOperation(VolumeSpec Spec) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.CreateVolume;
}
