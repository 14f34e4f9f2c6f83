using ComposeLab.Compose.Model;

namespace ComposeLab.Engine.Planning;

/// <summary>Brings an image onto the engine.</summary>
/// <param name="Project">The project the definition belongs to.</param>
/// <param name="Definition">The service whose image it is.</param>
/// <param name="Image">The image's name.</param>
/// <param name="IsBuild">Whether it is built; otherwise it is pulled.</param>
public sealed record ImageOperation(ComposeProject Project, ServiceDefinition Definition, string Image, bool IsBuild) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => IsBuild ? OperationKind.BuildImage : OperationKind.PullImage;
}
