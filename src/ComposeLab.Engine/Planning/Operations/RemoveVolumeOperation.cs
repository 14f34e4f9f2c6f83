namespace ComposeLab.Engine.Planning;

/// <summary>Removes a volume with everything in it.</summary>
/// <param name="Volume">The volume's name.</param>
public sealed record RemoveVolumeOperation(string Volume) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.RemoveVolume;
}
