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

/// <summary>One line of the engine's progress while it pulls.</summary>
/// <param name="Layer">The layer's short id; empty for lines about the whole image.</param>
/// <param name="Status">What happens, in the engine's words.</param>
/// <param name="Current">Bytes done; 0 where unknown.</param>
/// <param name="Total">Bytes to do; 0 where unknown.</param>
/// <param name="Error">Why the pull failed; null as long as it has not.</param>
public sealed record ImagePullMessage(string Layer, string Status, long Current, long Total, string? Error);

/// <summary>What opens a registry. Never printed.</summary>
public sealed class RegistryCredential
{
    /// <summary>The registry the credential is for.</summary>
    public required string Server { get; init; }

    /// <summary>The user; null with a token.</summary>
    public string? UserName { get; init; }

    /// <summary>The password; null with a token.</summary>
    public string? Password { get; init; }

    /// <summary>An identity token instead of user and password.</summary>
    public string? IdentityToken { get; init; }
}
