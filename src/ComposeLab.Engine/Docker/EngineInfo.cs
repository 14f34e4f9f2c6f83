namespace ComposeLab.Engine.Docker;

/// <summary>The properties of the engine.</summary>
public sealed record EngineInfo
{
    /// <summary>The first API version that accepts all networks of a container, each with its MAC address, at creation.</summary>
    internal static readonly Version AllNetworksApi = new(1, 44);

    /// <summary>The engine's own version, such as <c>20.10.24</c>.</summary>
    public required string Version { get; init; }

    /// <summary>The negotiated API version: the newest that both sides support.</summary>
    public required Version ApiVersion { get; init; }

    /// <summary>The operating system of the containers: <c>linux</c> or <c>windows</c>.</summary>
    public required string OperatingSystem { get; init; }

    /// <summary>The processor architecture in the engine's words, such as <c>amd64</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>Where the engine was reached.</summary>
    public required EngineEndpoint Endpoint { get; init; }

    /// <summary>Whether all networks of a container can be set at creation; older engines accept one and need a connect call for each other one.</summary>
    public bool TakesAllNetworksAtCreate => ApiVersion >= AllNetworksApi;

    /// <summary>Whether a healthcheck can have its own interval during the start period.</summary>
    public bool HasStartInterval => ApiVersion >= new Version(1, 44);
}
