using ComposeLab.Compose.Model;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Secrets;

/// <summary>A secret does not stand in a file that is committed.</summary>
internal sealed class SecretWrittenRule() : ServiceRule(new RuleInfo(
    "SecretWritten",
    Warning,
    Error,
    "a password, key or token written into a Compose file, or the default of a variable that is in use",
    "Name a variable instead, `${DB_PASSWORD:?}`, and put its value into `.env`, which git ignores."))
{
    /// <inheritdoc/>
    protected override IEnumerable<Spot> Find(RuleContext context, ServiceDefinition service)
    {
        foreach (ServiceSecret secret in ServiceSecret.Of(context, service).Where(secret => secret.Value.IsWritten))
        {
            string what = secret.Value.IsInUrl ? $"The password inside {secret.Name}" : $"The value of {secret.Name}";
            yield return context.At(
                service,
                secret.Path,
                secret.Node,
                secret.Value.IsDefault
                    ? $"{what} is the default that the file gives: everyone who reads the file knows it."
                    : $"{what} is written into the file: everyone who reads the file knows it.",
                secret.Value.IsInUrl
                    ? "Put a variable in its place: ${DB_PASSWORD:?set it in .env}"
                    : $"{secret.Name}: ${{{Variable(secret.Name)}:?set it in .env}}");
        }
    }

    private static string Variable(string name) => string.Concat(name.ToUpperInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
}
