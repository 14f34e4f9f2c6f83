namespace ComposeLab.Engine.Docker;

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
