using ComposeLab.Compose.Environment;

namespace ComposeLab.Compose.Secrets;

/// <summary>Hides the values of secret variables wherever an expression may have carried them.</summary>
/// <param name="variables">The variables.</param>
internal sealed class KnownSecrets(VariableScope variables)
{
    // A shorter value would hide words that have nothing to do with it.
    private const int ShortestSecret = 4;

    /// <summary>Hides the secrets in a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text without them.</returns>
    public string Hide(string text) => variables.Variables
        .Where(variable => variable.Value.Value.Length >= ShortestSecret && SecretMask.Standard.IsSecretName(variable.Key))
        .Select(variable => variable.Value.Value)
        .OrderByDescending(value => value.Length)
        .Aggregate(text, (shown, value) => shown.Replace(value, SecretMask.Masked, StringComparison.Ordinal));
}
