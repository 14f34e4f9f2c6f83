using ComposeLab.Compose.Secrets;

namespace ComposeLab.Engine.Images;

/// <summary>Hides in a build's words what nobody else may read: values of arguments whose names are secret, and what looks secret by itself.</summary>
/// <param name="spec">The build.</param>
internal sealed class BuildSecrets(BuildSpec spec)
{
    private readonly string[] _values =
    [
        .. spec.Arguments.Where(argument => !string.IsNullOrEmpty(argument.Value) && SecretMask.Standard.IsSecretName(argument.Key))
            .Select(argument => argument.Value!).OrderByDescending(value => value.Length),
    ];

    /// <summary>Hides secrets.</summary>
    /// <param name="text">An instruction or a line of output.</param>
    /// <returns>The text without them.</returns>
    public string Mask(string text) => SecretMask.Standard.MaskText(
        _values.Aggregate(text, (masked, value) => masked.Replace(value, SecretMask.Masked, StringComparison.Ordinal)));
}
