namespace ComposeLab.Engine.Docker;

/// <summary>What the engine says about itself.</summary>
public sealed record EngineInfo
{
    /// <summary>The API from which on a container's networks, each with its MAC address, are given when it is created.</summary>
    internal static readonly Version AllNetworksApi = new(1, 44);

    /// <summary>The engine's own version, such as <c>20.10.24</c>.</summary>
    public required string Version { get; init; }

    /// <summary>The API version that was agreed on: the newest both sides know.</summary>
    public required Version ApiVersion { get; init; }

    /// <summary>The operating system of the containers: <c>linux</c> or <c>windows</c>.</summary>
    public required string OperatingSystem { get; init; }

    /// <summary>The processor architecture in the engine's words, such as <c>amd64</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>Where the engine was reached.</summary>
    public required EngineEndpoint Endpoint { get; init; }

    /// <summary>Whether a container's networks can all be given when it is created; older engines take one and need a connect for each other.</summary>
    public bool TakesAllNetworksAtCreate => ApiVersion >= AllNetworksApi;

    /// <summary>Whether a healthcheck can have its own interval during the start period.</summary>
    public bool HasStartInterval => ApiVersion >= new Version(1, 44);
}
