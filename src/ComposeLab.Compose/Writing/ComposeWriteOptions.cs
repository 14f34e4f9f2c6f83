using ComposeLab.Compose.Secrets;

namespace ComposeLab.Compose.Writing;

/// <summary>How a project is printed.</summary>
public sealed record ComposeWriteOptions
{
    /// <summary>Whether each value is followed by a comment with its origin (YAML only).</summary>
    public bool Origins { get; init; }

    /// <summary>Hides values that look secret; null: everything is printed.</summary>
    public SecretMask? Mask { get; init; }

    /// <summary>
    /// Whether each <c>$</c> is doubled, so that the output reads back as the same project. False for a project that was loaded without
    /// interpolation: its expressions are printed as they were written.
    /// </summary>
    public bool EscapeDollars { get; init; } = true;
}
