namespace ComposeLab.Engine.Docker;

/// <summary>A pull request.</summary>
public sealed record ImagePullRequest
{
    /// <summary>The image's name with its tag or digest.</summary>
    public required string Image { get; init; }

    /// <summary>The platform as <c>os/arch[/variant]</c>; null for that of the engine.</summary>
    public string? Platform { get; init; }

    /// <summary>The credential for the registry; null for a public one.</summary>
    public RegistryCredential? Credential { get; init; }
}

/// <summary>A request about an image in its registry.</summary>
/// <param name="Image">The image's name with its tag or digest.</param>
/// <param name="Credential">The credential for the registry; null for a public one.</param>
public sealed record RegistryRequest(string Image, RegistryCredential? Credential);

/// <summary>One line of the engine's progress of a pull or push.</summary>
/// <param name="Layer">The layer's short id; empty for lines about the whole image.</param>
/// <param name="Status">The status, as the engine reports it.</param>
/// <param name="Current">Bytes done; 0 if unknown.</param>
/// <param name="Total">Bytes to do; 0 if unknown.</param>
/// <param name="Error">Why it failed; null if it has not.</param>
public sealed record ImagePullMessage(string Layer, string Status, long Current, long Total, string? Error);

/// <summary>A registry credential. Never printed.</summary>
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
