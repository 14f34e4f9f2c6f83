namespace ComposeLab.Engine.Docker;

/// <summary>What the engine is asked to pull.</summary>
public sealed record ImagePullRequest
{
    /// <summary>The image's name with its tag or digest.</summary>
    public required string Image { get; init; }

    /// <summary>The platform as <c>os/arch[/variant]</c>; null is the engine's own.</summary>
    public string? Platform { get; init; }

    /// <summary>What opens the registry; null for an open one.</summary>
    public RegistryCredential? Credential { get; init; }
}
