using ComposeLab.Compose.Rules.Secrets;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Variables;

/// <summary>A variable that nobody set and that has no default is a mistake, or should say that it is none.</summary>
internal sealed class VariableUnsetRule() : ConfigRule(new RuleInfo(
    "VariableUnset",
    Warning,
    Warning,
    "a variable that is not set and has no default: it becomes an empty text",
    "Set it in `.env`, give it a default (`${NAME:-value}`), demand it (`${NAME:?}`), or allow it to be empty (`${NAME:-}`)."))
{
    /// <inheritdoc/>
    public override IEnumerable<Spot> Find(RuleContext context) => UnsetVariables.Of(context)
        .Where(unset => !SecretNames.Contains(unset.Name))
        .Select(unset => new Spot(
            unset.Path,
            unset.Origin,
            $"{unset.Name} is not set: it becomes an empty text here.",
            $"Set it in .env, or write ${{{unset.Name}:-default}}, ${{{unset.Name}:?}} to demand it, ${{{unset.Name}:-}} if it may be empty.",
            unset.Service));
}
