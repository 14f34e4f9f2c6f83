using ComposeLab.Compose.Rules.Secrets;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Variables;

/// <summary>A password that is not set is an empty password.</summary>
internal sealed class SecretUnsetRule() : ConfigRule(new RuleInfo(
    "SecretUnset",
    Warning,
    Error,
    "a variable for a password, key or token that is not set and has no default: the secret is empty",
    "Demand it, `${DB_PASSWORD:?}`, and set it in `.env`; `New-LabEnvFile` generates passwords."))
{
    /// <inheritdoc/>
    public override IEnumerable<Spot> Find(RuleContext context) => UnsetVariables.Of(context)
        .Where(unset => SecretNames.Contains(unset.Name))
        .Select(unset => new Spot(
            unset.Path,
            unset.Origin,
            $"{unset.Name} is not set: the secret is empty.",
            $"Demand it, ${{{unset.Name}:?set it in .env}}, and set it in .env (New-LabEnvFile makes one from .env.example).",
            unset.Service));
}
