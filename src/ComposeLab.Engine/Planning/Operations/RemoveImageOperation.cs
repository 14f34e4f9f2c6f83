namespace ComposeLab.Engine.Planning;

/// <summary>Takes a name from an image, which removes it with its last name.</summary>
/// <param name="Image">The name.</param>
public sealed record RemoveImageOperation(string Image) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.RemoveImage;
}
