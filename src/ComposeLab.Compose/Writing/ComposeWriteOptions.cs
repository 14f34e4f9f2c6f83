using ComposeLab.Compose.Secrets;

namespace ComposeLab.Compose.Writing;

/// <summary>How a project is printed.</summary>
public sealed record ComposeWriteOptions
{
    /// <summary>Whether each value is followed by a comment with its origin (YAML only).</summary>
    public bool Origins { get; init; }

    /// <summary>Hides values that look secret; null: everything is printed.</summary>
    public SecretMask? Mask { get; init; }
}
