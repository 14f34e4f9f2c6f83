namespace ComposeLab;

/// <summary>The config hash of a service. Its containers have it as the label <c>com.docker.compose.config-hash</c>.</summary>
public sealed class LabServiceHash
{
    /// <summary>The project's name.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The service.</summary>
    public required string Service { get; init; }

    /// <summary>64 lowercase hexadecimal digits.</summary>
    public required string Hash { get; init; }

    /// <summary>The service and its hash, like docker compose config --hash.</summary>
    /// <returns>Both, separated by a space.</returns>
    public override string ToString() => $"{Service} {Hash}";
}

/// <summary>The parts of a project that can be listed by name.</summary>
public enum LabConfigPart
{
    /// <summary>The services.</summary>
    Services,

    /// <summary>The images that the services need.</summary>
    Images,

    /// <summary>The keys of the volumes.</summary>
    Volumes,

    /// <summary>The keys of the networks.</summary>
    Networks,

    /// <summary>The Compose profiles of all services, enabled or not.</summary>
    Profiles,

    /// <summary>The AI models.</summary>
    Models,
}
